using Nadir.Faults;
using Nadir.Kernels;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>
/// The direct method (Gillespie 1976, J. Comput. Phys. 22:403): all rates at each firing, one draw for the wait and one for the reaction. Rates
/// may change only when a reaction fires or an event happens; for others use <see cref="Exact"/>, which chooses.
/// </summary>
sealed class DirectTrajectory : ExactTrajectory
{
    readonly IKernel _rates;
    readonly double[] _rate;
    readonly Func<double, bool> _conditionAt;
    double _waited;
    LaneRates? _lanes;

    internal DirectTrajectory(Network network, HybridOptions options)
        : base(network, options)
    {
        _rates = network.Compile(Rates(network));
        _rate = new double[network.Model.Reactions.Count];
        _conditionAt = x => ConditionAt(StepStart + (x * _waited), _slots);
    }

    /// <summary>
    /// Exact simulation of a network with every species a whole number: the direct method where rates change only with the state, else
    /// event by event along the equations of what changes in time.
    /// </summary>
    /// <returns>The workspace, or the issues that forbid it (reversible reactions, fractional stoichiometry).</returns>
    public static Checked<Trajectory> Exact(Network network, HybridOptions options)
    {
        IReadOnlyList<Issue> issues = Check(network);
        if (issues.Any(i => i.Severity == Severity.Error))
        {
            return new Checked<Trajectory>(null, issues);
        }

        if (!new ReactionDependencies(network).AnyMovesInTime)
        {
            return new Checked<Trajectory>(new DirectTrajectory(network, options), issues);
        }

        Tolerances tolerances = options.Tolerances with { MaxSteps = options.Tolerances.MaxFirings };
        Checked<HybridTrajectory> hybrid = HybridTrajectory.Create(network, options with { Discrete = EveryCount(network), Tolerances = tolerances, ForceEvents = true });
        return new Checked<Trajectory>(hybrid.Value, hybrid.Issues);
    }

    /// <summary>The program of all rates.</summary>
    internal static KernelProgram Rates(Network network) => network.Lower(network.Model.Reactions.Select(r => r.RateLaw));

    /// <summary>The next of the replicate's uniform numbers.</summary>
    internal double NextUniform() => _stream.NextUniform();

    /// <summary>Takes rates and waits from a lane instead of computing them; see <see cref="LaneDirectGroup{T}"/>.</summary>
    internal void TakeFrom(LaneRates lanes) => _lanes = lanes;

    private protected override bool MovesBetweenFirings => false;

    private protected override void Restart()
    {
    }

    /// <summary>The next firing, or the stop where that comes first: without memory, the wait is drawn anew from there.</summary>
    private protected override int Wait(double stop)
    {
        double total = _lanes?.Total ?? TotalRate();
        Status = _lanes?.Status ?? Status;
        if (Status != LaneStatus.Completed)
        {
            return None;
        }

        double firing = total > 0 ? Now + (_lanes?.Wait ?? (Draws.Exponential(ref _stream) / total)) : double.PositiveInfinity;
        bool interrupted = MoveTo(Math.Min(firing, stop));
        return firing < stop && !interrupted ? Choose(total) : None;
    }

    int Choose(double total) => _lanes is { } lanes
        ? ReactionChoice.Choose(ref lanes.First, lanes.Width, _rate.Length, total, _stream.NextUniform())
        : ReactionChoice.Choose(ref _rate[0], 1, _rate.Length, total, _stream.NextUniform());

    private protected override void Fired(int reaction)
    {
    }

    private protected override void Changed()
    {
    }

    private protected override void MoveInside(double fraction, Span<double> slots)
    {
    }

    double TotalRate()
    {
        _rates.Evaluate(Now, _slots, _rate);
        double total = 0;
        double least = 0;
        foreach (double rate in _rate)
        {
            least = Math.Min(least, rate);
            total += rate;
        }

        Status = least < 0 ? LaneStatus.NegativeRate : double.IsFinite(total) ? Status : LaneStatus.NotFinite;
        return total;
    }

    /// <summary>Lets time pass without a firing.</summary>
    /// <returns>True when a trigger that depends on time ended the wait early.</returns>
    bool MoveTo(double time)
    {
        _waited = time - Now;
        double first = ConditionsReadTime && HasConditions ? FirstMoment.Find(1, _conditionAt) : 2;
        Now = first < 1 ? StepStart + (first * _waited) : time;
        return first <= 1;
    }
}
