using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>Why <see cref="Trajectory.Advance"/> returned.</summary>
public enum StopReason
{
    /// <summary>The requested time was reached.</summary>
    Time,

    /// <summary>A watched condition turned true; the state is that of the moment.</summary>
    Watch,

    /// <summary>The patient cannot be simulated further; see <see cref="Trajectory.Status"/>.</summary>
    Failed,
}

/// <summary>One patient moving through time. An instance is a workspace: it is used for one patient after another, by one thread.</summary>
public abstract class Trajectory
{
    /// <summary>A power of two. So many steps take milliseconds.</summary>
    const long StepsBetweenLooks = 4096;

    /// <summary>Current time.</summary>
    public abstract double Time { get; }

    /// <summary>All slots at the current time: amounts, compartment sizes, parameters.</summary>
    public abstract ReadOnlySpan<double> Slots { get; }

    /// <summary><see cref="LaneStatus.Completed"/> unless something went wrong.</summary>
    public LaneStatus Status { get; private protected set; }

    /// <summary>Steps (or firings) since <see cref="Begin"/>.</summary>
    public abstract long Steps { get; }

    /// <summary>Time at which the last step began.</summary>
    public abstract double StepStart { get; }

    /// <summary>Told after every step; looking on changes no result. Null for nobody.</summary>
    public IStepObserver? Observer { get; set; }

    /// <summary>Told how the recorded quantities went along the steps that it heeds; looking on changes no result. Null for nobody.</summary>
    public IStepRecorder? Recorder { get; set; }

    /// <summary>Looked at every few thousand steps or firings, so that one long patient can be stopped; then <see cref="Advance"/> throws an <see cref="OperationCanceledException"/>.</summary>
    /// <value>Default: never.</value>
    public CancellationToken Cancellation { get; set; }

    /// <summary>Starts a patient at time 0.</summary>
    /// <param name="slots">Slots at time 0; initial amounts of discrete species may be fractions (means).</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="patient">The patient's number; with the seed it decides every random draw.</param>
    public abstract void Begin(ReadOnlySpan<double> slots, ulong seed, ulong patient);

    /// <summary>Moves on to <paramref name="until"/>, or to the first moment an armed watch turns true.</summary>
    public abstract StopReason Advance(double until);

    /// <summary>The slots inside the last step, before the jumps at its end.</summary>
    /// <param name="fraction">Position in the step, 0 at its start and 1 at its end.</param>
    /// <param name="slots">Receives all slots.</param>
    /// <returns>The time of that position.</returns>
    public abstract double Inside(double fraction, Span<double> slots);

    /// <summary>Arms or disarms the watched condition. It reports a change from false to true, or that it already holds when armed.</summary>
    public abstract void Arm(bool armed);

    /// <summary>Sets a slot (an infusion, a changed parameter); a discrete species is made whole again.</summary>
    public abstract void Set(int slot, double value);

    /// <summary>Keeps each cell of a species with the given chance (conditioning, depletion): a whole number is drawn, an amount scaled.</summary>
    public abstract void Thin(int slot, double fraction);

    /// <summary>Looks whether to stop, where the count of steps says so.</summary>
    private protected void LookAtCancellation(long steps)
    {
        if ((steps & (StepsBetweenLooks - 1)) == 0)
        {
            Cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The stream of random numbers for one purpose of one patient.</summary>
    private protected static RandomStream Stream(ulong seed, ulong patient, string purpose) =>
        new(seed, patient, RandomStream.Purpose(purpose));
}

/// <summary>Looks on while a patient moves through time, for example to record a peak.</summary>
public interface IStepObserver
{
    /// <summary>Called after each step, with the trajectory at the step's end.</summary>
    void Stepped(Trajectory trajectory);
}

/// <summary>Follows quantities along the steps, for example for their peaks and areas; cheaper than to look at the whole patient.</summary>
public interface IStepRecorder
{
    /// <summary>Which steps are to be told on account of a quantity, from here.</summary>
    /// <param name="quantity">Its place in <see cref="HybridOptions.Recorded"/>.</param>
    StepHeed Heeds(int quantity);

    /// <summary>Called after each step that is to be told.</summary>
    /// <param name="trajectory">The trajectory at the step's end.</param>
    /// <param name="samples">
    /// Of each quantity in turn the values at the start, the quarters and the end of the step, before the jumps there.
    /// </param>
    void Recorded(Trajectory trajectory, ReadOnlySpan<double> samples);
}

/// <summary>Which steps a recorder is told of on account of a quantity.</summary>
/// <param name="AllUntil">Every step that begins before this time.</param>
/// <param name="Above">
/// A later one where the quantity may exceed this in it: where its highest sample, raised by a quarter of the samples' range, does. That quarter is how
/// far the top of a parabola can lie above the highest of its samples.
/// </param>
/// <param name="Until">No step that begins at this time or later is told on that account.</param>
/// <param name="Passing">Every step that, not cut short, ends at this time or later.</param>
public readonly record struct StepHeed(double AllUntil, double Above, double Until, double Passing = double.PositiveInfinity);
