using Nadir.Ensembles;

namespace Nadir.Designs;

/// <summary>A randomised design of a size.</summary>
/// <param name="Conduct">How it is run.</param>
/// <param name="Analysis">What decides it.</param>
/// <param name="Allocation">Patients of each arm for each round of the randomisation, at least 1.</param>
public sealed record RandomisedDesign(TrialConduct Conduct, PrimaryAnalysis Analysis, IReadOnlyList<int> Allocation)
{
    /// <summary>Patients over all arms.</summary>
    /// <param name="perRound">Patients of an arm with allocation 1.</param>
    public int Total(int perRound) => checked(perRound * Allocation.Sum());
}

/// <summary>An average over simulated trials.</summary>
/// <param name="Value">The average.</param>
/// <param name="StandardError">Its Monte Carlo standard error.</param>
public readonly record struct Simulated(double Value, double StandardError);

/// <summary>What a design does over many simulated trials.</summary>
public sealed record OperatingCharacteristics
{
    /// <summary>Patients of an arm with allocation 1.</summary>
    public required int PatientsPerRound { get; init; }

    /// <summary>Patients planned over all arms.</summary>
    public required int Patients { get; init; }

    /// <summary>Events of the final analysis; null where it is made at the end of follow-up.</summary>
    public required int? Events { get; init; }

    /// <summary>Simulated trials.</summary>
    public required int Trials { get; init; }

    /// <summary>Share of trials that show the arm to be better.</summary>
    public required Simulated Benefit { get; init; }

    /// <summary>Share of trials that show the arm to be worse.</summary>
    public required Simulated Harm { get; init; }

    /// <summary>Share of trials that stop for futility.</summary>
    public required Simulated Futility { get; init; }

    /// <summary>Share of trials whose final test could not be made.</summary>
    public required Simulated NotEstimable { get; init; }

    /// <summary>Share of trials that end at each look, the final analysis last.</summary>
    public required IReadOnlyList<Simulated> EndAtLook { get; init; }

    /// <summary>Events in the two arms when the trial ends.</summary>
    public required Simulated EventsSeen { get; init; }

    /// <summary>Patients enrolled when the trial ends.</summary>
    public required Simulated PatientsEnrolled { get; init; }

    /// <summary>Days from the opening of the trial to its last analysis.</summary>
    public required Simulated Days { get; init; }

    /// <summary>Share of trials that reject that the arms are the same, in either direction: the type I error where they are.</summary>
    public required Simulated Rejects { get; init; }

    /// <summary>Simulates trials of one size. The result is the same bits at any number of threads.</summary>
    /// <param name="design">The design.</param>
    /// <param name="pool">The patients that trials are drawn from.</param>
    /// <param name="run">Size, number of trials, seed and threads.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public static OperatingCharacteristics Of(RandomisedDesign design, CandidatePool pool, TrialSeries run, CancellationToken cancellation)
    {
        int total = design.Total(run.PatientsPerRound);
        TrialDraw draw = new(design.Conduct, design.Allocation, run.Seed);
        TrialDecider decider = new(design.Conduct, design.Analysis, new LookBoundaries(design.Analysis));
        OperatingSums sums = new(design.Analysis.Looks.Count + 1);
        EnsembleWork<TrialDraw, TrialDecision> work = new(run.Trials, run.Threads, () => draw, (d, trial) => decider.Decide(d.Draw(pool, trial, total), run.Events));
        Ensemble.Run(work, sums.Add, progress: null, cancellation);
        return sums.Result(run, total);
    }
}

/// <summary>A series of simulated trials.</summary>
/// <param name="PatientsPerRound">Patients of an arm with allocation 1, at least 1.</param>
/// <param name="Events">Events of the final analysis; null for an analysis at the end of follow-up.</param>
/// <param name="Trials">Number of trials, at least 1.</param>
/// <param name="Seed">Seed of every random stream.</param>
/// <param name="Threads">Threads, at least 1.</param>
public sealed record TrialSeries(int PatientsPerRound, int? Events, int Trials, ulong Seed, int Threads);

/// <summary>Sums over trials.</summary>
sealed class OperatingSums(int looks)
{
    readonly Dictionary<TrialVerdict, int> _verdicts = [];
    readonly int[] _ends = new int[looks];
    readonly Moments _events = new();
    readonly Moments _patients = new();
    readonly Moments _days = new();
    int _trials;

    public void Add(TrialDecision decision)
    {
        _trials++;
        _verdicts[decision.Verdict] = _verdicts.GetValueOrDefault(decision.Verdict) + 1;
        bool early = IsEarly(decision);
        _ends[early ? decision.Looks.Count - 1 : looks - 1]++;
        _events.Add(decision.Last.Events);
        _patients.Add(decision.Last.Patients);
        _days.Add(decision.Last.TrialDay);
    }

    public OperatingCharacteristics Result(TrialSeries run, int total) => new()
    {
        PatientsPerRound = run.PatientsPerRound,
        Patients = total,
        Events = run.Events,
        Trials = _trials,
        Benefit = Share(Count(TrialVerdict.Benefit)),
        Harm = Share(Count(TrialVerdict.Harm)),
        Futility = Share(Count(TrialVerdict.Futility)),
        NotEstimable = Share(Count(TrialVerdict.NotEstimable)),
        Rejects = Share(Count(TrialVerdict.Benefit) + Count(TrialVerdict.Harm)),
        EndAtLook = [.. _ends.Select(Share)],
        EventsSeen = _events.Mean,
        PatientsEnrolled = _patients.Mean,
        Days = _days.Mean,
    };

    // A final analysis may come before some looks have their events; only looks have a conditional power.
    static bool IsEarly(TrialDecision decision) => !double.IsNaN(decision.Last.ConditionalPower);

    int Count(TrialVerdict verdict) => _verdicts.GetValueOrDefault(verdict);

    Simulated Share(int count)
    {
        double p = (double)count / _trials;
        return new Simulated(p, Math.Sqrt(p * (1 - p) / _trials));
    }

    sealed class Moments
    {
        int _n;
        double _total;
        double _squares;

        public Simulated Mean => new(_total / _n, Math.Sqrt(Math.Max(0, (_squares / _n) - (_total / _n * (_total / _n))) / Math.Max(1, _n - 1)));

        public void Add(double x)
        {
            _n++;
            _total += x;
            _squares += x * x;
        }
    }
}
