using Nadir.Expressions;
using Nadir.Faults;

namespace Nadir.Models;

/// <summary>
/// A reaction network: everything the engine derives (rates of change, propensities, per-cell birth and death rates) comes from it.
/// User functions are inlined; every name that a formula uses is defined. Units are kept as written and never convert values.
/// </summary>
public sealed record Model
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>Compartments, with their sizes.</summary>
    public IReadOnlyList<Compartment> Compartments { get; init; } = [];

    /// <summary>Species, in order of declaration or first use.</summary>
    public IReadOnlyList<Species> Species { get; init; } = [];

    /// <summary>Parameters, including those under a rule or changed by an event.</summary>
    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    /// <summary>Reactions.</summary>
    public IReadOnlyList<Reaction> Reactions { get; init; } = [];

    /// <summary>Assignment and rate rules; a variable has at most one.</summary>
    public IReadOnlyList<Rule> Rules { get; init; } = [];

    /// <summary>Events in file order.</summary>
    public IReadOnlyList<ModelEvent> Events { get; init; } = [];

    /// <summary>Unit definitions, name to formula text.</summary>
    public IReadOnlyDictionary<string, string> Units { get; init; } = new Dictionary<string, string>();

    /// <summary>Annotations kept for writing the model back: subject, qualifier, texts.</summary>
    public IReadOnlyList<Annotation> Annotations { get; init; } = [];
}

/// <summary>A volume that species live in.</summary>
/// <param name="Name">Identifier.</param>
/// <param name="Size">Initial size as a formula; 1 where the source gives none.</param>
/// <param name="At">Where it is defined.</param>
public sealed record Compartment(string Name, Expr Size, SourceLocation At)
{
    /// <summary>False when a rule or an event changes the size.</summary>
    public bool Constant { get; init; } = true;

    /// <summary>Unit as written; null where none is given.</summary>
    public string? Unit { get; init; }

    /// <summary>Display name; null where none is given.</summary>
    public string? DisplayName { get; init; }
}

/// <summary>A population of cells or molecules. The state the engine keeps is its amount (cells).</summary>
/// <param name="Name">Identifier.</param>
/// <param name="Compartment">The compartment it lives in.</param>
/// <param name="InitialAmount">Amount at time 0 as a formula, already turned into an amount whatever form the source used; null where the source gives no value or a rule does.</param>
/// <param name="At">Where it is defined.</param>
public sealed record Species(string Name, string Compartment, Expr? InitialAmount, SourceLocation At)
{
    /// <summary>True: the symbol in a formula is the amount. False: it is the concentration, amount over compartment size.</summary>
    public bool SubstanceOnly { get; init; }

    /// <summary>True: reactions do not change it.</summary>
    public bool Boundary { get; init; }

    /// <summary>Unit as written (of the concentration); null where none is given.</summary>
    public string? Unit { get; init; }

    /// <summary>Display name (<c>x is "text"</c>); null where none is given.</summary>
    public string? DisplayName { get; init; }
}

/// <summary>A named number.</summary>
/// <param name="Name">Identifier.</param>
/// <param name="Value">Initial value as a formula; null where only a rule defines it.</param>
/// <param name="At">Where it is defined.</param>
public sealed record Parameter(string Name, Expr? Value, SourceLocation At)
{
    /// <summary>False when a rule or an event changes it.</summary>
    public bool Constant { get; init; } = true;

    /// <summary>Unit as written, for example <c>per_day</c>; null where none is given.</summary>
    public string? Unit { get; init; }

    /// <summary>Display name; null where none is given.</summary>
    public string? DisplayName { get; init; }
}

/// <summary>A reaction: reactants become products at the rate of its law, in amount (cells) per unit of time.</summary>
/// <param name="Name">Identifier; <c>_J0</c>, <c>_J1</c>, … where the source gives none.</param>
/// <param name="Reactants">Left side, repeated species added up.</param>
/// <param name="Products">Right side, repeated species added up.</param>
/// <param name="RateLaw">Amount per time; 0 where the source has no law.</param>
/// <param name="At">Where it is defined.</param>
public sealed record Reaction(
    string Name,
    IReadOnlyList<Participant> Reactants,
    IReadOnlyList<Participant> Products,
    Expr RateLaw,
    SourceLocation At)
{
    /// <summary>Written with <c>-&gt;</c>: the law is a net rate and may be negative. Refused by stochastic methods.</summary>
    public bool Reversible { get; init; }

    /// <summary>Display name; null where none is given.</summary>
    public string? DisplayName { get; init; }
}

/// <summary>A species on one side of a reaction.</summary>
/// <param name="Species">The species' name.</param>
/// <param name="Stoichiometry">A number or the name of a constant parameter.</param>
public sealed record Participant(string Species, Expr Stoichiometry);

/// <summary>A rule that defines a variable (species, parameter or compartment) in the sense of its symbol.</summary>
/// <param name="Variable">The variable it defines.</param>
/// <param name="Formula">The right side.</param>
/// <param name="At">Where it is defined.</param>
public abstract record Rule(string Variable, Expr Formula, SourceLocation At);

/// <summary><c>x := f</c>: holds at every instant.</summary>
public sealed record AssignmentRule(string Variable, Expr Formula, SourceLocation At) : Rule(Variable, Formula, At);

/// <summary><c>x' = f</c>: dx/dt.</summary>
public sealed record RateRule(string Variable, Expr Formula, SourceLocation At) : Rule(Variable, Formula, At);

/// <summary>An event: when the trigger turns true, after the delay, the assignments are executed at once.</summary>
/// <param name="Name">Identifier; <c>_E0</c>, … where the source gives none.</param>
/// <param name="Trigger">Condition; fires on each change from false to true.</param>
/// <param name="Assignments">Executed together: all right sides are computed before any target changes.</param>
/// <param name="At">Where it is defined.</param>
public sealed record ModelEvent(string Name, Expr Trigger, IReadOnlyList<EventAssignment> Assignments, SourceLocation At)
{
    /// <summary>Time from trigger to execution, evaluated when triggered; null means none.</summary>
    public Expr? Delay { get; init; }

    /// <summary>Larger executes first among events due together; null means none.</summary>
    public Expr? Priority { get; init; }

    /// <summary>Antimony's <c>t0</c>. True (default): a condition that holds at the start does not fire then.</summary>
    public bool InitiallyTrue { get; init; } = true;

    /// <summary>True (default): once triggered it executes. False: it is cancelled if the condition turns false before.</summary>
    public bool Persistent { get; init; } = true;

    /// <summary>Antimony's <c>fromTrigger</c>. True (default): right sides are evaluated when triggered, else when executed.</summary>
    public bool ValuesFromTrigger { get; init; } = true;

    /// <summary>Display name; null where none is given.</summary>
    public string? DisplayName { get; init; }
}

/// <summary>One assignment of an event, in the sense of the variable's symbol.</summary>
public sealed record EventAssignment(string Variable, Expr Formula);

/// <summary>Text attached to a symbol or to the model.</summary>
/// <param name="Subject">The symbol's name, or <c>model</c> (a reserved word) for the model itself.</param>
/// <param name="Qualifier">The qualifier word, a property such as <c>mean</c> or <c>sboTerm</c>, or <c>name</c> for a model's display name.</param>
/// <param name="Texts">The texts; a property has one, as written.</param>
public sealed record Annotation(string Subject, string Qualifier, IReadOnlyList<string> Texts);
