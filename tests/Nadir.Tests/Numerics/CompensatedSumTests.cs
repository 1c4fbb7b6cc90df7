using Nadir.Numerics;

namespace Nadir.Tests.Numerics;

public class CompensatedSumTests
{
    [Fact]
    public void Terms_that_cancel_leave_what_was_lost() => Total([1.0, 1e100, 1.0, -1e100]).ShouldBe(2.0);

    [Fact]
    public void The_order_of_the_terms_does_not_matter()
    {
        var stream = new Arguments(2);
        double[] terms = new double[10000];
        for (int i = 0; i < terms.Length; i++)
        {
            terms[i] = stream.Between(-1.0, 1.0) * Math.ScaleB(1.0, stream.Pick(40));
        }

        double forwards = Total(terms);
        Array.Reverse(terms);
        Total(terms).ShouldBe(forwards);
        Array.Sort(terms);
        Total(terms).ShouldBe(forwards);
    }

    [Fact]
    public void No_terms_sum_to_zero() => Total([]).ShouldBe(0.0);

    [Fact]
    public void Infinity_stays() => Total([1.0, double.PositiveInfinity, 1.0]).ShouldBe(double.PositiveInfinity);

    static double Total(double[] terms)
    {
        var sum = new CompensatedSum();
        foreach (double term in terms)
        {
            sum.Add(term);
        }

        return sum.Value;
    }
}
