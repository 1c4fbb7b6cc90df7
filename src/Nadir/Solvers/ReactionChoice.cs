using System.Runtime.CompilerServices;

namespace Nadir.Solvers;

/// <summary>Picks a reaction with a chance proportional to its rate.</summary>
static class ReactionChoice
{
    /// <summary>No reaction has a rate above zero.</summary>
    public const int None = -1;

    /// <summary>Some rate is negative or not a number.</summary>
    public const int Negative = -2;

    /// <summary>One of all reactions, where <paramref name="total"/> is the sum of their rates and none is negative.</summary>
    /// <param name="first">The first rate.</param>
    /// <param name="stride">From one rate to the next, in doubles.</param>
    /// <param name="count">Number of reactions.</param>
    /// <param name="total">Sum of the rates.</param>
    /// <param name="uniform">A number from 0 to 1.</param>
    public static int Choose(ref double first, int stride, int count, double total, double uniform)
    {
        double left = uniform * total;
        int last = None;
        for (int r = 0; r < count; r++)
        {
            double rate = Unsafe.Add(ref first, r * stride);
            if (rate > 0)
            {
                last = r;
                left -= rate;
                if (left < 0)
                {
                    return r;
                }
            }
        }

        return last;
    }

    /// <summary>One of some reactions.</summary>
    /// <param name="rates">The rates of all.</param>
    /// <param name="among">Those to choose from.</param>
    /// <param name="uniform">A number from 0 to 1.</param>
    public static int Choose(ReadOnlySpan<double> rates, ReadOnlySpan<int> among, double uniform)
    {
        double total = 0;
        foreach (int r in among)
        {
            if (!(rates[r] >= 0))
            {
                return Negative;
            }

            total += rates[r];
        }

        double left = uniform * total;
        int last = None;
        foreach (int r in among)
        {
            if (rates[r] > 0)
            {
                last = r;
                left -= rates[r];
                if (left < 0)
                {
                    return r;
                }
            }
        }

        return last;
    }
}
