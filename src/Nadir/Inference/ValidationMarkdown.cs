using System.Globalization;
using System.Text;
using Nadir.Evidence;

namespace Nadir.Inference;

/// <summary>A validation as Markdown.</summary>
public static class ValidationMarkdown
{
    /// <summary>Writes the page.</summary>
    /// <param name="validation">What to write.</param>
    /// <param name="population">What was simulated, in words.</param>
    /// <param name="command">The command that writes it.</param>
    /// <param name="figure">The forest figure beside the page; null for none.</param>
    public static string Write(Validation validation, string population, string command, string? figure)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Published results and what is simulated for them

            Written by `{command}` from `library/trials/`; edit those files, not this page. Research use only. Definitions: [calibration](methods/calibration.md).

            Simulated: {population}, {validation.Patients} virtual patients of each cohort{(validation.Draws > 1 ? string.Create(CultureInfo.InvariantCulture, $" and draw, {validation.Draws} draws") : "")}; {validation.Failed} patients failed numerically.
            The 90% predictive interval is what a trial of the published size would show{(validation.Draws > 1 ? ", over the draws of the population" : "; it holds no uncertainty about the population, whose numbers are taken as they stand")}.
            *z* is simulated less published, in standard deviations of both.


            """);
        if (figure is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"![Simulated results relative to the published ones]({figure})\n\n");
        }

        Block(text, "Calibration targets", "The population is, or may be, fitted to these.", validation.Of(TargetRole.Calibration));
        Block(text, "Validation targets", "These are predicted and never fitted.", validation.Of(TargetRole.Validation));
        if (validation.Of(TargetRole.Adjusted) is { Count: > 0 } adjusted)
        {
            Block(text, "Adjusted by hand", "Assumed numbers of a population were chosen, by hand and with these in view, until it came near them: no fit, and no prediction.", adjusted);
        }

        Structure(text, validation.Of(TargetRole.Structural));
        Misses(text, validation.Rows);
        Listed(text, validation.Listed);
        return text.ToString();
    }

    /// <summary>One line for a terminal: how many of each role are inside.</summary>
    public static string Summary(Validation validation)
    {
        string Count(TargetRole role, string name)
        {
            IReadOnlyList<ValidationRow> rows = validation.Of(role);
            return FormattableString.Invariant($"{name}: {rows.Count(r => r.Inside)} of {rows.Count} inside");
        }

        string[] adjusted = validation.Of(TargetRole.Adjusted).Count == 0 ? [] : [Count(TargetRole.Adjusted, "adjusted by hand")];
        return string.Join("; ", [Count(TargetRole.Calibration, "calibration"), Count(TargetRole.Validation, "validation"), .. adjusted, Count(TargetRole.Structural, "structure")]);
    }

    static void Block(StringBuilder text, string title, string what, IReadOnlyList<ValidationRow> rows)
    {
        text.Append(CultureInfo.InvariantCulture, $"## {title}\n\n{what} {rows.Count(r => r.Inside)} of {rows.Count} ({Share(rows)}) lie inside the published 95% interval.\n\n");
        text.Append("| study | quantity | published (95%) | simulated (90% predictive) | z | | source |\n|---|---|---|---|---|---|---|\n");
        foreach (ValidationRow r in rows)
        {
            (double lower, double upper) = r.Target.Interval;
            string derived = IntervalMarks.Of(r.Target.Result.Origin);
            text.Append(CultureInfo.InvariantCulture, $"| {r.Target.Trial} | {r.Target.Result.Id} | {Short(r.Target.Result.Estimate)} ({Short(lower)} to {Short(upper)}){derived} | {(r.IsEstimated ? $"{Short(r.Median)} ({Short(r.Lower)} to {Short(r.Upper)})" : Validation.NoEstimate)} | {(r.IsEstimated ? r.Discrepancy.ToString("0.0", CultureInfo.InvariantCulture) : "")} | {(r.Inside ? "inside" : "**outside**")}{(r.Target.Result.IsBorderline ? ", borderline" : "")} | {r.Target.Result.Citation.Key} |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n{IntervalMarks.Legend}\n\n");
    }

    static void Structure(StringBuilder text, IReadOnlyList<ValidationRow> rows)
    {
        text.Append(CultureInfo.InvariantCulture, $"## Structure\n\nSigns and rough sizes that the model must show whatever its numbers are: {rows.Count(r => r.Inside)} of {rows.Count} hold. The bounds on burden were relaxed after a fit with narrower ones, for the reasons beside them, and the population was fitted anew: that they hold is no independent test.\n\n| quantity | expected | simulated | | why |\n|---|---|---|---|---|\n");
        foreach (ValidationRow r in rows)
        {
            string bound = r.Target.Result.AtLeast is { } least ? $"at least {Short(least)}" : $"at most {Short(r.Target.Result.AtMost ?? double.NaN)}";
            text.Append(CultureInfo.InvariantCulture, $"| {r.Target.Result.Id} | {bound} | {(r.IsEstimated ? Short(r.Median) : Validation.NoEstimate)} | {(r.Inside ? "holds" : "**fails**")} | {r.Target.Result.Note} ({r.Target.Result.Citation.Key}) |\n");
        }
    }

    static void Misses(StringBuilder text, IReadOnlyList<ValidationRow> rows)
    {
        text.Append("\n## Misses\n\n");
        ValidationRow[] known = [.. rows.Where(r => r.Target.Result.Misses is not null)];
        foreach (ValidationRow r in known)
        {
            text.Append(CultureInfo.InvariantCulture, $"- **{r.Target.Name}**: {r.Target.Result.Misses}{Where(r)}\n");
        }

        foreach (ValidationRow r in rows.Where(r => !r.Inside && r.Target.Result.Misses is null))
        {
            text.Append(CultureInfo.InvariantCulture, $"- **{r.Target.Name}**: {(r.IsEstimated ? "not explained; the library expects it inside" : Validation.NoEstimate)}.\n");
        }

        if (rows.All(r => r.Inside) && known.Length == 0)
        {
            text.Append("None.\n");
        }
    }

    static string Where(ValidationRow row) =>
        row.Target.Result.IsBorderline ? $" (borderline, {(row.Inside ? "inside" : "outside")} here)" :
        row.Inside ? " (inside now: the file still says it misses)" : "";

    static void Listed(StringBuilder text, IReadOnlyList<ListedResult> listed)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## Listed only\n\n{listed.Count} published results that nothing is held against.\n\n| study | quantity | whose | published | why not compared | source |\n|---|---|---|---|---|---|\n");
        foreach (ListedResult l in listed)
        {
            string interval = l.Result.Lower is { } lower ? $" ({Short(lower)} to {Short(l.Result.Upper!.Value)})" : "";
            string estimate = double.IsNaN(l.Result.Estimate) ? "no number" : $"{Short(l.Result.Estimate)}{interval}";
            text.Append(CultureInfo.InvariantCulture, $"| {l.Trial} | {l.Result.Id} | {l.Result.Cohort} | {estimate} | {l.Reason} | {l.Result.Citation.Key} |\n");
        }
    }

    static string Share(IReadOnlyList<ValidationRow> rows) => rows.Count == 0 ? "none" : (rows.Count(r => r.Inside) / (double)rows.Count).ToString("P0", CultureInfo.InvariantCulture);

    static string Short(double value) => value.ToString(Math.Abs(value) >= 1000 ? "0" : "G3", CultureInfo.InvariantCulture);
}
