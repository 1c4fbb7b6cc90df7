using Nadir.Expressions;
using Nadir.Kernels;
using Nadir.Models;

namespace Nadir.Solvers;

/// <summary>
/// The right-hand side of a hybrid step as one program. Behind the network's slots it reads switches, 1 or 0, that say how each clone is
/// simulated at present, and values that depend on parameters only and are computed once.
/// </summary>
/// <remarks>
/// Outputs, in the order of the equations: the derivative of each dynamic slot; for each clone d-b and b, both 0 where the clone
/// is not followed by the closed form, and the arrivals, 0 where they are waited for as for events (the integrand of the second is still to be multiplied by exp ∫(d-b)); the summed rate of reactions
/// that are simulated event by event.
/// </remarks>
sealed class HybridFlow
{
    public const int PerClone = 3;

    readonly Network _network;
    readonly CloneRates[] _clones;
    readonly Dictionary<string, int> _switches = new(StringComparer.Ordinal);
    readonly bool _forceEvents;
    readonly int[] _fires;
    readonly int[] _receives;

    public HybridFlow(Network network, CloneRates[] clones, bool forceEvents)
    {
        (_network, _clones, _forceEvents) = (network, clones, forceEvents);
        _fires = new int[network.Model.Reactions.Count];
        _receives = new int[clones.Length];
        AddSwitches();
        FirstKept = network.SlotNames.Count + _switches.Count;
        int dynamic = network.DynamicCount;
        int slots = network.SlotNames.Count;
        Program = ProgramPasses.Hoist(network.LowerWith(Outputs(), _switches), s => s >= dynamic && s < slots, FirstKept);
        SlotCount = FirstKept + Program.Once.Outputs.Count;
        Once = network.Compile(Program.Once);
        Body = network.Compile(Program.Body);
        UsesTime = Program.Body.UsesTime;
    }

    /// <summary>Both stages.</summary>
    public StagedProgram Program { get; }

    /// <summary>Computes the values that are kept, from parameters.</summary>
    public IKernel Once { get; }

    /// <summary>Computes the right-hand side.</summary>
    public IKernel Body { get; }

    /// <summary>Where the kept values begin.</summary>
    public int FirstKept { get; }

    /// <summary>Network slots, switches and kept values.</summary>
    public int SlotCount { get; }

    /// <summary>Whether time itself enters.</summary>
    public bool UsesTime { get; }

    /// <summary>Switch of a clone that is an ODE state.</summary>
    public int KeepsSlot(int clone) => _network.SlotNames.Count + (2 * clone);

    /// <summary>Switch of a clone that follows the closed form.</summary>
    public int FollowsSlot(int clone) => KeepsSlot(clone) + 1;

    /// <summary>Switch of a clone whose arrivals are drawn from their integral; -1 for one that has none.</summary>
    public int ReceivesSlot(int clone) => _receives[clone];

    /// <summary>Switch of a reaction that is simulated event by event at present; -1 for one that never is.</summary>
    public int FiresSlot(int reaction) => _fires[reaction];

    void AddSwitches()
    {
        for (int c = 0; c < _clones.Length; c++)
        {
            _switches.Add(Keeps(_clones[c]), KeepsSlot(c));
            _switches.Add(Follows(_clones[c]), FollowsSlot(c));
        }

        int next = KeepsSlot(_clones.Length);
        for (int c = 0; c < _clones.Length; c++)
        {
            _receives[c] = _clones[c].Arrivals.Length > 0 ? next++ : -1;
            if (_receives[c] >= 0)
            {
                _switches.Add(Receives(_clones[c]), _receives[c]);
            }
        }

        for (int r = 0; r < _fires.Length; r++)
        {
            _fires[r] = MayFire(r) && !IsAbsent(r) ? next++ : -1;
            if (_fires[r] >= 0)
            {
                _switches.Add(Fires(r), _fires[r]);
            }
        }
    }

    /// <summary>
    /// Whether a reaction is ever simulated event by event. The closed form takes the births and deaths of a clone that nothing else happens to, except that
    /// arrivals may be waited for.
    /// </summary>
    bool MayFire(int reaction) =>
        Touched(reaction).Any(c => _forceEvents || !c.Plain || c.ArrivalsFromSources.Length > 0 || c.Arrivals.Contains(reaction));

    /// <summary>Whether a reaction never runs.</summary>
    bool IsAbsent(int reaction) =>
        _network.Absent.Count > 0 && _network.Lower([Rate(reaction)]) is var law && law.Instructions[law.Outputs[0]] is { Op: OpCode.Constant, Value: 0 };

    // A space keeps these apart from the names of a model.
    static string Keeps(CloneRates clone) => "keeps " + clone.Species.Name;

    static string Follows(CloneRates clone) => "follows " + clone.Species.Name;

    static string Receives(CloneRates clone) => "receives " + clone.Species.Name;

    string Fires(int reaction) => "fires " + _network.Model.Reactions[reaction].Name;

    IEnumerable<CloneRates> Touched(int reaction) =>
        _clones.Where(c => _network.Stoichiometry[reaction].Any(n => n.Slot == c.Slot));

    List<Expr> Outputs()
    {
        List<Expr> outputs = [.. Derivatives()];
        foreach (CloneRates clone in _clones)
        {
            outputs.Add(If(Follows(clone), clone.Death - clone.Birth));
            outputs.Add(If(Follows(clone), clone.Birth));
            outputs.Add(Received(clone));
        }

        Expr hazard = Expr.Zero;
        for (int r = 0; r < _fires.Length; r++)
        {
            hazard = _fires[r] < 0 ? hazard : Plus(hazard, If(Fires(r), Rate(r)));
        }

        outputs.Add(hazard);
        return outputs;
    }

    Expr[] Derivatives()
    {
        Expr[] sums = new Expr[_network.DynamicCount];
        for (int slot = 0; slot < sums.Length; slot++)
        {
            sums[slot] = Fluxes(slot);
        }

        foreach (RateRule rule in _network.RateRules)
        {
            sums[_network.SlotOf(rule.Variable)] = _network.RateOf(rule);
        }

        foreach (CloneRates clone in _clones)
        {
            Expr lost = (clone.Death - clone.Birth) * _network.AmountOf(clone.Species.Name);
            Expr received = Received(clone);
            Expr mean = If(Follows(clone), new UnaryExpr(UnaryOperator.Negate, lost));
            sums[clone.Slot] = Plus(Plus(sums[clone.Slot], mean), received);
        }

        return sums;
    }

    /// <summary>What reactions do to a slot. Those that the same clones switch share one switch.</summary>
    Expr Fluxes(int slot)
    {
        Dictionary<string, (string[] Switches, Expr Sum)> groups = [];
        for (int r = 0; r < _fires.Length; r++)
        {
            string[] switches = [.. Touched(r).Select(Keeps)];
            string key = string.Join('\n', switches);
            foreach (NetChange change in _network.Stoichiometry[r].Where(c => c.Slot == slot))
            {
                Expr flux = change.Amount == 1 ? Rate(r) : change.Amount * Rate(r);
                groups[key] = (switches, Plus(groups.TryGetValue(key, out (string[], Expr Sum) group) ? group.Sum : Expr.Zero, flux));
            }
        }

        return groups.Values.Aggregate((Expr)Expr.Zero, (sum, g) => Plus(sum, g.Switches.Aggregate(g.Sum, static (rate, s) => If(s, rate))));
    }

    static Expr Received(CloneRates clone) => clone.Arrivals.Length > 0 ? If(Receives(clone), clone.Immigration) : Expr.Zero;

    SymbolExpr Rate(int reaction) => new(_network.Model.Reactions[reaction].Name);

    static PiecewiseExpr If(string name, Expr value) => new PiecewiseExpr([new PiecewiseBranch(value, new SymbolExpr(name))], Expr.Zero);

    /// <summary>A sum; a negative multiple is subtracted, so that no product with -1 is left.</summary>
    static Expr Plus(Expr sum, Expr term)
    {
        Expr positive = term is BinaryExpr { Operator: BinaryOperator.Multiply, Left: NumberExpr { Value: -1 }, Right: var flux } ? flux : term;
        bool negative = !ReferenceEquals(positive, term);
        bool first = sum is NumberExpr { Value: 0 };
        return first ? (negative ? new UnaryExpr(UnaryOperator.Negate, positive) : positive) : negative ? sum - positive : sum + positive;
    }
}
