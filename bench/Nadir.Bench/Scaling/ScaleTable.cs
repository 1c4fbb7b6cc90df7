using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Nadir.Bench.Scaling;

/// <summary>How the time and memory of a trial grow with its patients, and what a second thread gains.</summary>
/// <param name="Versions">Date, commit, processor and versions, as the script found them.</param>
/// <param name="StartUp">A run of ten patients: what starting costs.</param>
/// <param name="Runs">The fastest run of each size on all threads, by size.</param>
/// <param name="Alone">The fastest run on one thread, of the size of one of <paramref name="Runs"/>.</param>
/// <param name="Written">A run on all threads, of the size of <paramref name="Alone"/>, that also writes its folder of results.</param>
sealed record ScaleTable(IReadOnlyList<KeyValuePair<string, string>> Versions, ScaleRun StartUp, IReadOnlyList<ScaleRun> Runs, ScaleRun Alone, ScaleRun Written)
{
    static readonly CultureInfo Plain = CultureInfo.InvariantCulture;
    static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The slope of log time on log patients, the start-up taken off: at a slope of 1 time is proportional to patients.</summary>
    public double Exponent
    {
        get
        {
            double[] x = [.. Runs.Select(r => Math.Log(r.Patients))];
            double[] y = [.. Runs.Select(r => Math.Log(r.Seconds - StartUp.Seconds))];
            double middle = x.Average();
            return x.Zip(y, (a, b) => (a - middle) * (b - y.Average())).Sum() / x.Sum(a => (a - middle) * (a - middle));
        }
    }

    ScaleRun Together => Runs.Single(r => r.Patients == Alone.Patients);

    /// <summary>Time on one thread over time on all, start-up included.</summary>
    public double SpeedUp => Alone.Seconds / Together.Seconds;

    /// <summary>The same without what starting costs.</summary>
    public double SpeedUpOnceStarted => (Alone.Seconds - StartUp.Seconds) / (Together.Seconds - StartUp.Seconds);

    public bool SameBytes => Alone.Digest == Together.Digest;

    public string Text()
    {
        StringBuilder text = new();
        foreach ((string name, string value) in Versions)
        {
            text.Append(Plain, $"{name}: {value}\n");
        }

        text.Append("\nnadir trial bench/models/one-arm.yaml --json: the first arm of the built-in study, 24 months, hybrid. Seconds on the clock, start-up included.\n\n");
        text.Append(Plain, $"{"patients",9} {"threads",8} {"seconds",8} {"patients/s",11} {"peak MB",8} {"failed",7}\n");
        foreach (ScaleRun run in (IEnumerable<ScaleRun>)[StartUp, .. Runs, Alone])
        {
            text.Append(Plain, $"{run.Patients,9} {run.Threads,8} {run.Seconds,8:F2} {run.Patients / run.Seconds,11:F0} {run.PeakBytes / 1e6,8:F0} {run.Failed,7}\n");
        }

        text.Append(Plain, $"\ntime grows as patients^{Exponent:F3}, start-up taken off\n");
        text.Append(Plain, $"{Together.Threads} threads against 1 at {Alone.Patients} patients: {SpeedUp:F2} times as fast, {SpeedUpOnceStarted:F2} with the start-up taken off; output {(SameBytes ? "the same to the byte" : "DIFFERS")}\n");
        text.Append(Plain, $"with its folder of results, subjects, events and visits of {Written.Patients} patients: {Written.Seconds:F2} seconds in the place of {Together.Seconds:F2}, {Written.PeakBytes / 1e6:F0} MB at most\n");
        return text.ToString();
    }

    public string Json() => JsonSerializer.Serialize(
        new
        {
            versions = Versions.ToDictionary(v => v.Key, v => v.Value),
            start_up = StartUp,
            runs = Runs,
            one_thread = Alone,
            written = Written,
            exponent = Exponent,
            speed_up = SpeedUp,
            speed_up_once_started = SpeedUpOnceStarted,
            same_bytes = SameBytes,
        },
        Layout) + "\n";
}
