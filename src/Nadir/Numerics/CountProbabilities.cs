namespace Nadir.Numerics;

/// <summary>
/// Logarithms of Poisson and binomial probabilities as deviances plus Stirling corrections (Loader 2000, "Fast and accurate computation of
/// binomial probabilities"), which stay accurate where differences of log-factorials of large counts cancel.
/// </summary>
static class CountProbabilities
{
    const double HalfLog2Pi = 0.9189385332046728;

    /// <summary>The log-probability of <paramref name="count"/> under a Poisson distribution with a positive mean.</summary>
    public static double LogPoisson(double count, double mean) =>
        count == 0.0
            ? -mean
            : -HalfLog2Pi - 0.5 * Elementary.Log(count) - Elementary.StirlingCorrection(count) - Deviance(count, mean);

    /// <summary>The log-probability of <paramref name="count"/> successes in <paramref name="n"/> trials, for p and q = 1 - p in (0, 1).</summary>
    public static double LogBinomial(double count, double n, double p, double q)
    {
        double failures = n - count;
        if (count == 0.0 || failures == 0.0)
        {
            return n * (count == 0.0 ? Elementary.Log1p(-p) : Elementary.Log(p));
        }

        double corrections = Elementary.StirlingCorrection(n) - Elementary.StirlingCorrection(count) - Elementary.StirlingCorrection(failures);
        double deviances = Deviance(count, n * p) + Deviance(failures, n * q);
        return -HalfLog2Pi + 0.5 * Elementary.Log(n / count / failures) + corrections - deviances;
    }

    /// <summary>x log(x / mean) + mean - x, without cancellation where x is near the mean (Loader 2000, section 5).</summary>
    static double Deviance(double x, double mean)
    {
        double difference = x - mean;
        if (!(Math.Abs(difference) < 0.1 * (x + mean)))
        {
            return x * Elementary.Log(x / mean) - difference;
        }

        double v = difference / (x + mean);
        double square = v * v;
        double sum = difference * v;
        double term = 2.0 * x * v;
        double previous = double.NaN;
        for (int odd = 3; sum != previous; odd += 2)
        {
            previous = sum;
            term *= square;
            sum += term / odd;
        }

        return sum;
    }
}
