using System.Collections;

namespace Nadir.Faults;

/// <summary>Collects the issues of one reading, so that all of them are reported at once.</summary>
public sealed class IssueList : IReadOnlyList<Issue>
{
    readonly List<Issue> _issues = [];

    /// <inheritdoc/>
    public int Count => _issues.Count;

    /// <summary>True when at least one issue is an error.</summary>
    public bool HasErrors => _issues.Exists(i => i.Severity == Severity.Error);

    /// <inheritdoc/>
    public Issue this[int index] => _issues[index];

    /// <summary>Adds an issue.</summary>
    public void Add(Issue issue) => _issues.Add(issue);

    /// <summary>Adds all of <paramref name="issues"/>.</summary>
    public void AddRange(IEnumerable<Issue> issues) => _issues.AddRange(issues);

    /// <summary>Adds an error.</summary>
    public void Error(string code, SourceLocation at, string message, string? found = null, string? expected = null, string? hint = null) =>
        Add(new Issue(code, Severity.Error, at, message) { Found = found, Expected = expected, Hint = hint });

    /// <summary>Adds a warning.</summary>
    public void Warning(string code, SourceLocation at, string message, string? hint = null) =>
        Add(new Issue(code, Severity.Warning, at, message) { Hint = hint });

    /// <inheritdoc/>
    public IEnumerator<Issue> GetEnumerator() => _issues.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
