using Nadir.Faults;
using Nadir.Kernels;

namespace Nadir.Solvers;

/// <summary>
/// The next-reaction method (Gibson and Bruck 2000, J. Phys. Chem. A 104:1876): each reaction keeps the time of its next firing in an indexed priority queue, and a
/// firing changes only the rates that depend on it. One draw a firing; the work grows with the links of the network, not with its
/// reactions. Where rates change in time, <see cref="ModifiedNextReactionTrajectory"/> takes its place.
/// </summary>
sealed class NextReactionTrajectory : ExactTrajectory
{
    readonly FiringClocks _clocks;
    readonly Func<double, bool> _conditionAt;
    double _waited;

    NextReactionTrajectory(Network network, ReactionDependencies dependencies, HybridOptions options)
        : base(network, options)
    {
        _clocks = new FiringClocks(network, dependencies);
        _conditionAt = x => ConditionAt(StepStart + (x * _waited), _slots);
    }

    /// <summary>Exact simulation of a network with every species a whole number, by the method that fits its rates.</summary>
    /// <returns>The workspace, or the issues that forbid it (reversible reactions, fractional stoichiometry).</returns>
    public static Checked<Trajectory> Exact(Network network, HybridOptions options)
    {
        IReadOnlyList<Issue> issues = Check(network);
        ReactionDependencies dependencies = new(network);
        return new Checked<Trajectory>(
            issues.Any(i => i.Severity == Severity.Error) ? null
            : dependencies.AnyMovesInTime ? new ModifiedNextReactionTrajectory(network, dependencies, options)
            : new NextReactionTrajectory(network, dependencies, options),
            issues);
    }

    private protected override bool MovesBetweenFirings => false;

    private protected override void Restart() => Note(_clocks.Begin(_slots, ref _stream));

    private protected override int Wait(double stop)
    {
        double firing = _clocks.NextTime;
        double end = Math.Min(firing, stop);
        _waited = end - Now;
        double first = ConditionsReadTime && HasConditions ? FirstMoment.Find(1, _conditionAt) : 2;
        Now = first < 1 ? StepStart + (first * _waited) : end;
        return firing < stop && first > 1 ? _clocks.Next : None;
    }

    private protected override void Fired(int reaction) => Note(_clocks.Fired(reaction, Now, _slots, ref _stream));

    private protected override void Changed() => Note(_clocks.Changed(Now, _slots));

    private protected override void MoveInside(double fraction, Span<double> slots)
    {
    }

    void Note(LaneStatus status) => Status = Status == LaneStatus.Completed ? status : Status;
}
