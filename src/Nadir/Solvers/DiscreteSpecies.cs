using Nadir.Models;

namespace Nadir.Solvers;

/// <summary>A species that is a whole number of cells below its threshold, and an ODE state above.</summary>
/// <param name="Name">The species.</param>
/// <param name="Threshold">Cells below which it turns discrete. Default 1,000.</param>
/// <param name="Initial">How its number at time 0 is drawn. Default <see cref="InitialNumber.Rounded"/>.</param>
public sealed record DiscreteSpecies(string Name, double Threshold = DiscreteSpecies.DefaultThreshold, InitialNumber Initial = InitialNumber.Rounded)
{
    /// <summary>Threshold where none is given, in cells.</summary>
    public const double DefaultThreshold = 1000;

    /// <summary>A discrete species becomes continuous again at this multiple of its threshold.</summary>
    public const double Hysteresis = 2;
}
