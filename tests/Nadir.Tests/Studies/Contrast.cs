using Nadir.Endpoints;
using Nadir.Studies;
using Nadir.Trials;

namespace Nadir.Tests.Studies;

/// <summary>Two arms of the same patients with the same luck, one of them with a strategy or another product.</summary>
sealed record Contrast(ContrastArm Without, ContrastArm With)
{
    public const int Patients = 2000;

    /// <summary>Standard errors of the paired difference by which a reading has to move: chance alone does so in one of 160 comparisons.</summary>
    const double Margin = 2.5;

    /// <summary>The reading is lower with than without, beyond chance.</summary>
    public bool Falls(Reading reading) => Shift(reading) < -Margin;

    /// <summary>The reading is higher with than without, beyond chance.</summary>
    public bool Rises(Reading reading) => Shift(reading) > Margin;

    /// <summary>Mean of the paired differences over its standard error.</summary>
    public double Shift(Reading reading)
    {
        double[] d = [.. With.Records.Zip(Without.Records, (a, b) => reading.Of(a) - reading.Of(b))];
        double mean = d.Average();
        double variance = d.Sum(v => (v - mean) * (v - mean)) / (d.Length - 1);
        return mean == 0 ? 0 : mean / Math.Sqrt(variance / d.Length);
    }

    /// <summary>Those of the patients who come into remission in either arm, so that a reading in remission is not moved by how many do.</summary>
    public Contrast InRemission
    {
        get
        {
            bool[] kept = [.. Without.Records.Zip(With.Records, (a, b) => a.Outcome.RemissionDay is not null && b.Outcome.RemissionDay is not null)];
            ContrastArm Of(ContrastArm arm) => arm with { Records = [.. arm.Records.Where((_, i) => kept[i])] };
            return new Contrast(Of(Without), Of(With));
        }
    }

    /// <param name="strategy">The strategy of the second arm.</param>
    /// <param name="setting">How patients differ from the reference population.</param>
    public static Contrast Of(string strategy, Setting setting) =>
        Run(setting, $"product: {setting.Product}, strategies: [setting]", $"product: {setting.Product}, strategies: [setting, {strategy}]");

    /// <param name="product">The product of the second arm, or a list in brackets.</param>
    /// <param name="setting">How patients differ from the reference population; not at all where left out.</param>
    public static Contrast OfProduct(string product, Setting? setting = null) => Run(setting ?? Setting.Reference, "product: cd19-41bb, strategies: [setting]", $"product: {product}, strategies: [setting]");

    static Contrast Run(Setting setting, string first, string second)
    {
        string study = $$"""
            nadir: 1
            title: A contrast
            model: b-all
            patients: {count: {{setting.Patients}}, population: children-young-adults}
            horizon: 24 months
            assays: [marrow-haematogones, ngs-mrd, cd19-flow, il-6, exhausted-cart-flow]
            visits: [7, 14, 21, 28, 60, 90, 120, 150, 180, 270, 365, 455, 545, 635, 730]
            policies:
              - {name: setting, title: the patients, changes: [{{{setting.Change}}, evidence: assumed, note: test}], evidence: []}
            arms:
              - {name: without, {{first}}}
              - {name: with, {{second}}}
            """;
        TrialJob job = Trial.Job(study, new TrialOverrides { With = setting.Mechanism is null ? [] : [setting.Mechanism] });
        ILookup<int, PatientRecord> arms = job.Plan.Records().ToLookup(r => r.Arm);
        return new Contrast(Arm(0), Arm(1));

        ContrastArm Arm(int i) => new(ArmEstimates.Of(job.Plan.Arms[i], Trial.Tally(arms[i].Select(r => r.Outcome))), [.. arms[i]]);
    }
}

/// <summary>One arm of a contrast.</summary>
sealed record ContrastArm(ArmResult Result, IReadOnlyList<PatientRecord> Records)
{
    /// <summary>Mean of a reading over all patients.</summary>
    public double Mean(Reading reading) => Records.Average(reading.Of);

    public int Happened(string what) => Result.Happenings.Where(h => h.What.StartsWith(what, StringComparison.Ordinal)).Sum(h => h.Count);
}

/// <summary>What is read of one patient, so that the same patient can be compared between arms.</summary>
sealed record Reading(string Name, Func<PatientRecord, double> Of)
{
    const double HalfYear = 183;
    const double Year = 365;
    const double TwoYears = 730;

    public static Reading Remission { get; } = new("remission", r => Yes(r.Outcome.RemissionDay is not null));

    public static Reading Relapse { get; } = new("relapse", r => Yes(r.Outcome.RelapseDay <= TwoYears));

    public static Reading Positive { get; } = RelapseOf("CD19-positive relapse", Phenotype.Cd19Positive);

    public static Reading Negative { get; } = RelapseOf("CD19-negative or -low relapse", Phenotype.Cd19NegativeOrLow);

    public static Reading Switched { get; } = RelapseOf("lineage switch", Phenotype.LineageSwitch);

    /// <summary>In remission without B cells at half a year.</summary>
    public static Reading EarlyAplasia { get; } = new("aplasia at 6 months", r => Yes(InAplasia(r.Outcome, HalfYear)));

    /// <summary>In remission without B cells at a year.</summary>
    public static Reading Aplasia { get; } = new("aplasia at 12 months", r => Yes(InAplasia(r.Outcome, Year)));

    /// <summary>B cells seen in blood again within half a year.</summary>
    public static Reading BCellsBack { get; } = new("B cells back by 6 months", r => Yes(r.Outcome.BCellRecoveryDay <= HalfYear));

    public static Reading EventFree { get; } = new("event-free at 24 months", r => Yes(!(r.Outcome.NonResponseDay <= TwoYears || r.Outcome.RelapseDay <= TwoYears || r.Outcome.DeathDay <= TwoYears)));

    /// <summary>Death in remission within two years.</summary>
    public static Reading DeathInRemission { get; } = new("death in remission", r => Yes(r.Outcome.DeathDay <= TwoYears && r.Outcome is { RemissionDay: not null, RelapseDay: null }));

    /// <summary>Logarithm of the peak of the transgene, copies/µg.</summary>
    public static Reading Peak { get; } = new("log peak", r => Math.Log(Math.Max(1, r.Outcome.TransgeneCmax)));

    /// <summary>Logarithm of the highest interleukin-6 seen in the first three weeks, pg/mL.</summary>
    public static Reading Cytokine { get; } = new("log IL-6", r => Math.Log(r.Observations.Where(o => o.Assay == "il-6" && o.Day <= 21).Max(o => o.Value)));

    /// <summary>Cytokine release syndrome of grade 3 or more.</summary>
    public static Reading Severe { get; } = new("severe cytokine release", r => Yes(r.Outcome.CytokineReleaseGrade >= 3));

    /// <summary>Logarithm of the exhausted CAR-T cells seen on day 28, cells/µL.</summary>
    public static Reading Exhausted { get; } = new("log exhausted CAR-T cells", r => Math.Log(r.Observations.Where(o => o.Assay == "exhausted-cart-flow" && o.Day == 28).Select(o => Math.Max(0.1, o.Value)).DefaultIfEmpty(0.1).First()));

    public static IReadOnlyList<Reading> All { get; } = [Remission, Relapse, Positive, Negative, Switched, EarlyAplasia, Aplasia, BCellsBack, EventFree, DeathInRemission, Peak, Cytokine, Severe, Exhausted];

    static Reading RelapseOf(string name, Phenotype phenotype) => new(name, r => Yes(r.Outcome.RelapseDay <= TwoYears && r.Outcome.RelapsePhenotype == phenotype));

    static bool InAplasia(PatientOutcome o, double day) => o.RemissionDay <= day && !(o.BCellRecoveryDay <= day) && !(o.RelapseDay <= day) && !(o.DeathDay <= day);

    static double Yes(bool holds) => holds ? 1 : 0;
}

/// <summary>Patients in whom the strategy has something to act on.</summary>
sealed record Setting(string Change, string? Mechanism = null, string Product = "cd19-41bb")
{
    public static Setting Reference { get; } = new("target: weak_product, odds: 1");

    /// <summary>Patients in each arm: more where the effect is a small one.</summary>
    public int Patients { get; init; } = Contrast.Patients;
}
