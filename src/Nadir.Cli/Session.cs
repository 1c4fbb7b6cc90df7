namespace Nadir.Cli;

/// <summary>What a command talks to: results go to <paramref name="Output"/>, everything else to <paramref name="Error"/>.</summary>
sealed record Session(TextWriter Output, TextWriter Error, CancellationToken Cancellation)
{
    /// <summary>True when <see cref="Error"/> is a terminal that can redraw a line; only then is a progress bar drawn.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Columns of the terminal behind <see cref="Output"/>; null when it is a file or a pipe, where nothing is wrapped.</summary>
    public int? OutputWidth { get; init; }

    /// <summary>Show the details of a fault.</summary>
    public bool Debug { get; init; }
}
