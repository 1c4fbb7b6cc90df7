using Nadir.Numerics;
using Nadir.Survival;

namespace Nadir.Tests.Survival;

public class PairedGroupsTests
{
    static readonly Dictionary<string, double> Expected = ReferenceTable.Numbers("diabetic.csv");

    static readonly ReferenceTable Table = ReferenceTable.Read("diabetic.pairs.csv");

    static readonly PairedTimes[] Eyes = [.. Times("first").Zip(Times("second"), (a, b) => new PairedTimes(a, b, 1))];

    [Theory]
    [InlineData(TieMethod.Efron, "")]
    [InlineData(TieMethod.Breslow, "breslow.")]
    public void The_hazard_ratio_has_the_variance_clustered_by_patient_of_R(TieMethod ties, string prefix)
    {
        CoxFit fit = PairedGroups.Compare(Eyes, ties).Value;

        CurveAgreement.ShouldAgree(fit.Coefficients[0], Expected[$"{prefix}beta"], "coefficient");
        CurveAgreement.ShouldAgree(fit.StandardError(0), Expected[$"{prefix}robust"], "robust error");
    }

    [Fact]
    public void The_test_is_the_robust_score_test_of_R() =>
        CurveAgreement.ShouldAgree(PairedGroups.Test(Eyes).Value.Test.Statistic, Expected["score"], "score test");

    [Fact]
    public void Means_of_patients_in_one_group_or_both_have_the_clustered_error_of_a_linear_model()
    {
        Nadir.Survival.Contrast mean = PairedDifference.OfGroups([.. Risks("first").Zip(Risks("second"), (a, b) => (a, b, 1))]).Value;

        CurveAgreement.ShouldAgree(mean.Difference.Value, Expected["mean"], "mean");
        CurveAgreement.ShouldAgree(mean.StandardError, Expected["mean.error"], "error");
    }

    [Fact]
    public void Patients_with_the_same_times_may_be_counted_together()
    {
        PairedTimes[] twice = [.. Eyes, .. Eyes];
        PairedTimes[] counted = [.. Eyes.Select(e => e with { Count = 2 })];

        PairedGroups.Compare(counted).Value.StandardError(0).ShouldBe(PairedGroups.Compare(twice).Value.StandardError(0), 1e-12);
        PairedGroups.Test(counted).Value.Test.Statistic.ShouldBe(PairedGroups.Test(twice).Value.Test.Statistic, 1e-9);
    }

    [Fact]
    public void Exchanging_the_groups_turns_the_ratio_around_and_leaves_the_test()
    {
        PairedTimes[] turned = [.. Eyes.Select(e => new PairedTimes(e.Second, e.First, e.Count))];

        PairedGroups.Compare(turned).Value.Coefficients[0].ShouldBe(-PairedGroups.Compare(Eyes).Value.Coefficients[0], 1e-9);
        PairedGroups.Test(turned).Value.Test.Statistic.ShouldBe(PairedGroups.Test(Eyes).Value.Test.Statistic, 1e-9);
    }

    [Fact]
    public void Patients_who_fare_the_same_in_both_groups_give_a_reason_and_no_number()
    {
        PairedTimes[] same = [new(new(5, 1), new(5, 1), 3), new(new(9, 0), new(9, 0), 2)];

        PairedGroups.Compare(same).Reason.ShouldNotBeNull().ShouldContain("no patient fared differently");
        PairedGroups.Test(same).Reason.ShouldNotBeNull().ShouldContain("no patient fared differently");
    }

    /// <summary>Each patient has a frailty, and the groups do not differ.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public void The_test_rejects_in_one_null_trial_of_twenty_where_the_unpaired_test_hardly_ever_does()
    {
        const int trials = 4_000;
        (int paired, int unpaired) = (0, 0);
        for (int trial = 0; trial < trials; trial++)
        {
            RandomStream stream = new(seed: 3, (ulong)trial, RandomStream.Purpose("paired null trial"));
            PairedTimes[] pairs = new PairedTimes[120];
            for (int i = 0; i < pairs.Length; i++)
            {
                double frailty = 300 * Draws.Exponential(ref stream);
                pairs[i] = new PairedTimes(Time(frailty, ref stream), Time(frailty, ref stream), 1);
            }

            paired += PairedGroups.Test(pairs).Value.Test.PValue < 0.05 ? 1 : 0;
            unpaired += LogRank.Test(PairedGroups.Tables(pairs)).Value.Test.PValue < 0.05 ? 1 : 0;
        }

        // Three Monte Carlo errors, and half a per cent for the normal approximation with so few patients.
        ((double)paired / trials).ShouldBeInRange(0.05 - 0.0155, 0.05 + 0.0155);
        ((double)unpaired / trials).ShouldBeLessThan(0.03);

        static CompetingTime Time(double frailty, ref RandomStream stream)
        {
            double day = frailty * (0.7 + (0.6 * stream.NextUniform()));
            return day <= 500 ? new(Math.Ceiling(day), 1) : new(500, 0);
        }
    }

    static IEnumerable<CompetingTime?> Times(string group) => Table.Column($"time.{group}").Zip(Table.Column($"status.{group}"), (t, s) => double.IsNaN(t) ? (CompetingTime?)null : new CompetingTime(t, (int)s));

    static IEnumerable<double?> Risks(string group) => Table.Column($"risk.{group}").Select(r => double.IsNaN(r) ? (double?)null : r);
}
