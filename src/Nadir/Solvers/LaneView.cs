using System.Runtime.CompilerServices;

namespace Nadir.Solvers;

/// <summary>One lane, seen as the stepper of one patient. It steps with the others only.</summary>
sealed class LaneView : OdeStepper
{
    readonly double[] _state;
    LaneStepper _stepper;
    int _lane;
    bool _current;

    public LaneView(LaneStepper stepper, int lane) => (_stepper, _lane, _state) = (stepper, lane, new double[stepper.Dimension]);

    /// <summary>Whether it looks at this lane.</summary>
    public bool Sees(LaneStepper stepper, int lane) => ReferenceEquals(_stepper, stepper) && _lane == lane;

    /// <summary>Looks at another lane from here on.</summary>
    public void Bind(LaneStepper stepper, int lane) => (_stepper, _lane, _current) = (stepper, lane, false);

    public override double Time => _stepper.Times[_lane];

    public override double PreviousTime => _stepper.PreviousTime(_lane);

    public override Span<double> State
    {
        get
        {
            if (!_current)
            {
                int width = _stepper.Width;
                ref double first = ref _stepper.State[_lane];
                Array.Clear(_state);
                foreach (int i in _stepper.Live)
                {
                    _state[i] = Unsafe.Add(ref first, i * width);
                }

                _current = true;
            }

            return _state;
        }
    }

    public override double NextStep
    {
        get => _stepper.NextStep(_lane);
        set => _stepper.NextStep(_lane) = value;
    }

    public override int Steps => _stepper.Steps(_lane);

    /// <summary>The lanes have moved on.</summary>
    public void Moved() => _current = false;

    public override void Begin(double t, ReadOnlySpan<double> y)
    {
        _stepper.Begin(_lane, t, y);
        _current = false;
    }

    public override void Restart() => _stepper.Changed(_lane, State);

    public override LaneStatus Step(double until) => throw new InvalidOperationException("found a step of one lane; expected one of all lanes");

    public override void Interpolate(double theta, Span<double> y) => _stepper.Interpolate(_lane, theta, y);

    public override double Interpolate(double theta, int component) => _stepper.Interpolate(_lane, theta, component);

    internal override double StateBefore(int component) => _stepper.Before[(component * _stepper.Width) + _lane];

    internal override void Interpolate(double theta, ReadOnlySpan<int> components, Span<double> y) => _stepper.Interpolate(_lane, theta, components, y);

    internal override bool TryPolynomial(int component, out Quartic polynomial) => _stepper.TryPolynomial(_lane, component, out polynomial);

    public override double TimeAt(double theta) => _stepper.TimeAt(_lane, theta);

    public override void Truncate(double theta)
    {
        if (theta < 1)
        {
            _stepper.Truncate(_lane, theta);
            _current = false;
        }
    }
}
