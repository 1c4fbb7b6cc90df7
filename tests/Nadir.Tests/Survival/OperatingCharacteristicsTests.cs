using Nadir.Numerics;
using Nadir.Survival;

namespace Nadir.Tests.Survival;

public class OperatingCharacteristicsTests
{
    const double Z = 1.959963984540054;

    [Fact]
    [Trait("Category", "Slow")]
    public void The_log_rank_test_errs_in_one_null_trial_of_twenty()
    {
        const int trials = 10_000;
        int rejected = 0;
        for (int trial = 0; trial < trials; trial++)
        {
            RandomStream stream = new(seed: 5, (ulong)trial, RandomStream.Purpose("null trial"));
            RiskTable[] arms = [Arm(ref stream, 100), Arm(ref stream, 100)];
            rejected += LogRank.Test(arms).Value.Test.PValue < 0.05 ? 1 : 0;
        }

        ShouldBe((double)rejected / trials, 0.05, trials);

        // About a third are censored.
        static RiskTable Arm(ref RandomStream stream, int patients)
        {
            FollowUp[] times = new FollowUp[patients];
            for (int i = 0; i < patients; i++)
            {
                double time = 300 * Draws.Exponential(ref stream);
                double censoring = 900 * stream.NextUniform();
                times[i] = FollowUp.FromOrigin(Math.Min(time, censoring), time <= censoring ? 1 : 0);
            }

            return RiskTable.Of(times);
        }
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Grays_test_errs_in_one_null_trial_of_twenty_in_whole_days()
    {
        const int trials = 10_000;
        int rejected = 0;
        for (int trial = 0; trial < trials; trial++)
        {
            RandomStream stream = new(seed: 7, (ulong)trial, RandomStream.Purpose("null trial with two causes"));
            RiskTable[] arms = [Arm(ref stream), Arm(ref stream)];
            rejected += GrayTest.Test(arms, 1).Value.PValue < 0.05 ? 1 : 0;
        }

        ShouldBe((double)rejected / trials, 0.05, trials);

        static RiskTable Arm(ref RandomStream stream)
        {
            FollowUp[] times = new FollowUp[150];
            for (int i = 0; i < times.Length; i++)
            {
                double time = 300 * Draws.Exponential(ref stream);
                int cause = stream.NextUniform() < 0.6 ? 1 : 2;
                double censoring = 900 * stream.NextUniform();
                times[i] = FollowUp.FromOrigin(Math.Ceiling(Math.Min(time, censoring)), time <= censoring ? cause : 0);
            }

            return RiskTable.Of(times, causes: 2);
        }
    }

    [Theory]
    [InlineData(0.7, 247)]
    [InlineData(0.8, 300)]
    [Trait("Category", "Slow")]
    public void The_power_of_an_exponential_trial_is_that_of_Schoenfeld(double hazardRatio, int events)
    {
        const int trials = 4_000;
        int rejected = 0;
        for (int trial = 0; trial < trials; trial++)
        {
            RandomStream stream = new(seed: 6, (ulong)trial, RandomStream.Purpose("exponential trial"));
            double[][] times = [Times(ref stream, 300), Times(ref stream, 300 / hazardRatio)];
            double end = times.SelectMany(t => t).Order().ElementAt(events - 1);
            rejected += LogRank.Test([.. times.Select(arm => RiskTable.Of([.. arm.Select(t => FollowUp.FromOrigin(Math.Min(t, end), t <= end ? 1 : 0))]))]).Value.Test.PValue < 0.05 ? 1 : 0;
        }

        // Schoenfeld (1981): the statistic is normal with mean √(d/4)·|log HR| and variance 1.
        double power = NormalDistribution.Cdf((Math.Sqrt(events / 4.0) * -Math.Log(hazardRatio)) - Z);
        ShouldBe((double)rejected / trials, power, trials);

        static double[] Times(ref RandomStream stream, double mean)
        {
            double[] times = new double[300];
            for (int i = 0; i < times.Length; i++)
            {
                times[i] = mean * Draws.Exponential(ref stream);
            }

            return times;
        }
    }

    static void ShouldBe(double share, double expected, int trials)
    {
        double error = Math.Sqrt(expected * (1 - expected) / trials);
        TestContext.Current.TestOutputHelper?.WriteLine($"rejected {share:0.0000}, expected {expected:0.0000}, Monte Carlo error {error:0.0000}");
        share.ShouldBe(expected, 3 * error);
    }
}
