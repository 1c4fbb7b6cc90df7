using Nadir.Expressions;
using Nadir.Models;

namespace Nadir.Kernels;

/// <summary>
/// The slots at time 0. Literal values are given; everything whose initial value is a formula is computed from them, in dependency
/// order, so that a patient's own parameters carry through.
/// </summary>
public sealed class InitialState
{
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

        _computed = [.. formulas.Keys.Select(network.SlotOf)];
        _kernel = Compile(network, formulas);
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
        Span<double> results = stackalloc double[_computed.Length];
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

    /// <summary>Formulas refer to other initial values: those that are formulas themselves are put in place of their names.</summary>
    static IKernel Compile(Network network, Dictionary<string, Expr> formulas)
    {
        Dictionary<string, Expr> bySymbol = formulas.ToDictionary(
            f => f.Key, f => network.Model.Species.Any(s => s.Name == f.Key) ? ToSymbol(network, f.Key, f.Value) : f.Value);
        return network.Kernel(formulas.Values.Select(f => Expand(network, f, bySymbol, 0)));
    }

    static Expr ToSymbol(Network network, string species, Expr amount) =>
        network.ToAmount(species, Expr.One) is BinaryExpr { Right: { } volume } ? amount / volume : amount;

    static Expr Expand(Network network, Expr formula, Dictionary<string, Expr> formulas, int depth)
    {
        if (depth > formulas.Count + network.Model.Rules.Count)
        {
            throw new ArgumentException("the initial values depend on one another in a circle", nameof(formula));
        }

        return Substitution.Apply(formula, name =>
            formulas.TryGetValue(name, out Expr? value) ? Expand(network, value, formulas, depth + 1)
            : network.Model.Rules.OfType<AssignmentRule>().FirstOrDefault(r => r.Variable == name) is { } rule
                ? Expand(network, rule.Formula, formulas, depth + 1)
            : null);
    }
}
