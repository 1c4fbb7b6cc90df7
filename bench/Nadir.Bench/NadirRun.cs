using System.Globalization;
using System.Runtime.InteropServices;
using Nadir.Bench.Jobs;
using Nadir.Kernels;
using Nadir.Solvers;

namespace Nadir.Bench;

/// <summary>Runs Nadir over a job at several tolerances and prints the lines that <c>bench/engines/harness.h</c> describes.</summary>
static class NadirRun
{
    const int WarmUp = 50;

    public static void Run(string bench, string engine, string folder, IEnumerable<string> tolerances)
    {
        Network network = BenchmarkModel.Load(bench);
        NadirEngine nadir = new(network, NadirEngine.Solvers[engine]);
        Job job = Job.Read(folder);
        double[] output = new double[job.Patients * job.Days.Length * job.States];
        foreach (string tolerance in tolerances)
        {
            string[] parts = tolerance.Split(':');
            Tolerances accuracy = new() { Relative = Number(parts[0]), Absolute = Number(parts[1]) };
            nadir.Run(job, accuracy, output, Math.Min(WarmUp, job.Patients));
            double start = Seconds();
            EngineCounts c = nadir.Run(job, accuracy, output, job.Patients);
            double used = Seconds() - start;
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{engine},{parts[0]},{parts[1]},{job.Patients},{used:F6},{c.Steps},{c.Rejected},{c.Evaluations},{c.Failed}"));
            File.WriteAllBytes(Path.Combine(folder, $"{engine}_{parts[0]}_{parts[1]}.bin"), MemoryMarshal.AsBytes(output.AsSpan()));
        }
    }

    /// <summary>Processor time of the whole process: compiler and collector threads are charged to Nadir.</summary>
    static double Seconds() => Environment.CpuUsage.TotalTime.TotalSeconds;

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
