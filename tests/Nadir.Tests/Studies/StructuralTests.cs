using Nadir.Endpoints;
using Nadir.Numerics;
using Nadir.Populations;
using Nadir.Trials;

namespace Nadir.Tests.Studies;

/// <summary>
/// What a mechanistic model of relapse has to show whatever its numbers are: signs and rough sizes of published observations, with 20,000 virtual patients
/// an arm. Standard errors of the shares are below 0.005, so the margins are many of them.
/// </summary>
[Trait("Category", "Slow")]
public class StructuralTests
{
    const int Patients = 20000;

    const double Year = 365;

    static readonly Lazy<Summary[]> _reference = new(() => Run("cd19-41bb"));

    static readonly Lazy<Summary[]> _cyclophosphamide = new(() => Run("cd19-41bb", "cyclophosphamide"));

    /// <summary>What a test needs of one patient; 20,000 whole records would be in the way.</summary>
    sealed record Summary(PatientOutcome Outcome, double Burden, double Fludarabine, double SequencingDay28, double SequencingMonth3);

    static string Study(string product, string lymphodepletion, string population = "children-young-adults") => $$"""
        nadir: 1
        title: Structure
        model: b-all
        patients: {count: 400, population: {{population}}}
        horizon: 24 months
        assays: [ngs-mrd]
        arms:
          - {name: only, product: {{product}}, lymphodepletion: {{lymphodepletion}}}
        """;

    static Summary[] Run(string product, string lymphodepletion = "fludarabine-cyclophosphamide", double? dose = null, int patients = Patients, params ParameterChange[] changes) =>
        Run(Study(product, lymphodepletion), dose, patients, changes);

    static Summary[] Run(string study, double? dose, int patients, params ParameterChange[] changes)
    {
        TrialPlan plan = Trial.Job(study, patients, 20261123).Plan;
        ArmPlan arm = plan.Arms[0];
        plan = plan with { Arms = [arm with { DoseCells = dose ?? arm.DoseCells, Population = arm.Population.With(changes) }] };
        List<Summary> summaries = [];
        TrialRun.Run(plan, PatientBlock.All(plan), 2, r => summaries.Add(Of(r)), null, default);
        return [.. summaries];
    }

    static Summary Of(PatientRecord record)
    {
        double blasts = record.Outcome.Covariates[1] / 100;
        double Sequencing(double day)
        {
            Observation seen = record.Observations.FirstOrDefault(o => o.Day == day && o.Assay == "ngs-mrd");
            return seen.Assay is null ? double.NaN : seen.BelowLimit ? 0 : seen.Value;
        }

        return new Summary(record.Outcome, 1e11 * blasts / (1 - blasts), record.Outcome.Covariates[3], Sequencing(28), Sequencing(90));
    }

    static IEnumerable<Summary> Remissions(IEnumerable<Summary> patients) => patients.Where(p => p.Outcome.RemissionDay is not null);

    static double Remission(IReadOnlyCollection<Summary> patients) => Remissions(patients).Count() / (double)patients.Count;

    /// <summary>Relapses of a phenotype within two years, among patients in remission.</summary>
    static double Relapse(IEnumerable<Summary> patients, Phenotype phenotype)
    {
        Summary[] inRemission = [.. Remissions(patients)];
        return inRemission.Count(p => p.Outcome.RelapsePhenotype == phenotype) / (double)inRemission.Length;
    }

    static double NegativeShare(IEnumerable<Summary> patients) =>
        Relapse(patients, Phenotype.Cd19NegativeOrLow) / (Relapse(patients, Phenotype.Cd19NegativeOrLow) + Relapse(patients, Phenotype.Cd19Positive));

    static double AplasiaLost(IEnumerable<Summary> patients)
    {
        Summary[] inRemission = [.. Remissions(patients)];
        return inRemission.Count(p => p.Outcome.BCellRecoveryDay <= Year) / (double)inRemission.Length;
    }

    /// <summary>Ratio of the hazards of relapse within a year of a landmark, from the shares that relapse.</summary>
    static double HazardRatio(IEnumerable<Summary> patients, double landmark, Func<Summary, double> sequencing) =>
        HazardRatio(AtRisk(patients, landmark).Where(p => !double.IsNaN(sequencing(p))), landmark, p => sequencing(p) > 0);

    static double HazardRatio(IEnumerable<Summary> atRisk, double landmark, Func<Summary, bool> found)
    {
        double Hazard(IEnumerable<Summary> group) => -Math.Log(1 - group.Average(p => p.Outcome.RelapseDay <= landmark + Year ? 1.0 : 0));
        ILookup<bool, Summary> groups = atRisk.ToLookup(found);
        return Hazard(groups[true]) / Hazard(groups[false]);
    }

    static IEnumerable<Summary> AtRisk(IEnumerable<Summary> patients, double landmark) =>
        Remissions(patients).Where(p => p.Outcome.RemissionDay <= landmark && !(p.Outcome.RelapseDay <= landmark));

    /// <summary>Children and young adults of the clinic, whose burdens spread from MRD to full marrows: the French cohort's virtual version.</summary>
    static readonly Lazy<Summary[]> _clinic = new(() => Run(Study("cd19-41bb", "fludarabine-cyclophosphamide", "children-young-adults-clinic"), null, Patients));

    static (Summary[] Low, Summary[] High) ByBurden(double cells) =>
        ([.. _clinic.Value.Where(p => p.Burden < cells)], [.. _clinic.Value.Where(p => p.Burden >= cells)]);

    static double Free(IReadOnlyCollection<Summary> patients) => patients.Count(p => p.Outcome.RemissionDay is not null && p.Outcome.RelapseDay is null) / (double)patients.Count;

    /// <summary>
    /// French cohort: CD19-negative relapse, marrow disease of 1e-2 or more against less, 10.4; CD19-positive, less against more, 5.3; P = .03 each, so that their 95% intervals
    /// reach from 1.3 and from 1.2 up (Dourthe 2021).
    /// </summary>
    [Fact]
    public void A_high_burden_raises_negative_and_lowers_positive_relapse()
    {
        (Summary[] low, Summary[] high) = ByBurden(1e9);
        static double Hazard(Summary[] group, Phenotype phenotype) => -Math.Log(1 - Relapse(group, phenotype));

        (Hazard(high, Phenotype.Cd19NegativeOrLow) / Hazard(low, Phenotype.Cd19NegativeOrLow)).ShouldBeInRange(4, 20);
        (Hazard(low, Phenotype.Cd19Positive) / Hazard(high, Phenotype.Cd19Positive)).ShouldBeInRange(1.2, 10);
    }

    /// <summary>
    /// High against low burden: relapse of any kind 2.66 (1.45 to 4.87; Fabrizio 2022), here with 5% blasts or more within a year. Little leukaemia is no disadvantage: adults with less than 5% blasts had longer event-free survival
    /// than all (Park 2018), children treated for MRD stayed leukaemia-free in 78% (Hu 2022).
    /// </summary>
    [Fact]
    public void A_high_burden_raises_relapse_of_any_kind_and_a_low_one_is_no_disadvantage()
    {
        const double fivePercent = 5.3e9;
        (Summary[] low, Summary[] high) = ByBurden(fivePercent);
        static double Hazard(Summary[] group) => -Math.Log(1 - (Remissions(group).Count(p => p.Outcome.RelapseDay <= Year) / (double)Remissions(group).Count()));
        Summary[] least = Run("cd19-41bb", changes: new ParameterChange("leukaemia_at_infusion", ChangeKind.Set, 1e8));

        (Hazard(high) / Hazard(low)).ShouldBeInRange(1.1, 4.9);
        Free(low).ShouldBeGreaterThan(Free(high) + 0.02);
        Free(least).ShouldBeGreaterThan(Free(high) + 0.02);
        Remission(low).ShouldBeGreaterThan(Remission(high) + 0.02);
    }

    /// <summary>Exposure below 13.8 mg·h/L went with relapse and earlier loss of aplasia (Fabrizio 2022), and with CD19-positive relapse (Dekker 2022), after one regimen.</summary>
    [Fact]
    public void Low_fludarabine_exposure_raises_positive_relapse_and_loss_of_aplasia_within_an_arm()
    {
        Summary[] low = [.. _reference.Value.Where(p => p.Fludarabine < 13.8)];
        Summary[] high = [.. _reference.Value.Where(p => p.Fludarabine >= 13.8)];
        double positive = Relapse(low, Phenotype.Cd19Positive) - Relapse(high, Phenotype.Cd19Positive);
        double negative = Relapse(low, Phenotype.Cd19NegativeOrLow) - Relapse(high, Phenotype.Cd19NegativeOrLow);

        ((double)low.Length / Patients).ShouldBeInRange(0.2, 0.3);
        positive.ShouldBeGreaterThan(0.03);
        Math.Abs(negative).ShouldBeLessThan(0.5 * positive);
        AplasiaLost(low).ShouldBeGreaterThan(AplasiaLost(high) + 0.03);
    }

    /// <summary>Low fludarabine exposure went with CD19-positive relapse (Dekker 2022) and earlier loss of aplasia (Fabrizio 2022).</summary>
    [Fact]
    public void Fludarabine_acts_mostly_on_positive_relapse_and_aplasia()
    {
        double positive = Relapse(_cyclophosphamide.Value, Phenotype.Cd19Positive) - Relapse(_reference.Value, Phenotype.Cd19Positive);
        double negative = Relapse(_cyclophosphamide.Value, Phenotype.Cd19NegativeOrLow) - Relapse(_reference.Value, Phenotype.Cd19NegativeOrLow);

        positive.ShouldBeGreaterThan(0.05);
        Math.Abs(negative).ShouldBeLessThan(0.5 * positive);
        AplasiaLost(_cyclophosphamide.Value).ShouldBeGreaterThan(AplasiaLost(_reference.Value) + 0.05);
    }

    /// <summary>A 4-1BB construct was a risk factor of CD19-negative relapse in 420 patients (Lamble 2023); CD28 CARs kill at lower density (Majzner 2020).</summary>
    [Fact]
    public void The_4_1BB_product_has_the_larger_share_of_negative_relapse()
    {
        Summary[] cd28 = Run("cd19-cd28");

        NegativeShare(_reference.Value).ShouldBeGreaterThan(NegativeShare(cd28) + 0.05);
        AplasiaLost(cd28).ShouldBeGreaterThan(AplasiaLost(_reference.Value) + 0.02);
    }

    /// <summary>CD28 products peak earlier, expand no less in who expands, and persist for weeks: a proposal of the costimulation reviews, so the day is bounded and no size.</summary>
    [Fact]
    public void The_CD28_product_peaks_earlier_and_no_lower()
    {
        Summary[] cd28 = Run("cd19-cd28");
        static double Median(Summary[] patients, Func<PatientOutcome, double> of) => Quantiles.Of([.. patients.Select(p => of(p.Outcome)).Order()], 0.5);

        Median(cd28, o => o.TransgeneTmax).ShouldBeLessThan(Median(_reference.Value, o => o.TransgeneTmax) - 0.5);
        Median(cd28, o => o.TransgeneCmax).ShouldBeGreaterThan(0.9 * Median(_reference.Value, o => o.TransgeneCmax));
    }

    /// <summary>Two of seven KMT2A-rearranged patients switched within a month (Gardner 2016), 12 of 166 relapses were switches, and nobody survived long after one (Lamble 2023).</summary>
    [Fact]
    public void Lineage_switch_comes_early_and_is_survived_for_months_only()
    {
        Summary[] switched = [.. _reference.Value.Where(p => p.Outcome.RelapsePhenotype == Phenotype.LineageSwitch)];
        Summary[] relapsed = [.. _reference.Value.Where(p => p.Outcome.RelapseDay is not null)];
        static double MedianDay(IEnumerable<Summary> patients) => Quantiles.Of([.. patients.Select(p => p.Outcome.RelapseDay!.Value).Order()], 0.5);
        static double LivesAYear(Summary[] patients) => patients.Count(p => !(p.Outcome.DeathDay <= p.Outcome.RelapseDay + Year)) / (double)patients.Length;
        Summary[] early = [.. switched.Where(p => p.Outcome.RelapseDay <= Year)];

        (switched.Length / (double)relapsed.Length).ShouldBeInRange(0.04, 0.13);
        MedianDay(switched).ShouldBeLessThan(MedianDay(relapsed.Except(switched)));
        (switched.Count(p => p.Outcome.RelapseDay <= 92) / (double)switched.Length).ShouldBeGreaterThan(0.15);
        LivesAYear(early).ShouldBeLessThan(0.15);
    }

    /// <summary>CD22 CAR-T was escaped by lower density (Fry 2018), and persists for a month (Pan 2019).</summary>
    [Fact]
    public void A_second_target_lowers_negative_relapse_without_ending_it_and_leaves_positive_relapse()
    {
        Summary[] dual = Run("[cd19-41bb, cd22-41bb]");

        Relapse(dual, Phenotype.Cd19NegativeOrLow).ShouldBeLessThan(0.8 * Relapse(_reference.Value, Phenotype.Cd19NegativeOrLow));
        Relapse(dual, Phenotype.Cd19NegativeOrLow).ShouldBeGreaterThan(0.01);
        Relapse(dual, Phenotype.Cd19Positive).ShouldBeGreaterThan(0.5 * Relapse(_reference.Value, Phenotype.Cd19Positive));
    }

    /// <summary>Any MRD by sequencing: hazard ratio 4.87 on day 28, 12 at month 3 (Pulsipher 2022).</summary>
    [Fact]
    public void Sequencing_at_month_3_predicts_relapse_better_than_on_day_28()
    {
        double early = HazardRatio(_reference.Value, 28, p => p.SequencingDay28);
        double late = HazardRatio(_reference.Value, 90, p => p.SequencingMonth3);

        early.ShouldBeGreaterThan(1.5);
        late.ShouldBeGreaterThan(1.5 * early);
    }

    /// <summary>B-cell recovery by month 3 says little beside MRD by sequencing there: a hazard ratio of 1.27, not significant (Pulsipher 2022).</summary>
    [Fact]
    public void B_cell_recovery_says_less_of_relapse_among_those_without_MRD_at_month_3_than_among_all()
    {
        Summary[] atRisk = [.. AtRisk(_reference.Value, 90).Where(p => !double.IsNaN(p.SequencingMonth3))];
        static double Ratio(IEnumerable<Summary> patients) => HazardRatio(patients, 90, p => p.Outcome.BCellRecoveryDay <= 90);
        double crude = Ratio(atRisk);
        double withoutMrd = Ratio(atRisk.Where(p => p.SequencingMonth3 == 0));

        crude.ShouldBeGreaterThan(2);
        withoutMrd.ShouldBeLessThan(0.8 * crude);
        // Known to fall short: it keeps two and a half times the published ratio.
        withoutMrd.ShouldBeGreaterThan(1.27);
    }

    /// <summary>No relation of dose to response, nor of dose to expansion, within the label range (Mueller 2018, Stein 2019): here from 0.5 to 2.5e8 cells, where five times the dose may move the peak by half at most.</summary>
    [Fact]
    public void The_dose_hardly_matters_within_the_label_range()
    {
        Summary[] small = Run("cd19-41bb", dose: 0.5e8);
        Summary[] large = Run("cd19-41bb", dose: 2.5e8);

        static double Peak(Summary[] patients) => Quantiles.Of([.. patients.Select(p => p.Outcome.TransgeneCmax).Order()], 0.5);
        Math.Abs(Remission(large) - Remission(small)).ShouldBeLessThan(0.06);
        Math.Abs(Free(large) - Free(small)).ShouldBeLessThan(0.04);
        (Peak(large) / Peak(small)).ShouldBeInRange(1, 1.6);
    }

    /// <summary>Relapse with aplasia kept is CD19-negative in 88 to 92% (Pulsipher 2022); loss of aplasia goes with CD19-positive relapse (Dourthe 2021).</summary>
    [Fact]
    public void B_cells_come_back_before_positive_relapse_and_relapse_in_aplasia_is_negative()
    {
        Summary[] relapsed = [.. _reference.Value.Where(p => p.Outcome.RelapseDay is not null && p.Outcome.RelapsePhenotype != Phenotype.LineageSwitch)];
        Summary[] positive = [.. relapsed.Where(p => p.Outcome.RelapsePhenotype == Phenotype.Cd19Positive)];
        Summary[] inAplasia = [.. relapsed.Where(p => p.Outcome.BCellRecoveryDay is null)];

        (positive.Count(p => p.Outcome.BCellRecoveryDay < p.Outcome.RelapseDay) / (double)positive.Length).ShouldBeGreaterThan(0.8);
        (inAplasia.Count(p => p.Outcome.RelapsePhenotype == Phenotype.Cd19NegativeOrLow) / (double)inAplasia.Length).ShouldBeInRange(0.8, 0.98);
    }
}
