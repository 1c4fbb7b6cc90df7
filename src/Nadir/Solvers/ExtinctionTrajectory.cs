using Nadir.Faults;
using Nadir.Kernels;

namespace Nadir.Solvers;

/// <summary>
/// Chances of extinction without Monte Carlo noise: the whole network as an ODE, and beside it for each clone the law of its number
/// (<see cref="ExtinctionLaw"/>), with birth, death and arrival rates taken along the ODE's dense output.
/// </summary>
sealed class ExtinctionTrajectory : Trajectory, IStepObserver
{
    /// <summary>Largest change of birth and death rates, relative to them, that a number below the threshold may make.</summary>
    const double LargestSelfDependence = 1e-3;

    /// <summary>Longest stretch between looks at the rates, in births and deaths per cell.</summary>
    const double LongestPanel = 1;

    /// <summary>Share of the step tolerance that the integrals may be off by; shortest panel as a power of 2 of the step.</summary>
    const double IntegralShare = 1e-3;
    const double SmallestTolerance = 1e-13;
    const int MostHalvings = 40;

    /// <summary>Panels of linked clones are all kept.</summary>
    const int MostLinkedPanels = 200_000;

    /// <summary>Panels that output times may look back over in all, some minutes' worth; one of linked clones takes as long as <see cref="LinkedWork"/> others.</summary>
    const double MostWork = 5e9;
    const double LinkedWork = 20;

    readonly ExtinctionPlan _plan;
    readonly HybridTrajectory _course;
    readonly ExtinctionLaw[] _laws;
    readonly LinkedExtinctionLaw? _linked;
    readonly double[] _founders;
    readonly double[] _inside;
    readonly double[] _rates;
    readonly double[] _otherRates;
    readonly double[][] _byNode;
    readonly double _tolerance;
    readonly double _negligible;
    readonly int _mostPanels;
    int _panels;
    double _work;

    ExtinctionTrajectory(Network network, ExtinctionPlan plan, HybridTrajectory course, Tolerances tolerances)
    {
        _plan = plan;
        _course = course;
        _course.Observer = this;
        _laws = [.. plan.Clones.Select(c => new ExtinctionLaw(c.Species.Initial, c.HasArrivals))];
        _linked = plan.Links.Count > 0 ? new LinkedExtinctionLaw(plan.Clones, plan.Links) : null;
        _founders = new double[plan.Clones.Count];
        _inside = new double[network.SlotNames.Count];
        _rates = new double[plan.Kernel.Outputs];
        _otherRates = new double[plan.Kernel.Outputs];
        _byNode = [.. _rates.Select(_ => new double[GaussPanel.Count])];
        _tolerance = Math.Max(tolerances.Relative * IntegralShare, SmallestTolerance);
        _negligible = tolerances.Relative;
        _mostPanels = _linked is null ? tolerances.MaxSteps : Math.Min(tolerances.MaxSteps, MostLinkedPanels);
        string[] names = [.. plan.Clones.Select(c => c.Species.Name)];
        Variables = [.. names.SelectMany(n => new[] { $"P(extinct) {n}", $"mean {n}", $"variance {n}" }), .. names.Length > 1 ? ["P(extinct) all"] : (string[])[]];
    }

    /// <summary>What <see cref="Report"/> gives: for each clone the chance that it is extinct, mean and variance of its number; then the chance that all are.</summary>
    public IReadOnlyList<string> Variables { get; }

    /// <inheritdoc/>
    public override double Time => _course.Time;

    /// <inheritdoc/>
    public override ReadOnlySpan<double> Slots => _course.Slots;

    /// <inheritdoc/>
    public override long Steps => _course.Steps;

    /// <inheritdoc/>
    public override double StepStart => _course.StepStart;

    /// <summary>Prepares the computation.</summary>
    /// <param name="network">The network.</param>
    /// <param name="options">The clones, accuracy and limits, and the method for the equations.</param>
    /// <returns>The workspace, or the issues that forbid it: reactions that are no divisions, deaths or arrivals, events that set a clone.</returns>
    public static Checked<ExtinctionTrajectory> Create(Network network, HybridOptions options)
    {
        Checked<ExtinctionPlan> plan = ExtinctionPlan.Create(network, options.Discrete);
        return new Checked<ExtinctionTrajectory>(
            plan.Value is null ? null
            : new ExtinctionTrajectory(network, plan.Value, HybridTrajectory.Create(network, options with { Discrete = [] }).OrThrow(), options.Tolerances.Validated()),
            plan.Issues);
    }

    /// <inheritdoc/>
    public override void Begin(ReadOnlySpan<double> slots, ulong seed, ulong patient)
    {
        Status = LaneStatus.Completed;
        (_panels, _work) = (0, 0);
        _course.Begin(slots, seed, patient);
        for (int c = 0; c < _laws.Length; c++)
        {
            double founders = slots[_plan.Clones[c].Slot];
            Status = double.IsFinite(founders) && founders >= 0 ? Status : LaneStatus.NegativeAmount;
            _founders[c] = founders;
            _laws[c].Begin(founders);
        }

        _linked?.Begin(_founders);
    }

    /// <inheritdoc/>
    public override StopReason Advance(double until)
    {
        _course.Cancellation = Cancellation;
        StopReason reason = Status == LaneStatus.Completed ? _course.Advance(until) : StopReason.Failed;
        Status = Status == LaneStatus.Completed ? _course.Status : Status;
        return Status == LaneStatus.Completed ? reason : StopReason.Failed;
    }

    /// <inheritdoc/>
    public override double Inside(double fraction, Span<double> slots) => _course.Inside(fraction, slots);

    /// <inheritdoc/>
    public override void Arm(bool armed) => _course.Arm(armed);

    /// <summary>Sets a slot of the environment.</summary>
    /// <exception cref="ArgumentException">The slot is a clone's: its law would no longer be that of independent cells.</exception>
    public override void Set(int slot, double value)
    {
        RefuseClone(slot);
        _course.Set(slot, value);
    }

    /// <summary>Scales a species of the environment.</summary>
    /// <exception cref="ArgumentException">The slot is a clone's.</exception>
    public override void Thin(int slot, double fraction)
    {
        RefuseClone(slot);
        _course.Thin(slot, fraction);
    }

    /// <summary>The <see cref="Variables"/> now; NaN where too much has been asked for.</summary>
    public void Report(Span<double> values)
    {
        _work += (double)_panels * (_linked is null ? _laws.Length : LinkedWork * (_laws.Length + 1));
        if (_work > MostWork)
        {
            Status = LaneStatus.StepLimit;
            values.Fill(double.NaN);
            return;
        }

        double all = 1;
        for (int c = 0; c < _laws.Length; c++)
        {
            double extinct = _linked?.Extinct(c) ?? _laws[c].Extinct();
            all *= extinct;
            (values[3 * c], values[(3 * c) + 1], values[(3 * c) + 2]) =
                (extinct, _linked?.Mean(c) ?? _laws[c].Mean, _linked?.Variance(c) ?? _laws[c].Variance);
        }

        if (_laws.Length > 1)
        {
            values[3 * _laws.Length] = _linked?.Extinct(LinkedExtinctionLaw.All) ?? all;
        }
    }

    /// <summary>Follows the clones along a step of the environment.</summary>
    void IStepObserver.Stepped(Trajectory trajectory)
    {
        Cover(0, 1, 0);
        Observer?.Stepped(this);
    }

    /// <summary>Covers a part of the step by panels that resolve the rates.</summary>
    void Cover(double from, double to, int halvings)
    {
        if (Status != LaneStatus.Completed)
        {
            return;
        }

        double h = (to - from) * (_course.Time - _course.StepStart);
        Status = ++_panels > _mostPanels ? LaneStatus.StepLimit : Evaluate(from, to, h);
        if (Status == LaneStatus.Completed && halvings < MostHalvings && !IsResolved(h))
        {
            double middle = 0.5 * (from + to);
            Cover(from, middle, halvings + 1);
            Cover(middle, to, halvings + 1);
        }
        else if (Status == LaneStatus.Completed && _linked is not null)
        {
            _linked.Add(h, _byNode);
        }
        else if (Status == LaneStatus.Completed)
        {
            for (int c = 0; c < _laws.Length; c++)
            {
                _laws[c].Add(h, _byNode[3 * c], _byNode[(3 * c) + 1], _byNode[(3 * c) + 2]);
            }
        }
    }

    /// <summary>The rates at the nodes of a panel. Between two steps a state may fall below zero by less than its tolerance, and a rate with it; more is a fault.</summary>
    LaneStatus Evaluate(double from, double to, double h)
    {
        LaneStatus status = LaneStatus.Completed;
        for (int node = 0; node < GaussPanel.Count && status == LaneStatus.Completed; node++)
        {
            double t = _course.Inside(from + (GaussPanel.Nodes[node] * (to - from)), _inside);
            _plan.Kernel.Evaluate(t, _inside, _rates);
            for (int i = 0; i < _rates.Length; i++)
            {
                _byNode[i][node] = _rates[i];
                status = !double.IsFinite(_rates[i]) ? LaneStatus.NotFinite : h * _rates[i] < -_negligible && status == LaneStatus.Completed ? LaneStatus.NegativeRate : status;
            }

            status = status == LaneStatus.Completed && !AreIndependent(t) ? LaneStatus.NotIndependent : status;
        }

        return status;
    }

    /// <summary>Whether the clones' rates are the same with none of their cells as with a threshold of them, where chance matters.</summary>
    bool AreIndependent(double t)
    {
        for (int c = 0; c < _laws.Length; c++)
        {
            (int slot, double threshold) = (_plan.Clones[c].Slot, _plan.Clones[c].Species.Threshold);
            double cells = _inside[slot];
            if (cells < threshold)
            {
                _inside[slot] = double.IsFinite(threshold) ? threshold : 1 + (2 * cells);
                _plan.Kernel.Evaluate(t, _inside, _otherRates);
                _inside[slot] = 0;
                _plan.Kernel.Evaluate(t, _inside, _rates);
                _inside[slot] = cells;
                if (SelfDependence(3 * c) > LargestSelfDependence)
                {
                    return false;
                }
            }
        }

        return true;
    }

    double SelfDependence(int first)
    {
        double turnover = Math.Abs(_otherRates[first] - _rates[first]) + Math.Abs(_otherRates[first + 1] - _rates[first + 1]);
        double arrivals = Math.Abs(_otherRates[first + 2] - _rates[first + 2]);
        return Math.Max(
            turnover == 0 ? 0 : turnover / (_rates[first] + _rates[first + 1]),
            arrivals == 0 ? 0 : arrivals / _rates[first + 2]);
    }

    bool IsResolved(double h)
    {
        for (int c = 0; c < _laws.Length; c++)
        {
            for (int node = 0; node < GaussPanel.Count; node++)
            {
                if ((_byNode[3 * c][node] + _byNode[(3 * c) + 1][node]) * h > LongestPanel)
                {
                    return false;
                }
            }
        }

        for (int link = 3 * _laws.Length; link < _byNode.Length; link++)
        {
            if (h * _byNode[link].Max() > LongestPanel)
            {
                return false;
            }
        }

        foreach (double[] values in _byNode)
        {
            if (h * GaussPanel.Roughness(values) > _tolerance * Math.Max(1, h * GaussPanel.Whole(values)))
            {
                return false;
            }
        }

        return true;
    }

    void RefuseClone(int slot)
    {
        if (_plan.Clones.Any(c => c.Slot == slot))
        {
            throw new ArgumentException("found the slot of a clone whose extinction is computed; expected one of the environment", nameof(slot));
        }
    }
}
