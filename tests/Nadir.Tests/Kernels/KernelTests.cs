using Nadir.Expressions;
using Nadir.Kernels;
using Nadir.Numerics;

namespace Nadir.Tests.Kernels;

public sealed class KernelTests
{
    const int Symbols = 4;

    [Fact]
    public void Compiled_kernel_equals_the_interpreter_bit_for_bit_on_random_formulas()
    {
        RandomStream random = new(20261122, 0, 1);
        double[] expected = new double[3];
        double[] found = new double[3];
        for (int trial = 0; trial < 400; trial++)
        {
            KernelProgram program = Program([.. Enumerable.Range(0, 3).Select(_ => RandomExpressions.Draw(ref random, Symbols, 5))]);
            InterpretedKernel oracle = new(program);
            CompiledKernel compiled = new(program);
            for (int point = 0; point < 10; point++)
            {
                double[] x = Point(ref random);
                double t = random.NextUniform() * 100;
                oracle.Evaluate(t, x, expected);
                compiled.Evaluate(t, x, found);
                Bits(found).ShouldBe(Bits(expected), program.ToText(["x0", "x1", "x2", "x3"]));
            }
        }
    }

    [Fact]
    public void Program_means_what_the_formula_means()
    {
        RandomStream random = new(7, 0, 2);
        double[] found = new double[1];
        int compared = 0;
        for (int trial = 0; trial < 2000; trial++)
        {
            Expr formula = RandomExpressions.Draw(ref random, Symbols, 4);
            double[] x = Point(ref random);
            double expected = ExpressionEvaluator.Evaluate(formula, name => x[name[1] - '0'], 3.5);
            new InterpretedKernel(Program([formula])).Evaluate(3.5, x, found);
            if (double.IsFinite(expected) && Math.Abs(expected) is > 1e-200 and < 1e200)
            {
                compared++;
                Close(found[0], expected).ShouldBeTrue($"{ExpressionPrinter.Print(formula)}: found {found[0]:R}, expected {expected:R}");
            }
        }

        compared.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void Equal_parts_are_computed_once()
    {
        Expr shared = new CallExpr(BuiltInFunction.Exp, [new SymbolExpr("x0")]);
        KernelProgram program = Program([shared + new SymbolExpr("x1"), shared * new SymbolExpr("x2")]);
        program.Instructions.Count(i => i.Op == OpCode.Exp).ShouldBe(1);
    }

    [Fact]
    public void Small_whole_powers_become_products()
    {
        KernelProgram program = Program([new BinaryExpr(BinaryOperator.Power, new SymbolExpr("x0"), 5)]);
        program.Instructions.ShouldNotContain(i => i.Op == OpCode.Power);
        double[] output = new double[1];
        new CompiledKernel(program).Evaluate(0, [3, 0, 0, 0], output);
        output[0].ShouldBe(243);
    }

    [Fact]
    public void Constants_are_folded()
    {
        KernelProgram program = Program([new NumberExpr(2) * new NumberExpr(3) + new SymbolExpr("x0")]);
        program.Instructions.Count.ShouldBe(3);
    }

    [Fact]
    public void Too_few_slots_are_refused()
    {
        CompiledKernel kernel = new(Program([new SymbolExpr("x3")]));
        Should.Throw<ArgumentException>(() => kernel.Evaluate(0, new double[3], new double[1])).Message.ShouldContain("expected at least 4");
    }

    static KernelProgram Program(IReadOnlyList<Expr> formulas) =>
        new ProgramBuilder(name => name[1] - '0', _ => null).Build(formulas);

    static double[] Point(ref RandomStream random)
    {
        double[] x = new double[Symbols];
        for (int i = 0; i < x.Length; i++)
        {
            double u = random.NextUniform();
            x[i] = u < 0.1 ? 0 : u < 0.15 ? double.NaN : u < 0.2 ? double.NegativeInfinity : Draws.Normal(ref random) * 3;
        }

        return x;
    }

    static bool Close(double a, double b) => Math.Abs(a - b) <= 1e-9 * Math.Abs(b);

    /// <summary>NaNs compare equal whatever their sign and payload.</summary>
    static long[] Bits(double[] values) => [.. values.Select(v => double.IsNaN(v) ? 0x7ff8L << 48 : BitConverter.DoubleToInt64Bits(v))];
}
