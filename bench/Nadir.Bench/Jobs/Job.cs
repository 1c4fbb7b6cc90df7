using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Nadir.Kernels;

namespace Nadir.Bench.Jobs;

/// <summary>What every engine is given: patients as vectors of slots at day 0, and output days. A folder of two files.</summary>
/// <param name="Patients">Number of patients.</param>
/// <param name="Slots">Slots per patient; the states come first.</param>
/// <param name="States">States per patient.</param>
/// <param name="Days">Output days.</param>
/// <param name="Values">All slots, patient after patient.</param>
sealed record Job(int Patients, int Slots, int States, double[] Days, double[] Values)
{
    /// <summary>The slots of one patient.</summary>
    public ReadOnlySpan<double> Patient(int patient) => Values.AsSpan(patient * Slots, Slots);

    public static Job Create(Network network, PatientTable patients, double[] days)
    {
        InitialState start = new(network, patients.Names.ToHashSet(StringComparer.Ordinal));
        double[] values = new double[patients.Rows.Count * start.Count];
        for (int i = 0; i < patients.Rows.Count; i++)
        {
            (int, double)[] given = [.. patients.Names.Select((name, k) => (network.SlotOf(name), patients.Rows[i][k]))];
            start.Fill(values.AsSpan(i * start.Count, start.Count), given);
        }

        return new Job(patients.Rows.Count, start.Count, network.DynamicCount, days, values);
    }

    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        StringBuilder head = new();
        head.Append(CultureInfo.InvariantCulture, $"{Patients} {Slots} {States} {Days.Length}\n");
        head.AppendJoin(' ', Days.Select(d => d.ToString("R", CultureInfo.InvariantCulture))).Append('\n');
        File.WriteAllText(Path.Combine(folder, "job.txt"), head.ToString());
        File.WriteAllBytes(Path.Combine(folder, "slots.bin"), MemoryMarshal.AsBytes(Values.AsSpan()));
    }

    public static Job Read(string folder)
    {
        double[] head = [.. File.ReadAllText(Path.Combine(folder, "job.txt")).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(x => double.Parse(x, CultureInfo.InvariantCulture))];
        return new Job((int)head[0], (int)head[1], (int)head[2], head[4..], ReadDoubles(Path.Combine(folder, "slots.bin")));
    }

    public static double[] ReadDoubles(string file) => MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(file)).ToArray();
}
