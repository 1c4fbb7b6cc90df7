using Nadir.Solvers;

namespace Nadir.Endpoints;

/// <summary>Why a patient died.</summary>
public enum DeathCause
{
    /// <summary>After relapse or non-response.</summary>
    Disease,

    /// <summary>In remission, without a transplant.</summary>
    NonRelapse,

    /// <summary>Of the transplant.</summary>
    Transplant,
}

/// <summary>What happened to one patient in one arm, in days from infusion. A day that never came is null.</summary>
public sealed record PatientOutcome
{
    /// <summary>The patient's number: the same patient in every arm of a counterfactual design.</summary>
    public required long Patient { get; init; }

    /// <summary>How the simulation ended; anything but completed keeps the patient out of every estimate.</summary>
    public required LaneStatus Status { get; init; }

    /// <summary>When the simulation failed; null where it did not.</summary>
    public double? FailedDay { get; init; }

    /// <summary>Follow-up of each endpoint from its own origin: infusion, or remission.</summary>
    public required double HorizonDays { get; init; }

    /// <summary>Assessment at which blasts were first seen below 5%, whatever MRD showed.</summary>
    public double? MorphologicRemissionDay { get; init; }

    /// <summary>Assessment at which remission (blasts below 5%, MRD below 1e-4) was first seen.</summary>
    public double? RemissionDay { get; init; }

    /// <summary>Day on which non-response was declared.</summary>
    public double? NonResponseDay { get; init; }

    /// <summary>First visit in remission at which MRD was positive again; not an event by itself.</summary>
    public double? MrdRelapseDay { get; init; }

    /// <summary>Day of relapse: blasts of 5% or more at a visit, or overt disease between visits.</summary>
    public double? RelapseDay { get; init; }

    /// <summary>Phenotype at relapse; null without relapse.</summary>
    public Phenotype? RelapsePhenotype { get; init; }

    /// <summary>Why the relapse came, from the hidden state; null without relapse, or where the model cannot tell.</summary>
    public RelapseCause? RelapseCause { get; init; }

    /// <summary>What the observations at relapse would make one think; null where <see cref="RelapseCause"/> is.</summary>
    public CauseGroup? GuessedCause { get; init; }

    /// <summary>Visit at which the rule for a transplant was first met, whether or not one followed: there may be no donor, or no remission any more on its day. Null where it never was, or where the arm has no transplant.</summary>
    public double? TransplantEligibleDay { get; init; }

    /// <summary>Day of transplant.</summary>
    public double? TransplantDay { get; init; }

    /// <summary>First visit after day 28 with blood B cells at or above the aplasia threshold.</summary>
    public double? BCellRecoveryDay { get; init; }

    /// <summary>Day of death while followed: up to the horizon after infusion, or after remission where there was one.</summary>
    public double? DeathDay { get; init; }

    /// <summary>Cause of death; null for the living.</summary>
    public DeathCause? DeathCause { get; init; }

    /// <summary>Peak of the CAR transgene, copies/µg.</summary>
    public double TransgeneCmax { get; init; } = double.NaN;

    /// <summary>Day of the peak.</summary>
    public double TransgeneTmax { get; init; } = double.NaN;

    /// <summary>Area under the transgene curve from day 0 to 28, copies/µg·day; NaN where follow-up is shorter.</summary>
    public double TransgeneAuc28 { get; init; } = double.NaN;

    /// <summary>The CAR transgene on <see cref="TransgeneDays"/>, copies/µg; half the assay's limit where it is below it, NaN from the day on from which the cells are not followed.</summary>
    public IReadOnlyList<double> TransgeneOnDays { get; init; } = [];

    /// <summary>Worst grade of cytokine release syndrome within 30 days of cells being given, 0 for none; null where the model does not tell.</summary>
    public int? CytokineReleaseGrade { get; init; }

    /// <summary>The assay of cytokine at its peak, in its unit (interleukin-6, pg/mL); NaN where the model does not tell.</summary>
    public double CytokinePeak { get; init; } = double.NaN;

    /// <summary>Day of the first treatment after relapse or non-response.</summary>
    public double? SalvageDay { get; init; }

    /// <summary>Day on which blasts were first below the cut after that treatment, with or without MRD.</summary>
    public double? SecondMorphologicRemissionDay { get; init; }

    /// <summary>Day on which second remission was seen.</summary>
    public double? SecondRemissionDay { get; init; }

    /// <summary>Day of second relapse.</summary>
    public double? SecondRelapseDay { get; init; }

    /// <summary>What strategies did and what came of them, in order: <c>consolidative-transplant: done</c>.</summary>
    public IReadOnlyList<string> Happenings { get; init; } = [];

    /// <summary>Covariates in the order of the population's list.</summary>
    public IReadOnlyList<double> Covariates { get; init; } = [];

    /// <summary>True when the patient counts in the estimates.</summary>
    public bool IsEvaluable => Status == LaneStatus.Completed;
}
