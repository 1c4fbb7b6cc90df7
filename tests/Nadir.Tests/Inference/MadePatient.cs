using Nadir.Endpoints;
using Nadir.Evidence;
using Nadir.Faults;
using Nadir.Inference;
using Nadir.Models;
using Nadir.Solvers;

namespace Nadir.Tests.Inference;

/// <summary>Patients and questions made by hand.</summary>
static class MadePatient
{
    public const double Horizon = 1095.75;

    /// <summary>A patient in remission from day 28, without any event, unless changed.</summary>
    public static PatientOutcome Well { get; } = new() { Patient = 0, Status = LaneStatus.Completed, HorizonDays = Horizon, RemissionDay = 28, MorphologicRemissionDay = 28, CytokineReleaseGrade = 0 };

    public static CohortPatient Of(PatientOutcome outcome, double blasts = 0.5, double sequencing = 0) =>
        new(outcome, blasts) { SequencingDay28 = sequencing, SequencingMonth3 = sequencing, Transgene = [] };

    public static PatientOutcome Relapsed(double day, Phenotype phenotype = Phenotype.Cd19Positive) => Well with { RelapseDay = day, RelapsePhenotype = phenotype };

    public static PublishedResult Asked(string quantity, double? month = null) => new()
    {
        Quantity = quantity,
        Month = month,
        Cohort = "asked",
        Estimate = double.NaN,
        Citation = new SourceReference("", new SourceLocation("", 0, 0)),
        Verified = false,
        At = new SourceLocation("", 0, 0),
    };
}
