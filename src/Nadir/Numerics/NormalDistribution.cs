using System.Globalization;

namespace Nadir.Numerics;

/// <summary>The standard normal distribution.</summary>
public static class NormalDistribution
{
    const double InverseSqrt2Pi = 0.3989422804014327;

    /// <summary>The density at <paramref name="x"/>.</summary>
    public static double Density(double x) => InverseSqrt2Pi * Elementary.Exp(-0.5 * x * x);

    /// <summary>The probability of a value up to <paramref name="x"/>; relative error below 2e-15, also in the lower tail.</summary>
    /// <remarks>
    /// Within 1 of the mean an odd polynomial; outside, the density times Mills' ratio, which is expanded in Chebyshev polynomials of
    /// (|x| - 5) / (|x| + 5) after the manner of Shepherd &amp; Laframboise (1981).
    /// </remarks>
    public static double Cdf(double x)
    {
        if (double.IsNaN(x))
        {
            return double.NaN;
        }

        double magnitude = Math.Abs(x);
        if (magnitude <= 1.0)
        {
            return 0.5 + x * Horner(Central, x * x);
        }

        double tail = magnitude > 40.0 ? 0.0 : UpperTail(magnitude);
        return x < 0.0 ? tail : 1.0 - tail;
    }

    /// <summary>
    /// The value below which a fraction <paramref name="p"/> lies; relative error below 2e-15 (Wichura 1988, algorithm AS 241, PPND16).
    /// -∞ at 0 and +∞ at 1.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is not in [0, 1].</exception>
    public static double Quantile(double p)
    {
        if (!(p >= 0.0 && p <= 1.0))
        {
            string found = p.ToString("R", CultureInfo.InvariantCulture);
            throw new ArgumentOutOfRangeException(nameof(p), $"Found {found}; expected a probability from 0 to 1.");
        }

        return p == 0.0 ? double.NegativeInfinity : p == 1.0 ? double.PositiveInfinity : QuantileInside(p);
    }

    /// <summary>The quantile at a probability that is known to lie strictly between 0 and 1.</summary>
    internal static double QuantileInside(double p)
    {
        double q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            return q * CentralRatio(0.180625 - q * q);
        }

        double r = Math.Sqrt(-Elementary.Log(q < 0.0 ? p : 1.0 - p));
        double value = r <= 5.0 ? TailRatio(r - 1.6) : FarTailRatio(r - 5.0);
        return q < 0.0 ? -value : value;
    }

    static double UpperTail(double x)
    {
        DoubleDouble square = DoubleDouble.Product(x, x);
        double density = InverseSqrt2Pi * (1.0 - 0.5 * square.Low);
        double ratio = Clenshaw(ScaledMillsRatio, (x - 5.0) / (x + 5.0)) / (1.0 + x);

        // e^(-x²/2) in two factors: a subnormal one would lose digits before the last multiplication.
        double half = Elementary.Exp(-0.25 * square.High);
        return half * (density * ratio) * half;
    }

    static double Horner(ReadOnlySpan<double> coefficients, double x)
    {
        double sum = 0.0;
        for (int i = coefficients.Length - 1; i >= 0; i--)
        {
            sum = coefficients[i] + x * sum;
        }

        return sum;
    }

    static double Clenshaw(ReadOnlySpan<double> coefficients, double u)
    {
        double next = 0.0;
        double afterNext = 0.0;
        for (int i = coefficients.Length - 1; i > 0; i--)
        {
            (next, afterNext) = (coefficients[i] + 2.0 * u * next - afterNext, next);
        }

        return coefficients[0] + u * next - afterNext;
    }

    static double CentralRatio(double r) =>
        (((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r + 45921.953931549871457) * r
            + 13731.693765509461125) * r + 1971.5909503065514427) * r + 133.14166789178437745) * r + 3.3871328727963666080)
        / (((((((5226.4952788528545610 * r + 28729.085735721942674) * r + 39307.895800092710610) * r + 21213.794301586595867) * r
            + 5394.1960214247511077) * r + 687.18700749205790830) * r + 42.313330701600911252) * r + 1.0);

    static double TailRatio(double r) =>
        (((((((7.74545014278341407640e-4 * r + 0.0227238449892691845833) * r + 0.241780725177450611770) * r + 1.27045825245236838258) * r
            + 3.64784832476320460504) * r + 5.76949722146069140550) * r + 4.63033784615654529590) * r + 1.42343711074968357734)
        / (((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r + 0.148103976427480074590) * r
            + 0.689767334985100004550) * r + 1.67638483018380384940) * r + 2.05319162663775882187) * r + 1.0);

    static double FarTailRatio(double r) =>
        (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.00124266094738807843860) * r + 0.0265321895265761230930) * r
            + 0.296560571828504891230) * r + 1.78482653991729133580) * r + 5.46378491116411436990) * r + 6.65790464350110377720)
        / (((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r + 7.868691311456132591e-4) * r
            + 0.0148753612908506148525) * r + 0.136929880922735805310) * r + 0.599832206555887937690) * r + 1.0);

    /// <summary>(Φ(x) - 1/2) / x as a polynomial in x² up to 1.</summary>
    static ReadOnlySpan<double> Central =>
    [
        0.3989422804014327, -0.06649038006690543, 0.009973557010035022, -0.0011873282154680343, 0.00011543468751655941,
        -9.444655793103845e-06, 6.659679879655231e-07, -4.1224107514160815e-08, 2.2704137585676e-09, -1.106432828275589e-10,
        4.0743269774266276e-12,
    ];

    /// <summary>(1 + x) times Mills' ratio in Chebyshev polynomials of (x - 5) / (x + 5).</summary>
    static ReadOnlySpan<double> ScaledMillsRatio =>
    [
        1.1579976221305188, -0.1633449388451398, -0.013683136055781576, 0.03082200019810004, -0.016220073012046806,
        0.005616691016460094, -0.0014133933783549216, 0.0002502625460725661, -2.468907239728387e-05, -1.0107964061837592e-06,
        7.495419179740573e-07, -7.600274268728337e-08, -1.1574771441328644e-08, 3.333386472599843e-09, 7.538039628171347e-11,
        -1.1104247263727494e-10, 3.509243776551059e-12, 3.6894953861750955e-12, -2.3376697776383095e-13, -1.3271797523541405e-13,
        9.921706995888276e-15, 5.276004995455379e-15, -3.373097694187922e-16, -2.2804338776379946e-16, 7.496330565808626e-18,
        1.0328041877290668e-17,
    ];
}
