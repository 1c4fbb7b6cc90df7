using System.Globalization;
using Nadir.Survival;
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

    /// <summary>A file of named numbers.</summary>
    public static Dictionary<string, double> Numbers(string name)
    {
        ReferenceTable table = Read(name);
        return table.Text("quantity").Zip(table.Column("value")).ToDictionary(p => p.First, p => p.Second);
    }

    /// <summary>The table of each group, in the order of the groups' numbers.</summary>
    public RiskTable[] Groups(string time, string cause, string group, int causes = 1, Func<int, bool>? keep = null)
    {
        double[] times = Column(time);
        double[] ends = Column(cause);
        double[] groups = Column(group);
        return [.. groups.Distinct().Order().Select(g => RiskTable.Of(
            [.. Enumerable.Range(0, times.Length).Where(i => groups[i] == g && (keep?.Invoke(i) ?? true)).Select(i => FollowUp.FromOrigin(times[i], (int)ends[i]))], causes))];
    }

    /// <summary>The follow-up of each row.</summary>
    public FollowUp[] FollowUps(string? entry, string exit, string cause)
    {
        double[] exits = Column(exit);
        double[] causes = Column(cause);
        double[] entries = entry is null ? [.. exits.Select(_ => double.NegativeInfinity)] : Column(entry);
        return [.. exits.Select((e, i) => new FollowUp(entries[i], e, (int)causes[i]))];
    }

    public string[] Text(string name)
    {
        int index = Array.IndexOf(_header, name);
        index.ShouldBeGreaterThanOrEqualTo(0, name);
        return [.. _rows.Select(r => r[index])];
    }
}
