using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nadir.Expressions;
using Nadir.Kernels;
using Nadir.Models;
using Nadir.Populations;
using Nadir.Protocols;
using Nadir.Solvers;

namespace Nadir.Trials;

/// <summary>The model of an arm, compiled once for all threads and for all arms in which the same things are absent.</summary>
sealed class TrialModel
{
    static readonly ConditionalWeakTable<Model, ConcurrentDictionary<string, Lazy<Network>>> _networks = [];
    static readonly ConditionalWeakTable<Network, ConcurrentDictionary<string, Lazy<HybridPlan>>> _hybrids = [];

    readonly InitialState _initial;
    readonly int[] _parameterSlots;
    readonly Dictionary<string, int> _infusions;

    TrialModel(TrialPlan plan, IReadOnlySet<string> absent)
    {
        Plan = plan;
        ModelPackage package = plan.Package;
        ParameterTable table = package.Parameters!;
        Network = Shared(package.Model, absent);
        SymbolExpr transgene = new(Symbol(table, "transgene"));
        Expr overt = new BinaryExpr(
            BinaryOperator.Greater, new SymbolExpr(Symbol(table, "marrow-blast-fraction")), plan.Assays.Marrow.Threshold("overt"));
        SymbolExpr? cytokine = plan.Assays.Cytokine is { } assay && table.Readouts.Find(assay.Reads) is { } symbol ? new SymbolExpr(symbol) : null;
        Options = new HybridOptions { Discrete = Discrete(table), Tolerances = plan.Tolerances.For(Network, plan.HorizonDays), Solver = plan.Solver, Watch = overt, Recorded = cytokine is null ? [transgene] : [transgene, cytokine] };
        Hybrid = Shared(Network, Options.Discrete);
        HashSet<string> given = [.. TypicalValues.Of(package.Model).Keys];
        _parameterSlots = [.. package.Model.Parameters.Select(p => given.Contains(p.Name) ? Network.SlotOf(p.Name) : -1)];
        _initial = new InitialState(Network, given);
        _infusions = plan.Arms.SelectMany(a => a.Doses).Select(d => d.Into).Distinct().ToDictionary(r => r, r => Network.SlotOf(Symbol(table, r)), StringComparer.Ordinal);
        Transgene = Network.Kernel([transgene]);
        HasCytokine = cytokine is not null;
    }

    /// <summary>Plans, arms, cohorts and draws that simulate the same model share what is made of it.</summary>
    static Network Shared(Model model, IReadOnlySet<string> absent) =>
        _networks.GetOrCreateValue(model).GetOrAdd(string.Join('\n', absent.Order(StringComparer.Ordinal)), _ => new Lazy<Network>(() => Network.Compile(model, absent))).Value;

    static HybridPlan Shared(Network network, IReadOnlyList<DiscreteSpecies> discrete)
    {
        string key = string.Join('\n', discrete.Select(d => FormattableString.Invariant($"{d.Name} {d.Threshold:R} {d.Initial}")));
        return _hybrids.GetOrCreateValue(network).GetOrAdd(key, _ => new Lazy<HybridPlan>(() => HybridPlan.Create(network, discrete).OrThrow())).Value;
    }

    public TrialPlan Plan { get; }

    public Network Network { get; }

    public HybridPlan Hybrid { get; }

    public HybridOptions Options { get; }

    /// <summary>CAR transgene in blood.</summary>
    public IKernel Transgene { get; }

    /// <summary>Whether what the assay of cytokine reads is recorded, after the transgene; not where the trial has no such assay or the model nothing for it.</summary>
    public bool HasCytokine { get; }

    /// <summary>Number of slots of a patient.</summary>
    public int Slots => _initial.Count;

    /// <summary>The symbol behind a readout.</summary>
    public static string Symbol(ParameterTable table, string role) =>
        table.Readouts.Find(role) ?? throw new ArgumentException($"found no readout \"{role}\" in the model's parameters.yaml; a trial needs it", nameof(role));

    /// <summary>What an assay reads of the model: a role's symbol, or a share of the blasts that the clones make up.</summary>
    public static Expr Reading(ParameterTable table, string reads)
    {
        if (!Readouts.BlastShares.Contains(reads))
        {
            return new SymbolExpr(Symbol(table, reads));
        }

        Readouts readouts = table.Readouts;
        Expr counted = Sum(readouts.Clones.Where(c => Readouts.Counts(reads, c)));
        LeukaemiaClone[] stripped = [.. readouts.Clones.Where(c => Readouts.CountsStripped(reads, c))];
        if (readouts.Stripping is { } stripping && stripped.Length > 0)
        {
            Expr below = new BinaryExpr(BinaryOperator.Less, new SymbolExpr(stripping.Density), stripping.Gate);
            counted += new PiecewiseExpr([new PiecewiseBranch(Sum(stripped), below)], Expr.Zero);
        }

        // Less than one blast has no phenotype.
        return counted / new CallExpr(BuiltInFunction.Max, [Expr.One, Sum(readouts.Clones)]);

        static Expr Sum(IEnumerable<LeukaemiaClone> clones) => clones.Aggregate((Expr)Expr.Zero, (sum, c) => sum + new SymbolExpr(c.Species));
    }

    /// <summary>A patient at infusion.</summary>
    /// <param name="patient">The patient.</param>
    /// <param name="arm">The arm, for what is infused on day 0.</param>
    /// <param name="values">Room for the values the patient brings; cleared first.</param>
    /// <param name="slots">Receives the slots.</param>
    public void Fill(VirtualPatient patient, ArmPlan arm, List<(int Slot, double Value)> values, double[] slots)
    {
        values.Clear();
        for (int i = 0; i < _parameterSlots.Length; i++)
        {
            if (_parameterSlots[i] >= 0)
            {
                values.Add((_parameterSlots[i], patient.Parameters[i]));
            }
        }

        _initial.Fill(slots, CollectionsMarshal.AsSpan(values));
        foreach (ProductDose dose in arm.AtStart)
        {
            slots[_infusions[dose.Into]] += dose.Cells;
        }
    }

    /// <summary>The slot that an infusion fills.</summary>
    public int InfusionSlot(string role) => _infusions[role];

    /// <summary>The model of each arm. A patient does not depend on the other arms.</summary>
    public static IReadOnlyList<TrialModel> OfArms(TrialPlan plan)
    {
        Dictionary<string, TrialModel> models = [];
        Dictionary<string, IReadOnlySet<string>> known = new(StringComparer.Ordinal);
        List<TrialModel> result = [];
        foreach (ArmPlan arm in plan.Arms)
        {
            IReadOnlySet<string> absent = Absent(plan, arm, known);
            string key = string.Join('\n', absent.Order(StringComparer.Ordinal));
            if (!models.TryGetValue(key, out TrialModel? model))
            {
                model = new TrialModel(plan, absent);
                models.Add(key, model);
            }

            result.Add(model);
        }

        return result;
    }

    /// <summary>What is 0 in every patient of an arm at all times, such as the cells of mechanisms that are switched off.</summary>
    /// <param name="plan">The trial.</param>
    /// <param name="arm">The arm.</param>
    /// <param name="known">What was found for arms before: thousands may differ only by numbers.</param>
    static IReadOnlySet<string> Absent(TrialPlan plan, ArmPlan arm, Dictionary<string, IReadOnlySet<string>> known)
    {
        StrategyAction[] actions = [.. arm.Strategies.SelectMany(s => s.Actions)];
        HashSet<string> treated =
        [
            .. actions.OfType<StrategyAction.SetParameter>().Select(a => a.Parameter),
            .. actions.OfType<StrategyAction.AddToParameter>().Select(a => a.Parameter),
        ];
        ParameterTable table = plan.Package.Parameters!;
        string[] given = [.. arm.Doses.Select(d => Symbol(table, d.Into)).Concat(actions.OfType<StrategyAction.GiveCells>().Select(a => a.Species))];
        string[] zero = [.. plan.Package.Model.Parameters.Select(p => p.Name).Where(p => !treated.Contains(p) && arm.Population.IsAlwaysZero(p))];
        string key = $"{string.Join(' ', zero)}\n{string.Join(' ', given)}";
        return known.TryGetValue(key, out IReadOnlySet<string>? absent) ? absent : known[key] = AbsentParts.Of(plan.Package.Model, zero, given);
    }

    List<DiscreteSpecies> Discrete(ParameterTable table) =>
        [.. table.Discrete.Clones.Where(c => !Network.Absent.Contains(c.Species)).Select(c => new DiscreteSpecies(c.Species, c.Threshold, c.Initial))];
}
