using Nadir.Numerics;
using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

public class StepRuleTests
{
    [Fact]
    public void Logarithm_and_exponential_have_four_digits()
    {
        for (double x = 1e-10; x < 1e300; x *= 1.37)
        {
            StepRule.Log(x).ShouldBe(Math.Log(x), 1e-4);
        }

        for (double x = -690; x < 690; x += 0.173)
        {
            (StepRule.Exp(x) / Math.Exp(x)).ShouldBe(1, 1.2e-4);
        }
    }

    [Fact]
    public void Reciprocal_has_five_digits_and_an_exponent_beyond_its_range_never_looks_accurate()
    {
        for (double x = 1e-300; x < 1e300; x *= 1.37)
        {
            (StepRule.Reciprocal(x) * x).ShouldBe(1, 2.6e-6);
        }

        double.IsFinite(StepRule.Reciprocal(0)).ShouldBeFalse();
        double.IsFinite(StepRule.Reciprocal(double.PositiveInfinity)).ShouldBeFalse();
        StepRule.Reciprocal(double.NaN).ShouldBe(double.NaN);
    }

    [Fact]
    public void Lanes_have_the_bits_of_the_scalar_functions()
    {
        LaneArray values = new(8);
        LaneArray found = new(8);
        for (double x = 1e-10; x < 1e280; x *= 1e3)
        {
            for (int lane = 0; lane < 8; lane++)
            {
                values[lane] = x * (1 + (0.31 * lane));
            }

            Lanes8 log = StepRule.Log(Lanes8.Load(in values[0]));
            Lanes8.Store(log, ref found[0]);
            Compare(values, found, StepRule.Log);
            Lanes8.Store(StepRule.Reciprocal(Lanes8.Load(in values[0])), ref found[0]);
            Compare(values, found, StepRule.Reciprocal);
            Lanes8.Store(log, ref values[0]);
            Lanes8.Store(StepRule.Exp(log), ref found[0]);
            Compare(values, found, StepRule.Exp);
        }
    }

    static void Compare(LaneArray values, LaneArray found, Func<double, double> alone)
    {
        for (int lane = 0; lane < 8; lane++)
        {
            BitConverter.DoubleToInt64Bits(found[lane]).ShouldBe(BitConverter.DoubleToInt64Bits(alone(values[lane])));
        }
    }
}
