using System.Globalization;
using System.Text;

namespace Nadir.Bench.Results;

/// <summary>The comparison for people.</summary>
static class ComparisonText
{
    static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public static string Of(Comparison c)
    {
        StringBuilder text = new();
        foreach ((string name, string value) in c.Versions)
        {
            text.Append(Plain, $"{name}: {value}\n");
        }

        text.Append(Plain, $"multiply-add peak of a core: {c.Peak / 1e9:F1} Gflop/s; one right-hand side: {c.Work.Operations} operations, {c.Work.Divisions} of them divisions\n\n");
        text.Append("Throughput. Error of a patient: largest over states of |y - reference|/(|reference| + 1); reference: tolerance 1e-12 in 80-bit numbers.\n");
        text.Append("Shown is each engine at the loosest tolerance whose 95th percentile is at most 1e-5 on all three days, else at its most accurate.\n");
        text.Append("Matched: patients per second of one core's processor time at a 95th percentile of 1e-5 on the worst of the days, interpolated along the sweep.\n");
        text.Append("nadir/x: how many times faster than that engine the best of Nadir is, at matched error; auto/x: how many times Nadir's default, nadir-auto, is.\n\n");
        foreach ((string variant, IReadOnlyList<ScoredRun> runs) in c.Variants)
        {
            Throughput(text, c, variant, runs);
        }

        Regrowth(text, c.Regrowth);
        foreach ((string variant, double difference) in c.ReferenceAgreement)
        {
            text.Append(Plain, $"reference of {variant}: agrees to {difference:0.0e-0} with a second one by another method (worst patient, state and day of the first 20 patients)\n");
        }

        return text.ToString();
    }

    static void Throughput(StringBuilder text, Comparison c, string variant, IReadOnlyList<ScoredRun> runs)
    {
        text.Append(Plain, $"{variant,-18} {"rtol/atol",-12} {"day 28: median, 95%, worst",-27} {"day 90",-24} {"day 365",-24} {"patients/s",10} {"matched",9} {"nadir/x",8} {"auto/x",8} {"peak",6} {"failed",7}\n");
        (double best, double usual) = (BestNadir(runs), DefaultNadir(runs));
        foreach (IGrouping<string, ScoredRun> engine in runs.GroupBy(r => r.Run.Engine))
        {
            ScoredRun shown = Shown([.. engine]);
            double matched = MatchedSpeed.Of(engine);
            double share = c.Work.Share(shown.Run, c.Peak);
            text.Append(Plain, $"{shown.Run.Engine,-18} {shown.Run.Tolerance,-12} {Days(shown.Days[0]),-27} {Days(shown.Days[1]),-24} {Days(shown.Days[2]),-24} ");
            text.Append(Plain, $"{shown.Run.PatientsPerSecond,10:F0} {Or(matched, "F0"),9} {Or(best / matched, "F2"),8} {Or(usual / matched, "F2"),8} {Or(share, "P0"),6} {shown.Run.Failed,7}\n");
        }

        text.Append('\n');
    }

    /// <summary>Speed of the fastest of Nadir's engines at matched error.</summary>
    public static double BestNadir(IReadOnlyList<ScoredRun> runs) =>
        runs.Where(r => r.Run.Engine.StartsWith("nadir", StringComparison.Ordinal)).GroupBy(r => r.Run.Engine)
            .Select(MatchedSpeed.Of).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max();

    /// <summary>Speed at matched error of what Nadir does where no method is named.</summary>
    public static double DefaultNadir(IReadOnlyList<ScoredRun> runs) => MatchedSpeed.Of(runs.Where(r => r.Run.Engine == "nadir-auto"));

    static ScoredRun Shown(IReadOnlyList<ScoredRun> engine)
    {
        ScoredRun[] good = [.. engine.Where(r => r.Percentile95 <= MatchedSpeed.Error)];
        return good.Length > 0 ? good.MaxBy(r => r.Run.PatientsPerSecond)! : engine.MinBy(r => r.Percentile95)!;
    }

    static string Days(DayError e) => string.Create(Plain, $"{e.Median:0e-0} {e.Percentile95:0e-0} {e.Worst:0e-0}");

    static string Or(double value, string format) => double.IsFinite(value) ? value.ToString(format, Plain) : "-";

    static void Regrowth(StringBuilder text, IReadOnlyList<RegrowthScore> scores)
    {
        text.Append(Plain, $"Regrowth: the minority clone of {scores[0].Clones} of {scores[0].Run.Patients} patients falls below one cell and is back above it on day 365 (daily output).\n\n");
        text.Append(Plain, $"{"regrowth",-18} {"rtol/atol",-12} {"median error",12} {"worst error",12} {"worst fold",11} {"off by > 1%",12} {"lowest amount",14} {"negative",9} {"failed",7}\n");
        foreach (RegrowthScore s in scores)
        {
            text.Append(Plain, $"{s.Run.Engine,-18} {s.Run.Tolerance,-12} {s.MedianError,12:0.0e-0} {s.WorstError,12:0.0e-0} {s.WorstFold,11:G4} {s.Wrong,12} {s.Lowest,14:0.0e-0} {s.Negative,9} {s.Run.Failed,7}\n");
        }

        text.Append('\n');
    }
}
