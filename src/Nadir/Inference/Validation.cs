using Nadir.Evidence;

namespace Nadir.Inference;

/// <summary>Every published result beside what a population predicts for it.</summary>
/// <param name="Rows">One row a target.</param>
/// <param name="Patients">Virtual patients of each cohort and draw.</param>
/// <param name="Draws">Draws of the population; 1 for a population without them.</param>
/// <param name="Failed">Virtual patients that failed numerically.</param>
public sealed record Validation(IReadOnlyList<ValidationRow> Rows, int Patients, int Draws, int Failed)
{
    /// <summary>Why a result has no simulated number although its virtual cohort could give one.</summary>
    public const string NoEstimate = "no estimate: none of the virtual patients tell";

    /// <summary>Published results that nothing is held against, with the reason.</summary>
    public IReadOnlyList<ListedResult> Listed { get; init; } = [];

    /// <summary>True where every row is as the library commits to.</summary>
    public bool Holds => Rows.All(r => r.AsExpected);

    /// <summary>The rows of one role.</summary>
    public IReadOnlyList<ValidationRow> Of(TargetRole role) => [.. Rows.Where(r => r.Role == role)];

    /// <summary>Simulates all targets. A result to which nothing is fitted and of which no virtual patient tells is listed with that reason.</summary>
    /// <param name="targets">The targets.</param>
    /// <param name="simulator">Simulates them.</param>
    /// <param name="draws">Values of the hyper-parameters, one set a draw; one empty set for the population as it stands.</param>
    /// <param name="progress">Told the share done; null for nobody.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public static Validation Run(
        TargetSet targets, PopulationSimulator simulator, IReadOnlyList<IReadOnlyDictionary<string, double>> draws, IProgress<double>? progress, CancellationToken cancellation)
    {
        IReadOnlyList<IReadOnlyList<Statistic>> statistics = simulator.Statistics(draws, progress, cancellation);
        ValidationRow[] rows = [.. targets.Targets.Select((t, i) => ValidationRow.Of(t, statistics.Select(s => s[i])))];
        ValidationRow[] untold = [.. rows.Where(r => !r.IsEstimated && !r.Target.Result.IsFitted)];
        return new Validation(
            [.. rows.Except(untold)],
            simulator.Patients,
            draws.Count,
            simulator.Failed)
        {
            Listed = [.. targets.Listed, .. untold.Select(r => new ListedResult(r.Target.Trial, r.Target.Result, NoEstimate))],
        };
    }
}
