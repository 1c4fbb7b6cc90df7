namespace Nadir.Numerics;

public static partial class Elementary
{
    const double QuarterPi = 0.7853981633974483;
    const double QuarterPiLow = 3.061616997868383e-17;
    const double HalfPi = 1.5707963267948966;
    const double HalfPiLow = 6.123233995736766e-17;
    const double Pi = 3.141592653589793;
    const double PiLow = 1.2246467991473532e-16;

    /// <summary>The sine of an angle in radians; error below 0.8 ulp at every size of <paramref name="x"/>.</summary>
    public static double Sin(double x)
    {
        if (x == 0.0 || !double.IsFinite(x))
        {
            return x == 0.0 ? x : double.NaN;
        }

        DoubleDouble r = ReduceAngle(x, out int quadrant);
        DoubleDouble sine = (quadrant & 1) == 0 ? SinKernel(r) : CosKernel(r);
        return (quadrant & 2) == 0 ? sine.High : -sine.High;
    }

    /// <summary>The cosine of an angle in radians; error below 0.8 ulp at every size of <paramref name="x"/>.</summary>
    public static double Cos(double x)
    {
        if (!double.IsFinite(x))
        {
            return double.NaN;
        }

        DoubleDouble r = ReduceAngle(x, out int quadrant);
        DoubleDouble cosine = (quadrant & 1) == 0 ? CosKernel(r) : SinKernel(r);
        return ((quadrant + 1) & 2) == 0 ? cosine.High : -cosine.High;
    }

    /// <summary>The tangent of an angle in radians; error below 0.9 ulp at every size of <paramref name="x"/>.</summary>
    public static double Tan(double x)
    {
        if (x == 0.0 || !double.IsFinite(x))
        {
            return x == 0.0 ? x : double.NaN;
        }

        DoubleDouble r = ReduceAngle(x, out int quadrant);
        return (quadrant & 1) == 0 ? Quotient(SinKernel(r), CosKernel(r)) : -Quotient(CosKernel(r), SinKernel(r));
    }

    /// <summary>The angle in [-π/2, π/2] whose sine is <paramref name="x"/>; error below 0.8 ulp. NaN outside [-1, 1].</summary>
    public static double Asin(double x)
    {
        double magnitude = Math.Abs(x);
        if (!(magnitude <= 1.0))
        {
            return double.NaN;
        }

        if (magnitude <= 0.5)
        {
            return x + x * AsinRemainder(x * x);
        }

        DoubleDouble angle = TwiceAsinOfRootHalf(1.0 - magnitude);
        DoubleDouble result = DoubleDouble.Sum(HalfPi, -angle.High);
        return Math.CopySign(result.High + (result.Low + (HalfPiLow - angle.Low)), x);
    }

    /// <summary>The angle in [0, π] whose cosine is <paramref name="x"/>; error below 0.7 ulp. NaN outside [-1, 1].</summary>
    public static double Acos(double x)
    {
        double magnitude = Math.Abs(x);
        if (!(magnitude <= 1.0))
        {
            return double.NaN;
        }

        if (magnitude <= 0.5)
        {
            DoubleDouble linear = DoubleDouble.Sum(HalfPi, -x);
            return linear.High + (linear.Low + (HalfPiLow - x * AsinRemainder(x * x)));
        }

        DoubleDouble angle = TwiceAsinOfRootHalf(1.0 - magnitude);
        DoubleDouble obtuse = DoubleDouble.Sum(Pi, -angle.High);
        return x > 0.0 ? angle.High : obtuse.High + (obtuse.Low + (PiLow - angle.Low));
    }

    /// <summary>The angle in [-π/2, π/2] whose tangent is <paramref name="x"/>; error below 0.8 ulp.</summary>
    public static double Atan(double x)
    {
        if (double.IsNaN(x))
        {
            return double.NaN;
        }

        // atan(x) = atan(c) + atan(t) with t = (x - c) / (1 + c x) and c the nearest of 0, 1/2, 1, 3/2 and infinity.
        double magnitude = Math.Abs(x);
        (double high, double low, double t) = magnitude switch
        {
            <= 0.4375 => (0.0, 0.0, magnitude),
            < 0.6875 => (0.4636476090008061, 2.2698777452961687e-17, (2.0 * magnitude - 1.0) / (2.0 + magnitude)),
            < 1.1875 => (QuarterPi, QuarterPiLow, (magnitude - 1.0) / (magnitude + 1.0)),
            < 2.4375 => (0.982793723247329, 1.3903311031230998e-17, (magnitude - 1.5) / (1.0 + 1.5 * magnitude)),
            _ => (HalfPi, HalfPiLow, -1.0 / magnitude),
        };
        double tail = t * AtanRemainder(t * t);
        DoubleDouble sum = DoubleDouble.Sum(high, t);
        return x == 0.0 ? x : Math.CopySign(sum.High + (sum.Low + (low + tail)), x);
    }

    /// <summary>sin(r) for |r| up to π/4, within 2^-57 of it.</summary>
    static DoubleDouble SinKernel(DoubleDouble r)
    {
        double z = r.High * r.High;
        double remainder = Horner(SineTail, z);
        return DoubleDouble.Sum(r.High, r.High * (z * remainder) + r.Low * (1.0 - 0.5 * z));
    }

    /// <summary>cos(r) for |r| up to π/4, within 2^-57 of it.</summary>
    static DoubleDouble CosKernel(DoubleDouble r)
    {
        DoubleDouble z = DoubleDouble.Product(r.High, r.High);
        double remainder = Horner(CosineTail, z.High);
        DoubleDouble quadratic = DoubleDouble.Sum(1.0, -0.5 * z.High);
        return DoubleDouble.Sum(quadratic.High, quadratic.Low - 0.5 * z.Low + z.High * z.High * remainder - r.High * r.Low);
    }

    static double Quotient(DoubleDouble numerator, DoubleDouble denominator)
    {
        double quotient = numerator.High / denominator.High;
        DoubleDouble back = DoubleDouble.Product(quotient, denominator.High);
        double remainder = numerator.High - back.High - back.Low + numerator.Low - quotient * denominator.Low;
        return quotient + remainder / denominator.High;
    }

    /// <summary>2 asin(√(<paramref name="difference"/> / 2)), within 2^-57 of it; differences are 0 to 1/2.</summary>
    static DoubleDouble TwiceAsinOfRootHalf(double difference)
    {
        double z = 0.5 * difference;
        double root = Math.Sqrt(z);
        DoubleDouble square = DoubleDouble.Product(root, root);
        double rootLow = z == 0.0 ? 0.0 : (z - square.High - square.Low) / (2.0 * root);
        DoubleDouble half = DoubleDouble.Sum(root, rootLow + root * AsinRemainder(z));
        return new DoubleDouble(2.0 * half.High, 2.0 * half.Low);
    }

    /// <summary>asin(r) / r - 1 at z = r² up to 1/4.</summary>
    static double AsinRemainder(double z) => z * Horner(AsinTail, z);

    /// <summary>atan(r) / r - 1 at z = r² up to 0.1915.</summary>
    static double AtanRemainder(double z) => z * Horner(AtanTail, z);

    /// <summary>The polynomial with these coefficients, constant term first.</summary>
    static double Horner(ReadOnlySpan<double> coefficients, double x)
    {
        double sum = coefficients[^1];
        for (int i = coefficients.Length - 2; i >= 0; i--)
        {
            sum = coefficients[i] + x * sum;
        }

        return sum;
    }

    static ReadOnlySpan<double> SineTail =>
    [
        -0.16666666666666666, 0.008333333333333331, -0.00019841269841265065, 2.7557319219338875e-06, -2.505210623234594e-08,
        1.6058531602876344e-10, -7.586696168072366e-13,
    ];

    static ReadOnlySpan<double> CosineTail =>
    [
        0.041666666666666664, -0.0013888888888888887, 2.4801587301584645e-05, -2.755731922140266e-07, 2.0876755791023917e-09,
        -1.1470460878653239e-11, 4.745871374063738e-14,
    ];

    static ReadOnlySpan<double> AsinTail =>
    [
        0.16666666666666666, 0.07500000000000118, 0.04464285714255172, 0.030381944475548442, 0.02237215744272046, 0.01735281656310595,
        0.013963779590463264, 0.011566464825440114, 0.009621799004518995, 0.009319814583697355, 0.003043893553526437,
        0.0195569803120686, -0.01924525711649446, 0.029614311863487102,
    ];

    static ReadOnlySpan<double> AtanTail =>
    [
        -0.3333333333333333, 0.1999999999999941, -0.1428571428556671, 0.1111111109663665, -0.0909090835522863, 0.076922855452011,
        -0.0666624176743794, 0.05876944850247487, -0.05216669136334384, 0.04492215950313383, -0.03312713530646816, 0.014772192482554722,
    ];
}
