namespace Nadir.Expressions;

/// <summary>The names a formula depends on.</summary>
public static class FreeSymbols
{
    /// <summary>Each name once, in the order of first use; <c>time</c> is not a name.</summary>
    public static IReadOnlyList<string> Of(Expr e) => [.. All(e).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether <paramref name="e"/> uses <paramref name="symbol"/>.</summary>
    public static bool Contains(Expr e, string symbol) => All(e).Contains(symbol, StringComparer.Ordinal);

    static List<string> All(Expr e)
    {
        List<string> names = [];
        Collect(e, names);
        return names;
    }

    static void Collect(Expr e, List<string> names)
    {
        if (e is SymbolExpr s)
        {
            names.Add(s.Name);
        }

        foreach (Expr child in ExprTree.Children(e))
        {
            Collect(child, names);
        }
    }
}
