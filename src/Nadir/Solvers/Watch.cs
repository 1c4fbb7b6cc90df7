using Nadir.Expressions;
using Nadir.Kernels;

namespace Nadir.Solvers;

/// <summary>A condition on a patient that a caller waits for, such as overt relapse.</summary>
sealed class Watch
{
    readonly IKernel? _kernel;
    readonly double[] _value = new double[1];

    public Watch(Network network, Expr? condition) => _kernel = condition is null ? null : network.Kernel([condition]);

    public bool Armed { get; set; }

    public bool Holds(double t, ReadOnlySpan<double> slots)
    {
        if (!Armed || _kernel is null)
        {
            return false;
        }

        _kernel.Evaluate(t, slots, _value);
        return _value[0] != 0;
    }
}
