namespace Nadir.Solvers;

/// <summary>Slopes of y along a panel, at its nodes.</summary>
interface IPanelFlow
{
    /// <summary>Computes dy/dt at a node.</summary>
    void Slopes(int node, ReadOnlySpan<double> y, Span<double> dy);
}

/// <summary>Gauss collocation of order 16 by fixed-point iteration, for panels so short that it converges (Hairer, Nørsett and Wanner 1993, section II.7).</summary>
/// <param name="components">Number of components of y.</param>
sealed class GaussCollocation(int components)
{
    const int MostIterations = 60;
    const double Converged = 1e-14;
    const double SmallestOfInterest = 1e-300;

    readonly double[] _atNode = new double[components * GaussPanel.Count];
    readonly double[] _slope = new double[components * GaussPanel.Count];
    readonly double[] _dy = new double[components];

    /// <summary>y at a node of the last panel.</summary>
    public ReadOnlySpan<double> AtNode(int node) => _atNode.AsSpan(node * components, components);

    /// <summary>Moves y over a panel of length <paramref name="h"/>.</summary>
    public void Step<TFlow>(TFlow flow, double h, Span<double> y)
        where TFlow : IPanelFlow
    {
        for (int node = 0; node < GaussPanel.Count; node++)
        {
            y.CopyTo(_atNode.AsSpan(node * components));
        }

        for (int i = 0; i < MostIterations && Iterate(flow, h, y) > Converged; i++)
        {
        }

        for (int c = 0; c < components; c++)
        {
            y[c] += h * GaussPanel.Whole(_slope.AsSpan(c * GaussPanel.Count, GaussPanel.Count));
        }
    }

    /// <summary>One iteration; the largest relative change.</summary>
    double Iterate<TFlow>(TFlow flow, double h, ReadOnlySpan<double> start)
        where TFlow : IPanelFlow
    {
        for (int node = 0; node < GaussPanel.Count; node++)
        {
            flow.Slopes(node, AtNode(node), _dy);
            for (int c = 0; c < components; c++)
            {
                _slope[(c * GaussPanel.Count) + node] = _dy[c];
            }
        }

        double change = 0;
        for (int c = 0; c < components; c++)
        {
            ReadOnlySpan<double> slope = _slope.AsSpan(c * GaussPanel.Count, GaussPanel.Count);
            for (int node = 0; node < GaussPanel.Count; node++)
            {
                ref double value = ref _atNode[(node * components) + c];
                double next = start[c] + (h * GaussPanel.UpTo(node, slope));
                change = Math.Max(change, Math.Abs(next - value) / Math.Max(Math.Abs(next), SmallestOfInterest));
                value = next;
            }
        }

        return change;
    }
}
