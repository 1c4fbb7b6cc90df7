namespace Nadir.Populations;

/// <summary>A virtual patient: the numbers that make one patient differ from another.</summary>
public sealed record VirtualPatient
{
    /// <summary>The patient's number within the run; with the seed it decides everything that is drawn.</summary>
    public required long Number { get; init; }

    /// <summary>One value for each of the model's parameters, in the model's order; NaN where a rule or a formula of the model gives it.</summary>
    public required IReadOnlyList<double> Parameters { get; init; }

    /// <summary>For each trait of the population whether the patient has it.</summary>
    public required IReadOnlyList<bool> Traits { get; init; }

    /// <summary>One value for each covariate of the population; 1 and 0 for yes and no.</summary>
    public required IReadOnlyList<double> Covariates { get; init; }
}
