using Nadir.Endpoints;

namespace Nadir.Trials;

/// <summary>One patient of one arm: the outcome and what was seen at the visits.</summary>
/// <param name="Arm">Index of the arm.</param>
/// <param name="Outcome">What happened.</param>
/// <param name="Observations">Assay results in order of time.</param>
public sealed record PatientRecord(int Arm, PatientOutcome Outcome, IReadOnlyList<Observation> Observations);

/// <summary>One assay result.</summary>
/// <param name="Day">Day of the visit.</param>
/// <param name="Assay">The assay's name.</param>
/// <param name="Value">The result; the assay's limit where it is below it.</param>
/// <param name="BelowLimit">True when the result is below the assay's limit.</param>
public readonly record struct Observation(double Day, string Assay, double Value, bool BelowLimit);
