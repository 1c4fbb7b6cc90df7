using System.Runtime.InteropServices;
using Nadir.Models;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>
/// The law of clones whose cells found cells of other clones, by mutation or conversion: a branching process of several types in a changing
/// environment (Athreya and Ney 1972, Branching Processes, chapter V). The chance p that a cell alive at s has a descendant of the target at T obeys,
/// backward in s, -dp/ds = (b - d) p - b p² + Σ m (1 - p) p' + Σ k p', with p' of the other clone, mutations m and conversions k per cell (k is part of d).
/// Means and covariances run forward.
/// </summary>
sealed class LinkedExtinctionLaw
{
    /// <summary>The target that means all clones together.</summary>
    public const int All = -1;

    readonly InitialNumber[] _kinds;
    readonly ExtinctionLink[] _links;
    readonly double[] _founders;
    readonly double[] _moments;
    readonly double[] _survival;
    readonly List<double> _panels = [];
    readonly GaussCollocation _forward;
    readonly GaussCollocation _backward;
    readonly int _clones;
    readonly int _rates;

    public LinkedExtinctionLaw(IReadOnlyList<ExtinctionClone> clones, IReadOnlyList<ExtinctionLink> links)
    {
        _clones = clones.Count;
        _rates = (3 * _clones) + links.Count;
        _kinds = [.. clones.Select(c => c.Species.Initial)];
        _links = [.. links];
        _founders = new double[_clones];
        _survival = new double[_clones];
        _moments = new double[_clones + (_clones * _clones)];
        _forward = new GaussCollocation(_moments.Length);
        _backward = new GaussCollocation(_clones);
    }

    /// <summary>Expected number of a clone.</summary>
    public double Mean(int clone) => _moments[clone];

    /// <summary>Variance of the number of a clone.</summary>
    public double Variance(int clone) => _moments[Covariance(clone, clone)];

    /// <summary>Starts at time 0 from numbers, or from their means where they are drawn.</summary>
    public void Begin(ReadOnlySpan<double> founders)
    {
        _panels.Clear();
        Array.Clear(_moments);
        founders.CopyTo(_founders);
        founders.CopyTo(_moments);
        for (int c = 0; c < _clones; c++)
        {
            _moments[Covariance(c, c)] = ExtinctionLaw.InitialVariance(_kinds[c], founders[c]);
        }
    }

    /// <summary>Adds a stretch of the course.</summary>
    /// <param name="h">Its length.</param>
    /// <param name="byNode">Birth, death and arrival rates of each clone, then the rates of the links, each at the nodes of a <see cref="GaussPanel"/>.</param>
    public void Add(double h, double[][] byNode)
    {
        _panels.Add(h);
        foreach (double[] values in byNode)
        {
            _panels.AddRange(values);
        }

        Panel panel = Last();
        _forward.Step(new Moments(this, panel), h, _moments);
    }

    /// <summary>Chance that no cell of the target is alive at the end of what has been added.</summary>
    public double Extinct(int target)
    {
        for (int c = 0; c < _clones; c++)
        {
            _survival[c] = target == All || target == c ? 1 : 0;
        }

        double surviving = 0;
        int length = PanelLength;
        for (int first = _panels.Count - length; first >= 0; first -= length)
        {
            Panel panel = new(_panels, first);
            _backward.Step(new Survival(this, panel), panel.Length, _survival);
            surviving += Surviving(panel);
        }

        double extinct = Elementary.Exp(-surviving);
        for (int c = 0; c < _clones; c++)
        {
            extinct *= ExtinctionLaw.FoundersExtinct(_kinds[c], _founders[c], _survival[c]);
        }

        return extinct;
    }

    int PanelLength => 1 + (_rates * GaussPanel.Count);

    Panel Last() => new(_panels, _panels.Count - PanelLength);

    int Covariance(int a, int b) => _clones + (a * _clones) + b;

    /// <summary>Arrivals in a panel that have a descendant of the target at the end.</summary>
    double Surviving(Panel panel)
    {
        double sum = 0;
        for (int node = 0; node < GaussPanel.Count; node++)
        {
            ReadOnlySpan<double> survival = _backward.AtNode(GaussPanel.Count - 1 - node);
            for (int c = 0; c < _clones; c++)
            {
                sum += panel.Length * GaussPanel.Weights[node] * panel.Rate((3 * c) + 2, node) * survival[c];
            }
        }

        return sum;
    }

    /// <summary>The rates of one stretch.</summary>
    readonly struct Panel(List<double> panels, int first)
    {
        public double Length => panels[first];

        public double Rate(int rate, int node) => CollectionsMarshal.AsSpan(panels)[first + 1 + (rate * GaussPanel.Count) + node];
    }

    /// <summary>Means and covariances forward in time.</summary>
    readonly struct Moments(LinkedExtinctionLaw law, Panel panel) : IPanelFlow
    {
        public void Slopes(int node, ReadOnlySpan<double> y, Span<double> dy)
        {
            dy.Clear();
            for (int c = 0; c < law._clones; c++)
            {
                double birth = panel.Rate(3 * c, node);
                double death = panel.Rate((3 * c) + 1, node);
                double arrival = panel.Rate((3 * c) + 2, node);
                dy[c] += ((birth - death) * y[c]) + arrival;
                dy[law.Covariance(c, c)] += ((birth + death) * y[c]) + arrival;
                Drift(c, c, birth - death, y, dy);
            }

            for (int i = 0; i < law._links.Length; i++)
            {
                ExtinctionLink link = law._links[i];
                double rate = panel.Rate((3 * law._clones) + i, node);
                double flow = rate * y[link.From];
                dy[link.To] += flow;
                dy[law.Covariance(link.To, link.To)] += flow;
                Drift(link.From, link.To, rate, y, dy);
                if (link.Converts)
                {
                    dy[law.Covariance(link.From, link.To)] -= flow;
                    dy[law.Covariance(link.To, link.From)] -= flow;
                }
            }
        }

        /// <summary>What a rate per cell of one clone, into another, does to the covariances with it.</summary>
        void Drift(int from, int to, double rate, ReadOnlySpan<double> y, Span<double> dy)
        {
            for (int other = 0; other < law._clones; other++)
            {
                dy[law.Covariance(to, other)] += rate * y[law.Covariance(from, other)];
                dy[law.Covariance(other, to)] += rate * y[law.Covariance(other, from)];
            }
        }
    }

    /// <summary>Chances of a descendant, backward in time.</summary>
    readonly struct Survival(LinkedExtinctionLaw law, Panel panel) : IPanelFlow
    {
        public void Slopes(int node, ReadOnlySpan<double> y, Span<double> dy)
        {
            int at = GaussPanel.Count - 1 - node;
            for (int c = 0; c < law._clones; c++)
            {
                double birth = panel.Rate(3 * c, at);
                dy[c] = ((birth - panel.Rate((3 * c) + 1, at)) * y[c]) - (birth * y[c] * y[c]);
            }

            for (int i = 0; i < law._links.Length; i++)
            {
                ExtinctionLink link = law._links[i];
                double rate = panel.Rate((3 * law._clones) + i, at);
                dy[link.From] += rate * y[link.To] * (link.Converts ? 1 : 1 - y[link.From]);
            }
        }
    }
}
