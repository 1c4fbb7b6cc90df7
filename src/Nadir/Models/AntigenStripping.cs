using Nadir.Documents;

namespace Nadir.Models;

/// <summary>How CAR-T cells strip antigen from the cells they touch, so that a clone with normal CD19 may lie below the positive gate for a while.</summary>
/// <param name="Shortage">The species of what is missing, 0 where nothing was stripped.</param>
/// <param name="Density">The symbol of the density that a clone with normal CD19 has now, molecules a cell.</param>
/// <param name="Gate">The density at the positive gate of flow cytometry, molecules a cell.</param>
/// <param name="GateBasis">What the gate rests on.</param>
public sealed record AntigenStripping(string Shortage, string Density, double Gate, Basis GateBasis)
{
    internal static AntigenStripping Read(MappingReader map, string[] species, string[] symbols)
    {
        (double gate, Basis basis) = map.Required("gate").Mapping(g => (g.Required("value").Number(NumberRange.Positive), Basis.Read(g)));
        return new AntigenStripping(map.Required("shortage").OneOf("species", species), map.Required("density").OneOf("symbol", symbols), gate, basis);
    }
}
