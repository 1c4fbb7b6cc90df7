using Nadir.Numerics;

namespace Nadir.Tests.Numerics;

public class DrawsTests
{
    delegate double Draw(ref RandomStream stream);

    const int Count = 60000;

    static readonly Draw[] _everyMethod =
    [
        Draws.Normal, Draws.Exponential, (ref s) => Draws.Gamma(ref s, 0.7), (ref s) => Draws.Gamma(ref s, 40.0), (ref s) => Draws.Poisson(ref s, 5.0),
        (ref s) => Draws.Poisson(ref s, 1e6), (ref s) => Draws.Poisson(ref s, 1e16), (ref s) => Draws.Binomial(ref s, 10.0, 0.3),
        (ref s) => Draws.Binomial(ref s, 1e9, 0.7), (ref s) => Draws.NegativeBinomial(ref s, 2.0, 0.5), (ref s) => Draws.NegativeBinomial(ref s, 1e5, 0.01),
    ];

    public static TheoryData<double> Means =>
        [1e-6, 0.01, 0.3, 1.0, 4.0, 9.99, 10.0, 11.3, 30.0, 100.0, 1234.5, 1e5, 1e7, 1e9, 1e12, 1e15, 4.4e15, 1e17];

    [Theory]
    [MemberData(nameof(Means))]
    public void Poisson_counts_have_mean_variance_and_third_moment(double mean) =>
        CheckMoments((ref RandomStream s) => Draws.Poisson(ref s, mean), mean, mean, mean);

    [Theory]
    [InlineData(1, 0.3), InlineData(5, 0.01), InlineData(20, 0.5), InlineData(19, 0.5), InlineData(1000, 0.3), InlineData(1000, 0.97), InlineData(1e6, 1e-7)]
    [InlineData(1e6, 0.99999), InlineData(1e6, 1.1e-5), InlineData(1e9, 0.25), InlineData(1e12, 1e-11), InlineData(1e12, 0.7), InlineData(1e12, 1e-9)]
    [InlineData(9007199254740992, 0.5), InlineData(9007199254740992, 1e-15), InlineData(9007199254740992, 1e-6)]
    public void Binomial_counts_have_mean_variance_and_third_moment(double n, double p)
    {
        double variance = n * p * (1.0 - p);
        CheckMoments((ref RandomStream s) => Draws.Binomial(ref s, n, p), n * p, variance, variance * (1.0 - 2.0 * p));
    }

    [Theory]
    [InlineData(1, 0.5), InlineData(1, 0.01), InlineData(0.2, 0.3), InlineData(3, 0.9), InlineData(2.5, 0.05), InlineData(50, 0.999), InlineData(1000, 0.2)]
    [InlineData(1e6, 0.999999), InlineData(1e6, 0.4), InlineData(1e9, 0.999), InlineData(1e12, 0.5), InlineData(3, 1e-9), InlineData(1e12, 1e-3)]
    public void Negative_binomial_counts_have_mean_variance_and_third_moment(double r, double p)
    {
        double q = 1.0 - p;
        CheckMoments((ref RandomStream s) => Draws.NegativeBinomial(ref s, r, p), r * q / p, r * q / (p * p), r * q * (1.0 + q) / (p * p * p));
    }

    [Theory]
    [InlineData(0.05), InlineData(0.5), InlineData(1.0), InlineData(1.7), InlineData(10.0), InlineData(300.0), InlineData(1e6), InlineData(1e12), InlineData(1e18)]
    public void Gamma_values_have_mean_variance_and_third_moment(double shape) =>
        CheckMoments((ref RandomStream s) => Draws.Gamma(ref s, shape), shape, shape, 2.0 * shape);

    [Fact]
    public void Normal_values_have_mean_variance_and_third_moment() => CheckMoments(Draws.Normal, 0.0, 1.0, 0.0);

    [Fact]
    public void Exponential_values_have_mean_variance_and_third_moment() => CheckMoments(Draws.Exponential, 1.0, 1.0, 2.0);

    [Fact]
    public void Normal_exponential_and_small_counts_use_one_uniform_each()
    {
        var plain = new RandomStream(1, 1, 1);
        var drawn = new RandomStream(1, 1, 1);
        for (int i = 0; i < 5; i++)
        {
            plain.NextUniform();
        }

        Draws.Normal(ref drawn);
        Draws.Exponential(ref drawn);
        Draws.Poisson(ref drawn, 3.0);
        Draws.Binomial(ref drawn, 100.0, 0.02);
        Draws.NegativeBinomial(ref drawn, 2.0, 0.5);
        drawn.NextUInt64().ShouldBe(plain.NextUInt64());
    }

    [Fact]
    public void Certain_outcomes_leave_the_stream_alone()
    {
        var stream = new RandomStream(1, 1, 1);
        Draws.Poisson(ref stream, 0.0).ShouldBe(0.0);
        Draws.Binomial(ref stream, 0.0, 0.4).ShouldBe(0.0);
        Draws.Binomial(ref stream, 1e12, 0.0).ShouldBe(0.0);
        Draws.Binomial(ref stream, 1e12, 1.0).ShouldBe(1e12);
        Draws.NegativeBinomial(ref stream, 5.0, 1.0).ShouldBe(0.0);
        Draws.NegativeBinomial(ref stream, 0.0, 0.2).ShouldBe(0.0);
        stream.NextUInt64().ShouldBe(new RandomStream(1, 1, 1).NextUInt64());
    }

    [Theory]
    [InlineData(-1.0), InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void Bad_Poisson_means_are_refused(double mean) =>
        Refused((ref RandomStream s) => Draws.Poisson(ref s, mean)).ShouldContain("expected a finite mean of 0 or more");

    [Theory]
    [InlineData(-1.0), InlineData(2.5), InlineData(double.NaN), InlineData(1e16), InlineData(double.PositiveInfinity)]
    public void Bad_numbers_of_trials_are_refused(double n) =>
        Refused((ref RandomStream s) => Draws.Binomial(ref s, n, 0.5)).ShouldContain("expected a whole number from 0 to 2^53");

    [Theory]
    [InlineData(-0.1), InlineData(1.1), InlineData(double.NaN)]
    public void Bad_probabilities_are_refused(double p)
    {
        Refused((ref RandomStream s) => Draws.Binomial(ref s, 3.0, p)).ShouldContain("expected a probability from 0 to 1");
        Refused((ref RandomStream s) => Draws.NegativeBinomial(ref s, 3.0, p)).ShouldContain("expected a probability above 0 and up to 1");
    }

    [Fact]
    public void A_success_probability_of_zero_is_refused() => Refused((ref RandomStream s) => Draws.NegativeBinomial(ref s, 3.0, 0.0)).ShouldContain("Found 0");

    [Theory]
    [InlineData(-1.0), InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void Bad_numbers_of_geometric_variables_are_refused(double r) =>
        Refused((ref RandomStream s) => Draws.NegativeBinomial(ref s, r, 0.5)).ShouldContain("expected a finite number of 0 or more");

    [Theory]
    [InlineData(0.0), InlineData(-1.0), InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void Bad_gamma_shapes_are_refused(double shape) =>
        Refused((ref RandomStream s) => Draws.Gamma(ref s, shape)).ShouldContain("expected a positive finite shape");

    [Fact]
    public void Draws_allocate_nothing()
    {
        var stream = new RandomStream(1, 1, 1);
        double sum = 0;

        Allocated.Least(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                sum += DrawEverything(ref stream);
            }
        }).ShouldBe(0);

        double.IsFinite(sum).ShouldBeTrue();

        static double DrawEverything(ref RandomStream stream)
        {
            double total = 0.0;
            foreach (Draw draw in _everyMethod)
            {
                total += draw(ref stream);
            }

            return total;
        }
    }

    [Fact]
    public void Pinned_draws_change_only_with_a_changelog_entry_titled_results_change()
    {
        var stream = new RandomStream(3, 1, 4);
        ulong hash = 14695981039346656037;
        for (int i = 0; i < 1000; i++)
        {
            foreach (Draw draw in _everyMethod)
            {
                hash = unchecked((hash ^ BitConverter.DoubleToUInt64Bits(draw(ref stream))) * 1099511628211);
            }
        }

        hash.ShouldBe(PinnedBits.DrawsHash);
    }

    static string Refused(Draw draw) =>
        Should.Throw<ArgumentOutOfRangeException>(() =>
        {
            var stream = new RandomStream(1, 1, 1);
            draw(ref stream);
        }).Message;

    /// <summary>Averages of powers of the deviation from the known mean, each within 4.5 of its standard errors of the known central moment.</summary>
    static void CheckMoments(Draw draw, double mean, double variance, double thirdMoment)
    {
        var stream = new RandomStream(20261122, 1, RandomStream.Purpose("moments"));
        double deviation = Math.Sqrt(variance);
        double[] sums = new double[7];
        for (int i = 0; i < Count; i++)
        {
            double value = (draw(ref stream) - mean) / deviation;
            double power = 1.0;
            for (int k = 1; k <= 6; k++)
            {
                power *= value;
                sums[k] += power / Count;
            }
        }

        double[] expected = [0.0, 0.0, 1.0, thirdMoment / (variance * deviation)];
        for (int k = 1; k <= 3; k++)
        {
            // Where a few rare values carry the moment, the observed error estimate is too small; the known variance is the floor.
            double spread = Math.Max(sums[2 * k] - sums[k] * sums[k], 1.0);
            double error = Math.Sqrt(spread / Count);
            Math.Abs(sums[k] - expected[k]).ShouldBeLessThan(4.5 * error + RareAllowance(expected[3], k), $"moment {k}");
        }
    }

    /// <summary>For very skewed counts (mean below 0.01) even the spread is unknown; three observed events more or less are allowed.</summary>
    static double RareAllowance(double skewness, int k) => skewness < 10.0 ? 0.0 : 5.0 * Math.Pow(skewness, k) / Math.Sqrt(Count) / 10.0;
}
