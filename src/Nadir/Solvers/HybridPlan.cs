using Nadir.Expressions;
using Nadir.Faults;
using Nadir.Kernels;
using Nadir.Models;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>
/// What the hybrid method derives from a network once: for each discrete species its birth, death and immigration rates, and which
/// of its reactions need event-by-event simulation while it is a whole number.
/// </summary>
sealed class HybridPlan
{
    const double LargestThreshold = 1e15;

    readonly Lazy<IKernel> _jacobian;
    readonly Lazy<KernelProgram> _jacobianProgram;

    HybridPlan(Network network, CloneRates[] clones, bool forceEvents)
    {
        Network = network;
        Clones = clones;
        Changes = [.. network.Stoichiometry.Select(c => c.ToArray())];
        AbsentSlots = [.. network.Absent.Select(network.SlotOf).Where(s => s >= 0)];
        RateRuleSlots = [.. network.RateRules.Select(r => network.SlotOf(r.Variable))];
        IEnumerable<Expr> rates = network.Model.Reactions.Select(r => r.RateLaw);
        IEnumerable<Expr> rules = network.RateRules.Select(network.RateOf);
        IEnumerable<Expr> clonesRates = clones.SelectMany(c => new[] { c.Birth, c.Death, c.Immigration });
        Kernel = network.Kernel(rates.Concat(rules).Concat(clonesRates));
        _jacobian = new Lazy<IKernel>(network.JacobianKernel);
        _jacobianProgram = new Lazy<KernelProgram>(network.LowerJacobian);
        Flow = new HybridFlow(network, clones, forceEvents);
        ForceEvents = forceEvents;
        FirstRule = network.Model.Reactions.Count;
        FirstClone = FirstRule + network.RateRules.Count;
    }

    public Network Network { get; }

    public CloneRates[] Clones { get; }

    /// <summary>What each reaction changes.</summary>
    public NetChange[][] Changes { get; }

    public IReadOnlyList<int> RateRuleSlots { get; }

    /// <summary>Treat every discrete clone event by event, as exact simulation does.</summary>
    public bool ForceEvents { get; }

    /// <summary>Slots that are always 0.</summary>
    public int[] AbsentSlots { get; }

    /// <summary>The equations of a step.</summary>
    public HybridFlow Flow { get; }

    /// <summary>Outputs: reaction rates, rate rules, then birth, death per cell and immigration for each clone.</summary>
    public IKernel Kernel { get; }

    /// <summary>Derivatives of the network's own equations; compiled when first asked for, as only implicit methods do.</summary>
    public IKernel Jacobian => _jacobian.Value;

    /// <summary>The program behind <see cref="Jacobian"/>.</summary>
    public KernelProgram JacobianProgram => _jacobianProgram.Value;

    /// <summary>Number of equations of a step: see <see cref="HybridFlow"/>.</summary>
    public int Dimension => Network.DynamicCount + (HybridFlow.PerClone * Clones.Length) + 1;

    public int FirstRule { get; }

    public int FirstClone { get; }

    /// <summary>A program for lanes; its slots below the dynamic ones are read from the state. Equal programs share their code.</summary>
    public LaneKernel<T>.Body LaneBody<T>(KernelProgram program)
        where T : struct, ILanes<T> =>
        LaneKernel<T>.Compile(program, Network.DynamicCount);

    public static Checked<HybridPlan> Create(Network network, IReadOnlyList<DiscreteSpecies> discrete, bool forceEvents = false)
    {
        IssueList issues = [];
        List<CloneRates> clones = [];
        FormulaExpander expander = new(network.Model);
        foreach (DiscreteSpecies species in discrete)
        {
            if (Check(network, species, issues) && IsNew(network, species, clones, issues))
            {
                clones.Add(Clone(network, expander, species));
            }
        }

        return Checked<HybridPlan>.From(issues.HasErrors ? null : new HybridPlan(network, [.. clones], forceEvents), issues);
    }

    static bool Check(Network network, DiscreteSpecies discrete, IssueList issues)
    {
        int slot = network.SlotOf(discrete.Name);
        Species? species = network.Model.Species.FirstOrDefault(s => s.Name == discrete.Name);
        string[] candidates = [.. network.Model.Species.Select(s => s.Name)];
        if (species is null || slot < 0 || slot >= network.DynamicCount)
        {
            SourceLocation at = new(network.Model.Name, 0, 0);
            issues.Error("ND0601", at, $"\"{discrete.Name}\" cannot be discrete: it is no species that reactions change", discrete.Name,
                "a species that takes part in reactions", NearestName.Hint(discrete.Name, candidates));
            return false;
        }

        foreach (Reaction reaction in Touching(network, slot))
        {
            double change = Change(network, IndexOf(network, reaction), slot);
            if (reaction.Reversible)
            {
                issues.Error("ND0602", reaction.At, $"the reaction \"{reaction.Name}\" is reversible, so its rate may become negative; the discrete species \"{discrete.Name}\" needs one-way reactions",
                    "->", "two reactions with =>", "split it into a forward and a backward reaction");
            }
            else if (change != Math.Floor(change))
            {
                issues.Error("ND0603", reaction.At, $"the reaction \"{reaction.Name}\" changes the discrete species \"{discrete.Name}\" by a fraction",
                    change.ToString("R", System.Globalization.CultureInfo.InvariantCulture), "a whole number of cells");
            }
        }

        if (network.RateRules.Any(r => r.Variable == discrete.Name))
        {
            issues.Error("ND0604", species.At, $"\"{discrete.Name}\" is under a rate rule and cannot be discrete", discrete.Name, "a species that only reactions and events change");
        }

        return !issues.HasErrors;
    }

    static bool IsNew(Network network, DiscreteSpecies discrete, List<CloneRates> clones, IssueList issues)
    {
        SourceLocation at = new(network.Model.Name, 0, 0);
        bool twice = clones.Exists(c => c.Species.Name == discrete.Name);
        if (twice)
        {
            issues.Error("ND0605", at, $"\"{discrete.Name}\" is named twice as a discrete species", discrete.Name, "each discrete species once");
        }

        bool inRange = discrete.Threshold is > 0 and (<= LargestThreshold or double.PositiveInfinity);
        if (!inRange)
        {
            issues.Error("ND0606", at, $"the threshold of \"{discrete.Name}\" is out of range",
                discrete.Threshold.ToString("R", System.Globalization.CultureInfo.InvariantCulture), "a number of cells above 0 and up to 1e15, beyond which a double does not hold every count");
        }

        return !twice && inRange;
    }

    /// <summary>Absolute tolerance of each equation of a step: a discrete clone needs none below its threshold.</summary>
    public double[] AbsoluteTolerances(Tolerances tolerances)
    {
        double[] absolute = new double[Dimension];
        absolute.AsSpan().Fill(tolerances.Absolute);
        foreach (CloneRates clone in Clones)
        {
            double cells = double.IsFinite(clone.Species.Threshold) ? tolerances.Relative * clone.Species.Threshold : 0;
            absolute[clone.Slot] = Math.Max(tolerances.Absolute, cells);
        }

        absolute.AsSpan(Network.DynamicCount).Fill(tolerances.Relative);
        return absolute;
    }

    /// <summary>The equations that are populations, which are never negative.</summary>
    public bool[] NonNegative()
    {
        bool[] populations = new bool[Dimension];
        for (int slot = 0; slot < Network.DynamicCount; slot++)
        {
            populations[slot] = !RateRuleSlots.Contains(slot);
        }

        return populations;
    }

    static IEnumerable<Reaction> Touching(Network network, int slot) =>
        network.Model.Reactions.Where((_, r) => Change(network, r, slot) != 0);

    static int IndexOf(Network network, Reaction reaction) => network.Model.Reactions.TakeWhile(r => !ReferenceEquals(r, reaction)).Count();

    /// <summary>By how much a reaction changes a slot.</summary>
    public double Change(int reaction, int slot)
    {
        foreach (NetChange change in Changes[reaction])
        {
            if (change.Slot == slot)
            {
                return change.Amount;
            }
        }

        return 0;
    }

    static double Change(Network network, int reaction, int slot) =>
        network.Stoichiometry[reaction].Where(c => c.Slot == slot).Sum(c => c.Amount);

    static CloneRates Clone(Network network, FormulaExpander expander, DiscreteSpecies species)
    {
        int slot = network.SlotOf(species.Name);
        Expr birth = Expr.Zero;
        Expr death = Expr.Zero;
        Expr immigration = Expr.Zero;
        List<int> arrivals = [];
        List<int> reactions = [];
        bool plain = true;
        for (int r = 0; r < network.Model.Reactions.Count; r++)
        {
            double change = Change(network, r, slot);
            if (change == 0)
            {
                continue;
            }

            reactions.Add(r);
            Expr law = network.Model.Reactions[r].RateLaw;
            Expr? perCell = PerCell(network, expander, law, species.Name);
            bool alone = network.Stoichiometry[r].Count == 1;
            if (perCell is not null && alone && change == 1)
            {
                birth += perCell;
            }
            else if (perCell is not null && alone && change == -1)
            {
                death += perCell;
            }
            else if (perCell is null && change == 1)
            {
                immigration += law;
                arrivals.Add(r);
            }
            else
            {
                plain = false;
            }
        }

        return new CloneRates(species, slot, birth, death, immigration)
        {
            Reactions = [.. reactions],
            Arrivals = [.. arrivals],
            ArrivalsFromSources = [.. arrivals.Where(r => network.Stoichiometry[r].Count > 1)],
            Plain = plain,
        };
    }

    /// <summary>The law divided by the amount of the species, or null where the species is no factor of it.</summary>
    static Expr? PerCell(Network network, FormulaExpander expander, Expr law, string species) =>
        LinearFactor.Of(expander.Expand(law), species) is not { } factor ? null
        : network.ToAmount(species, Expr.One) is BinaryExpr { Right: { } volume } ? factor / volume : factor;
}

/// <summary>A discrete species with what the hybrid method knows of it.</summary>
/// <param name="Species">As declared.</param>
/// <param name="Slot">Its slot.</param>
/// <param name="Birth">Divisions per cell and time.</param>
/// <param name="Death">Deaths per cell and time.</param>
/// <param name="Immigration">Arrivals per time that do not come from the clone itself.</param>
sealed record CloneRates(DiscreteSpecies Species, int Slot, Expr Birth, Expr Death, Expr Immigration)
{
    /// <summary>Every reaction that changes it.</summary>
    public required int[] Reactions { get; init; }

    /// <summary>Those that bring arrivals; they may take from other species.</summary>
    public required int[] Arrivals { get; init; }

    /// <summary>Arrivals that change other species too.</summary>
    public required int[] ArrivalsFromSources { get; init; }

    /// <summary>True when births, deaths and arrivals are all there is, so that the closed form applies.</summary>
    public required bool Plain { get; init; }
}
