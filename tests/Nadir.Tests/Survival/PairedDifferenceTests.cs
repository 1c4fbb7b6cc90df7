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
        share.StandardError.ShouldBe(0.0095, 0.00005);
    }

    [Fact]
    public void Where_nobody_fares_differently_the_reason_is_given()
    {
        PairedDifference.OfShares(0, 0, 50).Reason!.ShouldContain("no two patients");
        PairedDifference.OfMeans(0, 0, 50).Reason!.ShouldContain("no two patients");
        PairedDifference.OfMeans(3, 9, 1).Reason!.ShouldContain("no two patients");
    }

    [Fact]
    public void More_differences_than_patients_are_refused() =>
        Should.Throw<ArgumentException>(() => PairedDifference.OfShares(3, 3, 5)).Message.ShouldContain("of 5");
}
