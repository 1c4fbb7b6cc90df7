using Nadir.Kernels;
using Nadir.Solvers;

namespace Nadir.Endpoints;

/// <summary>
/// Peak, time of the peak and early area under the curve of a quantity, read along the steps of the solver (a parabola around the highest
/// of five points, Simpson's rule on four parts of each step), so that they do not depend on when a visit happens to be.
/// </summary>
sealed class TransgeneKinetics : IStepRecorder
{
    const int Parts = StepSamples.Parts;

    readonly IKernel _transgene;
    readonly double[] _slots;
    readonly double[] _value = new double[1];
    readonly double[] _inside = new double[Parts + 1];
    readonly double _areaUntil;
    readonly IReadOnlyList<double> _days;
    double[] _onDays = [];
    int _next;

    /// <param name="transgene">Kernel whose first output is the quantity.</param>
    /// <param name="slots">Number of slots of a patient.</param>
    /// <param name="areaUntil">Day up to which the area is taken.</param>
    /// <param name="days">Days on which the quantity is kept, ascending.</param>
    public TransgeneKinetics(IKernel transgene, int slots, double areaUntil, IReadOnlyList<double> days)
    {
        _days = days;
        _transgene = transgene;
        _slots = new double[slots];
        _areaUntil = areaUntil;
    }

    public double Cmax { get; private set; }

    public double Tmax { get; private set; }

    public double Area { get; private set; }

    /// <summary>Whether the patient was followed to the end of the area.</summary>
    public bool AreaIsWhole { get; private set; }

    /// <summary>Every step until the area is complete, steps that pass a day asked for, and later ones in which the peak may be passed.</summary>
    public StepHeed Heeds(int quantity) => new(_areaUntil, Cmax, double.PositiveInfinity, _next < _days.Count ? _days[_next] : double.PositiveInfinity);

    /// <summary>The quantity on the days asked for; NaN on those that were not reached.</summary>
    public IReadOnlyList<double> OnDays => _onDays;

    public void Begin()
    {
        (Cmax, Tmax, Area, AreaIsWhole, _next) = (0, 0, 0, false, 0);
        _onDays = [.. Enumerable.Repeat(double.NaN, _days.Count)];
    }

    public void Recorded(Trajectory trajectory, ReadOnlySpan<double> samples)
    {
        (double start, double end) = (trajectory.StepStart, trajectory.Time);
        samples.CopyTo(_inside);
        RaisePeak(trajectory, start, end);
        if (start < _areaUntil)
        {
            AddArea(trajectory, end - start, (_areaUntil - start) / (end - start));
        }

        for (; _next < _days.Count && _days[_next] <= end; _next++)
        {
            _onDays[_next] = At(trajectory, (_days[_next] - start) / (end - start)).Value;
        }

        AreaIsWhole |= end >= _areaUntil;
    }

    /// <summary>The area of a step that was sampled, or of the part of it that lies before the end of the area.</summary>
    void AddArea(Trajectory trajectory, double step, double part)
    {
        if (part < 1)
        {
            Sample(trajectory, part);
        }

        Area += step * Math.Min(part, 1) / (3 * Parts) * (_inside[0] + (4 * _inside[1]) + (2 * _inside[2]) + (4 * _inside[3]) + _inside[4]);
    }

    void Sample(Trajectory trajectory, double part)
    {
        for (int i = 0; i <= Parts; i++)
        {
            _inside[i] = At(trajectory, part * i / Parts).Value;
        }
    }

    /// <summary>The highest sample, or the top of the parabola through it and its neighbours where that is higher.</summary>
    void RaisePeak(Trajectory trajectory, double start, double end)
    {
        int top = 0;
        for (int i = 1; i <= Parts; i++)
        {
            top = _inside[i] > _inside[top] ? i : top;
        }

        Raise(start + (top / (double)Parts * (end - start)), _inside[top]);
        int middle = Math.Clamp(top, 1, Parts - 1);
        double slope = _inside[middle + 1] - _inside[middle - 1];
        double bend = _inside[middle + 1] - (2 * _inside[middle]) + _inside[middle - 1];
        if (bend < 0 && Math.Abs(slope) < -2 * bend && _inside[middle] - (slope * slope / (8 * bend)) > Cmax)
        {
            (double time, double value) = At(trajectory, (middle - (slope / (2 * bend))) / Parts);
            Raise(time, value);
        }
    }

    void Raise(double time, double value)
    {
        if (value > Cmax)
        {
            (Cmax, Tmax) = (value, time);
        }
    }

    (double Time, double Value) At(Trajectory trajectory, double fraction)
    {
        double time = trajectory.Inside(fraction, _slots);
        _transgene.Evaluate(time, _slots, _value);
        return (time, _value[0]);
    }
}
