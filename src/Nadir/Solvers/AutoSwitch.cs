namespace Nadir.Solvers;

/// <summary>
/// Starts with <see cref="Tsit5"/>, goes over to <see cref="Rodas5P"/> where stability rather than accuracy keeps the steps short, and
/// back where it no longer does (the estimate of Hairer and Wanner 1996, section IV.2; switching as by Petzold 1983, SIAM J. Sci. Stat.
/// Comput. 4:136).
/// </summary>
/// <remarks>What is looked at is the size of the step times the largest eigenvalue; the explicit method is stable up to about 3.5.</remarks>
public sealed class AutoSwitch : OdeStepper
{
    const double StabilityLimit = 2.5;
    const double Comfortable = 1.5;
    const int StiffSteps = 15;
    const int EasySteps = 6;

    readonly Tsit5 _explicit;
    readonly Rodas5P _implicit;
    OneStepMethod _active;
    int _hints;
    int _denials;

    /// <summary>Creates a stepper for <paramref name="system"/>, which may be an <see cref="IOdeJacobian"/>.</summary>
    /// <param name="system">The equations.</param>
    /// <param name="tolerances">Accuracy and limits.</param>
    /// <param name="absolute">Absolute tolerance of each component; empty: the one of <paramref name="tolerances"/> for all.</param>
    /// <param name="nonNegative">Components that stand for populations; empty: none.</param>
    public AutoSwitch(IOdeSystem system, Tolerances tolerances, ReadOnlySpan<double> absolute = default, ReadOnlySpan<bool> nonNegative = default)
    {
        _explicit = new Tsit5(system, tolerances, absolute, nonNegative);
        _implicit = new Rodas5P(system, tolerances, absolute, nonNegative);
        _active = _explicit;
    }

    /// <inheritdoc/>
    public override double Time => _active.Time;

    /// <inheritdoc/>
    public override double PreviousTime => _active.PreviousTime;

    /// <inheritdoc/>
    public override Span<double> State => _active.State;

    /// <inheritdoc/>
    public override double NextStep
    {
        get => _active.NextStep;
        set => _active.NextStep = value;
    }

    /// <inheritdoc/>
    public override int Steps => _active.Steps;

    /// <summary>Whether the equations count as stiff at present.</summary>
    public bool IsStiff => ReferenceEquals(_active, _implicit);

    /// <summary>Changes of method since <see cref="Begin"/>.</summary>
    public int Switches { get; private set; }

    /// <inheritdoc/>
    public override void Begin(double t, ReadOnlySpan<double> y)
    {
        _active = _explicit;
        (_hints, _denials, Switches) = (0, 0, 0);
        _active.Begin(t, y);
    }

    /// <inheritdoc/>
    public override void Restart() => _active.Restart();

    /// <inheritdoc/>
    public override LaneStatus Step(double until)
    {
        // Between steps the last one may still be looked into, so the change of method waits until here.
        if (_hints >= (IsStiff ? EasySteps : StiffSteps))
        {
            Switch();
        }

        LaneStatus status = _active.Step(until);
        if (status == LaneStatus.Completed)
        {
            Judge();
        }

        return status;
    }

    /// <inheritdoc/>
    public override void Interpolate(double theta, Span<double> y) => _active.Interpolate(theta, y);

    /// <inheritdoc/>
    public override double Interpolate(double theta, int component) => _active.Interpolate(theta, component);

    internal override double StateBefore(int component) => _active.StateBefore(component);

    internal override void Interpolate(double theta, ReadOnlySpan<int> components, Span<double> y) => _active.Interpolate(theta, components, y);

    internal override bool TryPolynomial(int component, out Quartic polynomial) => _active.TryPolynomial(component, out polynomial);

    /// <inheritdoc/>
    public override double TimeAt(double theta) => _active.TimeAt(theta);

    /// <inheritdoc/>
    public override void Truncate(double theta) => _active.Truncate(theta);

    void Switch()
    {
        OneStepMethod next = IsStiff ? _explicit : _implicit;
        _implicit.ForgetEigenvector();
        next.Continue(_active);
        _active = next;
        (_hints, _denials) = (0, 0);
        Switches++;
    }

    void Judge()
    {
        bool hint = IsStiff ? _implicit.StabilityUse() < Comfortable : _explicit.StabilityUse() > StabilityLimit;
        (_hints, _denials) = hint ? (_hints + 1, 0) : (_hints, _denials + 1);
        if (_denials >= (IsStiff ? 1 : EasySteps))
        {
            _hints = 0;
        }
    }
}
