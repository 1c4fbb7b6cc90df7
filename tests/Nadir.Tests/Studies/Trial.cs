using Nadir.Documents;
using Nadir.Endpoints;
using Nadir.Monitoring;
using Nadir.Protocols;
using Nadir.Studies;
using Nadir.Trials;

namespace Nadir.Tests.Studies;

/// <summary>Trials of the shipped model, from a study text, as a user would run them.</summary>
static class Trial
{
    /// <summary>Two arms and 24 patients each; short enough to run in a blink.</summary>
    public const string Small = """
        nadir: 1
        title: A small trial
        model: b-all
        patients: {count: 24, population: children-young-adults}
        horizon: 12 months
        seed: 3
        arms:
          - name: "CAR-T, alone"
            product: cd19-41bb
          - name: with transplant
            product: cd19-41bb
            strategies: [consolidative-transplant]
        visits: [28, 60, 90, 180, 270, 365]
        published: [eliana, pooled-420]
        """;

    public static string OneArm(string lymphodepletion) => $$"""
        nadir: 1
        title: One arm
        model: b-all
        patients: {count: 400, population: children-young-adults}
        horizon: 24 months
        arms:
          - {name: only, product: cd19-41bb, lymphodepletion: {{lymphodepletion}}}
        """;

    /// <summary>The study with the numbers of the model's own files.</summary>
    public static string Uncalibrated(this string study) => study.Replace("population: children-young-adults}", "population: children-young-adults, calibration: none}", StringComparison.Ordinal);

    public static TrialJob Job(string study, TrialOverrides? overrides = null) =>
        TrialJob.Create(new SourceText("my-study.yaml", study), overrides ?? new TrialOverrides()).OrThrow();

    public static TrialJob Job(string study, int patients, ulong seed = 1, params IReadOnlyList<string> without) =>
        Job(study, new TrialOverrides { Patients = patients, Seed = seed, Without = without });

    /// <summary>A trial with some mechanisms only: those on by default stay, those that are off or weak are switched on, all others are off.</summary>
    public static TrialJob OnlyWith(string study, int patients, ulong seed, params IReadOnlyCollection<string> mechanisms) => Job(study, new TrialOverrides
    {
        Patients = patients,
        Seed = seed,
        With = [.. mechanisms.Where(m => Mechanism.LoadShipped(m).OrThrow().Default != MechanismDefault.On)],
        Without = [.. Mechanism.ShippedNames.Except(mechanisms)],
    });

    public static TrialResult Result(this TrialJob job, int threads = 2) => job.Run(threads, null, null, default);

    public static IReadOnlyList<PatientRecord> Records(this TrialPlan plan, int threads = 2)
    {
        List<PatientRecord> records = [];
        TrialRun.Run(plan, PatientBlock.All(plan), threads, records.Add, null, default);
        return records;
    }

    /// <summary>The tally of an arm that has these patients.</summary>
    public static ArmTally Tally(params IEnumerable<PatientOutcome> outcomes)
    {
        ArmTally tally = new();
        foreach (PatientOutcome outcome in outcomes)
        {
            tally.Add(tally.Patients, outcome);
        }

        return tally;
    }

    public static AssaySet WithoutNoise(this AssaySet assays)
    {
        static Assay Exact(Assay assay) => assay with { NoiseSd = 0 };
        return new AssaySet(Exact(assays.Marrow), Exact(assays.Mrd), Exact(assays.BCells), Exact(assays.Transgene));
    }

    /// <summary>Everything of an outcome that must be the same bits, as text; NaNs are equal.</summary>
    public static string Bits(this PatientRecord record)
    {
        PatientOutcome o = record.Outcome;
        static string Hex(double? value) => value is { } v ? BitConverter.DoubleToInt64Bits(double.IsNaN(v) ? double.NaN : v).ToString("X", null) : "-";
        double?[] days = [o.RemissionDay, o.NonResponseDay, o.MrdRelapseDay, o.RelapseDay, o.TransplantDay, o.BCellRecoveryDay, o.DeathDay, o.FailedDay, o.TransgeneCmax, o.TransgeneTmax, o.TransgeneAuc28, o.CytokineReleaseGrade, o.CytokinePeak];
        return string.Join(' ', [$"{o.Patient} {o.Status} {o.RelapsePhenotype} {o.DeathCause}", .. days.Select(Hex), .. o.Covariates.Select(c => Hex(c)), .. record.Observations.Select(v => $"{v.Assay}{v.BelowLimit}{Hex(v.Day)}:{Hex(v.Value)}")]);
    }
}
