using Nadir.Cli;

namespace Nadir.Tests.Cli;

/// <summary>Runs the command line with its real commands, in-process.</summary>
static class RealCommandLine
{
    /// <summary>What it returned, printed and said on the error stream.</summary>
    public static (int Code, string Output, string Error) Run(params string[] args) => Run(CancellationToken.None, args);

    /// <summary>The same, stopped by a token.</summary>
    public static (int Code, string Output, string Error) Run(CancellationToken stop, params string[] args)
    {
        using StringWriter error = new();
        (int code, string output) = Run(error, stop, args);
        return (code, output, error.ToString());
    }

    /// <summary>The same with the caller's error stream.</summary>
    public static (int Code, string Output) Run(TextWriter error, CancellationToken stop, params string[] args)
    {
        using StringWriter output = new();
        Session session = new(output, error, stop);
        int code = CommandLine.Run(args, session, Commands.All(session));
        return (code, output.ToString());
    }
}
