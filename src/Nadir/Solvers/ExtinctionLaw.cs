using Nadir.Models;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>
/// The law of one clone's number along a course whose birth, death and arrival rates are known (Kendall 1948, Ann. Math. Stat. 19:1). A cell alive at s
/// has a descendant at T with probability S(s, T) = 1/x, where x = q + e^ρ x' joins two stretches, with ρ = ∫(d - b) and
/// q = ∫ b e^ρ over the first and x' for the second. Founders die out independently, and arrivals form a Poisson process thinned by survival, so
/// P(none at T) = (1 - S(0, T))^n exp(-∫ ν(s) S(s, T) ds).
/// </summary>
sealed class ExtinctionLaw
{
    const int PerPanel = (3 * GaussPanel.Count) + 2;

    readonly bool _hasArrivals;
    readonly InitialNumber _kind;
    readonly double[] _decline = new double[GaussPanel.Count];
    readonly double[] _growth = new double[GaussPanel.Count];
    readonly double[] _rhoAt = new double[GaussPanel.Count];

    /// <summary>For each panel: for each node x at the node as a line in x at the panel's end (constant, then factor) and the expected arrivals; then the same line for its start.</summary>
    readonly List<double> _panels = [];

    double _founders;
    double _rho;
    double _q;

    /// <param name="kind">How the number at time 0 is drawn.</param>
    /// <param name="hasArrivals">Whether cells arrive at all; without, nothing of the course is kept.</param>
    public ExtinctionLaw(InitialNumber kind, bool hasArrivals) => (_kind, _hasArrivals) = (kind, hasArrivals);

    /// <summary>Expected number.</summary>
    public double Mean { get; private set; }

    /// <summary>Variance of the number.</summary>
    public double Variance { get; private set; }

    /// <summary>Starts at time 0 from a number, or from its mean where it is drawn.</summary>
    public void Begin(double founders)
    {
        _panels.Clear();
        (_rho, _q) = (0, 0);
        (_founders, Mean, Variance) = (founders, founders, InitialVariance(_kind, founders));
    }

    /// <summary>Variance of a number at time 0 with the given mean.</summary>
    public static double InitialVariance(InitialNumber kind, double mean) =>
        kind == InitialNumber.Poisson ? mean : (mean - Math.Floor(mean)) * (1 - (mean - Math.Floor(mean)));

    /// <summary>Chance that none of the cells of time 0 has a descendant, where each has one with the given chance.</summary>
    public static double FoundersExtinct(InitialNumber kind, double founders, double survival)
    {
        double s = Math.Min(survival, 1);
        double whole = Math.Floor(founders);
        return founders == 0 ? 1
            : kind == InitialNumber.Poisson ? Elementary.Exp(-founders * s)
            : Power(s, whole) * (1 - ((founders - whole) * s));
    }

    /// <summary>Adds a stretch of the course.</summary>
    /// <param name="h">Its length.</param>
    /// <param name="birth">Divisions per cell and time at the nodes of a <see cref="GaussPanel"/>.</param>
    /// <param name="death">Deaths per cell and time at the nodes.</param>
    /// <param name="arrivals">Arrivals per time at the nodes.</param>
    public void Add(double h, ReadOnlySpan<double> birth, ReadOnlySpan<double> death, ReadOnlySpan<double> arrivals)
    {
        for (int i = 0; i < GaussPanel.Count; i++)
        {
            _decline[i] = h * (death[i] - birth[i]);
        }

        for (int i = 0; i < GaussPanel.Count; i++)
        {
            _rhoAt[i] = GaussPanel.UpTo(i, _decline);
            _growth[i] = h * birth[i] * Elementary.Exp(_rhoAt[i]);
        }

        double rho = GaussPanel.Whole(_decline);
        double q = GaussPanel.Whole(_growth);
        double mean = Elementary.Exp(-rho);
        Variance = (mean * mean * Variance) + (mean * (1 + (2 * q * mean) - mean) * Mean);
        Mean *= mean;
        if (_hasArrivals)
        {
            AddArrivals(h, rho, q, arrivals);
        }

        // The product of an infinite and a zero factor is zero here: no division means no growth.
        _q += q > 0 ? Elementary.Exp(_rho) * q : 0;
        _rho += rho;
    }

    void AddArrivals(double h, double rho, double q, ReadOnlySpan<double> arrivals)
    {
        for (int i = 0; i < GaussPanel.Count; i++)
        {
            double expected = h * GaussPanel.Weights[i] * arrivals[i];
            double constant = Math.Max(0, (q - GaussPanel.UpTo(i, _growth)) * Elementary.Exp(-_rhoAt[i]));
            double factor = Elementary.Exp(rho - _rhoAt[i]);
            _panels.Add(constant);
            _panels.Add(factor);
            _panels.Add(expected);
            Mean += expected / factor;
            Variance += expected / factor * (1 + (2 * constant / factor));
        }

        _panels.Add(q);
        _panels.Add(Elementary.Exp(rho));
    }

    /// <summary>Chance that no cell is alive at the end of what has been added.</summary>
    public double Extinct()
    {
        if (!_hasArrivals)
        {
            return FoundersExtinct(_kind, _founders, 1 / (Elementary.Exp(_rho) + _q));
        }

        double x = 1;
        double surviving = 0;
        ReadOnlySpan<double> panels = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_panels);
        for (int p = panels.Length - PerPanel; p >= 0; p -= PerPanel)
        {
            ReadOnlySpan<double> panel = panels.Slice(p, PerPanel);
            for (int i = 0; i < PerPanel - 2; i += 3)
            {
                surviving += panel[i + 2] > 0 ? panel[i + 2] / (panel[i] + (panel[i + 1] * x)) : 0;
            }

            x = panel[^2] + (panel[^1] * x);
        }

        return FoundersExtinct(_kind, _founders, 1 / x) * Elementary.Exp(-surviving);
    }

    static double Power(double survival, double cells) => cells == 0 ? 1 : survival >= 1 ? 0 : Elementary.Exp(cells * Elementary.Log1p(-survival));
}
