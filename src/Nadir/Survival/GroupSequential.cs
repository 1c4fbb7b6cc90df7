using Nadir.Numerics;

namespace Nadir.Survival;

/// <summary>How fast a trial spends its type I error over interim looks (Lan &amp; DeMets 1983).</summary>
public enum SpendingFunction
{
    /// <summary>2 - 2Φ(z/√t), z the normal quantile at half the one-sided error: close to O'Brien &amp; Fleming (1979), little early.</summary>
    OBrienFleming,

    /// <summary>α·log(1 + (e - 1)t): close to Pocock (1977), nearly the same bound at each look.</summary>
    Pocock,
}

/// <summary>On which side of no effect a trial may stop.</summary>
public enum BoundarySides
{
    /// <summary>Above only.</summary>
    One,

    /// <summary>Above and below alike; each side spends half of the error.</summary>
    Two,
}

/// <summary>
/// Boundaries of group-sequential tests by error spending (Lan &amp; DeMets 1983), with the density of the statistic carried from look to look by numerical integration
/// (Armitage, McPherson &amp; Rowe 1969).
/// </summary>
public static class GroupSequential
{
    /// <summary>Boundaries of the standardised statistic.</summary>
    /// <param name="informationFractions">Share of the final information (events) at each look, ascending; the last is at most 1.</param>
    /// <param name="spending">The spending function.</param>
    /// <param name="alpha">Type I error over all looks and both sides, for example 0.05.</param>
    /// <param name="sides">Sides; default both.</param>
    /// <exception cref="ArgumentException">The fractions are not ascending, above 0 and at most 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> is not between 0 and 1.</exception>
    public static IReadOnlyList<GroupSequentialLook> Boundaries(
        IReadOnlyList<double> informationFractions, SpendingFunction spending, double alpha, BoundarySides sides = BoundarySides.Two)
    {
        return Boundaries(informationFractions, alpha, sides, (error, t) => Spent(spending, error, t));
    }

    /// <summary>
    /// Boundaries where the last look is the end of the trial, with whatever information it has: it spends all that the looks before have left.
    /// </summary>
    /// <param name="informationFractions">Share of the planned information at each look, ascending; the last is at most 1.</param>
    /// <param name="spending">The spending function.</param>
    /// <param name="alpha">Type I error over all looks and both sides, for example 0.05.</param>
    /// <param name="sides">Sides; default both.</param>
    /// <exception cref="ArgumentException">There is no look, or the fractions are not ascending, above 0 and at most 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> is not between 0 and 1.</exception>
    public static IReadOnlyList<GroupSequentialLook> SpendingAll(
        IReadOnlyList<double> informationFractions, SpendingFunction spending, double alpha, BoundarySides sides = BoundarySides.Two)
    {
        double last = informationFractions.Count > 0 ? informationFractions[^1] : throw new ArgumentException("Found no look; expected at least one.", nameof(informationFractions));
        return Boundaries(informationFractions, alpha, sides, (error, t) => t == last ? error : Spent(spending, error, t));
    }

    static List<GroupSequentialLook> Boundaries(IReadOnlyList<double> informationFractions, double alpha, BoundarySides sides, Func<double, double, double> spentBy)
    {
        Check(informationFractions, alpha);
        double share = sides == BoundarySides.Two ? 2 : 1;
        List<GroupSequentialLook> looks = [];
        LookDensity density = LookDensity.AtStart;
        double spent = 0;
        foreach ((int k, double t) in informationFractions.Index())
        {
            double total = spentBy(alpha / share, t);
            double bound = density.Bound(t, total - spent);
            looks.Add(new GroupSequentialLook(t, share * total, bound, share * NormalDistribution.Cdf(-bound)));
            if (k + 1 < informationFractions.Count)
            {
                density = density.Continue(t, sides == BoundarySides.Two ? -bound : double.NegativeInfinity, bound, informationFractions[k + 1]);
            }

            spent = total;
        }

        return looks;
    }

    static double Spent(SpendingFunction spending, double alpha, double t) => spending switch
    {
        SpendingFunction.OBrienFleming => 2 * NormalDistribution.Cdf(NormalDistribution.Quantile(alpha / 2) / Math.Sqrt(t)),
        SpendingFunction.Pocock => alpha * Elementary.Log1p((Math.E - 1) * t),
        _ => throw new ArgumentOutOfRangeException(nameof(spending), spending, "The functions are those that SpendingFunction names."),
    };

    static void Check(IReadOnlyList<double> fractions, double alpha)
    {
        if (!(alpha is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "A type I error lies between 0 and 1, for example 0.05.");
        }

        double last = 0;
        foreach (double t in fractions)
        {
            if (!(t > last && t <= 1))
            {
                throw new ArgumentException($"Found the information fractions {string.Join(", ", fractions)}; expected ascending numbers above 0 and at most 1.", nameof(fractions));
            }

            last = t;
        }
    }
}

/// <summary>One look of a group-sequential test.</summary>
/// <param name="InformationFraction">Share of the final information.</param>
/// <param name="Spent">Type I error spent up to and including this look, both sides together.</param>
/// <param name="Z">The bound of the standardised statistic.</param>
/// <param name="NominalP">The p-value (of as many sides as the test has) at the bound.</param>
public readonly record struct GroupSequentialLook(double InformationFraction, double Spent, double Z, double NominalP);

/// <summary>The density of the score √t·Z of trials that go on after a look, at Simpson's nodes with his weights.</summary>
sealed class LookDensity
{
    const double Furthest = 8.5;

    readonly double _information;
    readonly double[] _nodes;
    readonly double[] _mass;

    LookDensity(double information, double[] nodes, double[] mass) => (_information, _nodes, _mass) = (information, nodes, mass);

    /// <summary>Before the first look: all of it at 0.</summary>
    public static LookDensity AtStart { get; } = new(0, [0], [1]);

    /// <summary>The bound that trials cross upward at the look at information <paramref name="t"/> with the given probability.</summary>
    public double Bound(double t, double probability)
    {
        double low = -Furthest;
        double high = 2 * Furthest;
        for (int i = 0; i < 100; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Beyond(t, middle) > probability ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>The density after the look of those between the bounds, at nodes close enough for the step to the next look.</summary>
    public LookDensity Continue(double t, double lower, double upper, double nextT)
    {
        double from = Math.Max(lower, -Furthest) * Math.Sqrt(t);
        double to = Math.Min(upper, Furthest) * Math.Sqrt(t);
        int half = Math.Clamp((int)Math.Ceiling(6 * (to - from) / Math.Sqrt(nextT - t)), 150, 3000);
        double step = (to - from) / (2 * half);
        double[] nodes = new double[(2 * half) + 1];
        double[] mass = new double[nodes.Length];
        double deviation = Math.Sqrt(t - _information);
        for (int i = 0; i < nodes.Length; i++)
        {
            nodes[i] = from + (i * step);
            double weight = i == 0 || i == nodes.Length - 1 ? 1 : i % 2 == 1 ? 4 : 2;
            mass[i] = weight * step / 3 * Density(nodes[i], deviation);
        }

        return new LookDensity(t, nodes, mass);
    }

    double Density(double s, double deviation)
    {
        double sum = 0;
        for (int j = 0; j < _nodes.Length; j++)
        {
            double z = (s - _nodes[j]) / deviation;
            sum += _mass[j] * Elementary.Exp(-0.5 * z * z);
        }

        return sum / (deviation * Math.Sqrt(2 * Math.PI));
    }

    double Beyond(double t, double z)
    {
        double deviation = Math.Sqrt(t - _information);
        double sum = 0;
        for (int j = 0; j < _nodes.Length; j++)
        {
            sum += _mass[j] * NormalDistribution.Cdf((_nodes[j] - (z * Math.Sqrt(t))) / deviation);
        }

        return sum;
    }
}
