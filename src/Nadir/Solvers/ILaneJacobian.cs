namespace Nadir.Solvers;

/// <summary>Equations on lanes that know their derivatives; see <see cref="IOdeJacobian"/>.</summary>
interface ILaneJacobian
{
    /// <summary>Computes the derivatives of f for every lane.</summary>
    /// <param name="t">Time of each lane.</param>
    /// <param name="y">State.</param>
    /// <param name="jacobian">Receives ∂f[i]/∂y[j] of lane l at (i times the dimension plus j) times the width plus l.</param>
    /// <param name="byTime">Receives ∂f[i]/∂t.</param>
    /// <returns>False where they are not known, in any lane at any state.</returns>
    bool TryJacobian(ref double t, ref double y, ref double jacobian, ref double byTime);
}
