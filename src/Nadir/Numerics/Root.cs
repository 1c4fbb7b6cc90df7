namespace Nadir.Numerics;

/// <summary>Finds where a continuous function changes sign (Brent 1973, chapter 4, algorithm zero).</summary>
static class Root
{
    /// <summary>
    /// A point where <paramref name="function"/> is zero or, within <paramref name="tolerance"/>, changes sign. The bracket never widens, so
    /// the result lies in it; the function is evaluated at most about the square of the number of bisections, usually about ten times.
    /// </summary>
    /// <typeparam name="TState">What the function needs; passed along so that a static function allocates nothing.</typeparam>
    /// <param name="function">The function.</param>
    /// <param name="state">Passed to each call.</param>
    /// <param name="lower">One end of the bracket.</param>
    /// <param name="upper">The other end.</param>
    /// <param name="tolerance">How far the result may be from the change of sign, in units of the argument; 0 means to rounding.</param>
    /// <exception cref="ArgumentException">The function has the same sign at both ends, or NaN at one.</exception>
    public static double Find<TState>(Func<double, TState, double> function, TState state, double lower, double upper, double tolerance)
        where TState : allows ref struct
    {
        double a = lower;
        double b = upper;
        double fa = function(a, state);
        double fb = function(b, state);
        if (fa == 0.0 || fb == 0.0)
        {
            return fa == 0.0 ? a : b;
        }

        if (!(fa < 0.0 && fb > 0.0) && !(fa > 0.0 && fb < 0.0))
        {
            throw new ArgumentException($"Found the values {fa:R} and {fb:R} at the ends of the bracket; expected opposite signs.", nameof(lower));
        }

        double c = a;
        double fc = fa;
        double step = b - a;
        double previousStep = step;
        while (fb != 0.0)
        {
            if (fb > 0.0 == fc > 0.0)
            {
                (c, fc) = (a, fa);
                step = previousStep = b - a;
            }

            if (Math.Abs(fc) < Math.Abs(fb))
            {
                (a, fa, b, fb, c, fc) = (b, fb, c, fc, b, fb);
            }

            double least = 4.440892098500626e-16 * Math.Abs(b) + 0.5 * tolerance;
            double half = 0.5 * (c - b);
            if (!(Math.Abs(half) > least))
            {
                break;
            }

            double trial = Interpolate(a, fa, b, fb, c, fc);
            bool isAcceptable = Math.Abs(previousStep) >= least && Math.Abs(fa) > Math.Abs(fb)
                && trial * Math.Sign(half) > 0.0 && Math.Abs(trial) < Math.Min(1.5 * Math.Abs(half) - 0.5 * least, 0.5 * Math.Abs(previousStep));
            previousStep = isAcceptable ? step : half;
            step = isAcceptable ? trial : half;
            (a, fa) = (b, fb);
            b += Math.Abs(step) > least ? step : Math.CopySign(least, half);
            fb = function(b, state);
        }

        return b;
    }

    /// <summary>The step from b by inverse quadratic interpolation, or by the secant where two of the points coincide.</summary>
    static double Interpolate(double a, double fa, double b, double fb, double c, double fc)
    {
        double s = fb / fa;
        if (a == c)
        {
            return (b - c) * s / (1.0 - s);
        }

        double q = fa / fc;
        double r = fb / fc;
        double numerator = s * ((c - b) * q * (q - r) - (b - a) * (r - 1.0));
        return -numerator / ((q - 1.0) * (r - 1.0) * (s - 1.0));
    }
}
