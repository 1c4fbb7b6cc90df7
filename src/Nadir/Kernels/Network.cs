using Nadir.Expressions;
using Nadir.Models;

namespace Nadir.Kernels;

/// <summary>
/// A model made ready to run. A patient is a vector of slots: first the <see cref="DynamicCount"/> that change continuously or by
/// reactions (species as amounts, variables under a rate rule), then everything that only events or protocol actions change
/// (boundary species, compartments, parameters). Formulas over the slots become kernels.
/// </summary>
public sealed class Network
{
    /// <summary>Instructions beyond which a program is interpreted.</summary>
    internal const int LongestCompiled = 20_000;

    readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    readonly Dictionary<string, AssignmentRule> _assignments;
    readonly Dictionary<string, Species> _species;
    readonly Dictionary<string, Reaction> _reactions;
    readonly HashSet<string> _unitCompartments;
    readonly Func<KernelProgram, IKernel> _compile;

    Network(Model model, Func<KernelProgram, IKernel> compile, IReadOnlySet<string>? absent = null)
    {
        Model = model;
        Absent = absent ?? new HashSet<string>();
        _compile = compile;
        _species = model.Species.ToDictionary(s => s.Name, StringComparer.Ordinal);
        _reactions = model.Reactions.ToDictionary(r => r.Name, StringComparer.Ordinal);
        _assignments = model.Rules.OfType<AssignmentRule>().ToDictionary(r => r.Variable, StringComparer.Ordinal);
        _unitCompartments = [.. model.Compartments.Where(c => c.Constant && c.Size is NumberExpr { Value: 1 }).Select(c => c.Name)];
        SlotNames = AssignSlots(model);
        DynamicCount = SlotNames.TakeWhile(IsDynamic).Count();
        Stoichiometry = [.. model.Reactions.Select(NetChanges)];
        RateRules = [.. model.Rules.OfType<RateRule>()];
    }

    /// <summary>The model behind it.</summary>
    public Model Model { get; }

    /// <summary>Name of each slot.</summary>
    public IReadOnlyList<string> SlotNames { get; }

    /// <summary>How many slots, counted from the first, reactions and rate rules change.</summary>
    public int DynamicCount { get; }

    /// <summary>Names of the slots that are always 0.</summary>
    internal IReadOnlySet<string> Absent { get; }

    /// <summary>For each reaction, the dynamic slots it changes and by how much.</summary>
    public IReadOnlyList<IReadOnlyList<NetChange>> Stoichiometry { get; }

    /// <summary>Rate rules; their variables are dynamic slots.</summary>
    internal IReadOnlyList<RateRule> RateRules { get; }

    /// <summary>Makes a model ready to run with compiled kernels; a program too long to be compiled in a second is interpreted.</summary>
    public static Network Compile(Model model) =>
        new(model, p => p.Instructions.Count > LongestCompiled ? new InterpretedKernel(p) : new CompiledKernel(p));

    /// <summary>
    /// Makes a model ready to run for patients in whom some slots are 0 and stay so, such as the parts of mechanisms that are switched off: kernels leave out
    /// what these contribute. All slots are there and keep their order.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="absent">Names of parameters and species that are 0 in every patient at all times.</param>
    internal static Network Compile(Model model, IReadOnlySet<string> absent) =>
        new(model, p => p.Instructions.Count > LongestCompiled ? new InterpretedKernel(p) : new CompiledKernel(p), absent);

    /// <summary>Makes a model ready to run with the interpreter: the oracle of tests.</summary>
    public static Network Interpret(Model model) => new(model, p => new InterpretedKernel(p));

    /// <summary>The slot of a species, parameter or compartment, or -1 where a rule defines the name or there is none.</summary>
    public int SlotOf(string name) => _slots.TryGetValue(name, out int slot) ? slot : -1;

    /// <summary>A program over time and the slots; names in <paramref name="formulas"/> are the model's symbols.</summary>
    public KernelProgram Lower(IEnumerable<Expr> formulas) => ProgramPasses.Fuse(new ProgramBuilder(SlotOf, Define, Absent).Build(formulas));

    /// <summary>The same, before any pass, where <paramref name="extra"/> gives further symbols their slots.</summary>
    internal KernelProgram LowerWith(IEnumerable<Expr> formulas, IReadOnlyDictionary<string, int> extra) =>
        new ProgramBuilder(name => extra.TryGetValue(name, out int slot) ? slot : SlotOf(name), Define, Absent).Build(formulas);

    /// <summary>A kernel of a program, by this network's way to make them.</summary>
    internal IKernel Compile(KernelProgram program) => _compile(program);

    /// <summary>A kernel over time and the slots; names in <paramref name="formulas"/> are the model's symbols. Equal programs share their code.</summary>
    public IKernel Kernel(IEnumerable<Expr> formulas) => Compile(Lower(formulas));

    /// <summary>The formula of the amount of a species, or of the value of any other symbol.</summary>
    public Expr AmountOf(string name) =>
        !_species.TryGetValue(name, out Species? s) ? new SymbolExpr(name)
        : !_assignments.ContainsKey(name) ? new AmountExpr(name)
        : s.SubstanceOnly ? new SymbolExpr(name) : new SymbolExpr(name) * new SymbolExpr(s.Compartment);

    /// <summary>Formulas of d(slot)/dt for the dynamic slots.</summary>
    internal IReadOnlyList<Expr> Derivatives()
    {
        Expr?[] sums = new Expr?[DynamicCount];
        for (int r = 0; r < Model.Reactions.Count; r++)
        {
            foreach (NetChange change in Stoichiometry[r])
            {
                Expr term = Times(change.Amount, new SymbolExpr(Model.Reactions[r].Name));
                sums[change.Slot] = sums[change.Slot] is { } sum ? sum + term : term;
            }
        }

        foreach (RateRule rule in RateRules)
        {
            sums[SlotOf(rule.Variable)] = RateOf(rule);
        }

        return [.. sums.Select(s => s ?? Expr.Zero)];
    }

    /// <summary>
    /// The derivatives of d(slot)/dt for the dynamic slots: by each of them, row by row, then by time. Steps count as flat (their derivative
    /// is 0) and kinks have the slope of the side they are on.
    /// </summary>
    internal IKernel JacobianKernel() => Kernel(JacobianFormulas.Of(this));

    /// <summary>The program behind <see cref="JacobianKernel"/>.</summary>
    internal KernelProgram LowerJacobian() => Lower(JacobianFormulas.Of(this));

    /// <summary>The rate of change of the slot behind a rate rule; for a concentration that is volume times the rule.</summary>
    internal Expr RateOf(RateRule rule) => ToAmount(rule.Variable, rule.Formula);

    /// <summary>Turns a value in the sense of a symbol into the value its slot keeps: for a concentration, times the volume.</summary>
    internal Expr ToAmount(string variable, Expr value) =>
        IsConcentration(variable, out string compartment) ? value * new SymbolExpr(compartment) : value;

    static Expr Times(double factor, Expr e) => factor == 1 ? e : factor == -1 ? new UnaryExpr(UnaryOperator.Negate, e) : factor * e;

    bool IsConcentration(string name, out string compartment)
    {
        compartment = "";
        if (!_species.TryGetValue(name, out Species? s) || s.SubstanceOnly || _unitCompartments.Contains(s.Compartment))
        {
            return false;
        }

        compartment = s.Compartment;
        return true;
    }

    /// <summary>The formula behind a name that has no slot, or whose slot holds an amount while the name means a concentration; else null.</summary>
    internal Expr? Define(string name) =>
        _assignments.TryGetValue(name, out AssignmentRule? rule) ? rule.Formula
        : _reactions.TryGetValue(name, out Reaction? reaction) ? reaction.RateLaw
        : IsConcentration(name, out string compartment) ? new AmountExpr(name) / new SymbolExpr(compartment)
        : null;

    List<string> AssignSlots(Model model)
    {
        IEnumerable<string> names = model.Species.Select(s => s.Name)
            .Concat(model.Compartments.Select(c => c.Name))
            .Concat(model.Parameters.Select(p => p.Name))
            .Where(n => !_assignments.ContainsKey(n));
        List<string> ordered = [.. names.OrderBy(n => IsDynamic(n) ? 0 : 1)];
        for (int i = 0; i < ordered.Count; i++)
        {
            _slots.Add(ordered[i], i);
        }

        return ordered;
    }

    bool IsDynamic(string name) =>
        Model.Rules.Any(r => r is RateRule && r.Variable == name)
        || (_species.TryGetValue(name, out Species? s) && !s.Boundary && IsMoved(name));

    bool IsMoved(string species) =>
        Model.Reactions.Any(r => r.Reactants.Concat(r.Products).Any(p => p.Species == species));

    IReadOnlyList<NetChange> NetChanges(Reaction reaction)
    {
        Dictionary<int, double> changes = [];
        foreach ((Participant part, int sign) in reaction.Reactants.Select(p => (p, -1)).Concat(reaction.Products.Select(p => (p, 1))))
        {
            int slot = SlotOf(part.Species);
            if (slot >= 0 && slot < DynamicCount && !_species[part.Species].Boundary)
            {
                changes[slot] = changes.GetValueOrDefault(slot) + (sign * Number(part.Stoichiometry));
            }
        }

        return [.. changes.Where(c => c.Value != 0).OrderBy(c => c.Key).Select(c => new NetChange(c.Key, c.Value))];
    }

    double Number(Expr stoichiometry) => stoichiometry switch
    {
        NumberExpr n => n.Value,
        SymbolExpr s when Model.Parameters.FirstOrDefault(p => p.Name == s.Name) is { Constant: true, Value: { } value } => Number(value),
        SymbolExpr s when _assignments.TryGetValue(s.Name, out AssignmentRule? rule) => Number(rule.Formula),
        _ => ExpressionEvaluator.Evaluate(stoichiometry, name => Number(new SymbolExpr(name))),
    };
}

/// <summary>A reaction's effect on one slot.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Amount">Products minus reactants.</param>
public readonly record struct NetChange(int Slot, double Amount);
