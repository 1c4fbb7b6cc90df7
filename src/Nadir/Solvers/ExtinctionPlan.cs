using System.Globalization;
using Nadir.Expressions;
using Nadir.Faults;
using Nadir.Kernels;
using Nadir.Models;

namespace Nadir.Solvers;

/// <summary>What analytic extinction derives from a network once: the birth, death and arrival rates of each clone, and why there may be none.</summary>
sealed class ExtinctionPlan
{
    ExtinctionPlan(Network network, IReadOnlyList<ExtinctionClone> clones)
    {
        Clones = clones;
        Kernel = network.Kernel(clones.SelectMany(c => new[] { c.Birth, c.Death, c.Arrival }));
    }

    public IReadOnlyList<ExtinctionClone> Clones { get; }

    /// <summary>Outputs: birth and death per cell, and arrivals, for each clone.</summary>
    public IKernel Kernel { get; }

    public static Checked<ExtinctionPlan> Create(Network network, IReadOnlyList<DiscreteSpecies> discrete)
    {
        IssueList issues = [];
        issues.AddRange(HybridPlan.Create(network, discrete).Issues);
        List<ExtinctionClone> clones = [];
        FormulaExpander expander = new(network.Model);
        foreach (DiscreteSpecies species in issues.HasErrors ? [] : discrete)
        {
            clones.Add(Clone(network, expander, species, issues));
            CheckEvents(network, species, issues);
            CheckEnvironment(network, species, issues);
        }

        return Checked<ExtinctionPlan>.From(issues.HasErrors ? null : new ExtinctionPlan(network, clones), issues);
    }

    static ExtinctionClone Clone(Network network, FormulaExpander expander, DiscreteSpecies species, IssueList issues)
    {
        int slot = network.SlotOf(species.Name);
        Expr birth = Expr.Zero;
        Expr death = Expr.Zero;
        Expr arrival = Expr.Zero;
        for (int r = 0; r < network.Model.Reactions.Count; r++)
        {
            double change = network.Stoichiometry[r].Where(c => c.Slot == slot).Sum(c => c.Amount);
            Reaction reaction = network.Model.Reactions[r];
            Expr? perCell = change == 0 ? null : PerCell(network, expander, reaction.RateLaw, species.Name);
            switch (change)
            {
                case 0:
                    break;
                case 1 when perCell is not null:
                    birth += perCell;
                    break;
                case 1:
                    arrival += reaction.RateLaw;
                    break;
                case -1 when perCell is not null:
                    death += perCell;
                    break;
                default:
                    issues.Error("ND0621", reaction.At, $"the reaction \"{reaction.Name}\" is neither a division, a death nor an arrival of \"{species.Name}\", so there is no formula for its extinction",
                        string.Create(CultureInfo.InvariantCulture, $"{change:+0;-0} by the law {ExpressionPrinter.Print(reaction.RateLaw)}"), "changes by one cell; those that take a cell at a rate per cell", "simulate it: --method hybrid --count N");
                    break;
            }
        }

        return new ExtinctionClone(species, slot, birth, death, arrival);
    }

    static Expr? PerCell(Network network, FormulaExpander expander, Expr law, string species) =>
        LinearFactor.Of(expander.Expand(law), species) is not { } factor ? null
        : network.ToAmount(species, Expr.One) is BinaryExpr { Right: { } volume } ? factor / volume : factor;

    static void CheckEvents(Network network, DiscreteSpecies species, IssueList issues)
    {
        foreach (ModelEvent e in network.Model.Events.Where(e => e.Assignments.Any(a => a.Variable == species.Name)))
        {
            issues.Error("ND0622", e.At, $"the event \"{e.Name}\" sets \"{species.Name}\", so its cells do not die out independently", e.Name, "events that leave the clone alone", "simulate it: --method hybrid --count N");
        }
    }

    /// <summary>Rates that depend on the clone see its expected number: what chance does to them is left out.</summary>
    static void CheckEnvironment(Network network, DiscreteSpecies species, IssueList issues)
    {
        int slot = network.SlotOf(species.Name);
        IEnumerable<(string Name, Expr Formula)> formulas = network.Model.Reactions.Where((_, r) => network.Stoichiometry[r].All(c => c.Slot != slot)).Select(r => (r.Name, r.RateLaw))
            .Concat(network.Model.Rules.OfType<RateRule>().Select(r => (r.Variable, r.Formula)))
            .Concat(network.Model.Events.Select(e => (e.Name, e.Trigger)));
        string[] names = [.. formulas.Where(f => Reads(network, f.Formula, slot)).Select(f => f.Name)];
        if (names.Length > 0)
        {
            const int shown = 3;
            string list = string.Join(", ", names.Take(shown)) + (names.Length > shown ? $" and {names.Length - shown} more" : "");
            issues.Warning("ND0623", new SourceLocation(network.Model.Name, 0, 0), $"what depends on \"{species.Name}\" ({list}) sees its expected number, so probabilities are exact only as far as the rest does not act back on the clones",
                "compare with --method hybrid --count N");
        }
    }

    static bool Reads(Network network, Expr formula, int slot) =>
        network.Lower([formula]).Instructions.Any(i => i.Op == OpCode.Slot && i.A == slot);
}

/// <summary>A clone whose extinction is computed.</summary>
/// <param name="Species">As declared.</param>
/// <param name="Slot">Its slot.</param>
/// <param name="Birth">Divisions per cell and time.</param>
/// <param name="Death">Deaths and other losses per cell and time.</param>
/// <param name="Arrival">Arrivals per time.</param>
sealed record ExtinctionClone(DiscreteSpecies Species, int Slot, Expr Birth, Expr Death, Expr Arrival)
{
    /// <summary>Whether cells arrive from elsewhere.</summary>
    public bool HasArrivals => Arrival != Expr.Zero;
}
