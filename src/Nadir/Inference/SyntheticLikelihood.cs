namespace Nadir.Inference;

/// <summary>
/// The synthetic likelihood (Wood 2010): published estimates are taken as normal around the simulated ones on their scales. The covariance is that of the published
/// estimates, that of the finite virtual cohort, and an allowance for what differs between studies and is not modelled.
/// </summary>
public sealed class SyntheticLikelihood
{
    /// <summary>A target that a simulation cannot give counts as this many standard deviations away.</summary>
    const double Missing = 10;

    readonly double[] _places;
    readonly double[][] _covariance;

    /// <summary>A likelihood of published estimates.</summary>
    /// <param name="places">The estimates on their scales.</param>
    /// <param name="covariance">Their covariance there.</param>
    public SyntheticLikelihood(IReadOnlyList<double> places, IReadOnlyList<IReadOnlyList<double>> covariance)
    {
        _places = [.. places];
        _covariance = [.. covariance.Select(r => r.ToArray())];
    }

    /// <summary>Number of targets.</summary>
    public int Count => _places.Length;

    /// <summary>The likelihood of targets. Estimates from one curve at two times are correlated by the events they share.</summary>
    /// <param name="targets">The targets.</param>
    /// <param name="heterogeneity">Standard deviation on the scale, for differences between studies.</param>
    public static SyntheticLikelihood Of(IReadOnlyList<Target> targets, double heterogeneity)
    {
        double[][] covariance = [.. targets.Select(_ => new double[targets.Count])];
        for (int i = 0; i < targets.Count; i++)
        {
            covariance[i][i] = (targets[i].Sd * targets[i].Sd) + (heterogeneity * heterogeneity);
            for (int j = 0; j < i; j++)
            {
                covariance[i][j] = covariance[j][i] = Correlation(targets[i], targets[j]) * targets[i].Sd * targets[j].Sd;
            }
        }

        return new SyntheticLikelihood([.. targets.Select(t => t.Place)], covariance);
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
        return -0.5 * (square + factor.LogDeterminant);
    }

    /// <summary>Second derivatives, with their sign changed, of the likelihood of linear predictions: what the targets tell about the hyper-parameters.</summary>
    internal double[][] Information(double[][] slopes, IReadOnlyList<double> variances)
    {
        Cholesky factor = Factor(variances);
        int d = slopes[0].Length;
        double[][] columns = [.. Enumerable.Range(0, d).Select(k => factor.Forward([.. slopes.Select(s => s[k])]))];
        return [.. columns.Select(a => columns.Select(b => a.Zip(b, (x, y) => x * y).Sum()).ToArray())];
    }

    /// <summary>The likelihood of predictions whose errors are known: for the surrogate, which is asked often.</summary>
    internal Func<double[], double> WithErrors(IReadOnlyList<double> variances)
    {
        Cholesky factor = Factor(variances);
        return places => -0.5 * factor.Forward([.. places.Select((p, i) => _places[i] - p)]).Sum(x => x * x);
    }

    Cholesky Factor(IReadOnlyList<double> variances) =>
        Cholesky.Of([.. _covariance.Select((r, i) => r.Select((c, j) => i == j ? c + variances[i] : c).ToArray())]);
}
