using Nadir.Expressions;
using Nadir.Kernels;
using Nadir.Numerics;

namespace Nadir.Tests.Kernels;

public sealed class NetworkTests
{
    static LaneKernel<Lanes4>.Body Code(string model, double factor) =>
        LaneKernel<Lanes4>.Compile(Networks.Compile(model).Lower([new SymbolExpr("x") * new NumberExpr(factor)]), 1);

    [Fact]
    public void Equal_programs_share_their_code_across_networks_and_others_do_not()
    {
        const string model = "model m\n x = 1\n x' = -x\nend\n";

        LaneKernel<Lanes4>.Body code = Code(model, 1.7);

        Code("model other\n x = 3\n x' = -x\nend\n", 1.7).ShouldBeSameAs(code);
        Code(model, Math.BitIncrement(1.7)).ShouldNotBeSameAs(code);
    }

    [Fact]
    public void One_compiled_kernel_serves_many_threads()
    {
        Network network = Networks.Compile("model m\n x = 1\n y = 2\n x' = exp(-x)*sin(y) + x^3/(y + x)\n y' = -y\nend\n");
        IKernel kernel = network.Kernel([new SymbolExpr("x") * new CallExpr(BuiltInFunction.Exp, [new SymbolExpr("y")])]);
        double Value(int i)
        {
            double[] output = new double[1];
            kernel.Evaluate(0, [i, i * 0.001], output);
            return output[0];
        }

        double[] alone = [.. Enumerable.Range(0, 20_000).Select(Value)];
        double[] together = new double[alone.Length];
        Parallel.For(0, together.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => together[i] = Value(i));
        together.ShouldBe(alone);
    }

    [Theory]
    [InlineData(2_000)]
    [InlineData(30_000)]
    public void Long_programs_compute_what_the_interpreter_computes(int terms)
    {
        Network network = Networks.Compile("model m\n x = 1\n y = 2\n x' = -x\n y' = -y\nend\n");
        Expr[] outputs = [.. Enumerable.Range(0, terms).Select(i => (new SymbolExpr("x") * new NumberExpr(i + 0.5)) + new SymbolExpr("y"))];
        IKernel kernel = network.Kernel(outputs);
        double[] expected = new double[outputs.Length];
        double[] found = new double[outputs.Length];
        new InterpretedKernel(network.Lower(outputs)).Evaluate(0, [0.3, 0.7], expected);
        kernel.Evaluate(0, [0.3, 0.7], found);
        found.ShouldBe(expected);
    }
}
