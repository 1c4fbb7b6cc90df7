using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Nadir.Bench.Scaling;

/// <summary>Runs <c>nadir trial STUDY --patients N --threads T --json</c> and watches its memory.</summary>
static class TrialProcess
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <param name="nadir">The program.</param>
    /// <param name="study">The study file.</param>
    /// <param name="patients">Patients of the arm.</param>
    /// <param name="threads">Worker threads.</param>
    /// <param name="folder">Where the run writes its tables and report; null for the summary alone.</param>
    /// <exception cref="InvalidOperationException">The run failed.</exception>
    public static ScaleRun Run(string nadir, string study, int patients, int threads, string? folder = null)
    {
        ProcessStartInfo start = new(nadir) { RedirectStandardOutput = true };
        foreach (string argument in (string[])["trial", study, "--patients", Text(patients), "--threads", Text(threads), "--json", .. folder is null ? (string[])[] : ["--out", folder, "--force"]])
        {
            start.ArgumentList.Add(argument);
        }

        Stopwatch clock = Stopwatch.StartNew();
        using Process process = Process.Start(start)!;
        Task<string> reading = process.StandardOutput.ReadToEndAsync();
        long peak = 0;
        while (!process.WaitForExit(Look))
        {
            peak = Math.Max(peak, Resident(process.Id));
        }

        string output = reading.GetAwaiter().GetResult();
        double seconds = clock.Elapsed.TotalSeconds;
        return process.ExitCode == 0
            ? new ScaleRun(patients, threads, seconds, peak, Failed(output), Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(output))))
            : throw new InvalidOperationException($"nadir trial with {patients} patients ended with exit code {process.ExitCode}.");
    }

    // The system's own high-water mark; 0 once the process has gone.
    static long Resident(int process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{Text(process)}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    static int Failed(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("arms").EnumerateArray().Sum(a => a.GetProperty("failedPatients").GetInt32());
    }

    static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
