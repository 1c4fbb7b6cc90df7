using System.Globalization;

namespace Nadir.Numerics;

/// <summary>Draws from the distributions the simulations need. Counts are whole numbers held in doubles. Nothing is allocated.</summary>
public static partial class Draws
{
    /// <summary>
    /// A standard normal value, by inversion of one uniform (Wichura 1988, AS 241), so that streams stay aligned between arms.
    /// </summary>
    public static double Normal(ref RandomStream stream) => NormalDistribution.QuantileInside(stream.NextUniform());

    /// <summary>An exponential value with mean 1, by inversion of one uniform.</summary>
    public static double Exponential(ref RandomStream stream) => -Elementary.Log(stream.NextUniform());

    /// <summary>A gamma value with scale 1, so that mean and variance equal <paramref name="shape"/> (Marsaglia &amp; Tsang 2000).</summary>
    /// <remarks>For shapes below 1 the value for shape + 1 is multiplied by a uniform to the power 1 / shape, which may underflow to 0.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="shape"/> is not positive and finite.</exception>
    public static double Gamma(ref RandomStream stream, double shape)
    {
        if (!(shape > 0.0 && shape < double.PositiveInfinity))
        {
            throw OutOfRange(nameof(shape), shape, "a positive finite shape");
        }

        if (shape >= 1.0)
        {
            return GammaAboveOne(ref stream, shape);
        }

        double above = GammaAboveOne(ref stream, shape + 1.0);
        return above * Elementary.Pow(stream.NextUniform(), 1.0 / shape);
    }

    static double GammaAboveOne(ref RandomStream stream, double shape)
    {
        double d = shape - 1.0 / 3.0;
        double c = 1.0 / Math.Sqrt(9.0 * d);
        while (true)
        {
            double x = Normal(ref stream);
            double y = c * x;
            if (y <= -1.0)
            {
                continue;
            }

            double u = stream.NextUniform();
            double square = x * x;
            if (u < 1.0 - 0.0331 * square * square || Elementary.Log(u) < 3.0 * d * LogRemainder(y))
            {
                double root = 1.0 + y;
                return d * (root * root * root);
            }
        }
    }

    /// <summary>
    /// log(1 + y) - y + y²/2 - y³/3. Marsaglia and Tsang's x²/2 + d - dv + d log v is 3d times this; as they write it, it
    /// cancels to noise for large shapes.
    /// </summary>
    static double LogRemainder(double y)
    {
        if (!(Math.Abs(y) < 0.1))
        {
            return Elementary.Log1p(y) - y * (1.0 - y * (0.5 - y * (1.0 / 3.0)));
        }

        double sum = 0.0;
        for (int n = 18; n >= 4; n--)
        {
            sum = 1.0 / n - y * sum;
        }

        double square = y * y;
        return -square * square * sum;
    }

    static ArgumentOutOfRangeException OutOfRange(string name, double found, string expected) =>
        new(name, string.Create(CultureInfo.InvariantCulture, $"Found {found:R}; expected {expected}."));
}
