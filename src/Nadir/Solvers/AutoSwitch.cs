namespace Nadir.Solvers;

/// <summary>
/// Starts with <see cref="Tsit5"/>, goes over to <see cref="Rodas5P"/> where stability rather than accuracy keeps the steps short, and
/// back where it no longer does or where implicit steps are not worth their price; <see cref="StiffnessJudge"/> says when.
/// </summary>
public sealed class AutoSwitch : OdeStepper
{
    readonly Tsit5 _explicit;
    readonly Rodas5P _implicit;
    readonly StiffnessJudge _judge;
    OneStepMethod _active;

    /// <summary>Number of steps from which on the next explicit step is judged.</summary>
    int _nextLook;

    /// <summary>Creates a stepper for <paramref name="system"/>, which may be an <see cref="IOdeJacobian"/>.</summary>
    /// <param name="system">The equations.</param>
    /// <param name="tolerances">Accuracy and limits.</param>
    /// <param name="absolute">Absolute tolerance of each component; empty: the one of <paramref name="tolerances"/> for all.</param>
    /// <param name="nonNegative">Components that stand for populations; empty: none.</param>
    public AutoSwitch(IOdeSystem system, Tolerances tolerances, ReadOnlySpan<double> absolute = default, ReadOnlySpan<bool> nonNegative = default)
    {
        _explicit = new Tsit5(system, tolerances, absolute, nonNegative);
        _implicit = new Rodas5P(system, tolerances, absolute, nonNegative);
        _judge = new StiffnessJudge(system.Dimension);
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
    public bool IsStiff => _judge.IsStiff;

    /// <summary>Changes of method since <see cref="Begin"/>.</summary>
    public int Switches => _judge.Switches;

    /// <inheritdoc/>
    public override void Begin(double t, ReadOnlySpan<double> y)
    {
        _active = _explicit;
        _judge.Begin();
        _nextLook = 0;
        _active.Begin(t, y);
    }

    /// <inheritdoc/>
    public override void Restart() => _active.Restart();

    /// <inheritdoc/>
    public override LaneStatus Step(double until)
    {
        // Between steps the last one may still be looked into, so the change of method waits until here.
        if (_judge.WantsChange)
        {
            Switch();
        }

        LaneStatus status = _active.Step(until);
        if (status == LaneStatus.Completed && (IsStiff || Steps >= _nextLook))
        {
            _judge.Judge(IsStiff ? _implicit.StabilityUse() : _explicit.StabilityUse(), _active.Time - _active.PreviousTime);
            _nextLook = Steps + _judge.StepsToNextLook;
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
        _judge.Changed();
        _nextLook = 0;
    }
}
