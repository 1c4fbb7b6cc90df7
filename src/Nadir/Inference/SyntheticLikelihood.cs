using Nadir.Numerics;

namespace Nadir.Inference;

/// <summary>
/// The synthetic likelihood (Wood 2010): published estimates are taken as normal around the simulated ones on their scales. The covariance is that of the published
/// estimates, that of the finite virtual cohort, and an allowance for what differs between studies and is not modelled. A structural result adds the probability that
/// its bounds hold, given the error of the simulated estimate.
/// </summary>
public sealed class SyntheticLikelihood
{
    /// <summary>A target that a simulation cannot give counts as this many standard deviations away.</summary>
    internal const double Missing = 10;

    readonly double[] _places;
    readonly double[][] _covariance;
    readonly Bound[] _bounds;
    readonly double[] _sds;
    readonly string[]? _studies;

    /// <summary>A likelihood of published estimates.</summary>
    /// <param name="places">The estimates on their scales.</param>
    /// <param name="covariance">Their covariance there.</param>
    /// <param name="bounds">Bounds on simulated results that come after the estimates, in their order.</param>
    public SyntheticLikelihood(IReadOnlyList<double> places, IReadOnlyList<IReadOnlyList<double>> covariance, params IReadOnlyList<Bound> bounds)
    {
        _places = [.. places];
        _covariance = [.. covariance.Select(r => r.ToArray())];
        _bounds = [.. bounds];
        _sds = [.. _covariance.Select((r, i) => Math.Sqrt(r[i]))];
    }

    SyntheticLikelihood(IReadOnlyList<double> places, IReadOnlyList<IReadOnlyList<double>> covariance, IReadOnlyList<Bound> bounds, double[] sds, string[] studies)
        : this(places, covariance, bounds) => (_sds, _studies) = (sds, studies);

    /// <summary>Number of published estimates.</summary>
    public int Count => _places.Length;

    /// <summary>Standard deviation of a published estimate on its scale, with what differs between studies.</summary>
    public double Sd(int estimate) => Math.Sqrt(_covariance[estimate][estimate]);

    /// <summary>The likelihood of targets. Estimates from one curve at two times are correlated by the events they share.</summary>
    /// <param name="all">The targets, those with bounds after the others.</param>
    /// <param name="heterogeneity">Standard deviation on the scale, for differences between studies.</param>
    /// <exception cref="ArgumentException">A target with bounds comes before one without, or one without has no finite place or spread.</exception>
    public static SyntheticLikelihood Of(IReadOnlyList<Target> all, double heterogeneity)
    {
        Target[] targets = [.. all.TakeWhile(t => !t.IsBound)];
        if (all.Skip(targets.Length).Any(t => !t.IsBound))
        {
            throw new ArgumentException("found a target without bounds after one with bounds, expected them last", nameof(all));
        }

        if (targets.FirstOrDefault(t => !double.IsFinite(t.Place) || !double.IsFinite(t.Sd)) is { } endless)
        {
            throw new ArgumentException(FormattableString.Invariant($"found {endless.Name} at {endless.Place} with a standard deviation of {endless.Sd} on its scale, expected finite numbers"), nameof(all));
        }

        double[][] covariance = [.. targets.Select(_ => new double[targets.Length])];
        for (int i = 0; i < targets.Length; i++)
        {
            covariance[i][i] = (targets[i].Sd * targets[i].Sd) + (heterogeneity * heterogeneity);
            for (int j = 0; j < i; j++)
            {
                covariance[i][j] = covariance[j][i] = Correlation(targets[i], targets[j]) * targets[i].Sd * targets[j].Sd;
            }
        }

        return new SyntheticLikelihood(
            [.. targets.Select(t => t.Place)],
            covariance,
            [.. all.Skip(targets.Length).Select(t => Bound.Of(t, heterogeneity))],
            [.. targets.Select(t => t.Sd)],
            [.. targets.Select(t => t.Trial)]);
    }

    /// <summary>
    /// Two points S(s), S(t) of one curve, s before t: the covariance of their complementary log-logs is the variance of the earlier cumulative hazard over the product of both
    /// hazards (Greenwood 1926), so that the correlation is the square root of the ratio of variances of log S.
    /// </summary>
    static double Correlation(Target a, Target b)
    {
        bool sameCurve = a.Trial == b.Trial && a.Result.Quantity == b.Result.Quantity && a.Result.Month is not null && b.Result.Month is not null;
        if (!sameCurve)
        {
            return 0;
        }

        (double first, double second) = (LogVariance(a), LogVariance(b));
        return Math.Sqrt(Math.Min(first, second) / Math.Max(first, second));
    }

    static double LogVariance(Target t) => (1 - t.Result.Estimate) * (1 - t.Result.Estimate) * t.Sd * t.Sd;

    /// <summary>The logarithm of the likelihood of a simulation, without its constant.</summary>
    public double Log(Simulated simulated) => Log(simulated.Places, simulated.Variances);

    internal double Log(IReadOnlyList<double> places, IReadOnlyList<double> variances)
    {
        double[][] sum = [.. _covariance.Select(r => r.ToArray())];
        double[] difference = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            bool missing = !double.IsFinite(places[i]) || !double.IsFinite(variances[i]);
            sum[i][i] += missing ? 0 : variances[i];
            difference[i] = missing ? Missing * Math.Sqrt(sum[i][i]) : _places[i] - places[i];
        }

        Cholesky factor = Cholesky.Of(sum);
        double square = factor.Forward(difference).Sum(x => x * x);
        return (-0.5 * (square + factor.LogDeterminant)) + Bounds(places, variances);
    }

    double Bounds(IReadOnlyList<double> places, IReadOnlyList<double> variances)
    {
        double sum = 0;
        for (int b = 0; b < _bounds.Length; b++)
        {
            sum += _bounds[b].Log(places[Count + b], variances[Count + b]);
        }

        return sum;
    }

    /// <summary>Second derivatives, with their sign changed, of the likelihood of linear predictions: what the targets tell about the hyper-parameters.</summary>
    internal double[][] Information(double[][] slopes, IReadOnlyList<double> variances, double[][]? correlation = null)
    {
        Cholesky factor = Factor(variances, correlation);
        int d = slopes[0].Length;
        double[][] columns = [.. Enumerable.Range(0, d).Select(k => factor.Forward([.. slopes.Take(Count).Select(s => s[k])]))];
        return [.. columns.Select(a => columns.Select(b => a.Zip(b, (x, y) => x * y).Sum()).ToArray())];
    }

    /// <summary>The likelihood of predictions whose errors are known: for the surrogate, which is asked often.</summary>
    /// <param name="variances">Variances of the errors.</param>
    /// <param name="correlation">
    /// How estimates from the same patients go together, as simulations of such patients show it: it takes the place of what curves alone say about estimates of one study. Null for that.
    /// </param>
    internal Func<double[], double> WithErrors(IReadOnlyList<double> variances, double[][]? correlation = null)
    {
        Cholesky factor = Factor(variances, correlation);
        double constant = -0.5 * factor.LogDeterminant;
        return places =>
        {
            double[] difference = new double[Count];
            for (int i = 0; i < difference.Length; i++)
            {
                difference[i] = _places[i] - places[i];
            }

            double square = 0;
            foreach (double x in factor.Forward(difference))
            {
                square += x * x;
            }

            return constant - (0.5 * square) + Bounds(places, variances);
        };
    }

    Cholesky Factor(IReadOnlyList<double> variances, double[][]? correlation) =>
        Cholesky.Of([.. _covariance.Select((r, i) => r.Select((c, j) =>
            i == j ? c + variances[i]
            : correlation is not null && _studies?[i] is { } study && study == _studies[j] ? correlation[i][j] * _sds[i] * _sds[j]
            : c).ToArray())]);
}

/// <summary>Bounds that a simulated result has to keep whatever the numbers of the model are.</summary>
/// <param name="Least">The least value on the result's scale; negative infinity where there is none.</param>
/// <param name="Most">The largest; infinity where there is none.</param>
/// <param name="Heterogeneity">Standard deviation on the scale within which a bound is soft, beside the error of the simulation.</param>
public readonly record struct Bound(double Least, double Most, double Heterogeneity)
{
    // Beyond, the probability underflows; its logarithm is continued by the leading term of Mills' ratio.
    const double Far = 30;

    internal static Bound Of(Target target, double heterogeneity) => new(
        target.Result.AtLeast is { } least ? TargetScales.On(target.Scale, least) : double.NegativeInfinity,
        target.Result.AtMost is { } most ? TargetScales.On(target.Scale, most) : double.PositiveInfinity,
        heterogeneity);

    /// <summary>
    /// Logarithm of the probability that the bounds hold with a standard error of the simulation to spare: all values meet the same virtual patients, so that a fit would otherwise lean on chance among
    /// them. A result that could not be estimated counts as ten standard deviations beyond.
    /// </summary>
    /// <param name="place">The simulated result on its scale.</param>
    /// <param name="variance">Its variance.</param>
    public double Log(double place, double variance)
    {
        if (!double.IsFinite(place) || !double.IsFinite(variance))
        {
            return LogCdf(-SyntheticLikelihood.Missing);
        }

        double sd = Math.Sqrt(variance + (Heterogeneity * Heterogeneity));
        double spare = Math.Sqrt(variance);
        return LogCdf((place - spare - Least) / sd) + LogCdf((Most - place - spare) / sd);
    }

    static double LogCdf(double x) => x < -Far
        ? (-0.5 * x * x) - Elementary.Log(-x * Math.Sqrt(2 * Math.PI))
        : Elementary.Log(NormalDistribution.Cdf(x));
}
