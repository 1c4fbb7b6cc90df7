using MathNet.Numerics;
using Nadir.Survival;

namespace Nadir.Tests.Survival;

public class ChiSquareTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(57)]
    public void The_upper_tail_is_the_incomplete_gamma_function(int degrees)
    {
        for (double x = 0.01; x < 300; x *= 1.3)
        {
            double expected = SpecialFunctions.GammaUpperRegularized(degrees / 2.0, x / 2);
            ChiSquare.UpperTail(x, degrees).ShouldBe(expected, (1e-11 * expected) + 1e-15, $"x {x}");
        }
    }

    [Fact]
    public void With_two_degrees_it_is_an_exponential() => ChiSquare.UpperTail(700, 2).ShouldBe(Math.Exp(-350), 1e-12 * Math.Exp(-350));

    [Fact]
    public void Nothing_is_certain_only_at_zero()
    {
        ChiSquare.UpperTail(0, 3).ShouldBe(1);
        ChiSquare.UpperTail(double.NaN, 3).ShouldBe(double.NaN);
    }
}
