using System.Globalization;

namespace Nadir.Bench.Results;

/// <summary>Additions, subtractions, multiplications and divisions of one step, for the share of the core's peak; comparisons and roots are free.</summary>
/// <param name="Operations">Operations of one right-hand side.</param>
/// <param name="Divisions">Divisions among them.</param>
/// <param name="States">States.</param>
sealed record Work(int Operations, int Divisions, int States)
{
    const int Tsit5Evaluations = 6;

    /// <summary>Arguments of stages 2 to 7 (2s + 1 each), error (14), its scale (3); and the right-hand sides.</summary>
    public double Tsit5Step => (States * (48 + 14 + 3)) + (Tsit5Evaluations * Operations);

    public static Work Read(string folder, int states)
    {
        Dictionary<string, string> lines = File.ReadLines(Path.Combine(folder, "model.txt")).Select(l => l.Split(' ')).ToDictionary(l => l[0], l => l[1]);
        return new Work(int.Parse(lines["operations"], CultureInfo.InvariantCulture), int.Parse(lines["divisions"], CultureInfo.InvariantCulture), states);
    }

    /// <summary>Share of the peak that a run reached; NaN for methods whose operations are not counted.</summary>
    public double Share(EngineRun run, double peak) =>
        run.Engine.EndsWith("tsit5", StringComparison.Ordinal) ? run.Attempts * Tsit5Step / run.Seconds / peak : double.NaN;
}
