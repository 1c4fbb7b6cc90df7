using Nadir.Numerics;
using Nadir.Populations;

namespace Nadir.Trials;

/// <summary>
/// The settings of a design for variance-based sensitivity (Saltelli 2002): for each row the points A and B, then A with one factor taken from B, factor by factor. The chosen numbers are a factor
/// each and fill the cube evenly; all others are one factor together, drawn at random.
/// </summary>
sealed class SobolDesign
{
    readonly ulong _seed;
    readonly HyperParameter[] _others;
    readonly uint[] _purposes;
    readonly SobolPoints _points;

    public SobolDesign(ulong seed, IReadOnlyList<HyperParameter> numbers, IReadOnlyList<HyperParameter> chosen)
    {
        (_seed, Chosen) = (seed, chosen);
        _others = [.. numbers.Where(n => !chosen.Contains(n))];
        _purposes = [.. _others.Select(n => RandomStream.Purpose($"sensitivity:{n.Name}"))];
        _points = new SobolPoints(2 * chosen.Count, new RandomStream(seed, 0, RandomStream.Purpose("sensitivity:shift")));
    }

    /// <summary>The numbers that are a factor each.</summary>
    public IReadOnlyList<HyperParameter> Chosen { get; }

    /// <summary>How many numbers are one factor together.</summary>
    public int Others => _others.Length;

    /// <summary>Settings of a row.</summary>
    public int Settings => SettingsOf(Chosen.Count, Chosen.Count + _others.Length);

    /// <summary>Settings of a row: A, B, and one for each factor.</summary>
    public static int SettingsOf(int chosen, int numbers) => 2 + chosen + (numbers > chosen ? 1 : 0);

    /// <summary>The values of a setting, by name.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="setting">0 for A, 1 for B, then A with factor 1, 2, … taken from B.</param>
    public IReadOnlyDictionary<string, double> Values(int row, int setting)
    {
        double[] point = _points.Point((uint)row);
        Dictionary<string, double> values = new(StringComparer.Ordinal);
        for (int i = 0; i < Chosen.Count; i++)
        {
            values[Chosen[i].Name] = Chosen[i].Prior.Quantile(point[IsFromB(i, setting) ? Chosen.Count + i : i]);
        }

        for (int i = 0; i < _others.Length; i++)
        {
            RandomStream stream = new(_seed, (ulong)row, _purposes[i]);
            double a = stream.NextUniform();
            double b = stream.NextUniform();
            values[_others[i].Name] = _others[i].Prior.Quantile(IsFromB(Chosen.Count, setting) ? b : a);
        }

        return values;
    }

    static bool IsFromB(int factor, int setting) => setting == 1 || setting == factor + 2;
}
