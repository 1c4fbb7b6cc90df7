using Nadir.Numerics;
using Nadir.Populations;
using Nadir.Trials;

namespace Nadir.Inference;

/// <summary>
/// Simulates a set's cohorts under values of the hyper-parameters. Unless told otherwise the virtual patients are the same for all values, with the same luck (common
/// random numbers), so that two simulations differ by the values only.
/// </summary>
public sealed class PopulationSimulator
{
    /// <summary>A screen has one patient for so many of a whole simulation.</summary>
    public const int ScreenDivisor = 4;

    /// <summary>The fewest patients of a cohort in a screen.</summary>
    public const int FewestOfScreen = 100;

    readonly TargetSet _targets;
    readonly Dictionary<string, double> _start;

    /// <summary>A simulator of a set of targets in which every uncertain number is free.</summary>
    /// <param name="targets">The targets and their cohorts.</param>
    public PopulationSimulator(TargetSet targets)
    {
        _targets = targets;
        _start = [];
        HyperParameters = AllOf(targets);
    }

    /// <summary>A simulator in which some numbers are free and all others have given values.</summary>
    /// <param name="targets">The targets and their cohorts.</param>
    /// <param name="free">Names of the free numbers, at least one.</param>
    /// <param name="start">Values by name: those that others keep, and where the free ones stand before a calibration. A number without one keeps that of the model's files.</param>
    /// <exception cref="ArgumentException">No cohort has a number of such a name, or none is named.</exception>
    public PopulationSimulator(TargetSet targets, IReadOnlyCollection<string> free, IReadOnlyDictionary<string, double> start)
    {
        IReadOnlyList<HyperParameter> all = AllOf(targets);
        if (free.Count == 0 || free.FirstOrDefault(f => all.All(h => h.Name != f)) is { })
        {
            throw new ArgumentException($"found \"{string.Join(", ", free)}\", expected names of uncertain numbers: {string.Join(", ", all.Select(h => h.Name))}", nameof(free));
        }

        (_targets, _start) = (targets, new(start, StringComparer.Ordinal));
        HyperParameters = [.. all.Where(h => free.Contains(h.Name))];
        Kept = start.Where(v => !free.Contains(v.Key)).ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal);
    }

    PopulationSimulator(PopulationSimulator like)
    {
        (_targets, _start, HyperParameters, Kept) = (like._targets, like._start, like.HyperParameters, like.Kept);
        (Patients, PerCohort, SharesPatients, Seed, Threads) = (like.Patients, like.PerCohort, like.SharesPatients, like.Seed, like.Threads);
    }

    /// <summary>This simulator with numbers of patients for each cohort.</summary>
    public PopulationSimulator With(IReadOnlyList<int> perCohort) => new(this) { PerCohort = perCohort };

    /// <summary>The same with other virtual patients, and so many for one; <paramref name="sharesPatients"/> as in <see cref="SharesPatients"/>.</summary>
    public PopulationSimulator Renewed(ulong seed, int factor = 1, bool sharesPatients = true) =>
        new(this) { Seed = unchecked(Seed + seed), SharesPatients = sharesPatients, PerCohort = [.. Enumerable.Range(0, _targets.Cohorts.Count).Select(c => factor * PatientsOf(c))] };

    /// <summary>The same with the first quarter of each cohort's patients, or 100 of them where that is more.</summary>
    public PopulationSimulator Screen() => With([.. Enumerable.Range(0, _targets.Cohorts.Count).Select(c => Math.Min(PatientsOf(c), Math.Max(FewestOfScreen, PatientsOf(c) / ScreenDivisor)))]);

    /// <summary>The uncertain numbers of all cohorts of a set, each once.</summary>
    public static IReadOnlyList<HyperParameter> AllOf(TargetSet targets) => [.. targets.Cohorts.SelectMany(c => c.Population.HyperParameters).DistinctBy(h => h.Name)];

    /// <summary>The free numbers.</summary>
    public IReadOnlyList<HyperParameter> HyperParameters { get; }

    /// <summary>Values of numbers that are not free; those without one keep that of the model's files.</summary>
    public IReadOnlyDictionary<string, double> Kept { get; } = new Dictionary<string, double>();

    /// <summary>Virtual patients of each cohort.</summary>
    /// <value>Default: 500.</value>
    public int Patients { get; init; } = 500;

    /// <summary>Virtual patients of each cohort where they are not as many in all; null for <see cref="Patients"/>.</summary>
    public IReadOnlyList<int>? PerCohort { get; init; }

    /// <summary>Virtual patients of a cohort.</summary>
    /// <param name="cohort">Its index.</param>
    public int PatientsOf(int cohort) => PerCohort?[cohort] ?? Patients;

    /// <summary>Whether all values meet the same virtual patients, so that they differ by the values only, or each its own, so that chance among them averages out over values.</summary>
    /// <value>Default: true.</value>
    public bool SharesPatients { get; init; } = true;

    /// <summary>Seed of the virtual patients.</summary>
    /// <value>Default: 1.</value>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads; results do not depend on it.</summary>
    /// <value>Default: 1.</value>
    public int Threads { get; init; } = 1;

    /// <summary>Patients that failed numerically so far; they are in no estimate.</summary>
    public int Failed { get; private set; }

    /// <summary>The value that a coordinate of the sampler, standard normal under the prior, stands for.</summary>
    public double Value(int parameter, double z) => HyperParameters[parameter].Prior.Quantile(NormalDistribution.Cdf(z));

    /// <summary>Values by name at a place of the sampler.</summary>
    public IReadOnlyDictionary<string, double> Values(IReadOnlyList<double> z) => With(k => Value(k, z[k]));

    /// <summary>The values before a calibration.</summary>
    public IReadOnlyDictionary<string, double> Present => With(k => _start.TryGetValue(HyperParameters[k].Name, out double value) ? value : HyperParameters[k].Value);

    Dictionary<string, double> With(Func<int, double> free) => HyperParameters.Select((h, k) => KeyValuePair.Create(h.Name, free(k))).Concat(Kept).ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal);

    /// <summary>Simulates places of the sampler.</summary>
    public IReadOnlyList<Simulated?> At(IReadOnlyList<IReadOnlyList<double>> places, IProgress<double>? progress, CancellationToken cancellation) =>
        Under([.. places.Select(Values)], progress, cancellation);

    /// <summary>Simulates sets of values; null where a cohort's population cannot have them.</summary>
    /// <param name="values">Values by name; numbers that a cohort does not have are passed over.</param>
    /// <param name="progress">Told the share done; null for nobody.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public IReadOnlyList<Simulated?> Under(IReadOnlyList<IReadOnlyDictionary<string, double>> values, IProgress<double>? progress, CancellationToken cancellation)
    {
        int[] possible = [.. Enumerable.Range(0, values.Count).Where(i => _targets.Cohorts.All(c => c.Allows(values[i])))];
        IReadOnlyList<IReadOnlyList<Statistic>> statistics = Statistics([.. possible.Select(i => values[i])], progress, cancellation);
        return [.. values.Select((_, i) => Array.IndexOf(possible, i) is var at and >= 0 ? new Simulated([.. statistics[at].Select(s => s.Place)], [.. statistics[at].Select(s => s.Variance)]) : null)];
    }

    /// <summary>The statistics of sets of values, with what their precision depends on; by set and target.</summary>
    /// <param name="values">Values by name that every cohort's population can have.</param>
    /// <param name="progress">Told the share done; null for nobody.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="ArgumentException">A population cannot have the values.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public IReadOnlyList<IReadOnlyList<Statistic>> Statistics(IReadOnlyList<IReadOnlyDictionary<string, double>> values, IProgress<double>? progress, CancellationToken cancellation)
    {
        Statistic[][] statistics = [.. values.Select(_ => new Statistic[_targets.Targets.Count])];
        for (int c = 0; c < _targets.Cohorts.Count; c++)
        {
            Run(c, values, (i, s, target) => statistics[i][target] = s, new Part(progress, c, _targets.Cohorts.Count), cancellation);
        }

        return statistics;
    }

    void Run(int cohort, IReadOnlyList<IReadOnlyDictionary<string, double>> values, Action<int, Statistic, int> keep, IProgress<int> progress, CancellationToken cancellation)
    {
        if (values.Count == 0)
        {
            return;
        }

        int size = PatientsOf(cohort);
        TargetCohort of = _targets.Cohorts[cohort];
        TrialPlan plan = of.Plan(values, size, Seed) with { Design = SharesPatients ? TrialDesign.Counterfactual : TrialDesign.Randomised };
        List<CohortPatient> patients = [];
        CohortCovariates places = of.Covariates;
        ((Part)progress).Total = values.Count * size;
        TrialRun.Run(
            plan,
            PatientBlock.All(plan),
            Threads,
            record =>
            {
                patients.Add(CohortPatient.Of(record, places));
                if (patients.Count < size)
                {
                    return;
                }

                Failed += patients.Count(p => !p.Outcome.IsEvaluable);
                CohortStatistics statistics = new(patients);
                foreach ((Target target, int t) in _targets.Targets.Select((x, i) => (x, i)).Where(x => x.x.Cohort == cohort))
                {
                    keep(record.Arm, statistics.Of(target.Result), t);
                }

                patients.Clear();
            },
            progress,
            cancellation);
    }

    /// <summary>The share of one cohort among all.</summary>
    sealed class Part(IProgress<double>? progress, int index, int of) : IProgress<int>
    {
        public int Total { get; set; } = 1;

        public void Report(int value) => progress?.Report((index + ((double)value / Total)) / of);
    }
}
