using System.Globalization;
using System.Text;
using Nadir.Documents;
using Nadir.Studies;

namespace Nadir.Inference;

/// <summary>Writes what a calibration found: report, draws, and the population where it converged.</summary>
public static class CalibrationFolder
{
    /// <summary>Draws that <c>population.yaml</c> keeps.</summary>
    const int MostDraws = 100;

    /// <summary>Writes <c>report.md</c>, <c>draws.csv</c> and, where the calibration converged, <c>population.yaml</c>; an older <c>population.yaml</c> goes otherwise.</summary>
    public static void Write(string folder, CalibrationResult result)
    {
        AtomicFile.WriteText(Path.Combine(folder, "report.md"), CalibrationReport.Text(result));
        AtomicFile.WriteText(Path.Combine(folder, "draws.csv"), Draws(result));
        string population = Path.Combine(folder, "population.yaml");
        if (result.Diagnostics.HasConverged)
        {
            AtomicFile.WriteText(population, Population(result));
        }
        else
        {
            File.Delete(population);
        }
    }

    /// <summary>Takes what an earlier calibration found out of a folder, so that it does not stand beside the checkpoint of another.</summary>
    public static void Clear(string folder)
    {
        foreach (string file in (string[])["population.yaml", "draws.csv", "report.md"])
        {
            string path = Path.Combine(folder, file);
            if (File.Exists(path))
            {
                File.Delete(path);
            }
        }
    }

    static string Draws(CalibrationResult result)
    {
        StringBuilder text = new();
        text.AppendJoin(',', result.Marginals.Select(m => m.Parameter.Name)).Append('\n');
        foreach (IReadOnlyList<double> row in result.Draws)
        {
            text.AppendJoin(',', row.Select(Number)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The file that <c>nadir trial --population</c> reads.</summary>
    static string Population(CalibrationResult result)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"# Written by nadir calibrate ({NadirVersion.Text}). Use it with: nadir trial STUDY --population FILE. Research use only.\n");
        text.Append(CultureInfo.InvariantCulture, $"calibration:\n  identity: {result.Calibration.Identity}\n  targets: {result.Checks.Count(c => !c.Target.IsBound)}\n  seed: {result.Calibration.Settings.Seed}\n");
        IReadOnlyDictionary<string, double> kept = result.Calibration.Simulator.Kept;
        text.Append("point:\n");
        foreach ((string name, double value) in result.Marginals.Select(m => KeyValuePair.Create(m.Parameter.Name, result.Point[m.Parameter.Name])).Concat(kept))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {name}: {Number(value)}\n");
        }

        text.Append("draws:\n");
        IReadOnlyList<IReadOnlyList<double>> draws = result.Draws;
        int count = Math.Min(MostDraws, draws.Count);
        foreach (int i in Enumerable.Range(0, count).Select(k => (int)((long)k * draws.Count / count)))
        {
            text.Append("  - [").AppendJoin(", ", draws[i].Concat(kept.Values).Select(Number)).Append("]\n");
        }

        return text.ToString();
    }

    static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
