namespace Nadir.Numerics;

public static partial class Elementary
{
    /// <summary>The hyperbolic sine; error below 0.8 ulp.</summary>
    public static double Sinh(double x)
    {
        double magnitude = Math.Abs(x);
        if (magnitude <= 1.0)
        {
            double z = x * x;
            return x + x * (z * Horner(HyperbolicSineTail, z));
        }

        return double.IsNaN(x) ? double.NaN : Math.CopySign(HalfOfExpPlus(magnitude, -1.0), x);
    }

    /// <summary>The hyperbolic cosine; error below 0.8 ulp.</summary>
    public static double Cosh(double x) => double.IsNaN(x) ? double.NaN : HalfOfExpPlus(Math.Abs(x), 1.0);

    /// <summary>The hyperbolic tangent; error below 0.9 ulp.</summary>
    public static double Tanh(double x)
    {
        double magnitude = Math.Abs(x);
        if (magnitude <= 0.55)
        {
            double z = x * x;
            return x == 0.0 ? x : x + x * (z * Horner(HyperbolicTangentTail, z));
        }

        if (double.IsNaN(x))
        {
            return double.NaN;
        }

        // tanh = 1 - 2 / (e^(2x) + 1), which is 1 in doubles beyond 20.
        DoubleDouble unnormalised = ExpReduced(2.0 * (magnitude < 20.0 ? magnitude : 20.0), 0.0, out long power);
        DoubleDouble exp = DoubleDouble.Sum(unnormalised.High, unnormalised.Low);
        double scale = PowerOfTwo(power);
        DoubleDouble denominator = DoubleDouble.Sum(scale * exp.High, 1.0);
        double correction = Quotient(new DoubleDouble(2.0, 0.0), new DoubleDouble(denominator.High, denominator.Low + scale * exp.Low));
        return Math.CopySign(1.0 - correction, x);
    }

    /// <summary>(e^x + sign * e^-x) / 2 for x ≥ 0, x > 1 where the sign is negative.</summary>
    static double HalfOfExpPlus(double x, double sign)
    {
        DoubleDouble exp = ExpReduced(ClampHyperbolic(x), 0.0, out long power);
        double inverse = power > 60 ? 0.0 : sign * PowerOfTwo(-2 * power) / (exp.High + exp.Low);
        DoubleDouble sum = DoubleDouble.Sum(exp.High, inverse);
        return Scale(sum.High + (sum.Low + exp.Low), power - 1);
    }

    static double ClampHyperbolic(double x) => x > 712.0 ? 712.0 : x;

    static ReadOnlySpan<double> HyperbolicSineTail =>
    [
        0.16666666666666666, 0.008333333333333333, 0.00019841269841269773, 2.755731922404034e-06, 2.505210836405804e-08,
        1.6059048396350562e-10, 7.646625361656657e-13, 2.8445264169895285e-15,
    ];

    internal static ReadOnlySpan<double> HyperbolicTangentTail =>
    [
        -0.3333333333333333, 0.1333333333333331, -0.05396825396822027, 0.021869488534068168, -0.008863235462984688,
        0.0035921267673025663, -0.0014558190700396025, 0.0005899051200674843, -0.00023847198564355907, 9.454941758935152e-05,
        -3.3718010044053525e-05, 7.872519584876026e-06,
    ];
}
