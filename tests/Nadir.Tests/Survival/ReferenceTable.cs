using System.Globalization;
using Nadir.Tests.Architecture;

namespace Nadir.Tests.Survival;

/// <summary>A table of numbers that tests/reference/*.R wrote.</summary>
sealed class ReferenceTable
{
    readonly string[] _header;
    readonly string[][] _rows;

    ReferenceTable(string[] lines)
    {
        _header = lines[0].Split(',');
        _rows = [.. lines.Skip(1).Where(l => l.Length > 0).Select(l => l.Split(','))];
    }

    public static ReferenceTable Read(string name) => new(Repository.Read($"tests/reference/expected/{name}").Split('\n'));

    public double[] Column(string name) => [.. Text(name).Select(t => double.Parse(t, CultureInfo.InvariantCulture))];

    public string[] Text(string name)
    {
        int index = Array.IndexOf(_header, name);
        index.ShouldBeGreaterThanOrEqualTo(0, name);
        return [.. _rows.Select(r => r[index])];
    }
}
