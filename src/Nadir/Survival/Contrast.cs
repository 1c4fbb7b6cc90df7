namespace Nadir.Survival;

/// <summary>A difference between two groups.</summary>
/// <param name="Difference">The difference with its interval.</param>
/// <param name="StandardError">Its standard error.</param>
public sealed record Contrast(Estimate Difference, double StandardError)
{
    /// <summary>The two-sided probability of a difference at least this large where there is none (normal approximation).</summary>
    public double PValue => ProbabilityInterval.TwoSided(Difference.Value / StandardError);

    /// <summary>A difference with the normal interval.</summary>
    internal static Contrast Of(double difference, double standardError, double level)
    {
        double step = ProbabilityInterval.Quantile(level) * standardError;
        return new Contrast(new Estimate(difference, difference - step, difference + step), standardError);
    }
}
