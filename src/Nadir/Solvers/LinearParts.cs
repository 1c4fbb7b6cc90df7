using Nadir.Expressions;

namespace Nadir.Solvers;

/// <summary>
/// Splits a rate law into shares of populations: <c>u*f*(A + B) + c</c> by A and B is <c>A*(u*f) + B*(u*f) + c</c>. Factors and rest may still contain
/// the populations.
/// </summary>
sealed class LinearParts
{
    readonly Dictionary<string, Expr> _factors = new(StringComparer.Ordinal);

    /// <summary>For each population that is a factor of some share, the sum of what it is multiplied by.</summary>
    public IReadOnlyDictionary<string, Expr> Factors => _factors;

    /// <summary>What has none of the populations as a factor.</summary>
    public Expr Rest { get; private set; } = Expr.Zero;

    /// <summary>Splits <paramref name="law"/>.</summary>
    /// <param name="law">The law, with rules put in.</param>
    /// <param name="populations">The names of the populations.</param>
    public static LinearParts Of(Expr law, IReadOnlySet<string> populations)
    {
        switch (law)
        {
            case SymbolExpr s when populations.Contains(s.Name):
                LinearParts one = new();
                one._factors.Add(s.Name, Expr.One);
                return one;
            case UnaryExpr { Operator: UnaryOperator.Negate } u:
                return Of(u.Operand, populations).Map(f => new UnaryExpr(UnaryOperator.Negate, f));
            case BinaryExpr { Operator: BinaryOperator.Add } b:
                return Of(b.Left, populations).Plus(Of(b.Right, populations), f => f);
            case BinaryExpr { Operator: BinaryOperator.Subtract } b:
                return Of(b.Left, populations).Plus(Of(b.Right, populations), f => new UnaryExpr(UnaryOperator.Negate, f));
            case BinaryExpr { Operator: BinaryOperator.Divide } b:
                return Of(b.Left, populations).Map(f => f / b.Right);
            case BinaryExpr { Operator: BinaryOperator.Multiply } b:
                LinearParts left = Of(b.Left, populations);
                return left._factors.Count > 0 ? left.Map(f => f * b.Right) : Of(b.Right, populations).Map(f => b.Left * f);
            default:
                return new LinearParts { Rest = law };
        }
    }

    LinearParts Map(Func<Expr, Expr> map) => new LinearParts().Plus(this, map);

    LinearParts Plus(LinearParts other, Func<Expr, Expr> map)
    {
        foreach ((string name, Expr factor) in other._factors)
        {
            _factors[name] = _factors.TryGetValue(name, out Expr? known) ? known + map(factor) : map(factor);
        }

        Rest = IsZero(other.Rest) ? Rest : IsZero(Rest) ? map(other.Rest) : Rest + map(other.Rest);
        return this;
    }

    static bool IsZero(Expr e) => e is NumberExpr { Value: 0 };
}
