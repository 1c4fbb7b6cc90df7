using Nadir.Documents;
using Nadir.Faults;
using Nadir.Units;

namespace Nadir.Models;

/// <summary>
/// What is known about a model's numbers, from <c>parameters.yaml</c>: unit, spread between patients, bounds and basis of each parameter; which
/// clones turn discrete; which symbol plays which role. Typical values stay in the model.
/// </summary>
public sealed partial record ParameterTable
{
    /// <summary>One entry for each parameter that the model gives a number.</summary>
    public required IReadOnlyList<ParameterEntry> Entries { get; init; }

    /// <summary>Clones that become whole numbers of cells when small.</summary>
    public required DiscreteClones Discrete { get; init; }

    /// <summary>Which symbol plays which role.</summary>
    public required Readouts Readouts { get; init; }

    /// <summary>The entry of a parameter, or null.</summary>
    public ParameterEntry? Find(string name) => Entries.FirstOrDefault(e => e.Name == name);

    /// <summary>How many parameters have this evidence level.</summary>
    public int Count(EvidenceLevel level) => Entries.Count(e => e.Basis.Level == level);

    /// <summary>Reads a parameter file and checks it against its model: an entry for each parameter, and no other.</summary>
    /// <param name="source">The file.</param>
    /// <param name="model">The model it describes.</param>
    public static Checked<ParameterTable> Read(SourceText source, Model model) =>
        MappingReader.Read(source, root => new ParameterTableReader(model, root).Read());
}

/// <summary>What is known about one parameter.</summary>
/// <param name="Name">The parameter's name in the model.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Distribution">Spread between patients around the typical value.</param>
/// <param name="Lower">Smallest value; a draw below it becomes it.</param>
/// <param name="Upper">Largest value; a draw above it becomes it.</param>
/// <param name="Basis">What the typical value rests on.</param>
public sealed record ParameterEntry(
    string Name, UnitExpression Unit, ParameterDistribution Distribution, double Lower, double Upper, Basis Basis)
{
    /// <summary>Where the entry stands in the file.</summary>
    public required SourceLocation At { get; init; }

    /// <summary>What is held possible about the typical value; null where it is not calibrated.</summary>
    public Prior? TypicalPrior { get; init; }

    /// <summary>What is held possible about the spread (<see cref="ParameterDistribution.Spread"/>); null where it is not calibrated.</summary>
    public Prior? SpreadPrior { get; init; }

    /// <summary>A patient's value: the median is <paramref name="typical"/>, and a value outside the bounds becomes the bound.</summary>
    /// <param name="typical">The typical value.</param>
    /// <param name="uniform">A number inside (0, 1).</param>
    public double Value(double typical, double uniform) => Distribution is ParameterDistribution.Fixed ? typical : Bound(Distribution.Value(typical, uniform));

    /// <summary>The nearest value within the bounds.</summary>
    public double Bound(double value) => Math.Min(Math.Max(value, Lower), Upper);
}

/// <summary>Clones that are whole numbers of cells, born and dying by chance, when they are small.</summary>
/// <param name="Threshold">Number of cells below which a clone is discrete; 1,000 where the file does not say.</param>
/// <param name="Clones">The clones.</param>
public sealed record DiscreteClones(double Threshold, IReadOnlyList<DiscreteClone> Clones)
{
    /// <summary>The default threshold in cells.</summary>
    public const double DefaultThreshold = 1000;
}

/// <summary>A clone that turns discrete.</summary>
/// <param name="Species">The species.</param>
/// <param name="Initial">How its initial whole number follows from the model's initial value.</param>
/// <param name="Threshold">Number of cells below which it is discrete.</param>
public sealed record DiscreteClone(string Species, InitialNumber Initial, double Threshold);

/// <summary>How a clone that starts small gets its whole number of cells.</summary>
public enum InitialNumber
{
    /// <summary>The value's whole part, plus one with the chance of its fraction: keeps the mean, and whole numbers exactly.</summary>
    Rounded,

    /// <summary>A Poisson number whose mean is the model's initial value: a rare clone that was there before.</summary>
    Poisson,
}
