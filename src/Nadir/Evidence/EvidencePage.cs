using System.Globalization;
using Nadir.Models;
using Nadir.Units;

namespace Nadir.Evidence;

/// <summary>What the library knows of one name, as sections of lines; text, Markdown and JSON are views of it.</summary>
/// <param name="Name">The name, for example <c>epitope-masking</c>.</param>
/// <param name="Kind">What it is: <c>mechanism</c>, <c>strategy</c>, <c>product</c>, <c>parameter</c>, …</param>
/// <param name="Title">For people.</param>
/// <param name="Sections">The sections; empty ones are left out.</param>
public sealed record EvidencePage(string Name, string Kind, string Title, IReadOnlyList<EvidenceSection> Sections);

/// <summary>A section of an <see cref="EvidencePage"/>.</summary>
/// <param name="Heading">For people; the key in JSON in kebab case.</param>
/// <param name="Lines">Its lines.</param>
public sealed record EvidenceSection(string Heading, IReadOnlyList<EvidenceLine> Lines);

/// <summary>A fact, a number or a name with what it rests on.</summary>
/// <param name="Text">The fact.</param>
public sealed record EvidenceLine(string Text)
{
    /// <summary>How well a number is known: <c>measured</c>, <c>derived</c> or <c>assumed</c>; null for what is no number of the library.</summary>
    public string? Level { get; init; }

    /// <summary>Keys of citations.yaml.</summary>
    public IReadOnlyList<string> Citations { get; init; } = [];

    /// <summary>What a reader should know; null where nothing was said.</summary>
    public string? Note { get; init; }

    internal static EvidenceLine Of(string text, Basis basis) => new(text)
    {
        Level = LevelName(basis.Level),
        Citations = [.. basis.Sources.Select(s => s.Key)],
        Note = basis.Note,
    };

    internal static string LevelName(EvidenceLevel level) => level switch
    {
        EvidenceLevel.Measured => "measured",
        EvidenceLevel.Derived => "derived",
        _ => "assumed",
    };

    /// <summary>A number with its unit; a pure number has none.</summary>
    internal static string Number(double value, UnitExpression unit) => unit.Text == "1" ? Number(value) : $"{Number(value)} {unit.Text}";

    internal static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
