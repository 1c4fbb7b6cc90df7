namespace Nadir.Numerics;

public static partial class Draws
{
    // Below this mean a sequential search is as fast as rejection, and the rejection methods' constants are tuned from here on.
    const double InversionLimit = 10.0;

    // From here on doubles are whole numbers and the Poisson distribution is normal within 1e-8.
    const double TwoTo52 = 4503599627370496.0;
    const double TwoTo53 = 9007199254740992.0;

    /// <summary>A Poisson count.</summary>
    /// <remarks>
    /// Below a mean of 10 by inversion of one uniform; from there by transformed rejection (Hörmann 1993, algorithm PTRS), whose acceptance
    /// ratio is taken from <see cref="CountProbabilities"/> and so keeps an error below 1e-7 up to a mean of 2^52 (4.5e15). Above, where doubles
    /// no longer hold every count, by the normal limit, rounded; its distance from the Poisson distribution is below 1e-8.
    /// </remarks>
    /// <param name="stream">Where the randomness comes from.</param>
    /// <param name="mean">The mean, 0 or more and finite; 0 gives 0 without using the stream.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="mean"/> is negative, infinite or NaN.</exception>
    public static double Poisson(ref RandomStream stream, double mean)
    {
        if (!(mean >= 0.0 && mean < double.PositiveInfinity))
        {
            throw OutOfRange(nameof(mean), mean, "a finite mean of 0 or more");
        }

        if (mean < InversionLimit)
        {
            return mean == 0.0 ? 0.0 : PoissonByInversion(ref stream, mean);
        }

        return mean < TwoTo52 ? PoissonByRejection(ref stream, mean) : Math.Round(mean + Math.Sqrt(mean) * Normal(ref stream));
    }

    /// <summary>A binomial count: how many of <paramref name="n"/> independent trials succeed.</summary>
    /// <remarks>
    /// With q the smaller of p and 1 - p: below nq = 10 by inversion of one uniform; from there by transformed rejection (Hörmann 1993,
    /// algorithm BTRS), whose acceptance ratio is taken from <see cref="CountProbabilities"/> and so keeps an error below 1e-6 at every size.
    /// </remarks>
    /// <param name="stream">Where the randomness comes from.</param>
    /// <param name="n">The number of trials, a whole number from 0 to 2^53.</param>
    /// <param name="p">The probability of success, from 0 to 1. With p = 0 or 1 or n = 0 the stream is not used.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range or NaN.</exception>
    public static double Binomial(ref RandomStream stream, double n, double p)
    {
        if (!(n >= 0.0 && n <= TwoTo53 && Math.Floor(n) == n))
        {
            throw OutOfRange(nameof(n), n, "a whole number from 0 to 2^53");
        }

        if (!(p >= 0.0 && p <= 1.0))
        {
            throw OutOfRange(nameof(p), p, "a probability from 0 to 1");
        }

        return p > 0.5 ? n - BinomialOfRare(ref stream, n, 1.0 - p) : BinomialOfRare(ref stream, n, p);
    }

    /// <summary>
    /// A negative binomial count: the sum of <paramref name="r"/> independent geometric variables on 0, 1, 2, ... with success probability
    /// <paramref name="p"/>, that is, the failures before the r-th success; mean r (1 - p) / p. It is the number of extra offspring of r
    /// surviving cells under birth and death (Kendall 1948).
    /// </summary>
    /// <remarks>
    /// Means up to 10 with p of at least 0.1 by inversion of one uniform; others as a Poisson count whose mean is gamma-distributed.
    /// </remarks>
    /// <param name="stream">Where the randomness comes from.</param>
    /// <param name="r">How many variables are summed, 0 or more and finite, whole or not; 0 gives 0 without using the stream.</param>
    /// <param name="p">The success probability, above 0 and up to 1; 1 gives 0 without using the stream.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range or NaN, or the mean is not finite.</exception>
    public static double NegativeBinomial(ref RandomStream stream, double r, double p)
    {
        if (!(r >= 0.0 && r < double.PositiveInfinity))
        {
            throw OutOfRange(nameof(r), r, "a finite number of 0 or more");
        }

        if (!(p > 0.0 && p <= 1.0))
        {
            throw OutOfRange(nameof(p), p, "a probability above 0 and up to 1");
        }

        double odds = (1.0 - p) / p;
        if (r == 0.0 || p == 1.0)
        {
            return 0.0;
        }

        return p >= 0.1 && r * odds <= InversionLimit
            ? NegativeBinomialByInversion(ref stream, r, p)
            : Poisson(ref stream, odds * Gamma(ref stream, r));
    }

    static double PoissonByInversion(ref RandomStream stream, double mean)
    {
        double u = stream.NextUniform();
        double probability = Elementary.Exp(-mean);
        double cumulative = probability;
        double count = 0.0;
        while (u > cumulative && !IsExhausted(cumulative, probability, count, mean))
        {
            count++;
            probability *= mean / count;
            cumulative += probability;
        }

        return count;
    }

    static double NegativeBinomialByInversion(ref RandomStream stream, double r, double p)
    {
        double u = stream.NextUniform();
        double q = 1.0 - p;
        double probability = Elementary.Pow(p, r);
        double cumulative = probability;
        double count = 0.0;
        while (u > cumulative && !IsExhausted(cumulative, probability, count, r * q / p))
        {
            probability *= q * (r + count) / (count + 1.0);
            count++;
            cumulative += probability;
        }

        return count;
    }

    static double BinomialOfRare(ref RandomStream stream, double n, double p)
    {
        double mean = n * p;
        return mean == 0.0 ? 0.0
            : mean < InversionLimit ? BinomialByInversion(ref stream, n, p)
            : BinomialByRejection(ref stream, n, p);
    }

    static double BinomialByInversion(ref RandomStream stream, double n, double p)
    {
        double u = stream.NextUniform();
        double odds = p / (1.0 - p);
        double probability = Elementary.Exp(n * Elementary.Log1p(-p));
        double cumulative = probability;
        double count = 0.0;
        while (u > cumulative && count < n && !IsExhausted(cumulative, probability, count, n * p))
        {
            probability *= odds * (n - count) / (count + 1.0);
            count++;
            cumulative += probability;
        }

        return count;
    }

    /// <summary>Beyond the mean the terms only shrink; once they no longer change the sum, rounding kept it below the uniform.</summary>
    static bool IsExhausted(double cumulative, double probability, double count, double mean) =>
        count > mean && cumulative + probability == cumulative;

    static double PoissonByRejection(ref RandomStream stream, double mean)
    {
        double b = 0.931 + 2.53 * Math.Sqrt(mean);
        double a = -0.059 + 0.02483 * b;
        double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
        double quickAcceptance = 0.9277 - 3.6224 / (b - 2.0);
        while (true)
        {
            double u = stream.NextUniform() - 0.5;
            double v = stream.NextUniform();
            double us = 0.5 - Math.Abs(u);
            double count = Math.Floor((2.0 * a / us + b) * u + mean + 0.43);
            if (us >= 0.07 && v <= quickAcceptance)
            {
                return count;
            }

            if (count < 0.0 || (us < 0.013 && v > us))
            {
                continue;
            }

            if (Elementary.Log(v * inverseAlpha / (a / (us * us) + b)) <= CountProbabilities.LogPoisson(count, mean))
            {
                return count;
            }
        }
    }

    static double BinomialByRejection(ref RandomStream stream, double n, double p)
    {
        double q = 1.0 - p;
        double deviation = Math.Sqrt(n * p * q);
        double b = 1.15 + 2.53 * deviation;
        double a = -0.0873 + 0.0248 * b + 0.01 * p;
        double alpha = (2.83 + 5.1 / b) * deviation;
        double quickAcceptance = 0.92 - 4.2 / b;
        double center = n * p + 0.5;
        while (true)
        {
            double u = stream.NextUniform() - 0.5;
            double v = stream.NextUniform();
            double us = 0.5 - Math.Abs(u);
            double count = Math.Floor((2.0 * a / us + b) * u + center);
            if (us >= 0.07 && v <= quickAcceptance)
            {
                return count;
            }

            if (count < 0.0 || count > n)
            {
                continue;
            }

            double mode = Math.Floor((n + 1.0) * p);
            double ratio = CountProbabilities.LogBinomial(count, n, p, q) - CountProbabilities.LogBinomial(mode, n, p, q);
            if (Elementary.Log(v * alpha / (a / (us * us) + b)) <= ratio)
            {
                return count;
            }
        }
    }
}
