using Nadir.Numerics;

namespace Nadir.Tests.Numerics;

public class SobolIndicesTests
{
    static readonly uint _purpose = RandomStream.Purpose("test");

    static SobolIndices Indices(Func<double[], double> f, int factors, int rows, ulong seed = 1) =>
        SobolIndices.Of(Rows(f, factors, rows, seed, i => i), new RandomStream(seed, 1, _purpose), 200);

    static SobolRow[] Rows(Func<double[], double> f, int factors, int rows, ulong seed, Func<int, int> place)
    {
        SobolPoints points = new(2 * factors, new RandomStream(seed, 0, _purpose));
        return [.. Enumerable.Range(0, rows).Select(n =>
        {
            double[] all = points.Point((uint)n);
            double[] a = [.. Enumerable.Range(0, factors).Select(i => all[place(i)])];
            double[] b = [.. Enumerable.Range(0, factors).Select(i => all[factors + place(i)])];
            return SobolRow.Exact(f(a), f(b), [.. Enumerable.Range(0, factors).Select(i => f([.. a.Select((x, j) => j == i ? b[i] : x)]))]);
        })];
    }

    static double Ishigami(double[] u)
    {
        double[] x = [.. u.Select(v => (2 * v - 1) * Math.PI)];
        return Math.Sin(x[0]) + (7 * Math.Sin(x[1]) * Math.Sin(x[1])) + (0.1 * Math.Pow(x[2], 4) * Math.Sin(x[0]));
    }

    [Fact]
    public void Ishigamis_function_has_its_closed_form()
    {
        // Ishigami & Homma 1990 with a = 7 and b = 0.1.
        double first = Math.Pow(1 + (0.1 * Math.Pow(Math.PI, 4) / 5), 2) / 2;
        double interaction = 0.01 * Math.Pow(Math.PI, 8) * ((1 / 18.0) - (1 / 50.0));
        double variance = first + (49 / 8.0) + interaction;

        SobolIndices indices = Indices(Ishigami, 3, 8192);

        indices.Variance.Value.ShouldBe(variance, 0.02 * variance);
        indices.First.Select(i => i.Value).ShouldBe([first / variance, 49 / 8.0 / variance, 0], 0.02);
        indices.Total.Select(i => i.Value).ShouldBe([(first + interaction) / variance, 49 / 8.0 / variance, interaction / variance], 0.02);
    }

    [Fact]
    public void Sobols_g_function_has_its_closed_form()
    {
        double[] a = [0, 1, 4.5, 9, 99, 99];
        double[] parts = [.. a.Select(x => 1 / (3 * (1 + x) * (1 + x)))];
        double variance = parts.Aggregate(1.0, (product, p) => product * (1 + p)) - 1;

        SobolIndices indices = Indices(u => u.Zip(a, (x, c) => (Math.Abs((4 * x) - 2) + c) / (1 + c)).Aggregate(1.0, (p, g) => p * g), 6, 8192);

        indices.Variance.Value.ShouldBe(variance, 0.02 * variance);
        for (int i = 0; i < 6; i++)
        {
            indices.First[i].Value.ShouldBe(parts[i] / variance, 0.02);
            indices.Total[i].Value.ShouldBe(parts[i] * ((variance + 1) / (1 + parts[i])) / variance, 0.02);
        }
    }

    [Fact]
    public void A_linear_model_has_no_interactions()
    {
        double[] weights = [1, 2, 3, 0];
        double all = weights.Sum(w => w * w);

        SobolIndices indices = Indices(u => u.Zip(weights, (x, w) => x * w).Sum(), 4, 2048);

        for (int i = 0; i < 4; i++)
        {
            indices.First[i].Value.ShouldBe(weights[i] * weights[i] / all, 0.03);
            indices.Total[i].Value.ShouldBe(weights[i] * weights[i] / all, 0.03);
        }
    }

    [Fact]
    public void A_factor_that_does_nothing_has_exactly_no_effect()
    {
        SobolIndices indices = Indices(u => u[0] * u[2], 3, 16);

        indices.First[1].ShouldBe(new SobolIndex(0, 0, 0));
        indices.Total[1].ShouldBe(new SobolIndex(0, 0, 0));
        indices.Total[0].Value.ShouldBeGreaterThan(0.1);
    }

    [Fact]
    public void The_names_of_the_factors_do_not_matter()
    {
        // The same points, with the first and the last factor exchanged in both model and design.
        SobolRow[] rows = Rows(u => Ishigami(u), 3, 64, 1, i => i);
        SobolRow[] exchanged = Rows(u => Ishigami([u[2], u[1], u[0]]), 3, 64, 1, i => 2 - i);

        SobolIndices one = SobolIndices.Of(rows, new RandomStream(1, 1, _purpose), 50);
        SobolIndices other = SobolIndices.Of(exchanged, new RandomStream(1, 1, _purpose), 50);

        other.Total.Reverse().ShouldBe(one.Total);
        other.First.Reverse().ShouldBe(one.First);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Intervals_cover_the_truth_about_as_often_as_they_say()
    {
        // 300 designs of 128 rows of the linear model with variances 1, 4 and 9: independent rows, as the bootstrap takes them to be, give 95%; points that fill the cube evenly err less.
        int covered = 0;
        const int repetitions = 300;
        for (ulong seed = 1; seed <= repetitions; seed++)
        {
            SobolIndices indices = Indices(u => u[0] + (2 * u[1]) + (3 * u[2]), 3, 128, seed);
            covered += indices.Total[1].Lower <= 4 / 14.0 && 4 / 14.0 <= indices.Total[1].Upper ? 1 : 0;
        }

        ((double)covered / repetitions).ShouldBeGreaterThan(0.90);
    }

    [Fact]
    public void Without_variance_there_are_no_indices()
    {
        SobolIndices indices = Indices(_ => 1, 2, 8);

        indices.Variance.Value.ShouldBe(0);
        indices.First.ShouldAllBe(i => double.IsNaN(i.Value));
    }

    [Fact]
    public void One_row_is_refused() => Should.Throw<ArgumentException>(() => SobolIndices.Of([SobolRow.Exact(1, 2, [1])], new RandomStream(1, 0, _purpose)));
}
