using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>
/// Moves several patients on at once, one a lane, each with its own time, step and error. What happens in a lane depends on nothing in the
/// others: it is, bit for bit, what the <see cref="OneStepMethod"/> of the same name does with that patient alone.
/// </summary>
abstract class LaneStepper
{
    private protected LaneStepper(int width, int dimension)
    {
        (Width, Dimension) = (width, dimension);
        Live = [.. Enumerable.Range(0, dimension)];
        Views = [.. Enumerable.Range(0, width).Select(lane => new LaneView(this, lane))];
    }

    /// <summary>Number of lanes.</summary>
    public int Width { get; }

    /// <summary>Number of components.</summary>
    public int Dimension { get; }

    /// <summary>Components that may differ from zero in some lane; all of them until <see cref="UseComponents"/> says otherwise.</summary>
    public int[] Live { get; private protected set; }

    /// <summary>Each lane as a stepper of its own; it cannot step by itself.</summary>
    public IReadOnlyList<LaneView> Views { get; }

    /// <summary>The state: component i of lane l at i*<see cref="Width"/> + l.</summary>
    public abstract LaneArray State { get; }

    /// <summary>The state at the start of the last accepted step of each lane.</summary>
    public abstract LaneArray Before { get; }

    /// <summary>Current time of each lane.</summary>
    public abstract LaneArray Times { get; }

    /// <summary>Time at which the last accepted step of each lane began.</summary>
    public abstract LaneArray Starts { get; }

    /// <summary>Tries one step in each of the lanes.</summary>
    /// <param name="lanes">A bit for each lane that takes part.</param>
    /// <param name="until">Time beyond which each lane does not go.</param>
    /// <returns>A bit for each lane whose step was accepted. Where one can go no further, <see cref="Status"/> says why.</returns>
    public abstract uint Attempt(uint lanes, LaneArray until);

    /// <summary>How a lane fares: <see cref="LaneStatus.Completed"/>, or why it goes no further.</summary>
    public abstract LaneStatus Status(int lane);

    /// <summary>The solution at a quarter of the last accepted step of every lane.</summary>
    /// <param name="quarter">1 to 4.</param>
    /// <param name="components">Components wanted.</param>
    /// <param name="state">Receives them, in the layout of <see cref="State"/>.</param>
    public abstract void AtQuarter(int quarter, ReadOnlySpan<int> components, LaneArray state);

    /// <summary>Tells the stepper which components may differ from zero in some lane; the others are left alone.</summary>
    public abstract void UseComponents(LiveComponents live);

    internal abstract void Begin(int lane, double t, ReadOnlySpan<double> y);

    /// <summary>The state of a lane has been changed, or its equations.</summary>
    internal abstract void Changed(int lane, ReadOnlySpan<double> y);

    internal abstract double PreviousTime(int lane);

    internal abstract ref double NextStep(int lane);

    internal abstract int Steps(int lane);

    internal abstract double TimeAt(int lane, double theta);

    internal abstract double Interpolate(int lane, double theta, int component);

    internal abstract void Interpolate(int lane, double theta, Span<double> y);

    /// <inheritdoc cref="OdeStepper.Interpolate(double, ReadOnlySpan{int}, Span{double})"/>
    internal virtual void Interpolate(int lane, double theta, ReadOnlySpan<int> components, Span<double> y)
    {
        foreach (int component in components)
        {
            y[component] = Interpolate(lane, theta, component);
        }
    }

    /// <inheritdoc cref="OdeStepper.TryPolynomial"/>
    internal virtual bool TryPolynomial(int lane, int component, out Quartic polynomial)
    {
        polynomial = default;
        return false;
    }

    internal abstract void Truncate(int lane, double theta);
}
