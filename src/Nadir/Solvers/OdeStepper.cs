namespace Nadir.Solvers;

/// <summary>A method that moves the solution of y' = f(t, y) on by steps of its own choice. An instance is a workspace: steps allocate nothing.</summary>
public abstract class OdeStepper
{
    /// <summary>Share of a step below which two positions count as one.</summary>
    const double Resolution = 1e-14;

    const int MostRefinements = 100;

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

    /// <summary>One component at the start of the last accepted step.</summary>
    internal virtual double StateBefore(int component) => Interpolate(0, component);

    /// <summary>Some components inside the last accepted step, each at its place in <paramref name="y"/>.</summary>
    internal virtual void Interpolate(double theta, ReadOnlySpan<int> components, Span<double> y)
    {
        foreach (int component in components)
        {
            y[component] = Interpolate(theta, component);
        }
    }

    /// <summary>One component inside the last accepted step as a polynomial of the fourth degree, where that is what it is.</summary>
    internal virtual bool TryPolynomial(int component, out Quartic polynomial)
    {
        polynomial = default;
        return false;
    }

    /// <summary>Time at a position of the last accepted step, 0 at its start and 1 at its end.</summary>
    public abstract double TimeAt(double theta);

    /// <summary>
    /// Where in the last accepted step a component first reaches a level that it is known to have reached at <paramref name="to"/>, by the
    /// Illinois rule (Dowell and Jarratt 1971, BIT 11:168) on the interpolant; where it does so more than once, one of the places.
    /// </summary>
    /// <param name="component">The component.</param>
    /// <param name="level">The level.</param>
    /// <param name="rising">True when it lies below the level before, false when above.</param>
    /// <param name="to">Position in the step at which it is reached.</param>
    internal double Reaches(int component, double level, bool rising, double to)
    {
        double sign = rising ? 1 : -1;
        bool quick = TryPolynomial(component, out Quartic polynomial);
        double At(double theta) => sign * ((quick ? polynomial.At(theta) : Interpolate(theta, component)) - level);
        (double low, double high) = (0, to);
        double below = At(low);
        double above = At(high);
        int side = 0;
        for (int i = 0; i < MostRefinements && high - low > Resolution && below < 0 && above > 0; i++)
        {
            double between = ((low * above) - (high * below)) / (above - below);
            double at = between > low && between < high ? between : low + (0.5 * (high - low));
            double value = At(at);
            if (value < 0)
            {
                (low, below) = (at, value);
                above = side < 0 ? 0.5 * above : above;
                side = -1;
            }
            else
            {
                (high, above) = (at, value);
                below = side > 0 ? 0.5 * below : below;
                side = 1;
            }
        }

        return below >= 0 ? low : high;
    }

    /// <summary>Ends the last accepted step early, at <paramref name="theta"/> in (0, 1).</summary>
    /// <remarks>The interpolant can undershoot zero where the solution does not; there the exponential through both ends stands in.</remarks>
    public abstract void Truncate(double theta);
}
