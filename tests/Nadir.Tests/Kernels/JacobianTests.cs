using Nadir.Kernels;
using Nadir.Models;
using Nadir.Numerics;

namespace Nadir.Tests.Kernels;

public sealed class JacobianTests
{
    public static TheoryData<string> Shipped => [.. ModelPackage.ShippedNames];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Symbolic_derivatives_of_every_model_that_ships_agree_with_differences(string name)
    {
        Network network = Network.Compile(ModelPackage.LoadShipped(name).OrThrow().Model);
        double[] slots = Networks.Initial(network);
        RandomStream random = new(11, 0, 1);
        for (int point = 0; point < 5; point++)
        {
            for (int i = 0; i < network.DynamicCount; i++)
            {
                slots[i] = Elementary.Exp(2 + (20 * random.NextUniform()));
            }

            Agree(network, slots, 10.3 + (30 * random.NextUniform()));
        }
    }

    [Fact]
    public void Rules_concentrations_and_time_are_differentiated_through()
    {
        Network network = Networks.Compile("""
            model m
              compartment v = 2
              species a in v, b in v
              a = 3
              b = 5
              k = 0.7
              share := a/(a + b)
              speed := k*share*sin(2*time)
              r1: a -> b; v*speed*b
              r2: b -> ; v*b^2*share
              x = 1
              x' = a*x - time
            end
            """);
        Agree(network, Networks.Initial(network), 0.4);
    }

    /// <summary>Central differences; their error is that of the function's rounding over the difference.</summary>
    static void Agree(Network network, double[] slots, double t)
    {
        int n = network.DynamicCount;
        IKernel slope = network.Kernel(network.Derivatives());
        IKernel jacobian = network.JacobianKernel();
        double[] found = new double[jacobian.Outputs];
        jacobian.Evaluate(t, slots, found);
        found.Length.ShouldBe((n * n) + n);
        for (int j = 0; j <= n; j++)
        {
            double size = 1e-5 * (j < n ? Math.Max(Math.Abs(slots[j]), 1e-3) : 1);
            double[] up = Slope(slope, t, slots, j, size, n);
            double[] down = Slope(slope, t, slots, j, -size, n);
            double[] middle = Slope(slope, t, slots, j, 0, n);
            for (int i = 0; i < n; i++)
            {
                double expected = (up[i] - down[i]) / (2 * size);
                double symbolic = j < n ? found[(i * n) + j] : found[(n * n) + i];
                double noise = (1e-6 * Math.Abs(expected)) + (1e-12 * Math.Abs(middle[i]) / size) + (1e-13 * slots.Take(n).Max(Math.Abs) / size);
                Math.Abs(symbolic - expected).ShouldBeLessThanOrEqualTo(noise, $"d {network.SlotNames[i]}' / d {(j < n ? network.SlotNames[j] : "time")}: {symbolic:R}, by differences {expected:R}");
            }
        }
    }

    static double[] Slope(IKernel kernel, double t, double[] slots, int moved, double by, int n)
    {
        double[] point = [.. slots];
        double[] slope = new double[n];
        if (moved < n)
        {
            point[moved] += by;
        }

        kernel.Evaluate(moved < n ? t : t + by, point, slope);
        return slope;
    }
}
