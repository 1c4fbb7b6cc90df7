using Nadir.Expressions;
using Nadir.Faults;

namespace Nadir.Models;

/// <summary>Turns a draft into a model: flat names, amounts, compartments, and everything checked.</summary>
sealed class ModelAssembler
{
    /// <summary>The compartment of species that are placed nowhere: size 1, constant.</summary>
    public const string DefaultCompartment = "default_compartment";

    readonly ModelDraft _draft;
    readonly SymbolTable _table;
    readonly Dictionary<string, string> _compartments;
    readonly bool _implicitDefault;

    ModelAssembler(ModelDraft draft, SymbolTable table)
    {
        _draft = draft;
        _table = table;
        _compartments = Placement.Of(table);
        _implicitDefault = table.Find(DefaultCompartment) is not { } said || (!table.Changes(said) && said.Initial?.Tree is null or NumberExpr { Value: 1 });
    }

    /// <summary>The model; null when it has faults, which are reported.</summary>
    public static Model? Assemble(ModelDraft draft, IssueList issues)
    {
        SymbolTable table = SymbolTable.Flat(draft, issues);
        ModelChecks.Run(table, issues);
        return issues.HasErrors ? null : new ModelAssembler(draft, table).Build();
    }

    Model Build() => new()
    {
        Name = _draft.Syntax.Name,
        Compartments = Compartments(),
        Species = [.. _table.Of(SymbolKind.Species).Select(Species)],
        Parameters = [.. _table.Parameters.Select(Parameter)],
        Reactions = [.. _table.Of(SymbolKind.Reaction).Select(Reaction)],
        Rules = [.. _table.Symbols.Where(s => s.Kind is not SymbolKind.Reaction).SelectMany(Rules).OrderBy(r => r.At.Line).ThenBy(r => r.At.Column)],
        Events = [.. _table.Of(SymbolKind.Event).Select(Event)],
        Units = _draft.Units,
        Annotations = [.. _table.Annotations.Select(a => new Annotation(a.Subject?.Name ?? "model", a.Qualifier, a.Texts))],
    };

    List<Compartment> Compartments()
    {
        List<Compartment> all = [.. _table.Of(SymbolKind.Compartment).Where(c => !_implicitDefault || c.Name != DefaultCompartment).Select(Compartment)];
        if (_implicitDefault && (_compartments.ContainsValue(DefaultCompartment) || _table.Formulas.Any(f => f.Names.Any(use => use.Name == DefaultCompartment))))
        {
            all.Add(new Compartment(DefaultCompartment, Expr.One, _draft.Syntax.At));
        }

        return all;
    }

    Compartment Compartment(SymbolDraft s) => new(s.Name, s.Initial?.Tree ?? Expr.One, s.At)
    {
        Constant = !_table.Changes(s),
        Unit = s.Unit,
        DisplayName = s.DisplayName,
    };

    Species Species(SymbolDraft s)
    {
        string compartment = _compartments[s.Name];
        return new Species(s.Name, compartment, Amount(s, compartment), s.At)
        {
            SubstanceOnly = s.SubstanceOnly,
            Boundary = s.Constant == true || s.Rule is not null || s.Rate is not null,
            Unit = s.Unit,
            DisplayName = s.DisplayName,
        };
    }

    Expr? Amount(SymbolDraft s, string compartment)
    {
        Expr? size = _implicitDefault && compartment == DefaultCompartment ? Expr.One : new SymbolExpr(compartment);
        return s.Initial is null || s.Rule is not null ? null : InitialAmount.Of(s.Initial.Tree, s.SubstanceOnly, size);
    }

    Parameter Parameter(SymbolDraft s) => new(s.Name, s.Rule is null ? s.Initial?.Tree : null, s.At)
    {
        Constant = !_table.Changes(s),
        Unit = s.Unit,
        DisplayName = s.DisplayName,
    };

    static Reaction Reaction(SymbolDraft s) => new(s.Name, Side(s.Reaction!.Left), Side(s.Reaction.Right), s.Law!.Tree, s.At)
    {
        Reversible = s.Reaction.Reversible,
        DisplayName = s.DisplayName,
    };

    static List<Participant> Side(IReadOnlyList<ReactionPart> parts) =>
        [.. parts.GroupBy(p => p.Species.Name, StringComparer.Ordinal).Select(g => new Participant(g.Key, g.Select(p => p.Stoichiometry).Aggregate(Sum)))];

    static Expr Sum(Expr a, Expr b) => a is NumberExpr x && b is NumberExpr y ? x.Value + y.Value : a + b;

    static IEnumerable<Rule> Rules(SymbolDraft s) =>
        s.Rule is { } rule ? [new AssignmentRule(s.Name, rule.Tree, rule.At)]
        : s.Rate is { } rate ? [new RateRule(s.Name, rate.Tree, rate.At)]
        : [];

    static ModelEvent Event(SymbolDraft s)
    {
        EventStatement e = s.Event!;
        return new ModelEvent(s.Name, e.Trigger.Tree, [.. e.Assignments.Select(a => new EventAssignment(a.Target.Name, a.Formula!.Tree))], s.At)
        {
            Delay = e.Delay?.Tree,
            Priority = e.Priority?.Tree,
            InitiallyTrue = e.InitiallyTrue,
            Persistent = e.Persistent,
            ValuesFromTrigger = e.ValuesFromTrigger,
            DisplayName = s.DisplayName,
        };
    }
}
