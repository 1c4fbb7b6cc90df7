namespace Nadir.Numerics;

/// <summary>Finds where a condition turns true.</summary>
static class Bisection
{
    const int Halvings = 60;

    /// <summary>
    /// A point in (<paramref name="lower"/>, <paramref name="upper"/>] where <paramref name="condition"/> holds and just before which it does
    /// not, to the last bits of the bracket. It must hold at <paramref name="upper"/>; where it changes several times one change is found.
    /// </summary>
    public static double FirstTrue(double lower, double upper, Func<double, bool> condition)
    {
        for (int i = 0; i < Halvings; i++)
        {
            double middle = lower + (0.5 * (upper - lower));
            if (middle <= lower || middle >= upper)
            {
                break;
            }

            (lower, upper) = condition(middle) ? (lower, middle) : (middle, upper);
        }

        return upper;
    }
}
