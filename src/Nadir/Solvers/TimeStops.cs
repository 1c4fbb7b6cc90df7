using Nadir.Expressions;
using Nadir.Kernels;
using Nadir.Models;

namespace Nadir.Solvers;

/// <summary>
/// Times a model names in comparisons such as <c>time &gt;= 28</c>. A step ends there exactly, so that a scheduled event happens on
/// time and a rate that switches is never stepped over.
/// </summary>
sealed class TimeStops
{
    readonly IKernel _kernel;

    public TimeStops(Network network)
    {
        Model model = network.Model;
        HashSet<string> changing = [.. network.SlotNames.Take(network.DynamicCount)
            .Concat(model.Events.SelectMany(e => e.Assignments).Select(a => a.Variable))];
        List<Expr> times = [];
        foreach (Expr formula in Formulas(model))
        {
            Collect(formula, times);
        }

        _kernel = network.Kernel(times.Distinct().Where(t => IsFixed(t, changing)));
    }

    /// <summary>The stops after time 0 for a patient with these slots, ascending.</summary>
    public double[] For(ReadOnlySpan<double> slots)
    {
        double[] stops = new double[_kernel.Outputs];
        _kernel.Evaluate(0, slots, stops);
        return [.. stops.Where(s => s > 0 && double.IsFinite(s)).Distinct().Order()];
    }

    /// <summary>Whether a trigger, rate or rule has time in it other than as one side of a comparison.</summary>
    public static bool FollowsClock(Network network) => Formulas(network.Model).Any(FollowsClock);

    static IEnumerable<Expr> Formulas(Model model)
    {
        FormulaExpander expander = new(model);
        return model.Events.Select(e => e.Trigger).Concat(model.Reactions.Select(r => r.RateLaw)).Concat(model.Rules.Select(r => r.Formula)).Select(expander.Expand);
    }

    static bool FollowsClock(Expr e) => e is TimeExpr || (Compares(e) ? ExprTree.Children(e).Any(c => c is not TimeExpr && FollowsClock(c)) : ExprTree.Children(e).Any(FollowsClock));

    static bool Compares(Expr e) => e is BinaryExpr { Operator: >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual };

    static bool IsFixed(Expr formula, HashSet<string> changing) =>
        !FreeSymbols.Of(formula).Any(changing.Contains) && !ContainsTime(formula);

    static bool ContainsTime(Expr e) => e is TimeExpr || ExprTree.Children(e).Any(ContainsTime);

    static void Collect(Expr e, List<Expr> times)
    {
        if (e is BinaryExpr { Operator: >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual } comparison)
        {
            if (comparison.Left is TimeExpr)
            {
                times.Add(comparison.Right);
            }
            else if (comparison.Right is TimeExpr)
            {
                times.Add(comparison.Left);
            }
        }

        foreach (Expr child in ExprTree.Children(e))
        {
            Collect(child, times);
        }
    }
}
