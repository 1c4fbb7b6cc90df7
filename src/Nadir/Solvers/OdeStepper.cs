namespace Nadir.Solvers;

/// <summary>A method that moves the solution of y' = f(t, y) on by steps of its own choice. An instance is a workspace: steps allocate nothing.</summary>
public abstract class OdeStepper
{
    /// <summary>Current time.</summary>
    public abstract double Time { get; }

    /// <summary>Time at which the last accepted step began.</summary>
    public abstract double PreviousTime { get; }

    /// <summary>Current solution. After changing it, call <see cref="Restart"/>.</summary>
    public abstract Span<double> State { get; }

    /// <summary>Size of the next step to try; 0 lets the stepper choose.</summary>
    public abstract double NextStep { get; set; }

    /// <summary>Steps tried since <see cref="Begin"/>.</summary>
    public abstract int Steps { get; }

    /// <summary>Starts at <paramref name="t"/> from <paramref name="y"/>, forgetting everything before.</summary>
    public abstract void Begin(double t, ReadOnlySpan<double> y);

    /// <summary>Tells the stepper that the state or the equations have changed since the last step.</summary>
    public abstract void Restart();

    /// <summary>Takes one accepted step, not beyond <paramref name="until"/>; a step that reaches it ends there exactly.</summary>
    public abstract LaneStatus Step(double until);

    /// <summary>Solution inside the last accepted step, also after <see cref="Truncate"/> (theta then still refers to the whole step).</summary>
    /// <param name="theta">Position in the step, 0 at its start and 1 at its end.</param>
    /// <param name="y">Receives the solution.</param>
    public abstract void Interpolate(double theta, Span<double> y);

    /// <summary>One component inside the last accepted step.</summary>
    public abstract double Interpolate(double theta, int component);

    /// <summary>Time at a position of the last accepted step, 0 at its start and 1 at its end.</summary>
    public abstract double TimeAt(double theta);

    /// <summary>Ends the last accepted step early, at <paramref name="theta"/> in (0, 1).</summary>
    /// <remarks>The interpolant can undershoot zero where the solution does not; there the exponential through both ends stands in.</remarks>
    public abstract void Truncate(double theta);
}
