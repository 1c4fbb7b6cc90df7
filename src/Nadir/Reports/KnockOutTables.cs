using System.Globalization;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>Knock-out tables as text, in percentage points; the terminal and the report show the same.</summary>
public static class KnockOutTables
{
    /// <summary>The events that are shown one by one, with their headings.</summary>
    internal static readonly IReadOnlyList<(FirstEvent Event, string Heading)> Events =
    [
        (FirstEvent.NoRemission, "No remission"), (FirstEvent.Cd19PositiveRelapse, "CD19-positive relapse"), (FirstEvent.Cd19NegativeOrLowRelapse, "CD19-negative or low relapse"),
        (FirstEvent.LineageSwitchRelapse, "Lineage switch"), (FirstEvent.Death, "Death without relapse"),
    ];

    /// <summary>What a reader must know to read the numbers.</summary>
    public const string Reading = "Contribution of a mechanism: the share of all infused patients with an event in the study less the share without the mechanism, in percentage points with 95% intervals, paired by patient (the same patients with the same random streams; intervals hold patient sampling only, not the uncertainty of the parameters). Above 0: the mechanism makes it more frequent. Contributions of mechanisms do not add up: where one is gone, another may take its place.";

    /// <summary>The contributions in one arm: the most costly mechanism first, and the study itself above.</summary>
    /// <param name="table">All of the table.</param>
    /// <param name="arm">The arm.</param>
    public static TrialTable Of(KnockOut table, KnockOutArm arm)
    {
        TrialTableRow study = new("In the study, % of infused patients", "all mechanisms", [.. Events.Select(e => NumberText.PercentInterval(arm.Fates[(int)e.Event])), NumberText.PercentInterval(Any(arm.Fates)), ""]);
        IEnumerable<TrialTableRow> rows = arm.Rows.Select(r => new TrialTableRow(
            "Contribution, percentage points", r.Title, [.. Events.Select(e => Points(r.Fates[(int)e.Event])), Points(Any(r.Fates, 0)), NumberText.Count(r.Changed)]));
        return new TrialTable(Title(table, arm), [.. Events.Select(e => e.Heading), "Any event", "Patients who fare differently"], [study, .. rows]);
    }

    /// <summary>The contributions to the endpoints as the study defines them.</summary>
    /// <param name="arm">The arm.</param>
    internal static TrialTable Endpoints(KnockOutArm arm) => new(
        "Contribution to endpoints",
        [.. arm.Rows.Take(1).SelectMany(r => r.Endpoints).Select(e => e.Endpoint.Title)],
        [.. arm.Rows.Select(r => new TrialTableRow("", r.Title, [.. r.Endpoints.Select(e => e.Contribution.TryGet(out Contrast? c) ? Points(c.Difference) : NumberText.NotEstimable)]))]);

    /// <summary>Which mechanisms are not in the table, in a sentence; empty where all are.</summary>
    public static string LeftOut(KnockOut table) => table.LeftOut.Count == 0
        ? ""
        : $"Not in the table: {string.Join("; ", table.LeftOut.GroupBy(l => l.Reason).Select(g => $"{g.Key}: {string.Join(", ", g.Select(l => l.Mechanism))}"))}.";

    internal static string Title(KnockOut table, KnockOutArm arm) => string.Create(CultureInfo.InvariantCulture, $"What each mechanism contributes by month {table.Month} from infusion: {arm.Arm}");

    /// <summary>The share with any event, from the share without: what is left of <paramref name="whole"/>.</summary>
    internal static Estimate Any(IReadOnlyList<Estimate> fates, double whole = 1)
    {
        Estimate free = fates[(int)FirstEvent.None];
        return new Estimate(whole - free.Value, whole - free.Upper, whole - free.Lower);
    }

    /// <summary>A difference of shares in percentage points, for example <c>3.2 (1.1 to 5.4)</c>.</summary>
    internal static string Points(Estimate e) => double.IsFinite(e.Value) ? $"{Point(e.Value)} ({Range(e)})" : NumberText.NotEstimable;

    /// <summary>The bounds alone.</summary>
    internal static string Range(Estimate e) => double.IsFinite(e.Lower) && double.IsFinite(e.Upper) ? $"{Point(e.Lower)} to {Point(e.Upper)}" : NumberText.NotEstimable;

    // A rounded -0.0 reads as a direction.
    static string Point(double share)
    {
        string text = (share * 100).ToString("0.0", CultureInfo.InvariantCulture);
        return text == "-0.0" ? "0.0" : text;
    }
}
