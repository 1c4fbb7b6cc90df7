namespace Nadir.Solvers;

/// <summary>A system of equations y' = f(t, y) for several patients at once; component i of lane l lies at i times the width plus l.</summary>
interface ILaneSystem
{
    /// <summary>Number of components.</summary>
    int Dimension { get; }

    /// <summary>Computes f for every lane.</summary>
    void Derivatives(ref double t, ref double y, ref double dy);
}

/// <summary>A system's derivatives; see <see cref="ILaneSystem.Derivatives"/>.</summary>
delegate void LaneDerivatives(ref double t, ref double y, ref double dy);
