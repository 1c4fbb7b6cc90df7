using Nadir.Kernels;

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

    /// <summary>
    /// Reactions of an exact simulation, or arrivals in whole-number clones of the hybrid method, which are placed one by one, after which a patient ends with
    /// <see cref="LaneStatus.StepLimit"/>. Default 100,000,000.
    /// </summary>
    public int MaxFirings { get; init; } = 100_000_000;

    /// <summary>Longest step, in the model's time unit. Default unlimited; see <see cref="For"/>.</summary>
    public double MaxStep { get; init; } = double.PositiveInfinity;

    /// <summary>Longest step, in the model's time unit, where a formula follows the clock and nothing else was said.</summary>
    public const double ClockStep = 0.25;

    /// <summary>Steps of <see cref="ClockStep"/> to the end at most; past that steps are longer, so that none of them is missed for the limit of steps.</summary>
    const double MostClockSteps = 100_000;

    /// <summary>
    /// The tolerances for a network up to a time. No step is longer than <see cref="ClockStep"/>, or than a 100,000th of that time, where a formula has time itself in it: error
    /// control sees what a step meets, and a pulse between the stages of a long step meets none of them. What only compares time with constants needs no such bound, as steps end at
    /// those times. A <see cref="MaxStep"/> that was set stays.
    /// </summary>
    /// <param name="network">The equations.</param>
    /// <param name="until">The last time, in the model's unit.</param>
    internal Tolerances For(Network network, double until) =>
        double.IsPositiveInfinity(MaxStep) && TimeStops.FollowsClock(network) ? this with { MaxStep = Math.Max(ClockStep, until / MostClockSteps) } : this;

    /// <summary>The same tolerances after a check of their ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public Tolerances Validated()
    {
        Check(Relative is >= 1e-14 and <= 0.1, nameof(Relative), Relative, "1e-14 to 0.1");
        Check(Absolute is >= 1e-300 and <= 1e300, nameof(Absolute), Absolute, "1e-300 to 1e300");
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
