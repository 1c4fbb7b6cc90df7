using Nadir.Expressions;
using Nadir.Faults;

namespace Nadir.Models;

/// <summary>A formula as it stands in the source.</summary>
/// <param name="Tree">The tree; calls of the model's own functions are not yet replaced.</param>
/// <param name="At">Where it starts.</param>
/// <param name="Names">The names it uses, with their places.</param>
sealed record Formula(Expr Tree, SourceLocation At, IReadOnlyList<NameUse> Names)
{
    /// <summary>The unit of a formula that is one number with a unit; else null.</summary>
    public string? Unit { get; init; }

    /// <summary>The units behind its numbers, with their places.</summary>
    public IReadOnlyList<NameUse> Units { get; init; } = [];

    /// <summary>Whether its value is a truth: a comparison, logic, or a word such as <c>true</c>.</summary>
    public bool IsTruth { get; init; }
}

/// <summary>A name in a statement: <c>x</c>, <c>A.x</c> or <c>$x</c>.</summary>
sealed record Reference(string Name, SourceLocation At)
{
    /// <summary>Written with a <c>$</c>: reactions do not change it.</summary>
    public bool Fixed { get; init; }
}

/// <summary>What the right side of a definition says about the left one.</summary>
enum DefinitionKind
{
    None,
    Initial,
    Rule,
    Rate,
    Unit,
}

/// <summary>The part of a statement behind a name: <c>in C</c> and a value. A null formula clears what was said before.</summary>
sealed record Definition(Reference Target, Reference? Place, DefinitionKind Kind, Formula? Formula)
{
    /// <summary>The unit behind <c>has</c>.</summary>
    public string? Unit { get; init; }
}

/// <summary>One statement of a model.</summary>
abstract record Statement(SourceLocation At);

/// <summary>A definition without declaring words.</summary>
sealed record DefinitionStatement(Definition Definition) : Statement(Definition.Target.At);

/// <summary>Declaring words and the items they hold for.</summary>
sealed record DeclarationStatement(SourceLocation At, IReadOnlyList<Definition> Items) : Statement(At)
{
    /// <summary>The declared kind; null when only constness is said.</summary>
    public SymbolKind? Kind { get; init; }

    /// <summary>True for <c>const</c> and <c>ext</c>, false for <c>var</c>, null where neither is said.</summary>
    public bool? Constant { get; init; }

    /// <summary>Declared with <c>substanceOnly</c>.</summary>
    public bool SubstanceOnly { get; init; }
}

/// <summary>A species on one side of a reaction.</summary>
sealed record ReactionPart(Expr Stoichiometry, Reference Species);

/// <summary>A reaction.</summary>
sealed record ReactionStatement(SourceLocation At, Reference? Label, IReadOnlyList<ReactionPart> Left, IReadOnlyList<ReactionPart> Right) : Statement(At)
{
    /// <summary>Written with <c>-&gt;</c> or <c>&lt;==&gt;</c>.</summary>
    public bool Reversible { get; init; }

    /// <summary>The rate law; null where none is given.</summary>
    public Formula? Law { get; init; }

    /// <summary>The compartment behind <c>in</c>.</summary>
    public Reference? Place { get; init; }
}

/// <summary>An activation or inhibition of a reaction; it has no dynamics of its own.</summary>
sealed record InteractionStatement(SourceLocation At, IReadOnlyList<ReactionPart> Actors, Reference Target) : Statement(At);

/// <summary>An event.</summary>
sealed record EventStatement(SourceLocation At, Reference? Label, Formula Trigger, IReadOnlyList<Definition> Assignments) : Statement(At)
{
    /// <summary>Time from trigger to execution.</summary>
    public Formula? Delay { get; init; }

    /// <summary>Larger executes first.</summary>
    public Formula? Priority { get; init; }

    /// <summary>Option <c>t0</c>.</summary>
    public bool InitiallyTrue { get; init; } = true;

    /// <summary>Option <c>persistent</c>.</summary>
    public bool Persistent { get; init; } = true;

    /// <summary>Option <c>fromTrigger</c>.</summary>
    public bool ValuesFromTrigger { get; init; } = true;
}

/// <summary>A submodel.</summary>
sealed record InstanceStatement(SourceLocation At, Reference? Label, Reference Model, IReadOnlyList<InstanceArgument> Arguments) : Statement(At)
{
    /// <summary>The compartment of species that have none of their own.</summary>
    public Reference? Place { get; init; }
}

/// <summary>An argument of a submodel: a name of the outer model or a number.</summary>
sealed record InstanceArgument(SourceLocation At, Reference? Name, Formula? Number);

/// <summary>A unit definition; null formula text where the unit is only declared.</summary>
sealed record UnitStatement(SourceLocation At, string Name, string? Text) : Statement(At);

/// <summary>Removes symbols of a submodel.</summary>
sealed record DeleteStatement(SourceLocation At, IReadOnlyList<Reference> Targets) : Statement(At);

/// <summary><c>x is "text"</c>; a null subject is the model itself.</summary>
sealed record NameStatement(SourceLocation At, Reference Subject, string Text) : Statement(At);

/// <summary><c>A.x is y</c>: both are one symbol that bears y's name.</summary>
sealed record SynchronisationStatement(SourceLocation At, Reference Left, Reference Right) : Statement(At);

/// <summary>Texts attached to a symbol; a null subject is the model itself.</summary>
sealed record AnnotationStatement(SourceLocation At, Reference? Subject, string Qualifier, IReadOnlyList<string> Texts) : Statement(At);

/// <summary>A function the file defines.</summary>
sealed record FunctionSyntax(string Name, List<string> Parameters, Formula Body, SourceLocation At);

/// <summary>A model block, or the statements outside all blocks.</summary>
sealed record ModelSyntax(string Name, SourceLocation At, SourceLocation End, IReadOnlyList<Reference> Interface, IReadOnlyList<Statement> Statements)
{
    /// <summary>Marked with a star.</summary>
    public bool Starred { get; init; }
}

/// <summary>A whole file.</summary>
sealed record FileSyntax(IReadOnlyList<ModelSyntax> Models, IReadOnlyList<FunctionSyntax> Functions, ModelSyntax Outer);
