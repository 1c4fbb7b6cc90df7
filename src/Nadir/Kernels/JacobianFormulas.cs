using Nadir.Expressions;

namespace Nadir.Kernels;

/// <summary>
/// Formulas of the Jacobian of a network's dynamic slots, by the chain rule through assignment rules, reaction names and concentrations.
/// Each name is differentiated once for each slot, so formulas that share names do not multiply.
/// </summary>
sealed class JacobianFormulas
{
    const string Clock = "\0time";

    readonly Network _network;
    readonly Dictionary<(string Symbol, int Slot), Expr> _known = [];

    JacobianFormulas(Network network) => _network = network;

    /// <summary>∂f[i]/∂slot[j] at i times the number of dynamic slots plus j, then ∂f[i]/∂t.</summary>
    public static IReadOnlyList<Expr> Of(Network network)
    {
        JacobianFormulas formulas = new(network);
        IReadOnlyList<Expr> derivatives = network.Derivatives();
        IEnumerable<Expr> bySlot = derivatives.SelectMany(f => Enumerable.Range(0, network.DynamicCount).Select(j => formulas.Total(f, j)));
        return [.. bySlot, .. derivatives.Select(f => formulas.Total(f, ByTime))];
    }

    /// <summary>Stands for time where a slot is expected.</summary>
    const int ByTime = -1;

    Expr Total(Expr formula, int slot)
    {
        Expr sum = slot == ByTime ? ExplicitTime(formula) : Expr.Zero;
        foreach (string name in FreeSymbols.Of(formula))
        {
            Expr inner = OfSymbol(name, slot);
            if (inner != Expr.Zero)
            {
                sum = Formal.Add(sum, Formal.Multiply(Differentiator.Derivative(formula, name), inner));
            }
        }

        return sum;
    }

    Expr OfSymbol(string name, int slot)
    {
        if (!_known.TryGetValue((name, slot), out Expr? derivative))
        {
            derivative = _network.Define(name) is not { } formula
                ? (slot != ByTime && _network.SlotOf(name) == slot ? Expr.One : Expr.Zero)
                : Formal.Add(OfAmount(name, formula, slot), Total(formula, slot));
            _known[(name, slot)] = derivative;
        }

        return derivative;
    }

    /// <summary>A concentration is amount over volume; the amount is the slot.</summary>
    Expr OfAmount(string name, Expr formula, int slot) =>
        slot != ByTime && _network.SlotOf(name) == slot && formula is BinaryExpr { Left: AmountExpr, Right: { } volume } ? 1 / volume : Expr.Zero;

    static Expr ExplicitTime(Expr formula) =>
        Substitution.Apply(Differentiator.Derivative(Named(formula), Clock), name => name == Clock ? new TimeExpr() : null);

    static Expr Named(Expr e) => e is TimeExpr ? new SymbolExpr(Clock) : ExprTree.Map(e, Named);
}
