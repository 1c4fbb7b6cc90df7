using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nadir.Kernels;

namespace Nadir.Bench.Jobs;

/// <summary>Writes the jobs of a comparison and the sources that the other engines compile.</summary>
static class Preparation
{
    public const ulong Seed = 20261123;
    public const string Plain = "car-t";
    public const string Stiff = "car-t-stiff";
    public const string Regrowth = "regrowth";
    const int RegrowthPatients = 200;
    const int CheckPatients = 20;

    /// <summary>Output days of the throughput jobs.</summary>
    public static readonly double[] Days = [28, 90, 180, 365];

    /// <param name="bench">The folder <c>bench/</c>.</param>
    /// <param name="folder">Where to write.</param>
    /// <param name="patients">Number of patients.</param>
    public static void Write(string bench, string folder, int patients)
    {
        Network network = BenchmarkModel.Load(bench);
        PatientTable table = PatientTable.Draw(network, Variation.Read(bench), patients, Seed);
        Directory.CreateDirectory(folder);
        string csv = table.ToCsv();
        File.WriteAllText(Path.Combine(folder, "patients.csv"), csv);
        WithCheck(network, table, Path.Combine(folder, Plain));
        WithCheck(network, table.Scaled(BenchmarkModel.Stiffness, 0.01), Path.Combine(folder, Stiff));
        double[] daily = [.. Enumerable.Range(1, 365).Select(d => (double)d)];
        Job.Create(network, table.First(RegrowthPatients), daily).Write(Path.Combine(folder, Regrowth));

        SourceExporter exporter = new(network);
        File.WriteAllText(Path.Combine(folder, "model.h"), exporter.ToC());
        File.WriteAllText(Path.Combine(folder, "model.py"), exporter.ToPython());
        (int operations, int divisions) = exporter.Count();
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(csv)));
        File.WriteAllText(Path.Combine(folder, "model.txt"), string.Create(
            CultureInfo.InvariantCulture, $"operations {operations}\ndivisions {divisions}\nseed {Seed}\npatients {hash}\n"));
    }

    /// <summary>A throughput job, and in <c>check/</c> its first patients, for a second reference.</summary>
    static void WithCheck(Network network, PatientTable table, string folder)
    {
        Job.Create(network, table, Days).Write(folder);
        Job.Create(network, table.First(CheckPatients), Days).Write(Path.Combine(folder, "check"));
    }
}
