using Nadir.Designs;
using Nadir.Models;
using Nadir.Survival;

namespace Nadir.Trials;

/// <summary>Everything a report shows of a trial that was simulated.</summary>
public sealed record TrialResult
{
    /// <summary>The study's title; the question it asks.</summary>
    public required string Study { get; init; }

    /// <summary>One paragraph for the reader: population, design, horizon. Null where the study file has none.</summary>
    public string? Question { get; init; }

    /// <summary>Seed of every random stream.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Patients in each arm.</summary>
    public required int PatientsPerArm { get; init; }

    /// <summary>"counterfactual" (the same patients in every arm) or "randomised".</summary>
    public required string Design { get; init; }

    /// <summary>Follow-up in days.</summary>
    public required double HorizonDays { get; init; }

    /// <summary>Arms in the order of the study file.</summary>
    public required IReadOnlyList<ArmResult> Arms { get; init; }

    /// <summary>Published results beside the first arm's.</summary>
    public required IReadOnlyList<PublishedComparison> Published { get; init; }

    /// <summary>Each arm beside the first, by endpoint; none in a trial of one arm.</summary>
    public IReadOnlyList<ArmContrast> Contrasts { get; init; } = [];

    /// <summary>Arms with a transplant, analysed by treatment received and beside the same patients without it; empty where no arm is the same but for the transplant.</summary>
    public IReadOnlyList<TransplantEffect> TransplantEffects { get; init; } = [];

    /// <summary>The trial as it would have been run, with its looks; null where the study has no <c>analysis</c>.</summary>
    public ConductedTrial? Conducted { get; init; }

    /// <summary>Mechanisms that are never named as a cause of relapse because they act through others, and what they are counted under.</summary>
    public IReadOnlyList<CauseModifier> Modifiers { get; init; } = [];

    /// <summary>The mix of patients that the study asked for beside the one it has; null where patients have the population's own shares.</summary>
    public CohortMix? Mix { get; init; }

    /// <summary>How patients were examined and simulated, for the report's text; null where it is not known.</summary>
    public TrialMethods? Methods { get; init; }

    /// <summary>Sample patients of the first arm, with trajectories.</summary>
    public required IReadOnlyList<SamplePatient> Samples { get; init; }

    /// <summary>What is known about the model's numbers.</summary>
    public required ModelCard Card { get; init; }

    /// <summary>What made this result.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>The first patients whose simulation failed, with the state they failed in; at most five.</summary>
    public IReadOnlyList<FailedCourse> FailedCourses { get; init; } = [];

    /// <summary>What each mechanism contributes; null (the default) where it was not asked for.</summary>
    public KnockOut? KnockOut { get; init; }

    /// <summary>What each uncertain number of the population contributes to an endpoint; null (the default) where it was not asked for.</summary>
    public Sensitivity? Sensitivity { get; init; }

    /// <summary>How much of the results' uncertainty is of which kind; null (the default) where no replicates were asked for.</summary>
    public Uncertainty? Uncertainty { get; init; }

    /// <summary>The operating characteristics of the study's design; null (the default) where they were not asked for.</summary>
    public PowerResult? Power { get; init; }

    /// <summary>Patients whose simulation failed numerically, over all arms. They are in no estimate.</summary>
    public int FailedPatients => Arms.Sum(a => a.FailedPatients);
}

/// <summary>One arm's estimates.</summary>
public sealed record ArmResult
{
    /// <summary>The arm's name.</summary>
    public required string Name { get; init; }

    /// <summary>Product, lymphodepletion and strategies in one line.</summary>
    public required string Description { get; init; }

    /// <summary>Patients simulated in this arm, failed ones included.</summary>
    public required int Patients { get; init; }

    /// <summary>Patients whose simulation failed numerically; they are in no estimate.</summary>
    public required int FailedPatients { get; init; }

    /// <summary>Failures by status name.</summary>
    public required IReadOnlyDictionary<string, int> Failures { get; init; }

    /// <summary>Patients that received a transplant.</summary>
    public required int Transplanted { get; init; }

    /// <summary>What strategies did and what came of them: done, product not made, toxicities.</summary>
    public IReadOnlyList<Happening> Happenings { get; init; } = [];

    /// <summary>Share with remission by month 3 (Wilson interval).</summary>
    public required Estimate Remission3Months { get; init; }

    /// <summary>Share with blasts below 5% by month 3, whatever MRD showed (Wilson interval).</summary>
    public required Estimate MorphologicRemission3Months { get; init; }

    /// <summary>Patients in remission whose MRD was seen again at a visit before relapse, if any; not an event by itself.</summary>
    public required int MrdRelapses { get; init; }

    /// <summary>Relapse-free survival from the date of remission.</summary>
    public required SurvivalCurve RelapseFreeSurvival { get; init; }

    /// <summary>Duration of response: from remission to relapse, among patients in remission; death in remission censors.</summary>
    public required SurvivalCurve DurationOfResponse { get; init; }

    /// <summary>Event-free survival from infusion.</summary>
    public required SurvivalCurve EventFreeSurvival { get; init; }

    /// <summary>Overall survival from infusion.</summary>
    public required SurvivalCurve OverallSurvival { get; init; }

    /// <summary>Cumulative incidence of relapse by phenotype, among patients in remission, death as a competing event.</summary>
    public required IReadOnlyList<PhenotypeIncidence> Relapse { get; init; }

    /// <summary>Cumulative incidence of relapse of any phenotype, death in remission as a competing event; null where it was not estimated.</summary>
    public SurvivalCurve? AnyRelapse { get; init; }

    /// <summary>Curves that end a patient's follow-up at a transplant; null where nobody of the arm had one, and these curves are the same as those through it.</summary>
    public TransplantCensoredCurves? AtTransplant { get; init; }

    /// <summary>Relapses by phenotype and cause, the most frequent first; empty where the model cannot tell causes. Driven by assumptions.</summary>
    public IReadOnlyList<CauseCount> Causes { get; init; } = [];

    /// <summary>Cumulative incidence of relapse by mechanism, by name, death in remission as a competing event; empty where the model cannot tell causes.</summary>
    public IReadOnlyList<CauseIncidence> CauseIncidence { get; init; } = [];

    /// <summary>How often what is observed at relapse points to the cause; one row for each true group of causes.</summary>
    public IReadOnlyList<CauseGuesses> Guesses { get; init; } = [];

    /// <summary>Cumulative incidence of death in remission, the competing event of <see cref="Relapse"/>.</summary>
    public required SurvivalCurve DeathInRemission { get; init; }

    /// <summary>
    /// Probability that B-cell aplasia is kept, from infusion, among patients in remission (Kaplan-Meier): relapse, transplant and death censor, so that it speaks of patients as long as they stay at risk.
    /// </summary>
    public required SurvivalCurve BCellAplasia { get; init; }

    /// <summary>
    /// Cumulative incidence of B-cell recovery, from infusion, among patients in remission (Aalen-Johansen): relapse, transplant and death compete, so that it is the share of all of them. Null where it was not estimated.
    /// </summary>
    public SurvivalCurve? BCellRecovery { get; init; }

    /// <summary>The endpoints that have a median time: their names in files, and their curves.</summary>
    public IReadOnlyList<(string Endpoint, SurvivalCurve Curve)> SurvivalCurves =>
        [("eventFreeSurvival", EventFreeSurvival), ("relapseFreeSurvival", RelapseFreeSurvival), ("overallSurvival", OverallSurvival), ("durationOfResponse", DurationOfResponse)];

    /// <summary>Cytokine release syndrome; null where the model does not tell.</summary>
    public CytokineReleaseSummary? CytokineRelease { get; init; }

    /// <summary>Treatment after relapse or non-response; null where no strategy of the arm gives any.</summary>
    public SecondTreatment? SecondTreatment { get; init; }

    /// <summary>CAR transgene kinetics.</summary>
    public required TransgeneSummary Transgene { get; init; }

    /// <summary>The transgene over time, among patients whose cells are followed; true values without noise, half the assay's limit where they are below it.</summary>
    public IReadOnlyList<TransgenePoint> TransgeneCurve { get; init; } = [];

    /// <summary>The arm's first patients, one by one.</summary>
    public IReadOnlyList<SwimmerPatient> Swimmers { get; init; } = [];
}

/// <summary>Endpoints with patients censored at their transplant, as many trials report them beside those that follow patients through it.</summary>
/// <param name="RelapseFreeSurvival">From remission.</param>
/// <param name="EventFreeSurvival">From infusion.</param>
/// <param name="AnyRelapse">Cumulative incidence of relapse from remission, death in remission as a competing event.</param>
/// <param name="DurationOfResponse">From remission.</param>
public sealed record TransplantCensoredCurves(SurvivalCurve RelapseFreeSurvival, SurvivalCurve EventFreeSurvival, SurvivalCurve AnyRelapse, SurvivalCurve DurationOfResponse);

/// <summary>Relapse of one mechanism.</summary>
/// <param name="Mechanism">The mechanism, a file of library/mechanisms.</param>
/// <param name="Count">Relapses within the horizon.</param>
/// <param name="Curve">Cumulative incidence from remission (Aalen-Johansen).</param>
public sealed record CauseIncidence(string Mechanism, int Count, SurvivalCurve Curve);

/// <summary>The transgene on one day, copies/µg DNA.</summary>
/// <param name="Day">Days from infusion.</param>
/// <param name="Patients">Patients whose cells are followed.</param>
/// <param name="GeometricMean">Their geometric mean, values below the assay's limit counted as half of it.</param>
/// <param name="Lower">Their 5% quantile.</param>
/// <param name="Upper">Their 95% quantile.</param>
public readonly record struct TransgenePoint(double Day, int Patients, double GeometricMean, double Lower, double Upper);

/// <summary>Something that a strategy did to patients, or that came of it.</summary>
/// <param name="Strategy">The strategy's name.</param>
/// <param name="What">What happened: <c>done</c>, <c>product not made</c>, or a toxicity.</param>
/// <param name="Count">How often over the arm's patients.</param>
public sealed record Happening(string Strategy, string What, int Count);

/// <summary>Relapse of one phenotype.</summary>
/// <param name="Phenotype"><c>cd19-positive</c>, <c>cd19-negative-or-low</c> or <c>lineage-switch</c>.</param>
/// <param name="Count">Relapses of this phenotype within the horizon.</param>
/// <param name="Curve">Cumulative incidence from remission (Aalen-Johansen).</param>
public sealed record PhenotypeIncidence(string Phenotype, int Count, SurvivalCurve Curve);

/// <summary>Relapses of one phenotype and cause. The cause is read from the hidden state.</summary>
/// <param name="Phenotype">The observed phenotype.</param>
/// <param name="Mechanism">The mechanism behind it.</param>
/// <param name="Seed">Where the clone that grew came from: <c>pre-existing</c>, <c>new</c>, <c>either</c>, <c>manufacture</c>, <c>sanctuary</c>.</param>
/// <param name="CarT">What the CAR-T cells were: <c>rejected</c>, <c>lost</c>, <c>starved</c>, <c>exhausted</c>, <c>blind</c>, <c>outgrown</c>.</param>
/// <param name="Count">Relapses.</param>
public sealed record CauseCount(string Phenotype, string Mechanism, string Seed, string CarT, int Count);

/// <summary>What the observations at relapse would make one think, for one true group of causes.</summary>
/// <param name="Cause">The true group.</param>
/// <param name="Guessed">Relapses by guessed group, in the order of the rows.</param>
public sealed record CauseGuesses(string Cause, IReadOnlyList<int> Guessed);

/// <summary>CAR transgene in blood over all patients.</summary>
/// <param name="CmaxGeometricMean">Geometric mean of the peak, copies/µg.</param>
/// <param name="TmaxMedian">Median day of the peak.</param>
/// <param name="Auc28GeometricMean">Geometric mean of the area under the curve from day 0 to 28, copies/µg·day.</param>
public sealed record TransgeneSummary(double CmaxGeometricMean, double TmaxMedian, double Auc28GeometricMean);

/// <summary>What came of treatment after relapse or non-response.</summary>
/// <param name="Patients">Patients treated.</param>
/// <param name="Morphologic">Share of them with blasts below 5% within 90 days, any MRD, or the population's response assay below its cut (Wilson interval).</param>
/// <param name="Remission">Share of them with a second remission, without MRD, within 90 days (Wilson interval).</param>
/// <param name="Kept">Second remission kept: without second relapse and alive, from second remission.</param>
public sealed record SecondTreatment(int Patients, Estimate Morphologic, Estimate Remission, SurvivalCurve Kept);

/// <summary>Cytokine release syndrome by the worst grade within 30 days of cells being given.</summary>
/// <param name="Grades">Patients by grade, from 0 for none to 4.</param>
/// <param name="Any">Share with any grade (Wilson interval).</param>
/// <param name="Severe">Share with grade 3 or more (Wilson interval).</param>
public sealed record CytokineReleaseSummary(IReadOnlyList<int> Grades, Estimate Any, Estimate Severe);

/// <summary>A published figure beside the simulated one.</summary>
/// <param name="Quantity">What is compared, for example <c>RFS at 12 months</c>.</param>
/// <param name="Citation">Short citation with year.</param>
/// <param name="Published">The published estimate and interval.</param>
/// <param name="IntervalDerived">True where the interval is a Wilson interval computed here from the counts.</param>
/// <param name="Simulated">The first arm's estimate and interval.</param>
public sealed record PublishedComparison(
    string Quantity, string Citation, Estimate Published, bool IntervalDerived, Estimate Simulated)
{
    /// <summary>Unit of all four bounds and both estimates, for example <c>months</c>; empty (the default) for a probability.</summary>
    public string Unit { get; init; } = "";

    /// <summary>True where assumed numbers were chosen by hand with it in view, so that agreement says nothing.</summary>
    public bool IsAdjusted { get; init; }

    /// <summary>True when the simulated estimate lies inside the published interval.</summary>
    public bool Inside => Simulated.Value >= Published.Lower && Simulated.Value <= Published.Upper;
}

/// <summary>A patient shown in the report.</summary>
public sealed record SamplePatient
{
    /// <summary>The subject's identifier, as in subjects.csv.</summary>
    public required string Subject { get; init; }

    /// <summary>How the patient fared, one line.</summary>
    public required string Outcome { get; init; }

    /// <summary>Days at which the series are sampled.</summary>
    public required IReadOnlyList<double> Days { get; init; }

    /// <summary>Trajectories in cells (whole body).</summary>
    public required IReadOnlyList<TrajectorySeries> Series { get; init; }

    /// <summary>Days of infusions.</summary>
    public required IReadOnlyList<double> Infusions { get; init; }

    /// <summary>Days of visits kept.</summary>
    public required IReadOnlyList<double> Visits { get; init; }

    /// <summary>Day of transplant; null where there was none.</summary>
    public double? Transplant { get; init; }

    /// <summary>Day of relapse; null where there was none.</summary>
    public double? Relapse { get; init; }

    /// <summary>Detection limits to draw, in cells.</summary>
    public required IReadOnlyList<DetectionLimit> Limits { get; init; }
}

/// <summary>One line of a trajectory figure.</summary>
/// <param name="Name">Legend text.</param>
/// <param name="Panel"><c>leukaemia</c>, <c>car-t</c> or <c>b-cells</c>.</param>
/// <param name="Cells">Cells, one value for each day of the patient; 0 where extinct.</param>
public sealed record TrajectorySeries(string Name, string Panel, IReadOnlyList<double> Cells);

/// <summary>A horizontal line in a trajectory figure.</summary>
public sealed record DetectionLimit(string Name, string Panel, double Cells);

/// <summary>How well the model's numbers are known.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Population">The population's name.</param>
/// <param name="Measured">Parameters with a measured value.</param>
/// <param name="Derived">Parameters derived from measured values.</param>
/// <param name="Assumed">Parameters that are assumed.</param>
/// <param name="Text">The model's card as Markdown.</param>
public sealed record ModelCard(string Model, string Population, int Measured, int Derived, int Assumed, string Text);

/// <summary>What made a result.</summary>
public sealed record Provenance
{
    /// <summary>Nadir's version.</summary>
    public required string Version { get; init; }

    /// <summary>SHA-256 of the study file.</summary>
    public required string StudyHash { get; init; }

    /// <summary>SHA-256 of the model with its parameters and population.</summary>
    public required string ModelHash { get; init; }

    /// <summary>The calibration of the population; null where it has the numbers of the model's own files.</summary>
    public CalibrationOrigin? Calibration { get; init; }

    /// <summary>SHA-256 of the user's own library files; null where there were none.</summary>
    public string? LibraryHash { get; init; }

    /// <summary>Runtime and operating system.</summary>
    public required string Platform { get; init; }

    /// <summary>Mechanisms switched on with <c>--with</c>.</summary>
    public IReadOnlyList<string> With { get; init; } = [];

    /// <summary>Mechanisms switched off with <c>--without</c>.</summary>
    public required IReadOnlyList<string> Without { get; init; }
}

/// <summary>A calibration that a result rests on.</summary>
/// <param name="File">Where it was read.</param>
/// <param name="Hash">SHA-256 of the file.</param>
/// <param name="Targets">Published results it was fitted to; 0 where the file does not say.</param>
public sealed record CalibrationOrigin(string File, string Hash, int Targets)
{
    /// <summary>What the population was adjusted to by hand on top of it; null for nothing.</summary>
    public string? Adjusted { get; init; }

    /// <summary>In words: what the population was fitted to.</summary>
    public string Words => (Targets == 0 ? $"calibrated ({File})" : FormattableString.Invariant($"calibrated to {Targets} published results ({File})"))
        + (Adjusted is null ? "" : $", then adjusted by hand to {Adjusted}");
}
