using Nadir.Kernels;
using Nadir.Solvers;

namespace Nadir.Endpoints;

/// <summary>
/// Peak, time of the peak and early area under the curve of a quantity, read along the steps of the solver (Simpson's rule on four
/// parts of each step), so that they do not depend on when a visit happens to be.
/// </summary>
sealed class TransgeneKinetics : IStepObserver
{
    const int Parts = 4;

    readonly IKernel _transgene;
    readonly double[] _slots;
    readonly double[] _value = new double[1];
    readonly double[] _inside = new double[Parts + 1];
    readonly double[] _times = new double[Parts + 1];
    readonly double _areaUntil;

    /// <param name="transgene">Kernel whose first output is the quantity.</param>
    /// <param name="slots">Number of slots of a patient.</param>
    /// <param name="areaUntil">Day up to which the area is taken.</param>
    public TransgeneKinetics(IKernel transgene, int slots, double areaUntil)
    {
        _transgene = transgene;
        _slots = new double[slots];
        _areaUntil = areaUntil;
    }

    public double Cmax { get; private set; }

    public double Tmax { get; private set; }

    public double Area { get; private set; }

    /// <summary>The day the last step ended.</summary>
    public double Followed { get; private set; }

    public void Begin() => (Cmax, Tmax, Area, Followed) = (0, 0, 0, 0);

    public void Stepped(Trajectory trajectory)
    {
        for (int i = 0; i <= Parts; i++)
        {
            _times[i] = trajectory.Inside((double)i / Parts, _slots);
            _transgene.Evaluate(_times[i], _slots, _value);
            _inside[i] = _value[0];
            if (_inside[i] > Cmax)
            {
                (Cmax, Tmax) = (_inside[i], _times[i]);
            }
        }

        Followed = _times[Parts];
        if (_times[Parts] <= _areaUntil)
        {
            double h = (_times[Parts] - _times[0]) / Parts;
            Area += h / 3 * (_inside[0] + (4 * _inside[1]) + (2 * _inside[2]) + (4 * _inside[3]) + _inside[4]);
        }
    }
}
