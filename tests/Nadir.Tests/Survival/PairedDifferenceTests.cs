using Nadir.Survival;

namespace Nadir.Tests.Survival;

public class PairedDifferenceTests
{
    [Fact]
    public void A_mean_has_the_error_of_a_paired_t_test()
    {
        // R 4.2.2: d <- c(3, -1, 4, 1, -5, 9, 2, 6); mean(d) is 2.375, sd(d) / sqrt(8) is 1.51111949986
        double[] d = [3, -1, 4, 1, -5, 9, 2, 6];

        Contrast mean = PairedDifference.OfMeans(d.Sum(), d.Sum(x => x * x), d.Length).Value;

        mean.Difference.Value.ShouldBe(2.375, 1e-12);
        mean.StandardError.ShouldBe(1.51111949986, 1e-10);
    }

    [Fact]
    public void A_share_has_the_error_of_the_patients_own_differences()
    {
        // Approval before and after (Agresti 2013, table 11.1): 150 of 1,600 only before, 86 only after.
        Contrast share = PairedDifference.OfShares(86, 150, 1600).Value;

        share.Difference.Value.ShouldBe(-0.04, 1e-12);

        // Half a patient more in each cell: sqrt(236 + 1 - 64^2 / 1602) / 1602; the book's Wald error is 0.0095.
        share.StandardError.ShouldBe(0.0095577, 1e-7);
    }

    [Fact]
    public void Where_nobody_fares_differently_the_reason_is_given()
    {
        PairedDifference.OfGroups([(1, 1, 30)]).Reason!.ShouldContain("no two patients");
        PairedDifference.OfMeans(0, 0, 50).Reason!.ShouldContain("no two patients");
        PairedDifference.OfMeans(3, 9, 1).Reason!.ShouldContain("no two patients");
    }

    [Fact]
    public void More_differences_than_patients_are_refused() =>
        Should.Throw<ArgumentException>(() => PairedDifference.OfShares(3, 3, 5)).Message.ShouldContain("of 5");

    [Fact]
    public void Few_who_differ_still_have_an_interval()
    {
        // By hand: 0 and 0 of 48 give 1/50 · sqrt(1); 3 and 1 of 48 give 2/50 and sqrt(4 + 1 - 4/50)/50.
        Estimate none = PairedDifference.OfShares(0, 0, 48).Value.Difference;
        none.Value.ShouldBe(0);
        none.Upper.ShouldBe(1.959963984540054 / 50, 1e-15);
        none.Lower.ShouldBe(-1.959963984540054 / 50, 1e-15);
        Estimate few = PairedDifference.OfShares(3, 1, 48).Value.Difference;
        few.Value.ShouldBe(2 / 48.0, 1e-15);
        few.Upper.ShouldBe(0.04 + (1.959963984540054 * Math.Sqrt(4.92) / 50), 1e-12);
        few.Lower.ShouldBe(0.04 - (1.959963984540054 * Math.Sqrt(4.92) / 50), 1e-12);
    }

    [Theory]
    [InlineData(0.02, 0.01)]
    [InlineData(0.1, 0.05)]
    [InlineData(0.3, 0.1)]
    [InlineData(0.2, 0.2)]
    public void It_covers_the_true_difference_as_often_as_it_says(double onlyFirst, double onlySecond)
    {
        const int n = 40;
        double covered = 0;
        for (int a = 0; a <= n; a++)
        {
            for (int b = 0; a + b <= n; b++)
            {
                Estimate e = PairedDifference.OfShares(a, b, n).Value.Difference;
                covered += e.Lower <= onlyFirst - onlySecond && onlyFirst - onlySecond <= e.Upper ? Probability(a, b) : 0;
            }
        }

        // Exact coverage over all samples; the method is known to err on the wide side where few differ.
        covered.ShouldBeInRange(0.94, 1);

        double Probability(int a, int b)
        {
            double log = Log(n) - Log(a) - Log(b) - Log(n - a - b) + (a * Math.Log(onlyFirst)) + (b * Math.Log(onlySecond)) + ((n - a - b) * Math.Log(1 - onlyFirst - onlySecond));
            return Math.Exp(log);
        }

        static double Log(int factorial) => Enumerable.Range(1, factorial).Sum(i => Math.Log(i));
    }
}
