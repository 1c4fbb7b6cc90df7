using Nadir.Expressions;

namespace Nadir.Kernels;

/// <summary>
/// The slots at time 0. Literal values are given; everything whose initial value is a formula is computed from them, in dependency
/// order, so that a patient's own parameters carry through.
/// </summary>
public sealed class InitialState
{
    const int LargestOnStack = 256;

    /// <summary>Before a name: what its slot holds, which for a concentration is not what the name means.</summary>
    const char Amount = '\0';

    readonly IKernel _kernel;
    readonly int[] _computed;
    readonly double[] _literals;

    /// <summary>Prepares the initial values of <paramref name="network"/>.</summary>
    /// <param name="network">The network.</param>
    /// <param name="given">Names whose values each patient brings; a formula the model has for them is not used. None by default.</param>
    public InitialState(Network network, IReadOnlySet<string>? given = null)
    {
        Dictionary<string, Expr> formulas = [];
        _literals = new double[network.SlotNames.Count];
        foreach ((string name, Expr value) in Definitions(network))
        {
            int slot = network.SlotOf(name);
            if (given?.Contains(name) == true)
            {
                _literals[slot] = double.NaN;
            }
            else if (value is NumberExpr number)
            {
                _literals[slot] = number.Value;
            }
            else
            {
                formulas.Add(name, value);
            }
        }

        string[] order = InOrderOfNeed(network, formulas);
        _computed = [.. order.Select(network.SlotOf)];
        _kernel = Compile(network, formulas, order);
    }

    /// <summary>Number of slots.</summary>
    public int Count => _literals.Length;

    /// <summary>Fills <paramref name="slots"/> with the model's own values.</summary>
    public void Fill(Span<double> slots)
    {
        _literals.CopyTo(slots);
        Complete(slots);
    }

    /// <summary>Fills <paramref name="slots"/> with a patient's parameter values in place of the model's, then computes the rest.</summary>
    /// <param name="slots">Receives the state at time 0.</param>
    /// <param name="values">Slot and value of each given name; one that is left out stays NaN.</param>
    public void Fill(Span<double> slots, ReadOnlySpan<(int Slot, double Value)> values)
    {
        _literals.CopyTo(slots);
        foreach ((int slot, double value) in values)
        {
            slots[slot] = value;
        }

        Complete(slots);
    }

    void Complete(Span<double> slots)
    {
        Span<double> results = _computed.Length <= LargestOnStack ? stackalloc double[_computed.Length] : new double[_computed.Length];
        _kernel.Evaluate(0, slots, results);
        for (int i = 0; i < _computed.Length; i++)
        {
            slots[_computed[i]] = results[i];
        }
    }

    static IEnumerable<(string Name, Expr Value)> Definitions(Network network) =>
        network.Model.Species.Select(s => (s.Name, s.InitialAmount ?? Expr.Zero))
            .Concat(network.Model.Compartments.Select(c => (c.Name, c.Size)))
            .Concat(network.Model.Parameters.Select(p => (p.Name, p.Value ?? Expr.Zero)))
            .Where(d => network.SlotOf(d.Item1) >= 0);

    /// <summary>
    /// Formulas refer to other initial values. They are lowered in the order of their needs, each name once: neither its value nor the way to it
    /// is repeated, however long the chain.
    /// </summary>
    static IKernel Compile(Network network, Dictionary<string, Expr> formulas, IEnumerable<string> order)
    {
        Expr? Define(string name) =>
            name[0] == Amount ? formulas[name[1..]]
            : !formulas.ContainsKey(name) ? network.Define(name)
            : network.Define(name) is BinaryExpr { Left: AmountExpr, Right: { } volume } ? AmountOf(name) / volume
            : AmountOf(name);
        return network.Compile(new ProgramBuilder(network.SlotOf, Define).Build(order.Select(AmountOf)));
    }

    static SymbolExpr AmountOf(string name) => new(Amount + name);

    static string[] InOrderOfNeed(Network network, Dictionary<string, Expr> formulas)
    {
        Dictionary<string, string[]> needs = formulas.ToDictionary(f => f.Key, f => Reads(network, f.Value).Where(formulas.ContainsKey).ToArray(), StringComparer.Ordinal);
        ILookup<string, string> users = needs.SelectMany(n => n.Value.Select(need => (Need: need, User: n.Key))).ToLookup(p => p.Need, p => p.User, StringComparer.Ordinal);
        Dictionary<string, int> missing = needs.ToDictionary(n => n.Key, n => n.Value.Length, StringComparer.Ordinal);
        Queue<string> ready = new(missing.Where(m => m.Value == 0).Select(m => m.Key));
        List<string> order = [];
        while (ready.TryDequeue(out string? name))
        {
            order.Add(name);
            foreach (string user in users[name].Where(user => --missing[user] == 0))
            {
                ready.Enqueue(user);
            }
        }

        return order.Count == formulas.Count ? [.. order] : throw new ArgumentException("the initial values depend on one another in a circle", nameof(formulas));
    }

    /// <summary>The names behind the slots that a formula reads, through rules and concentrations.</summary>
    static IEnumerable<string> Reads(Network network, Expr formula) =>
        network.Lower([formula]).Instructions.Where(i => i.Op == OpCode.Slot).Select(i => network.SlotNames[i.A]).Distinct(StringComparer.Ordinal);
}
