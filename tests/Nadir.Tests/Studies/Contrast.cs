using Nadir.Studies;
using Nadir.Trials;

namespace Nadir.Tests.Studies;

/// <summary>Two arms of the same 300 patients, one of them with a strategy or another product.</summary>
sealed record Contrast(ContrastArm Without, ContrastArm With)
{
    /// <param name="strategy">The strategy of the second arm.</param>
    /// <param name="setting">How patients differ from the reference population.</param>
    public static Contrast Of(string strategy, Setting setting) =>
        Run(setting, $"product: {setting.Product}, strategies: [setting]", $"product: {setting.Product}, strategies: [setting, {strategy}]");

    /// <param name="product">The product of the second arm, or a list in brackets.</param>
    public static Contrast OfProduct(string product) => Run(Setting.Reference, "product: cd19-41bb, strategies: [setting]", $"product: {product}, strategies: [setting]");

    static Contrast Run(Setting setting, string first, string second)
    {
        string study = $$"""
            nadir: 1
            title: A contrast
            model: b-all
            patients: {count: 300, population: children-young-adults}
            horizon: 24 months
            assays: [marrow-haematogones, ngs-mrd, cd19-flow, il-6]
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
    public double Remission => Result.Remission3Months.Value;

    public double Relapse => Result.Relapse.Sum(r => r.Curve.At(730).Value);

    public double Positive => Incidence("cd19-positive");

    public double Negative => Incidence("cd19-negative-or-low");

    public double Switched => Incidence("lineage-switch");

    public double Aplasia => Result.BCellAplasia.At(365).Value;

    public double EarlyAplasia => Result.BCellAplasia.At(183).Value;

    public double EventFree => Result.EventFreeSurvival.At(730).Value;

    public double Peak => Result.Transgene.CmaxGeometricMean;

    /// <summary>Mean over patients of the logarithm of the highest interleukin-6 in the first three weeks.</summary>
    public double Cytokine => Records.Average(r => Math.Log(r.Observations.Where(o => o.Assay == "il-6" && o.Day <= 21).Max(o => o.Value)));

    /// <summary>Share of patients with cytokine release syndrome of grade 3 or more.</summary>
    public double Severe => Result.CytokineRelease!.Severe.Value;

    public int Happened(string what) => Result.Happenings.Where(h => h.What.StartsWith(what, StringComparison.Ordinal)).Sum(h => h.Count);

    double Incidence(string phenotype) => Result.Relapse.Single(r => r.Phenotype == phenotype).Curve.At(730).Value;
}

/// <summary>Patients in whom the strategy has something to act on.</summary>
sealed record Setting(string Change, string? Mechanism = null, string Product = "cd19-41bb")
{
    public static Setting Reference { get; } = new("target: weak_product, odds: 1");
}
