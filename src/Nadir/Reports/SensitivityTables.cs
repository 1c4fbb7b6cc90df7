using System.Globalization;
using Nadir.Numerics;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>Tables of a sensitivity analysis as text; the terminal and the report show the same.</summary>
public static class SensitivityTables
{
    /// <summary>What was looked at, in words.</summary>
    public static string Title(Sensitivity s) => s.Reference is { } reference ? $"{s.Target.Endpoint.Title}: {s.Arm} less {reference}" : $"{s.Target.Endpoint.Title}: {s.Arm}";

    /// <summary>Each number by itself.</summary>
    public static TrialTable Tornado(Sensitivity s) => new(
        $"One number at a time. {Title(s)}",
        ["Low to high", "At low, %", "At high, %", "High less low, points (95% interval, paired)"],
        [
            .. s.Bars.Select(b => new TrialTableRow(
                "",
                $"{b.Title}",
                [Range(b), Share(b.AtLow), Share(b.AtHigh), b.Difference.TryGet(out Contrast? c) ? KnockOutTables.Points(c.Difference) : NumberText.NotEstimable])),
        ]);

    /// <summary>Shares of the variance over all priors together.</summary>
    public static TrialTable Shares(Sensitivity s) => new(
        $"All numbers together: shares of the variance. {Title(s)}",
        ["By itself, % (95% interval)", "With interactions, % (95% interval)", "With interactions and chance, %"],
        [.. s.Shares.Factors.Select(f => new TrialTableRow("", f.Title, [Percent(f.First), Percent(f.Total), Share(f.TotalWithNoise)]))]);

    /// <summary>How the tornado is read.</summary>
    public static string TornadoReading(Sensitivity s) => string.Create(
        CultureInfo.InvariantCulture,
        $"Each number is put at the 5% and the 95% quantile of its prior, all others at their present values, where the endpoint is {NumberText.PercentInterval(s.Present)}. The same {s.TornadoPatients:#,0} patients with the same random streams at every setting; intervals hold patient sampling only.");

    /// <summary>How the shares are read, and how much chance was in them.</summary>
    public static string SharesReading(Sensitivity s)
    {
        VarianceShares v = s.Shares;
        string lost = $"{(v.Refused > 0 ? $" {v.Refused} rows hold values that the population cannot have and are left out." : "")}{(v.NotEstimable > 0 ? $" {v.NotEstimable} rows have a setting with fewer than {SensitivityAnalysis.FewestCounted} patients who count and are left out: the shares do not speak for that part of the priors." : "")}{(v.FailedPatients > 0 ? $" {v.FailedPatients} patients failed numerically." : "")}";
        string done = string.Create(CultureInfo.InvariantCulture, $"Over the priors of all numbers the endpoint is {NumberText.PercentInterval(v.Mean)} on average, with a standard deviation of {Math.Sqrt(Math.Max(0, v.Variance.Value)) * 100:0.0} points. {v.Rows} rows of {v.PatientsPerSetting} patients a setting; {Share(v.Noise)}% of the variance between settings was chance among these patients and was taken out.");
        string read = "By itself: the share of the variance that goes when the number is known. With interactions: the share that stays when all others are known. Bootstrap intervals over rows, each with patients of its own.";
        return v.Reason is { } reason ? $"No shares: {reason}. {done}{lost}" : $"{read} {done}{lost}";
    }

    /// <summary>The ends of a bar with their unit, for example <c>6.3e10 to 5.3e11 cells</c>.</summary>
    internal static string Range(TornadoBar bar) => $"{Compact(bar.Low)} to {Compact(bar.High)}{(bar.Unit is "1" or "" ? "" : $" {bar.Unit}")}";

    // Numbers of cells and shares of rare clones have a dozen zeros.
    static string Compact(double x) => Math.Abs(x) is 0 or (>= 0.001 and < 100_000) ? NumberText.Significant(x) : x.ToString("0.##e0", CultureInfo.InvariantCulture);

    static string Percent(SobolIndex i) => double.IsFinite(i.Value) ? $"{Share(i.Value)} ({Share(i.Lower)} to {Share(i.Upper)})" : NumberText.NotEstimable;

    static string Share(double share)
    {
        string text = (share * 100).ToString("0.0", CultureInfo.InvariantCulture);
        return !double.IsFinite(share) ? NumberText.NotEstimable : text == "-0.0" ? "0.0" : text;
    }
}
