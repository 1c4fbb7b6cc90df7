using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>
/// Finds when a condition turns true inside a step. It is looked at after each quarter, so one that holds for less than a quarter of a step may be missed.
/// </summary>
static class FirstMoment
{
    /// <summary>Position from 0 to 1, or above 1 where the condition holds at none of the quarters up to <paramref name="end"/>.</summary>
    public static double Find(double end, Func<double, bool> condition)
    {
        double before = 0;
        for (int quarter = 1; quarter <= 4; quarter++)
        {
            double at = quarter == 4 ? end : end * quarter / 4;
            if (condition(at))
            {
                return Bisection.FirstTrue(before, at, condition);
            }

            before = at;
        }

        return 2;
    }
}
