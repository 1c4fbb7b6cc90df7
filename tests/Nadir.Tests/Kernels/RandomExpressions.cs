using Nadir.Expressions;
using Nadir.Numerics;

namespace Nadir.Tests.Kernels;

/// <summary>Random formulas over x0, x1, … that reach every operation, from a seed.</summary>
static class RandomExpressions
{
    public static Expr Draw(ref RandomStream random, int symbols, int depth)
    {
        if (depth == 0 || random.NextUniform() < 0.1)
        {
            return Leaf(ref random, symbols);
        }

        double kind = random.NextUniform();
        return kind < 0.08 ? new UnaryExpr(Pick<UnaryOperator>(ref random), Draw(ref random, symbols, depth - 1))
            : kind < 0.62 ? new BinaryExpr(Pick<BinaryOperator>(ref random), Draw(ref random, symbols, depth - 1), Draw(ref random, symbols, depth - 1))
            : kind < 0.9 ? Call(ref random, symbols, depth)
            : new PiecewiseExpr(
                [new PiecewiseBranch(Draw(ref random, symbols, depth - 1), Draw(ref random, symbols, depth - 1))],
                Draw(ref random, symbols, depth - 1));
    }

    static CallExpr Call(ref RandomStream random, int symbols, int depth)
    {
        BuiltInFunction f = Pick<BuiltInFunction>(ref random);
        bool two = f is BuiltInFunction.Min or BuiltInFunction.Max or BuiltInFunction.Quotient;
        Expr first = Draw(ref random, symbols, depth - 1);
        return new CallExpr(f, two ? [first, Draw(ref random, symbols, depth - 1)] : [first]);
    }

    static Expr Leaf(ref RandomStream random, int symbols)
    {
        double kind = random.NextUniform();
        double[] constants = [0, 1, -1, 2, 0.5, 3, 1e-300, 1e300, double.NaN, double.PositiveInfinity, -0.0, 7.25];
        return kind < 0.6 ? new SymbolExpr($"x{(int)(random.NextUniform() * symbols)}")
            : kind < 0.7 ? new TimeExpr()
            : new NumberExpr(constants[(int)(random.NextUniform() * constants.Length)]);
    }

    static T Pick<T>(ref RandomStream random)
        where T : struct, Enum
    {
        T[] all = Enum.GetValues<T>();
        return all[(int)(random.NextUniform() * all.Length)];
    }
}
