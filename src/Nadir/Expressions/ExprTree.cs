namespace Nadir.Expressions;

/// <summary>Walks over a formula's tree, whatever its nodes are.</summary>
static class ExprTree
{
    /// <summary>The direct parts of <paramref name="e"/>, left to right; a piecewise gives value before condition.</summary>
    public static IEnumerable<Expr> Children(Expr e) => e switch
    {
        UnaryExpr u => [u.Operand],
        BinaryExpr b => [b.Left, b.Right],
        CallExpr c => c.Arguments,
        UserCallExpr c => c.Arguments,
        PiecewiseExpr p => p.Branches.SelectMany(b => (Expr[])[b.Value, b.Condition]).Append(p.Otherwise),
        _ => [],
    };

    /// <summary><paramref name="e"/> with each direct part replaced.</summary>
    public static Expr Map(Expr e, Func<Expr, Expr> part) => e switch
    {
        UnaryExpr u => u with { Operand = part(u.Operand) },
        BinaryExpr b => b with { Left = part(b.Left), Right = part(b.Right) },
        CallExpr c => c with { Arguments = [.. c.Arguments.Select(part)] },
        UserCallExpr c => c with { Arguments = [.. c.Arguments.Select(part)] },
        PiecewiseExpr p => new PiecewiseExpr([.. p.Branches.Select(b => new PiecewiseBranch(part(b.Value), part(b.Condition)))], part(p.Otherwise)),
        _ => e,
    };

    /// <summary>Nodes and height of <paramref name="e"/>, counted without recursion and given up past <paramref name="limit"/> nodes.</summary>
    public static (int Nodes, int Height) Measure(Expr e, int limit)
    {
        Stack<(Expr Node, int Depth)> open = new([(e, 1)]);
        int nodes = 0, height = 0;
        while (nodes <= limit && open.TryPop(out (Expr Node, int Depth) next))
        {
            nodes++;
            height = Math.Max(height, next.Depth);
            foreach (Expr child in Children(next.Node))
            {
                open.Push((child, next.Depth + 1));
            }
        }

        return (nodes, height);
    }
}
