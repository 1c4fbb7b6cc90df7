namespace Nadir.Cli;

/// <summary>What the process returns; scripts rely on these numbers.</summary>
static class ExitCode
{
    public const int Ok = 0;

    /// <summary>Ran, but something did not converge.</summary>
    public const int NotConverged = 1;

    /// <summary>The command line itself is wrong.</summary>
    public const int Usage = 64;

    /// <summary>A file is missing, cannot be used, or cannot be written.</summary>
    public const int BadInput = 65;

    /// <summary>A fault of Nadir's.</summary>
    public const int Fault = 70;

    public const int Interrupted = 130;
}
