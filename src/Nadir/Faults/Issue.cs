namespace Nadir.Faults;

/// <summary>How serious an <see cref="Issue"/> is.</summary>
public enum Severity
{
    /// <summary>Worth knowing; the document is still used.</summary>
    Warning,

    /// <summary>The document cannot be used.</summary>
    Error,
}

/// <summary>A place in a document a user wrote. Lines and columns count from 1; 0 means unknown.</summary>
/// <param name="File">The file's name as the user gave it, or a library path such as <c>library/models/b-all/model.ant</c>.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
public sealed record SourceLocation(string File, int Line, int Column)
{
    /// <inheritdoc/>
    public override string ToString() => Line == 0 ? File : $"{File}:{Line}:{Column}";
}

/// <summary>Something wrong in an input document: where, what was found, what was expected, and a remedy.</summary>
/// <param name="Code">A stable code such as <c>ND0123</c>.</param>
/// <param name="Severity">Whether the document can still be used.</param>
/// <param name="Location">Where it stands.</param>
/// <param name="Message">One sentence for a person.</param>
public sealed record Issue(string Code, Severity Severity, SourceLocation Location, string Message)
{
    /// <summary>What was found there, quoted from the document; null where there is nothing to quote.</summary>
    public string? Found { get; init; }

    /// <summary>What would have been right.</summary>
    public string? Expected { get; init; }

    /// <summary>What to do, for example the nearest valid name.</summary>
    public string? Hint { get; init; }

    /// <inheritdoc/>
    public override string ToString()
    {
        string severity = Severity == Severity.Error ? "error" : "warning";
        string text = $"{Location}: {severity} {Code}: {Message}";
        text += Found is null ? "" : $"\n  found:    {Found}";
        text += Expected is null ? "" : $"\n  expected: {Expected}";
        return text + (Hint is null ? "" : $"\n  hint:     {Hint}");
    }
}
