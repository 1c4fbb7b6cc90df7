using Nadir.Designs;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Studies;

/// <summary>Finds the operating characteristics of a study's design: a pool of simulated patients, and trials drawn from it.</summary>
/// <param name="job">The study; it must have an analysis.</param>
/// <param name="settings">How much to simulate.</param>
public sealed class PowerJob(TrialJob job, PowerSettings settings)
{
    /// <summary>Patients of the pool by which the size of the whole pool is chosen.</summary>
    public const int Pilot = 2_000;

    /// <summary>The most patients in each arm's pool, unless the caller asks for more.</summary>
    public const int LargestPool = 40_000;

    const int PilotTrials = 400;

    /// <summary>Patients and trials of a draw of the parameters: their error is small beside what draws differ by, and averages out.</summary>
    const int DrawPool = 2_000;
    const int DrawTrials = 400;

    readonly RandomisedDesign _design = job.Plan.Randomised ?? throw new ArgumentException("found a study without an analysis; expected one", nameof(job));

    /// <summary>Runs it. The result is the same bits at any number of threads.</summary>
    /// <param name="threads">Threads, at least 1.</param>
    /// <param name="progress">Told the share of the pool that is simulated, 0 to 1; null for nobody.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public PowerResult Run(int threads, IProgress<double>? progress, CancellationToken cancellation)
    {
        TrialSeries series = new(job.Plan.PatientsPerArm, _design.Analysis.Events, settings.Trials, job.Plan.Seed, threads);
        CandidatePool pool = Pool(series, threads, progress, cancellation);
        PowerStudy study = new(_design, pool, series);
        PowerRow planned = study.At(series.PatientsPerRound, cancellation);
        PowerResult result = new()
        {
            Design = _design,
            Compared = (job.Plan.Arms[_design.Analysis.Arm].Name, job.Plan.Arms[_design.Analysis.Reference].Name),
            Pool = (pool.Count, pool.Failed),
            AsPlanned = planned,
            Null = study.Null(cancellation),
            Assurance = settings.Draws is { } draws ? OverDraws(draws, series, cancellation)
                : job.Plan.Arms[0].Population.HyperParameters.Count == 0 ? Estimable<Assurance>.Not("no number of the population has a prior")
                : Estimable<Assurance>.Not("it was not asked for (--replicates)"),
        };
        if (_design.Analysis.TargetPower is not { } target)
        {
            return result;
        }

        (IReadOnlyList<PowerRow> tried, Estimable<NeededSize> needed) = study.Search(target, planned, cancellation);
        return result with { Sizes = tried, Needed = needed };
    }

    /// <summary>The planned trial under draws of the population's uncertain numbers, each with patients of its own.</summary>
    Estimable<Assurance> OverDraws(int draws, TrialSeries series, CancellationToken cancellation)
    {
        NumberDraws numbers = new(job.Plan);
        if (numbers.Numbers == 0)
        {
            return Estimable<Assurance>.Not("no number of the population has a prior");
        }

        int size = Math.Min(settings.Pool ?? DrawPool, DrawPool);
        double[] power = new double[draws];
        for (int i = 0; i < draws; i++)
        {
            int draw = i;
            TrialPlan plan = job.Plan with { Arms = [.. Enumerable.Range(0, job.Plan.Arms.Count).Select(a => numbers.Arm(draw, a))] };
            CandidatePool pool = CandidatePools.Simulate(plan, new PatientBlock(draw * size, size), series.Threads, progress: null, cancellation);
            power[i] = OperatingCharacteristics.Of(_design, pool, series with { Trials = Math.Min(DrawTrials, series.Trials), Seed = series.Seed + (ulong)draw + 1 }, cancellation).Benefit.Value;
        }

        double mean = power.Average();
        double error = Math.Sqrt(power.Sum(p => (p - mean) * (p - mean)) / (draws * (draws - 1.0)));
        double[] sorted = [.. power.Order()];
        return Estimable<Assurance>.Of(new Assurance(draws, numbers.Numbers, size, new Simulated(mean, error), sorted[(int)(0.1 * (draws - 1))], sorted[(int)Math.Ceiling(0.9 * (draws - 1))]));
    }

    /// <summary>As large as makes its error no larger than the Monte Carlo error of the trials, judged by a pilot.</summary>
    CandidatePool Pool(TrialSeries series, int threads, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (settings.Pool is { } fixedSize)
        {
            return Simulate(0, fixedSize, threads, (progress, 0), cancellation);
        }

        CandidatePool pilot = Simulate(0, Pilot, threads, (progress, LargestPool), cancellation);
        PowerStudy study = new(_design, pilot, series with { Trials = Math.Min(PilotTrials, series.Trials) });
        PowerRow row = study.At(series.PatientsPerRound, cancellation);
        int needed = study.PoolFor(row, series.Trials).TryGet(out int size) ? Math.Clamp(size, Pilot, LargestPool) : LargestPool;
        return needed == Pilot ? pilot : CandidatePools.Join(pilot, Simulate(Pilot, needed - Pilot, threads, (progress, needed), cancellation));
    }

    CandidatePool Simulate(int first, int count, int threads, (IProgress<double>? To, int Of) progress, CancellationToken cancellation)
    {
        int arms = job.Plan.Arms.Count;
        double total = (double)arms * Math.Max(progress.Of, first + count);
        PoolShare? share = progress.To is null ? null : new PoolShare(progress.To, arms * first, total);
        return CandidatePools.Simulate(job.Plan, new PatientBlock(first, count), threads, share, cancellation);
    }

    sealed class PoolShare(IProgress<double> progress, double before, double total) : IProgress<int>
    {
        public void Report(int value) => progress.Report((before + value) / total);
    }
}

/// <summary>How much a <see cref="PowerJob"/> simulates.</summary>
public sealed record PowerSettings
{
    /// <summary>Trials of each size; at least 1.</summary>
    /// <value>Default: 2,000.</value>
    public int Trials { get; init; } = 2_000;

    /// <summary>Draws of the population's uncertain numbers for the assurance, at least 2; null for none.</summary>
    public int? Draws { get; init; }

    /// <summary>Patients in each arm's pool; null for as many as make the pool's error no larger than that of the trials, up to <see cref="PowerJob.LargestPool"/>.</summary>
    public int? Pool { get; init; }
}
