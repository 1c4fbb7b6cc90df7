using MathNet.Numerics.Distributions;
using Nadir.Numerics;

namespace Nadir.Tests.Numerics;

/// <summary>Counts against exact probabilities, with Math.NET as the outside source.</summary>
public class CountDistributionTests
{
    delegate double Draw(ref RandomStream stream);

    [Theory]
    [InlineData(0.2), InlineData(1.0), InlineData(3.7), InlineData(9.99), InlineData(10.0), InlineData(12.5), InlineData(29.0), InlineData(150.0), InlineData(2500.0)]
    public void Poisson_counts_follow_the_exact_distribution(double mean) =>
        CheckCells((ref RandomStream s) => Draws.Poisson(ref s, mean), k => Poisson.PMF(mean, k), (int)(mean + 12.0 * Math.Sqrt(mean)) + 20, 100000);

    [Theory]
    [InlineData(1, 0.3), InlineData(7, 0.5), InlineData(19, 0.5), InlineData(20, 0.5), InlineData(21, 0.5), InlineData(40, 0.3), InlineData(40, 0.8), InlineData(1000, 0.009)]
    [InlineData(1000, 0.0101), InlineData(1000, 0.3), InlineData(5000, 0.995)]
    public void Binomial_counts_follow_the_exact_distribution(int n, double p) =>
        CheckCells((ref RandomStream s) => Draws.Binomial(ref s, n, p), k => k > n ? 0.0 : Binomial.PMF(p, n, k), n + 1, 100000);

    [Theory]
    [InlineData(1, 0.5), InlineData(1, 0.05), InlineData(0.3, 0.4), InlineData(2.5, 0.25), InlineData(10, 0.5), InlineData(11, 0.5), InlineData(60, 0.3), InlineData(300, 0.99)]
    public void Negative_binomial_counts_follow_the_exact_distribution(double r, double p)
    {
        double mean = r * (1.0 - p) / p;
        CheckCells((ref RandomStream s) => Draws.NegativeBinomial(ref s, r, p), k => NegativeBinomial.PMF(r, p, k), (int)(mean + 20.0 * Math.Sqrt(mean / p)) + 20, 100000);
    }

    [Fact]
    public void Lower_and_upper_tails_of_rejection_have_their_exact_probabilities()
    {
        const int Count = 300000;
        double[] below = new double[3];
        double[] above = new double[3];
        var stream = new RandomStream(5, 5, 5);
        for (int i = 0; i < Count; i++)
        {
            double poisson = Draws.Poisson(ref stream, 10.0);
            double binomial = Draws.Binomial(ref stream, 1000.0, 0.3);
            double negative = Draws.NegativeBinomial(ref stream, 1.0, 0.05);
            Tally(0, poisson, 0.0, 25.0);
            Tally(1, binomial, 245.0, 355.0);
            Tally(2, negative, 0.0, 180.0);
        }

        var geometric = new Geometric(0.05);
        Expect(below[0], Poisson.PMF(10.0, 0));
        Expect(above[0], 1.0 - Poisson.CDF(10.0, 25.0));
        Expect(below[1], Binomial.CDF(0.3, 1000, 245.0));
        Expect(above[1], 1.0 - Binomial.CDF(0.3, 1000, 355.0));
        Expect(below[2], 0.05);
        Expect(above[2], 1.0 - geometric.CumulativeDistribution(181.0));

        void Tally(int which, double value, double low, double high)
        {
            below[which] += value <= low ? 1.0 : 0.0;
            above[which] += value > high ? 1.0 : 0.0;
        }

        static void Expect(double found, double probability) =>
            Math.Abs(found - Count * probability).ShouldBeLessThan(4.5 * Math.Sqrt(Count * probability), $"probability {probability}");
    }

    [Theory]
    [InlineData(1e-4), InlineData(0.05), InlineData(2.0)]
    public void Extinction_has_its_exact_probability(double mean)
    {
        const int Count = 400000;
        var stream = new RandomStream(6, 6, 6);
        int zeros = 0;
        for (int i = 0; i < Count; i++)
        {
            zeros += Draws.Poisson(ref stream, mean) == 0.0 ? 1 : 0;
        }

        double alive = Count * (1.0 - Math.Exp(-mean));
        Math.Abs(Count - zeros - alive).ShouldBeLessThan(4.5 * Math.Sqrt(alive));
    }

    /// <summary>At these sizes the standardised count is normal to within 1e-4, far below what 100 000 draws in 50 cells can tell.</summary>
    [Theory]
    [InlineData(1e9), InlineData(1e12), InlineData(1e15), InlineData(4e15)]
    public void Large_counts_are_normal(double size)
    {
        CheckNormal((ref RandomStream s) => (Draws.Poisson(ref s, size) - size) / Math.Sqrt(size));
        CheckNormal((ref RandomStream s) => (Draws.Binomial(ref s, size, 0.375) - size * 0.375) / Math.Sqrt(size * 0.375 * 0.625));
        CheckNormal((ref RandomStream s) => (Draws.NegativeBinomial(ref s, size, 0.5) - size) / Math.Sqrt(size * 2.0));
    }

    [Theory]
    [InlineData(0.3), InlineData(0.6), InlineData(1.0), InlineData(2.3), InlineData(80.0)]
    public void Gamma_values_follow_the_exact_distribution(double shape) =>
        CheckUniform((ref RandomStream s) => Gamma.CDF(shape, 1.0, Draws.Gamma(ref s, shape)), 50000);

    /// <summary>For small x the gamma distribution function is x^a / Γ(a + 1), here 1e-10^0.05 / Γ(1.05).</summary>
    [Fact]
    public void Gamma_values_of_small_shape_reach_far_down()
    {
        const int Count = 100000;
        var stream = new RandomStream(7, 7, 7);
        int below = 0;
        for (int i = 0; i < Count; i++)
        {
            below += Draws.Gamma(ref stream, 0.05) < 1e-10 ? 1 : 0;
        }

        double probability = Math.Pow(1e-10, 0.05) / MathNet.Numerics.SpecialFunctions.Gamma(1.05);
        Math.Abs(below - Count * probability).ShouldBeLessThan(4.5 * Math.Sqrt(Count * probability * (1.0 - probability)));
    }

    [Theory]
    [InlineData(0.0, 3.0), InlineData(7.0, 4.5), InlineData(1000.0, 1003.5), InlineData(1e6, 1e6), InlineData(1e9, 1.0001e9), InlineData(1e15, 1e15 + 3e7)]
    public void Poisson_log_probabilities_are_accurate_at_every_size(double count, double mean)
    {
        BigReal exact = count * Truth.Log(mean) - mean - Truth.LogGamma(count + 1.0);
        CountProbabilities.LogPoisson(count, mean).ShouldBe(exact.ToDouble(), 1e-14 * (1.0 + Math.Abs(exact.ToDouble())));
    }

    [Theory]
    [InlineData(0.0, 20.0, 0.25), InlineData(20.0, 20.0, 0.25), InlineData(3.0, 20.0, 0.25), InlineData(310.0, 1000.0, 0.3125), InlineData(2.5e8 + 1e4, 1e9, 0.25)]
    [InlineData(5e14 + 3e7, 1e15, 0.5), InlineData(12.0, 1e15, 1e-14)]
    public void Binomial_log_probabilities_are_accurate_at_every_size(double count, double n, double p)
    {
        BigReal choose = Truth.LogGamma(n + 1.0) - Truth.LogGamma(count + 1.0) - Truth.LogGamma(n - count + 1.0);
        BigReal exact = choose + count * Truth.Log(p) + (n - count) * Truth.Log(1.0 - (BigReal)p);
        CountProbabilities.LogBinomial(count, n, p, 1.0 - p).ShouldBe(exact.ToDouble(), 1e-14 * (1.0 + Math.Abs(exact.ToDouble())) + 1e-16 * n * Math.Min(p, 0.01));
    }

    static void CheckCells(Draw draw, Func<int, double> probability, int cells, int count)
    {
        int[] observed = new int[cells + 1];
        var stream = new RandomStream(11, 2, RandomStream.Purpose("cells"));
        for (int i = 0; i < count; i++)
        {
            observed[(int)Math.Min(draw(ref stream), cells)]++;
        }

        // Neighbouring cells are pooled until each is expected to hold 10 counts.
        var pooled = new List<(double Observed, double Expected)>();
        double expected = 0.0;
        double found = 0.0;
        double rest = count;
        for (int k = 0; k <= cells; k++)
        {
            expected += k == cells ? 0.0 : count * probability(k);
            found += observed[k];
            if (expected >= 10.0 && rest - expected >= 10.0)
            {
                pooled.Add((found, expected));
                rest -= expected;
                (expected, found) = (0.0, 0.0);
            }
        }

        pooled.Add((found, rest));
        CheckChiSquare(pooled);
    }

    static void CheckNormal(Draw draw) => CheckUniform((ref RandomStream s) => NormalDistribution.Cdf(draw(ref s)), 100000);

    static void CheckUniform(Draw draw, int count)
    {
        var cells = new (double Observed, double Expected)[50];
        Array.Fill(cells, (0.0, count / 50.0));
        var stream = new RandomStream(12, 2, RandomStream.Purpose("uniform"));
        for (int i = 0; i < count; i++)
        {
            cells[Math.Min((int)(50.0 * draw(ref stream)), 49)].Observed++;
        }

        CheckChiSquare(cells);
    }

    static void CheckChiSquare(IReadOnlyCollection<(double Observed, double Expected)> cells)
    {
        double chiSquare = cells.Sum(c => (c.Observed - c.Expected) * (c.Observed - c.Expected) / c.Expected);
        double upper = 1.0 - ChiSquared.CDF(cells.Count - 1, chiSquare);
        upper.ShouldBeGreaterThan(1e-5, $"chi-square {chiSquare:F1} in {cells.Count} cells");
        upper.ShouldBeLessThan(1.0 - 1e-6, $"chi-square {chiSquare:F1} in {cells.Count} cells is too small to be random");
    }
}
