using System.Globalization;
using System.Text;
using Nadir.Kernels;

namespace Nadir.Bench.Jobs;

/// <summary>The parameters in which patients differ, one row a patient.</summary>
sealed record PatientTable(IReadOnlyList<string> Names, IReadOnlyList<double[]> Rows)
{
    /// <summary>Draws patients; each value depends on nothing but seed, patient and parameter.</summary>
    public static PatientTable Draw(Network network, IReadOnlyList<Variation> variations, int patients, ulong seed)
    {
        double[] medians = [.. variations.Select(v => Variation.Median(network, v.Parameter))];
        double[][] rows = [.. Enumerable.Range(0, patients).Select(i => variations.Select((v, k) => v.Draw(medians[k], seed, (ulong)i)).ToArray())];
        return new PatientTable([.. variations.Select(v => v.Parameter)], rows);
    }

    /// <summary>The same patients with one parameter multiplied.</summary>
    public PatientTable Scaled(string parameter, double factor)
    {
        int column = Names.ToList().IndexOf(parameter);
        return this with { Rows = [.. Rows.Select(r => r.Select((v, k) => k == column ? v * factor : v).ToArray())] };
    }

    /// <summary>The first patients only.</summary>
    public PatientTable First(int patients) => this with { Rows = [.. Rows.Take(patients)] };

    public string ToCsv()
    {
        StringBuilder text = new();
        text.Append("patient,").AppendJoin(',', Names).Append('\n');
        for (int i = 0; i < Rows.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i},").AppendJoin(',', Rows[i].Select(v => v.ToString("R", CultureInfo.InvariantCulture))).Append('\n');
        }

        return text.ToString();
    }
}
