using System.Numerics;

namespace Nadir.Tests.Numerics;

/// <summary>The elementary functions to about 200 bits, by series and by Newton steps from the runtime's doubles.</summary>
static class Truth
{
    const int FixedBits = 1400;
    static readonly BigInteger _halfPiFixed = HalfPiFixed();
    static readonly BigReal _ln2 = Log2();
    static readonly BigReal[] _stirling = StirlingCoefficients(40);

    public static BigReal Pi { get; } = BigReal.Of(_halfPiFixed, 1 - FixedBits);

    public static BigReal Exp(BigReal x)
    {
        int power = (int)Math.Round(x.ToDouble() / Math.Log(2.0));
        BigReal r = (x - power * _ln2).Scaled(-12);
        BigReal sum = 1.0;
        BigReal term = 1.0;
        for (int n = 1; n <= 18; n++)
        {
            term = term * r / n;
            sum += term;
        }

        for (int i = 0; i < 12; i++)
        {
            sum *= sum;
        }

        return sum.Scaled(power);
    }

    /// <summary>One step of Halley's method, which triples the digits of the first guess.</summary>
    public static BigReal Log(BigReal x)
    {
        double guess = (x - 1.0).IsZero ? 0.0 : Math.Abs((x - 1.0).ToDouble()) < 1e-3 ? double.LogP1((x - 1.0).ToDouble()) : Guess(x);
        BigReal exp = Exp(guess);
        BigReal difference = (x - exp) / (x + exp);
        BigReal cube = difference * difference * difference;
        return guess + (difference + cube / 3.0).Scaled(1);
    }

    public static BigReal Pow(double x, double y) => Exp(y * Log(x));

    public static BigReal Log10(double x) => Log(x) / Log(10.0);

    public static BigReal Log1p(double x) => Math.Abs(x) < 1e-40 ? x : Log(1.0 + (BigReal)x);

    public static BigReal Expm1(double x) => Math.Abs(x) < 1e-30 ? x + (BigReal)x * x / 2.0 : Exp(x) - 1.0;

    public static BigReal Sinh(double x) => Math.Abs(x) < 1e-30 ? x : (Exp(x) - Exp(-x)).Scaled(-1);

    public static BigReal Cosh(double x) => (Exp(x) + Exp(-x)).Scaled(-1);

    public static BigReal Tanh(double x) => Sinh(x) / Cosh(x);

    public static BigReal Sin(double x)
    {
        (BigReal sin, BigReal cos, int quadrant) = Reduced(x);
        BigReal value = (quadrant & 1) == 0 ? sin : cos;
        return (quadrant & 2) == 0 ? value : -value;
    }

    public static BigReal Cos(double x)
    {
        (BigReal sin, BigReal cos, int quadrant) = Reduced(x);
        BigReal value = (quadrant & 1) == 0 ? cos : sin;
        return ((quadrant + 1) & 2) == 0 ? value : -value;
    }

    public static BigReal Tan(double x) => Sin(x) / Cos(x);

    public static BigReal Atan(double x)
    {
        double guess = Math.Atan(x);
        BigReal tan = Tan(guess);
        BigReal d = (x - tan) / (1.0 + x * tan);
        return guess + (d - d * d * d / 3.0);
    }

    public static BigReal Asin(double x)
    {
        double guess = Math.Asin(x);
        BigReal d = x * Cos(guess) - Leg(x) * Sin(guess);
        return guess + (d + d * d * d / 6.0);
    }

    public static BigReal Acos(double x)
    {
        double guess = Math.Acos(x);
        BigReal d = Leg(x) * Cos(guess) - x * Sin(guess);
        return guess + (d + d * d * d / 6.0);
    }

    /// <summary>Stirling's series after shifting the argument above 100, for x > 0.</summary>
    public static BigReal LogGamma(double x)
    {
        BigReal z = x;
        BigReal product = 1.0;
        for (; z.ToDouble() < 100.0; z += 1.0)
        {
            product *= z;
        }

        BigReal sum = (z - 0.5) * Log(z) - z + Log(Pi.Scaled(1)).Scaled(-1);
        BigReal inverse = 1.0 / z;
        BigReal square = inverse * inverse;
        foreach (BigReal coefficient in _stirling)
        {
            sum += coefficient * inverse;
            inverse *= square;
        }

        return sum - Log(product);
    }

    public static BigReal FromInteger(BigInteger value) => BigReal.Of(value, 0);

    static double Guess(BigReal x)
    {
        int magnitude = x.Magnitude;
        return Math.Log(x.Scaled(-magnitude).ToDouble()) + magnitude * Math.Log(2.0);
    }

    static BigReal Leg(double x) => (1.0 - (BigReal)x * x).SquareRoot();

    static (BigReal Sin, BigReal Cos, int Quadrant) Reduced(double x)
    {
        BigReal exact = x;
        BigInteger turns = BigInteger.Zero;
        BigReal r = exact;
        if (Math.Abs(x) > 0.5)
        {
            long bits = BitConverter.DoubleToInt64Bits(Math.Abs(x));
            BigInteger significand = (bits & 0xFFFFFFFFFFFFF) | (1L << 52);
            BigInteger fixedX = (significand << FixedBits) * (x < 0.0 ? -1 : 1);
            int exponent = (int)(bits >> 52) - 1075;
            fixedX = exponent > 0 ? fixedX << exponent : fixedX >> -exponent;
            turns = BigInteger.Divide(2 * fixedX + (x < 0.0 ? -_halfPiFixed : _halfPiFixed), 2 * _halfPiFixed);
            r = BigReal.Of(fixedX - turns * _halfPiFixed, -FixedBits);
        }

        int quadrant = (int)(((turns % 4) + 4) % 4);
        return (Series(r, r, 1), Series(1.0, r, 0), quadrant);
    }

    /// <summary>The alternating series of sine (from r, first = 1) or cosine (from 1, first = 0).</summary>
    static BigReal Series(BigReal start, BigReal r, int first)
    {
        BigReal square = r * r;
        BigReal term = start;
        BigReal sum = start;
        for (int n = first + 2; n < 60; n += 2)
        {
            term = -(term * square) / ((double)n * (n - 1));
            sum += term;
        }

        return sum;
    }

    /// <summary>Machin: π/2 = 8 arctan(1/5) - 2 arctan(1/239).</summary>
    static BigInteger HalfPiFixed()
    {
        const int Guard = 32;
        BigInteger sum = 8 * ArctanOfInverse(5, FixedBits + Guard) - 2 * ArctanOfInverse(239, FixedBits + Guard);
        return sum >> Guard;
    }

    static BigInteger ArctanOfInverse(int n, int bits)
    {
        BigInteger power = (BigInteger.One << bits) / n;
        BigInteger sum = power;
        for (int k = 3; !power.IsZero; k += 2)
        {
            power = -power / (n * n);
            sum += power / k;
        }

        return sum;
    }

    /// <summary>log 2 = 2 artanh(1/3).</summary>
    static BigReal Log2()
    {
        BigReal term = 2.0 / (BigReal)3.0;
        BigReal sum = term;
        for (int k = 3; k < 180; k += 2)
        {
            term /= 9.0;
            sum += term / k;
        }

        return sum;
    }

    /// <summary>B(2n) / (2n (2n - 1)), from the Bernoulli numbers' recurrence.</summary>
    static BigReal[] StirlingCoefficients(int count)
    {
        var numerators = new BigInteger[2 * count + 1];
        var denominators = new BigInteger[2 * count + 1];
        var result = new BigReal[count];
        for (int m = 0; m <= 2 * count; m++)
        {
            BigInteger numerator = 0;
            BigInteger denominator = 1;
            BigInteger binomial = 1;
            for (int k = 0; k < m; k++)
            {
                numerator = numerator * denominators[k] + binomial * numerators[k] * denominator;
                denominator *= denominators[k];
                binomial = binomial * (m + 1 - k) / (k + 1);
                BigInteger common = BigInteger.GreatestCommonDivisor(numerator, denominator);
                (numerator, denominator) = (numerator / common, denominator / common);
            }

            (numerators[m], denominators[m]) = m == 0 ? (BigInteger.One, BigInteger.One) : (-numerator, denominator * (m + 1));
            if (m > 0 && m % 2 == 0)
            {
                result[m / 2 - 1] = BigReal.Of(numerators[m], 0) / BigReal.Of(denominators[m] * m * (m - 1), 0);
            }
        }

        return result;
    }
}
