using Nadir.Expressions;
using Nadir.Kernels;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>
/// The modified next-reaction method for rates that change in time (Anderson 2007, J. Chem. Phys. 127:214107, section IV): the integrated rate of each such
/// reaction runs as an equation beside the variables under rate rules, and the reaction fires where it has used up its exponential draw. The
/// other reactions keep their clocks.
/// </summary>
sealed class ModifiedNextReactionTrajectory : ExactTrajectory
{
    readonly FiringClocks _clocks;
    readonly Equations _equations;
    readonly OdeStepper _ode;
    readonly int[] _reactions;
    readonly double[] _left;
    readonly double[] _inside;
    readonly double[] _start;
    readonly Func<double, bool> _conditionAt;
    readonly Func<double, bool> _usedUp;
    int _candidate;
    double _theta = 1;

    public ModifiedNextReactionTrajectory(Network network, ReactionDependencies dependencies, HybridOptions options)
        : base(network, options)
    {
        _clocks = new FiringClocks(network, dependencies);
        _reactions = [.. Enumerable.Range(0, network.Model.Reactions.Count).Where(r => dependencies.MovesInTime[r])];
        _equations = new Equations(network, _reactions);
        _ode = options.Solver.Create(_equations, options.Tolerances with { MaxSteps = options.Tolerances.MaxFirings }, _equations.AbsoluteTolerances(options.Tolerances));
        _left = new double[_reactions.Length];
        _inside = new double[network.SlotNames.Count];
        _start = new double[_equations.Dimension];
        _conditionAt = x => ConditionAt(_ode.TimeAt(x), At(x));
        _usedUp = x => _ode.Interpolate(x, _equations.FirstIntegral + _candidate) >= _left[_candidate];
    }

    private protected override bool MovesBetweenFirings => true;

    private protected override void Restart()
    {
        Note(_clocks.Begin(_slots, ref _stream));
        for (int i = 0; i < _left.Length; i++)
        {
            _left[i] = Draws.Exponential(ref _stream);
        }

        _ode.Begin(0, _start);
        Load();
    }

    private protected override int Wait(double stop)
    {
        _equations.Between(StopBehind, StopAhead);
        double clock = _clocks.NextTime;
        double end = Math.Min(clock, stop);
        if (!(end > Now))
        {
            _theta = 0;
            return clock <= Now ? _clocks.Next : None;
        }

        Note(_equations.Check(Now, _slots));
        Note(Status == LaneStatus.Completed ? _ode.Step(end) : Status);
        return Status == LaneStatus.Completed ? Take(clock, stop) : None;
    }

    /// <summary>Takes the step as far as nothing happens, and says what fires at its end.</summary>
    int Take(double clock, double stop)
    {
        double theta = 1;
        int reaction = None;
        for (_candidate = 0; _candidate < _left.Length; _candidate++)
        {
            if (_usedUp(theta))
            {
                theta = Bisection.FirstTrue(0, theta, _usedUp);
                reaction = _reactions[_candidate];
            }
        }

        double first = HasConditions ? FirstMoment.Find(theta, _conditionAt) : 2;
        (theta, reaction) = first <= 1 ? (first, None) : (theta, reaction);
        Finish(theta);
        bool reached = reaction == None && first > 1 && clock < stop && Now >= clock;
        return reached ? _clocks.Next : reaction;
    }

    void Finish(double theta)
    {
        _theta = theta;
        _ode.Truncate(theta);
        Now = _ode.Time;
        _equations.Store(_ode.State, _slots);
        for (int i = 0; i < _left.Length; i++)
        {
            _left[i] -= _ode.State[_equations.FirstIntegral + i];
        }

        Note(_equations.Check(Now, _slots));
        Load();
    }

    private protected override void Fired(int reaction)
    {
        int moving = Array.IndexOf(_reactions, reaction);
        if (moving >= 0)
        {
            _left[moving] = Draws.Exponential(ref _stream);
        }

        Note(_clocks.Fired(reaction, Now, _slots, ref _stream));
        Load();
    }

    private protected override void Changed()
    {
        Note(_clocks.Changed(Now, _slots));
        Load();
    }

    private protected override void MoveInside(double fraction, Span<double> slots)
    {
        if (_theta > 0)
        {
            _equations.Interpolate(_ode, fraction * _theta, slots);
        }
    }

    double[] At(double theta)
    {
        _slots.CopyTo(_inside, 0);
        _equations.Interpolate(_ode, theta, _inside);
        return _inside;
    }

    /// <summary>Starts the next step from the slots, with integrals from 0.</summary>
    void Load()
    {
        _equations.Load(_slots, _ode.State);
        _ode.Restart();
    }

    void Note(LaneStatus status) => Status = Status == LaneStatus.Completed ? status : Status;

    /// <summary>Variables under rate rules, then the integrated rates of the reactions that move in time, while every count stands still.</summary>
    sealed class Equations : IOdeSystem
    {
        readonly IKernel _kernel;
        readonly int[] _variables;
        readonly double[] _slots;
        readonly double[] _values;
        double _opens;
        double _closes;

        public Equations(Network network, int[] reactions)
        {
            _variables = [.. network.RateRules.Select(r => network.SlotOf(r.Variable))];
            IEnumerable<Expr> laws = reactions.Select(r => network.Model.Reactions[r].RateLaw);
            _kernel = network.Kernel(network.RateRules.Select(network.RateOf).Concat(laws));
            _slots = new double[network.SlotNames.Count];
            _values = new double[_kernel.Outputs];
        }

        public int Dimension => _values.Length;

        /// <summary>Where the integrated rates begin.</summary>
        public int FirstIntegral => _variables.Length;

        public double[] AbsoluteTolerances(Tolerances tolerances) =>
            [.. _values.Select((_, i) => i < FirstIntegral ? tolerances.Absolute : tolerances.Relative)];

        /// <summary>Steps lie between two scheduled times: rates are taken just inside, so that a switch belongs to one side only.</summary>
        public void Between(double opens, double closes) => (_opens, _closes) = (opens, closes);

        public void Derivatives(double t, ReadOnlySpan<double> y, Span<double> dy)
        {
            Store(y, _slots);
            _kernel.Evaluate(t >= _closes ? Math.BitDecrement(_closes) : t <= _opens ? Math.BitIncrement(_opens) : t, _slots, dy);
        }

        /// <summary>Whether every rate that stands for a chance can be one.</summary>
        public LaneStatus Check(double t, double[] slots)
        {
            _kernel.Evaluate(t >= _closes ? Math.BitDecrement(_closes) : t <= _opens ? Math.BitIncrement(_opens) : t, slots, _values);
            LaneStatus worst = LaneStatus.Completed;
            foreach (double rate in _values.AsSpan(FirstIntegral))
            {
                worst = !double.IsFinite(rate) ? LaneStatus.NotFinite : rate < 0 && worst == LaneStatus.Completed ? LaneStatus.NegativeRate : worst;
            }

            return worst;
        }

        public void Store(ReadOnlySpan<double> y, double[] slots)
        {
            for (int i = 0; i < _variables.Length; i++)
            {
                slots[_variables[i]] = y[i];
            }
        }

        public void Interpolate(OdeStepper ode, double theta, Span<double> slots)
        {
            for (int i = 0; i < _variables.Length; i++)
            {
                slots[_variables[i]] = ode.Interpolate(theta, i);
            }
        }

        public void Load(double[] slots, Span<double> state)
        {
            slots.CopyTo(_slots, 0);
            state.Clear();
            for (int i = 0; i < _variables.Length; i++)
            {
                state[i] = slots[_variables[i]];
            }
        }
    }
}
