using Nadir.Models;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>Draws a whole number of cells from its mean.</summary>
static class WholeNumber
{
    public static double Draw(ref RandomStream stream, double mean, InitialNumber kind)
    {
        if (!(mean > 0) || !double.IsFinite(mean))
        {
            return mean;
        }

        double floor = Math.Floor(mean);
        return kind == InitialNumber.Poisson ? Draws.Poisson(ref stream, mean)
            : floor == mean ? mean
            : floor + (stream.NextUniform() < mean - floor ? 1 : 0);
    }
}
