using Nadir.Models;

namespace Nadir.Evidence;

/// <summary>How many numbers are measured, derived and assumed.</summary>
/// <param name="Measured">Published from patients or cells and taken as they are.</param>
/// <param name="Derived">Computed from published values.</param>
/// <param name="Assumed">Not published.</param>
public readonly record struct EvidenceShares(int Measured, int Derived, int Assumed)
{
    /// <summary>Counts numbers.</summary>
    public static EvidenceShares Of(IEnumerable<Basis> numbers)
    {
        int[] counts = new int[3];
        foreach (Basis basis in numbers)
        {
            counts[(int)basis.Level]++;
        }

        return new EvidenceShares(counts[0], counts[1], counts[2]);
    }

    /// <summary>Counts the parameters of a model.</summary>
    public static EvidenceShares Of(ParameterTable table) => Of(table.Entries.Select(e => e.Basis));

    /// <summary>All of them.</summary>
    public int Total => Measured + Derived + Assumed;

    /// <summary>For people: <c>4 measured (7%), 7 derived (13%), 43 assumed (80%)</c>.</summary>
    public override string ToString() => $"{Share(Measured)} measured, {Share(Derived)} derived, {Share(Assumed)} assumed";

    string Share(int count) => Total == 0 ? "0" : FormattableString.Invariant($"{count} ({100.0 * count / Total:F0}%)");
}
