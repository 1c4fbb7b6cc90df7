using Nadir.Faults;

namespace Nadir.Cli;

/// <summary>Something wrong on the command line, in the shape of an <see cref="Issue"/>.</summary>
sealed record UsageProblem(string Message)
{
    public string? Found { get; init; }

    public string? Expected { get; init; }

    public string? Hint { get; init; }

    public override string ToString()
    {
        string text = $"error: {Message}";
        text += Found is null ? "" : $"\n  found:    {Found}";
        text += Expected is null ? "" : $"\n  expected: {Expected}";
        return text + (Hint is null ? "" : $"\n  hint:     {Hint}");
    }
}

/// <summary>The command line cannot be carried out; it ends with exit code 64.</summary>
sealed class UsageException(string command, IReadOnlyList<UsageProblem> problems)
    : Exception(string.Join('\n', problems))
{
    /// <summary>The command whose help is worth reading, for example <c>nadir trial</c>.</summary>
    public string Command { get; } = command;

    public IReadOnlyList<UsageProblem> Problems { get; } = problems;
}
