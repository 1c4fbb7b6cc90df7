using System.Text.Json;

namespace Nadir.Bench.Results;

/// <summary>The comparison for programs: every run, every day.</summary>
static class ComparisonJson
{
    static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Comparison c) => JsonSerializer.Serialize(
        new
        {
            versions = c.Versions.ToDictionary(v => v.Key, v => v.Value),
            peak_flops = c.Peak,
            operations = c.Work.Operations,
            divisions = c.Work.Divisions,
            matched_error = MatchedSpeed.Error,
            throughput = c.Variants.ToDictionary(v => v.Variant, v => v.Runs.GroupBy(r => r.Run.Engine).Select(e => Engine(c, v.Runs, e))),
            regrowth = c.Regrowth.Select(Regrowth),
            reference_agreement = c.ReferenceAgreement.ToDictionary(a => a.Variant, a => Number(a.Difference)),
        },
        Layout) + "\n";

    static object Engine(Comparison c, IReadOnlyList<ScoredRun> all, IGrouping<string, ScoredRun> engine)
    {
        double matched = MatchedSpeed.Of(engine);
        return new
        {
            engine = engine.Key,
            matched_patients_per_second = Number(matched),
            nadir_ratio = Number(ComparisonText.BestNadir(all) / matched),
            auto_ratio = Number(ComparisonText.DefaultNadir(all) / matched),
            runs = engine.Select(r => new
            {
                rtol = r.Run.Relative,
                atol = r.Run.Absolute,
                patients = r.Run.Patients,
                failed = r.Run.Failed,
                patients_per_second = r.Run.PatientsPerSecond,
                steps_per_patient = (double)r.Run.Attempts / r.Run.Patients,
                peak_share = Number(c.Work.Share(r.Run, c.Peak)),
                errors = r.Days.Select(d => new { day = d.Day, median = Number(d.Median), percentile95 = Number(d.Percentile95), worst = Number(d.Worst) }),
            }),
        };
    }

    static object Regrowth(RegrowthScore s) => new
    {
        engine = s.Run.Engine,
        rtol = s.Run.Relative,
        atol = s.Run.Absolute,
        patients = s.Run.Patients,
        clones = s.Clones,
        median_error = Number(s.MedianError),
        worst_error = Number(s.WorstError),
        worst_fold = Number(s.WorstFold),
        off_by_more_than_1_percent = s.Wrong,
        lowest_amount = Number(s.Lowest),
        negative_patients = s.Negative,
        failed = s.Run.Failed,
    };

    static double? Number(double value) => double.IsFinite(value) ? value : null;
}
