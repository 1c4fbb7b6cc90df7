namespace Nadir.Faults;

/// <summary>The outcome of reading a document: a value, or the reasons there is none. Warnings may stand beside a value.</summary>
/// <typeparam name="T">What was read.</typeparam>
/// <param name="Value">The value; null when an error was found.</param>
/// <param name="Issues">Everything found, in document order.</param>
public sealed record Checked<T>(T? Value, IReadOnlyList<Issue> Issues)
    where T : class
{
    /// <summary>The value, or an <see cref="InvalidInputException"/> that carries the issues.</summary>
    /// <exception cref="InvalidInputException">There is no value.</exception>
    public T OrThrow() => Value ?? throw new InvalidInputException(Issues);

    /// <summary>The value with its issues, or no value if <paramref name="issues"/> holds an error.</summary>
    public static Checked<T> From(T? value, IssueList issues) => new(issues.HasErrors ? null : value, issues);
}

/// <summary>An input document cannot be used; the issues say why. Front ends print them and exit with code 65.</summary>
public sealed class InvalidInputException(IReadOnlyList<Issue> issues)
    : Exception(string.Join('\n', issues))
{
    /// <summary>Every issue found.</summary>
    public IReadOnlyList<Issue> Issues { get; } = issues;
}
