using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>
/// Finds when a condition turns true inside a step. It is looked at after each part, so one that holds for less than a part may be missed.
/// </summary>
static class FirstMoment
{
    /// <summary>Position from 0 to 1, or above 1 where the condition holds at none of the parts' ends.</summary>
    /// <param name="end">Position up to which to look.</param>
    /// <param name="condition">The condition at a position.</param>
    /// <param name="parts">Number of equal parts up to there.</param>
    public static double Find(double end, Func<double, bool> condition, int parts = 4)
    {
        double before = 0;
        for (int part = 1; part <= parts; part++)
        {
            double at = part == parts ? end : end * part / parts;
            if (condition(at))
            {
                return Bisection.FirstTrue(before, at, condition);
            }

            before = at;
        }

        return 2;
    }
}
