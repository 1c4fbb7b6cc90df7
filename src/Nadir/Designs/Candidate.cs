namespace Nadir.Designs;

/// <summary>What became of a patient between enrolment and infusion.</summary>
public enum InfusionFate
{
    /// <summary>Infused.</summary>
    Infused,

    /// <summary>The product could not be made.</summary>
    NotMade,

    /// <summary>Died, or became too ill, while the product was made.</summary>
    DiedBefore,
}

/// <summary>A patient who may be enrolled into a trial: what would happen in one arm, from enrolment on, if nobody stopped looking.</summary>
/// <param name="Patient">The patient's number.</param>
/// <param name="Stratum">The stratum, from 0.</param>
/// <param name="Fate">Whether the patient is infused.</param>
/// <param name="Time">The primary endpoint; null where the patient does not reach its origin or the simulation failed.</param>
public readonly record struct Candidate(long Patient, int Stratum, InfusionFate Fate, EndpointTime? Time)
{
    /// <summary>Days from enrolment to the infusion, or to what came instead of it.</summary>
    /// <value>Default: 0, enrolled at infusion.</value>
    public double FateDays { get; init; }

    /// <summary>Whether the simulation failed numerically.</summary>
    public bool Failed { get; init; }
}
