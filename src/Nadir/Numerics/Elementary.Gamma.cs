namespace Nadir.Numerics;

public static partial class Elementary
{
    const double DigammaOf2 = 0.42278433509846713;
    const double DigammaOf2Low = 4.942915152430645e-18;
    const double HalfTrigammaOf2 = 0.3224670334241132;
    const double HalfLog2PiLess1 = 0.4189385332046727;
    const double HalfLog2PiLess1Low = 1.6728209650585413e-17;
    const double LogPi = 1.1447298858494002;
    const double LogPiLow = 1.0265951162707826e-17;
    const double StirlingFrom = 8.0;
    const double LargestLogGammaArgument = 2.6e305;

    static readonly double[] _factorials = Factorials();

    /// <summary>
    /// log |Γ(<paramref name="x"/>)|; error below 1 ulp for positive arguments. For negative ones below 1 ulp of the larger of the
    /// result and log |Γ(-x)|, that is, relative accuracy is lost near a zero. +∞ at 0, the negative whole numbers and ±∞.
    /// </summary>
    public static double LogGamma(double x)
    {
        if (double.IsNaN(x))
        {
            return double.NaN;
        }

        if (double.IsInfinity(x) || (x <= 0.0 && Math.Floor(x) == x))
        {
            return double.PositiveInfinity;
        }

        return x > 0.0 ? LogGammaWide(x).High : LogGammaReflected(-x);
    }

    /// <summary>
    /// <paramref name="n"/> factorial, correctly rounded, for whole numbers; +∞ above 170; NaN for negative and fractional arguments.
    /// </summary>
    public static double Factorial(double n) =>
        n >= 0.0 && Math.Floor(n) == n ? n < _factorials.Length ? _factorials[(int)n] : double.PositiveInfinity : double.NaN;

    /// <summary>log Γ(n + 1) less Stirling's n log n - n + log(2πn) / 2, for whole n from 1.</summary>
    internal static double StirlingCorrection(double n) => n switch
    {
        < 1.5 => 0.08106146679532726,
        < 2.5 => 0.0413406959554093,
        < 3.5 => 0.02767792568499834,
        < 4.5 => 0.020790672103765093,
        < 5.5 => 0.016644691189821193,
        < 6.5 => 0.013876128823070748,
        < 7.5 => 0.01189670994589177,
        _ => StirlingSeries(n),
    };

    /// <summary>log Γ(x) less (x - 1/2) log x - x + log(2π) / 2, for x from 8: Stirling's series with near-minimax coefficients.</summary>
    static double StirlingSeries(double x)
    {
        // Written out, for a table read through a span allocates where the compiler does not optimise.
        double inverse = 1.0 / x;
        double w = inverse * inverse;
        double upper = 0.0008417325268022405 + w * (-0.001914965912162907 + w * (0.0062081367662297935 + w * -0.020855820837463117));
        return inverse * (0.08333333333333333 + w * (-0.0027777777777776747 + w * (0.0007936507935117282 + w * (-0.0005952380234291254 + w * upper))));
    }

    static DoubleDouble LogGammaWide(double x)
    {
        if (x < 0.5)
        {
            // Γ(x) = Γ(x + 2) / (x (x + 1)).
            DoubleDouble next = DoubleDouble.Sum(1.0, x);
            return LogGammaNear2(x).Plus(LogWide(x).Negated).Plus(LogOf(next).Negated);
        }

        if (x < 1.5)
        {
            return LogGammaNear2(x - 1.0).Plus(LogWide(x).Negated);
        }

        return x < StirlingFrom ? LogGammaByRecurrence(x) : LogGammaByStirling(x);
    }

    /// <summary>Γ(x) = (x - 1) ... (x - n) Γ(x - n), with x - n in [1.5, 2.5).</summary>
    static DoubleDouble LogGammaByRecurrence(double x)
    {
        double rest = x;
        double product = 1.0;
        while (rest >= 2.5)
        {
            rest -= 1.0;
            product *= rest;
        }

        return product == 1.0 ? LogGammaNear2(rest - 2.0) : LogGammaNear2(rest - 2.0).Plus(LogWide(product));
    }

    static DoubleDouble LogGammaByStirling(double x)
    {
        if (x > LargestLogGammaArgument)
        {
            return new DoubleDouble(double.PositiveInfinity, 0.0);
        }

        DoubleDouble logLess1 = LogWide(x).Plus(new DoubleDouble(-1.0, 0.0));
        DoubleDouble main = logLess1.Times(DoubleDouble.Sum(x, -0.5));
        return main.Plus(new DoubleDouble(HalfLog2PiLess1, HalfLog2PiLess1Low + StirlingSeries(x)));
    }

    /// <summary>log Γ(2 + t) = t (ψ(2) + t (ψ'(2) / 2 + t Q(t))) for |t| up to 1/2.</summary>
    static DoubleDouble LogGammaNear2(double t)
    {
        DoubleDouble curvature = DoubleDouble.Sum(HalfTrigammaOf2, t * Horner(LogGammaTail, t)).Times(t);
        return new DoubleDouble(DigammaOf2, DigammaOf2Low).Plus(curvature).Times(t);
    }

    /// <summary>log |Γ(-x)| = log π - log |x sin(πx)| - log Γ(x) for positive x that is not whole.</summary>
    static double LogGammaReflected(double x)
    {
        double distance = Math.Abs(x - Math.Round(x));
        DoubleDouble angle = new DoubleDouble(Pi, PiLow).Times(distance <= 0.25 ? distance : 0.5 - distance);
        DoubleDouble sine = distance <= 0.25 ? SinKernel(angle) : CosKernel(angle);
        DoubleDouble logs = LogWide(x).Plus(LogOf(sine)).Plus(LogGammaWide(x));
        return new DoubleDouble(LogPi, LogPiLow).Plus(logs.Negated).High;
    }

    static DoubleDouble LogOf(DoubleDouble x)
    {
        DoubleDouble log = LogWide(x.High);
        return DoubleDouble.Sum(log.High, log.Low + x.Low / x.High);
    }

    static double[] Factorials()
    {
        double[] factorials = new double[171];
        DoubleDouble product = new(1.0, 0.0);
        for (int n = 0; n < factorials.Length; n++)
        {
            product = n == 0 ? product : product.Times(n);
            factorials[n] = product.High;
        }

        return factorials;
    }

    static ReadOnlySpan<double> LogGammaTail =>
    [
        -0.0673523010531981, 0.02058080842778457, -0.007385551028673995, 0.002890510330738737, -0.001192753911701927,
        0.0005096695248853096, -0.00022315475852168894, 9.945750909889392e-05, -4.49262349749866e-05, 2.050726741605779e-05,
        -9.439514433031234e-06, 4.374374916915131e-06, -2.038980289606216e-06, 9.578663334114758e-07, -4.505513901600013e-07,
        2.0304806751615227e-07, -9.611311217528077e-08, 6.379047507619774e-08, -3.0412068327913675e-08,
    ];
}
