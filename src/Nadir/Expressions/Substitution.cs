namespace Nadir.Expressions;

/// <summary>Puts formulas in the place of names.</summary>
public static class Substitution
{
    /// <summary>
    /// <paramref name="e"/> with each name replaced by what <paramref name="replacement"/> gives for it; names for which it gives null stay.
    /// All replacements happen at once: what is put in is not searched again.
    /// </summary>
    public static Expr Apply(Expr e, Func<string, Expr?> replacement) =>
        e is SymbolExpr s ? replacement(s.Name) ?? s : ExprTree.Map(e, part => Apply(part, replacement));

    /// <summary><paramref name="e"/> with each name replaced by the formula the table holds for it.</summary>
    public static Expr Apply(Expr e, IReadOnlyDictionary<string, Expr> replacements) => Apply(e, name => replacements.GetValueOrDefault(name));
}
