using Nadir.Populations;
using Nadir.Survival;

namespace Nadir.Trials;

/// <summary>
/// Changes the uncertain numbers of a population, one at a time (a tornado) and all together (shares of the variance, after Sobol 1993), and sees what an endpoint does. Within a bar and within a
/// row of the design all settings have the same patients with the same random streams; rows have different patients, so that intervals over rows hold their sampling.
/// </summary>
public static class SensitivityAnalysis
{
    /// <summary>Patients who must count for an endpoint at every setting of a row.</summary>
    public const int FewestCounted = 5;

    const double LowerEnd = 0.05;
    const double UpperEnd = 0.95;

    /// <summary>Runs the analysis.</summary>
    /// <param name="plan">The trial; its patients are those of the tornado.</param>
    /// <param name="target">What to look at.</param>
    /// <param name="options">How much to simulate.</param>
    /// <param name="threads">Threads, at least 1; the results do not depend on it.</param>
    /// <param name="progress">Told the share done, 0 to 1; null for nobody.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="ArgumentException">The population has no uncertain numbers.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public static Sensitivity Run(TrialPlan plan, SensitivityTarget target, SensitivityOptions options, int threads, IProgress<double>? progress, CancellationToken cancellation)
    {
        IReadOnlyList<HyperParameter> numbers = plan.Arms[target.Arm].Population.HyperParameters;
        if (numbers.Count == 0)
        {
            throw new ArgumentException("found a population without uncertain numbers; expected at least one prior", nameof(plan));
        }

        int factors = Math.Min(options.Factors, numbers.Count);
        double tornadoWork = ((2.0 * numbers.Count) + 1) * plan.PatientsPerArm;
        double shareWork = (double)options.Rows * SobolDesign.SettingsOf(factors, numbers.Count) * options.PatientsPerSetting;
        double split = tornadoWork / (tornadoWork + shareWork);
        (Estimate present, IReadOnlyList<TornadoBar> bars) = Tornado(plan, target, numbers, new VariantOptions(threads, Part(progress, 0, split), cancellation));
        SobolDesign design = new(plan.Seed, numbers, [.. bars.Take(factors).Select(b => numbers.First(n => n.Name == b.Name))]);
        return new Sensitivity
        {
            Target = target,
            Arm = plan.Arms[target.Arm].Name,
            Reference = target.Reference is { } reference ? plan.Arms[reference].Name : null,
            TornadoPatients = plan.PatientsPerArm,
            Present = present,
            Bars = bars,
            Shares = Shares(plan, target, design, options, new VariantOptions(threads, Part(progress, split, 1), cancellation)),
        };
    }

    static (Estimate Present, IReadOnlyList<TornadoBar> Bars) Tornado(TrialPlan plan, SensitivityTarget target, IReadOnlyList<HyperParameter> numbers, VariantOptions run)
    {
        TargetReader reader = new(plan, target);
        List<EndpointSample?> samples = [];
        IReadOnlyDictionary<string, double>[] settings =
        [
            new Dictionary<string, double>(),
            .. numbers.SelectMany(n => new[] { LowerEnd, UpperEnd }.Select(q => new Dictionary<string, double> { [n.Name] = n.Prior.Quantile(q) })),
        ];
        reader.Run(settings.Length, i => settings[i], _ => 0, plan.PatientsPerArm, run, (_, sample) => samples.Add(sample));
        EndpointSample present = samples[0]!;
        IEnumerable<TornadoBar> bars = numbers.Select((n, i) => Bar(n, samples[1 + (2 * i)], samples[2 + (2 * i)]));
        return (present.Interval(), [.. bars.OrderByDescending(b => b.Width(present.Value))]);
    }

    static TornadoBar Bar(HyperParameter number, EndpointSample? low, EndpointSample? high) => new()
    {
        Name = number.Name,
        Title = number.Title,
        Unit = number.Unit.Text,
        Value = number.Value,
        Low = number.Prior.Quantile(LowerEnd),
        High = number.Prior.Quantile(UpperEnd),
        AtLow = low?.Value ?? double.NaN,
        AtHigh = high?.Value ?? double.NaN,
        Difference = low is null || high is null ? Estimable<Contrast>.Not("the population cannot have a value at an end of its prior") : EndpointSample.Difference(high, low).AsContrast(),
    };

    static VarianceShares Shares(TrialPlan plan, SensitivityTarget target, SobolDesign design, SensitivityOptions options, VariantOptions run)
    {
        TargetReader reader = new(plan, target);
        SobolRowReader rows = new(design.Settings);
        reader.Run(
            options.Rows * design.Settings,
            i => design.Values(i / design.Settings, i % design.Settings),
            i => checked(i / design.Settings * options.PatientsPerSetting),
            options.PatientsPerSetting,
            run,
            (_, sample) => rows.Add(sample));
        return rows.Shares(design, plan.Seed) with { PatientsPerSetting = options.PatientsPerSetting, FailedPatients = reader.FailedPatients };
    }

    static Range? Part(IProgress<double>? progress, double from, double to) => progress is null ? null : new Range(progress, from, to);

    sealed class Range(IProgress<double> progress, double from, double to) : IProgress<double>
    {
        public void Report(double value) => progress.Report(from + (value * (to - from)));
    }
}
