using Nadir.Expressions;

namespace Nadir.Models;

/// <summary>Statements and formulas with other names in them.</summary>
static class Renaming
{
    /// <summary>The formula with each name replaced.</summary>
    public static Formula Renamed(this Formula f, Func<string, string> name) => f with
    {
        Tree = f.Tree.Renamed(name),
        Names = [.. f.Names.Select(use => use with { Name = name(use.Name) })],
    };

    /// <summary>The reaction with each name replaced, its label included.</summary>
    public static ReactionStatement Renamed(this ReactionStatement r, Func<string, string> name) => r with
    {
        Label = r.Label?.Renamed(name),
        Left = [.. r.Left.Select(part => part.Renamed(name))],
        Right = [.. r.Right.Select(part => part.Renamed(name))],
        Law = r.Law?.Renamed(name),
        Place = r.Place?.Renamed(name),
    };

    /// <summary>The event with each name replaced, its label included.</summary>
    public static EventStatement Renamed(this EventStatement e, Func<string, string> name) => e with
    {
        Label = e.Label?.Renamed(name),
        Trigger = e.Trigger.Renamed(name),
        Delay = e.Delay?.Renamed(name),
        Priority = e.Priority?.Renamed(name),
        Assignments = [.. e.Assignments.Select(a => a with { Target = a.Target.Renamed(name), Formula = a.Formula?.Renamed(name) })],
    };

    /// <summary>The reference with its name replaced.</summary>
    public static Reference Renamed(this Reference r, Func<string, string> name) => r with { Name = name(r.Name) };

    static ReactionPart Renamed(this ReactionPart p, Func<string, string> name) => new(p.Stoichiometry.Renamed(name), p.Species.Renamed(name));

    static Expr Renamed(this Expr e, Func<string, string> name) => Substitution.Apply(e, inner => new SymbolExpr(name(inner)));
}
