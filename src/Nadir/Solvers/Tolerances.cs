namespace Nadir.Solvers;

/// <summary>When a step is accurate enough and when a patient is given up.</summary>
public sealed record Tolerances
{
    /// <summary>Relative error of a step in each component. Default 1e-6.</summary>
    public double Relative { get; init; } = 1e-6;

    /// <summary>Absolute error of a step, in the unit of the component (cells for populations). Default 1e-9.</summary>
    public double Absolute { get; init; } = 1e-9;

    /// <summary>Steps, accepted and rejected, after which a patient ends with <see cref="LaneStatus.StepLimit"/>. Default 1,000,000.</summary>
    public int MaxSteps { get; init; } = 1_000_000;

    /// <summary>Reactions of an exact simulation after which a patient ends with <see cref="LaneStatus.StepLimit"/>. Default 100,000,000.</summary>
    public int MaxFirings { get; init; } = 100_000_000;

    /// <summary>Longest step, in the model's time unit. Default unlimited.</summary>
    public double MaxStep { get; init; } = double.PositiveInfinity;

    /// <summary>The same tolerances after a check of their ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public Tolerances Validated()
    {
        Check(Relative is >= 1e-14 and <= 0.1, nameof(Relative), Relative, "1e-14 to 0.1");
        Check(Absolute is >= 1e-300 and < double.PositiveInfinity, nameof(Absolute), Absolute, "above 0 and finite");
        Check(MaxSteps >= 1, nameof(MaxSteps), MaxSteps, "at least 1");
        Check(MaxFirings >= 1, nameof(MaxFirings), MaxFirings, "at least 1");
        Check(MaxStep > 0, nameof(MaxStep), MaxStep, "above 0");
        return this;
    }

    static void Check(bool holds, string name, double found, string expected)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, found, $"expected {expected}");
        }
    }
}
