using Nadir.Numerics;

namespace Nadir.Survival;

/// <summary>
/// The upper tail of the chi-square distribution: the incomplete gamma function as its series below the mean and as Legendre's continued fraction
/// above it (Abramowitz &amp; Stegun 1964, equations 6.5.29 and 6.5.31; the fraction evaluated after Lentz 1976).
/// </summary>
static class ChiSquare
{
    const double Precision = 1e-16;
    const double Tiny = 1e-300;

    /// <summary>The probability of a value above <paramref name="statistic"/>; 1 at 0 and below.</summary>
    public static double UpperTail(double statistic, int degreesOfFreedom)
    {
        double a = degreesOfFreedom / 2.0;
        double x = statistic / 2;
        if (!(x > 0))
        {
            return double.IsNaN(x) ? double.NaN : 1;
        }

        double density = Elementary.Exp((a * Elementary.Log(x)) - x - Elementary.LogGamma(a));
        return x < a + 1 ? 1 - (density * Series(a, x)) : density * Fraction(a, x);
    }

    static double Series(double a, double x)
    {
        double term = 1 / a;
        double sum = term;
        for (int n = 1; term > sum * Precision; n++)
        {
            term *= x / (a + n);
            sum += term;
        }

        return sum;
    }

    static double Fraction(double a, double x)
    {
        double b = x + 1 - a;
        double c = 1 / Tiny;
        double d = 1 / b;
        double value = d;
        for (int i = 1; i < 10_000; i++)
        {
            double an = -i * (i - a);
            b += 2;
            d = 1 / NotZero((an * d) + b);
            c = NotZero(b + (an / c));
            double factor = c * d;
            value *= factor;
            if (Math.Abs(factor - 1) < Precision)
            {
                break;
            }
        }

        return value;
    }

    static double NotZero(double x) => Math.Abs(x) < Tiny ? Tiny : x;
}
