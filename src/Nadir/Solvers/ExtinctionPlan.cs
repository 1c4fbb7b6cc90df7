using System.Globalization;
using Nadir.Expressions;
using Nadir.Faults;
using Nadir.Kernels;
using Nadir.Models;

namespace Nadir.Solvers;

/// <summary>What analytic extinction derives from a network once: the birth, death and arrival rates of each clone, and why there may be none.</summary>
sealed class ExtinctionPlan
{
    readonly Network _network;
    readonly FormulaExpander _expander;
    readonly HashSet<string> _names;
    readonly List<ExtinctionLink> _links = [];

    /// <summary>What is left of a law that brings arrivals once the shares of the clones are taken out.</summary>
    readonly Dictionary<int, List<Expr>> _leftOver = [];
    readonly IssueList _issues = [];

    ExtinctionPlan(Network network, IReadOnlyList<DiscreteSpecies> discrete)
    {
        _network = network;
        _expander = new FormulaExpander(network.Model);
        _names = [.. discrete.Select(d => d.Name)];
        Clones = [.. discrete.Select((d, i) => Clone(d, i, discrete))];
        Kernel = network.Kernel(Clones.SelectMany(c => new[] { c.Birth, c.Death, c.Arrival }).Concat(_links.Select(l => l.Rate)));
    }

    public IReadOnlyList<ExtinctionClone> Clones { get; }

    /// <summary>Clones whose cells found cells of others.</summary>
    public IReadOnlyList<ExtinctionLink> Links => _links;

    /// <summary>Outputs: birth and death per cell, and arrivals, for each clone; then the rates of the links.</summary>
    public IKernel Kernel { get; }

    public static Checked<ExtinctionPlan> Create(Network network, IReadOnlyList<DiscreteSpecies> discrete)
    {
        IssueList issues = [];
        issues.AddRange(HybridPlan.Create(network, discrete).Issues);
        if (issues.HasErrors)
        {
            return new Checked<ExtinctionPlan>(null, issues);
        }

        ExtinctionPlan plan = new(network, discrete);
        issues.AddRange(plan._issues);
        foreach (DiscreteSpecies species in discrete)
        {
            CheckEvents(network, species, issues);
            plan.CheckEnvironment(species, issues);
        }

        return Checked<ExtinctionPlan>.From(plan, issues);
    }

    ExtinctionClone Clone(DiscreteSpecies species, int clone, IReadOnlyList<DiscreteSpecies> all)
    {
        int slot = _network.SlotOf(species.Name);
        Expr birth = Expr.Zero;
        Expr death = Expr.Zero;
        Expr arrival = Expr.Zero;
        for (int r = 0; r < _network.Model.Reactions.Count; r++)
        {
            double change = Change(r, slot);
            Expr? perCell = change == 0 ? null : PerCell(_network, _expander, _network.Model.Reactions[r].RateLaw, species.Name);
            switch (change)
            {
                case 0:
                    break;
                case 1 when perCell is not null:
                    birth += perCell;
                    break;
                case 1:
                    LinearParts parts = LinearParts.Of(_expander.Expand(_network.Model.Reactions[r].RateLaw), _names);
                    birth += parts.Factors.TryGetValue(species.Name, out Expr? own) ? PerAmount(_network, own, species.Name) : Expr.Zero;
                    arrival += parts.Rest;
                    Link(r, clone, parts, all);
                    break;
                case -1 when perCell is not null:
                    death += perCell;
                    break;
                default:
                    Refuse(r, species.Name, change);
                    break;
            }
        }

        return new ExtinctionClone(species, slot, ExpressionSimplifier.Simplify(birth), ExpressionSimplifier.Simplify(death), ExpressionSimplifier.Simplify(arrival));
    }

    /// <summary>Each cell of another clone brings cells of this one: staying what it is (mutation at division), or turning into one.</summary>
    void Link(int reaction, int to, LinearParts parts, IReadOnlyList<DiscreteSpecies> all)
    {
        _leftOver[reaction] = [.. parts.Factors.Values, parts.Rest];
        for (int from = 0; from < all.Count; from++)
        {
            if (from != to && parts.Factors.TryGetValue(all[from].Name, out Expr? factor))
            {
                double change = Change(reaction, _network.SlotOf(all[from].Name));
                if (change is not (0 or -1))
                {
                    Refuse(reaction, all[to].Name, 1);
                }

                _links.Add(new ExtinctionLink(from, to, change == -1, PerAmount(_network, factor, all[from].Name)));
            }
        }
    }

    double Change(int reaction, int slot) => _network.Stoichiometry[reaction].Where(c => c.Slot == slot).Sum(c => c.Amount);

    void Refuse(int index, string clone, double change)
    {
        Reaction reaction = _network.Model.Reactions[index];
        _issues.Error("ND0621", reaction.At, $"the reaction \"{reaction.Name}\" is neither a division, a death nor an arrival of \"{clone}\", so there is no formula for its extinction",
            string.Create(CultureInfo.InvariantCulture, $"{change:+0;-0} by the law {ExpressionPrinter.Print(reaction.RateLaw)}"), "changes by one cell; those that take a cell at a rate per cell", "simulate it: --method hybrid --count N");
    }

    static Expr? PerCell(Network network, FormulaExpander expander, Expr law, string species) =>
        LinearFactor.Of(expander.Expand(law), species) is not { } factor ? null
        : PerAmount(network, factor, species);

    /// <summary>A rate per unit of a symbol as a rate per cell: for a concentration, over the volume.</summary>
    static Expr PerAmount(Network network, Expr factor, string species) =>
        network.ToAmount(species, Expr.One) is BinaryExpr { Right: { } volume } ? factor / volume : factor;

    static void CheckEvents(Network network, DiscreteSpecies species, IssueList issues)
    {
        foreach (ModelEvent e in network.Model.Events.Where(e => e.Assignments.Any(a => a.Variable == species.Name)))
        {
            issues.Error("ND0622", e.At, $"the event \"{e.Name}\" sets \"{species.Name}\", so its cells do not die out independently", e.Name, "events that leave the clone alone", "simulate it: --method hybrid --count N");
        }
    }

    /// <summary>Rates that depend on the clone see its expected number: what chance does to them is left out.</summary>
    void CheckEnvironment(DiscreteSpecies species, IssueList issues)
    {
        Network network = _network;
        int slot = network.SlotOf(species.Name);
        IEnumerable<(string Name, Expr Formula)> laws = network.Model.Reactions.SelectMany((reaction, r) =>
            Change(r, slot) != 0 ? [] : _leftOver.GetValueOrDefault(r, [reaction.RateLaw]).Select(f => (reaction.Name, f)));
        IEnumerable<(string Name, Expr Formula)> formulas = laws
            .Concat(network.Model.Rules.OfType<RateRule>().Select(r => (r.Variable, r.Formula)))
            .Concat(network.Model.Events.Select(e => (e.Name, e.Trigger)));
        string[] names = [.. formulas.Where(f => Reads(network, f.Formula, slot)).Select(f => f.Name).Distinct()];
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

/// <summary>Cells of one clone that found cells of another.</summary>
/// <param name="From">Index of the clone they come from.</param>
/// <param name="To">Index of the clone they found.</param>
/// <param name="Converts">Whether the founding cell is lost to its own clone.</param>
/// <param name="Rate">Per cell of the founding clone and time.</param>
sealed record ExtinctionLink(int From, int To, bool Converts, Expr Rate);
