using MathNet.Numerics.LinearAlgebra;
using Nadir.Numerics;

namespace Nadir.Tests.Numerics;

public sealed class DenseLuTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(30)]
    public void Solutions_agree_with_another_library(int order)
    {
        RandomStream random = new(3, (ulong)order, 1);
        DenseLu lu = new(order);
        double[] b = new double[order];
        for (int trial = 0; trial < 20; trial++)
        {
            Fill(ref random, lu.Matrix);
            Fill(ref random, b);
            Matrix<double> matrix = Matrix<double>.Build.Dense(order, order, (i, j) => lu.Matrix[(i * order) + j]);
            double[] expected = [.. matrix.LU().Solve(Vector<double>.Build.DenseOfArray(b))];
            double condition = matrix.ConditionNumber();

            lu.TryFactor().ShouldBeTrue();
            lu.Solve(b);

            double size = expected.Max(Math.Abs);
            b.Zip(expected, (x, e) => Math.Abs(x - e)).Max().ShouldBeLessThan(1e-15 * order * condition * size);
        }
    }

    [Fact]
    public void Rows_are_exchanged_where_the_first_pivot_is_zero()
    {
        DenseLu lu = new(2);
        new double[] { 0, 2, 4, 1 }.CopyTo(lu.Matrix);
        double[] b = [6, 11];

        lu.TryFactor().ShouldBeTrue();
        lu.Solve(b);

        b.ShouldBe([2, 3]);
    }

    /// <summary>Two unknowns of size 1e-9, beside one of 1e9 that depends on them strongly.</summary>
    [Fact]
    public void Weights_keep_the_rounding_of_large_equations_out_of_small_ones()
    {
        double[] matrix = [0.7, 0.3, 0, 0.1, 0.9, 0, 3e8, 7e8, 0.3];
        double[] plain = [0, 0, 1e9 / 7];
        double[] weighted = [0, 0, 1e9 / 7];
        DenseLu lu = new(3);

        matrix.CopyTo(lu.Matrix);
        lu.TryFactor().ShouldBeTrue();
        lu.Solve(plain);
        matrix.CopyTo(lu.Matrix);
        lu.TryFactor([1e9, 1e9, 1e-9]).ShouldBeTrue();
        lu.Solve(weighted);

        plain[..2].ShouldContain(x => x != 0);
        weighted[..2].ShouldBe([0, 0]);
        weighted[2].ShouldBe(1e9 / 7 / 0.3, 1e-6);
    }

    [Fact]
    public void Weights_of_another_length_are_misuse() =>
        Should.Throw<ArgumentException>(() => new DenseLu(3).TryFactor([1, 1])).Message.ShouldContain("found 2 values, expected 3");

    [Theory]
    [InlineData(1, 2, 2, 4)]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1, double.NaN, 2, 3)]
    [InlineData(double.PositiveInfinity, 1, 2, 3)]
    public void A_matrix_that_is_singular_or_not_finite_is_refused(double a, double b, double c, double d)
    {
        DenseLu lu = new(2);
        new[] { a, b, c, d }.CopyTo(lu.Matrix);

        lu.TryFactor().ShouldBeFalse();
    }

    [Fact]
    public void Factoring_and_solving_allocate_nothing()
    {
        DenseLu lu = new(5);
        double[] b = new double[5];
        RandomStream random = new(4, 0, 1);

        Allocated.Least(() =>
        {
            Fill(ref random, lu.Matrix);
            lu.TryFactor();
            lu.Solve(b);
        }).ShouldBe(0);
    }

    [Fact]
    public void A_right_hand_side_of_another_length_is_misuse() =>
        Should.Throw<ArgumentException>(() => new DenseLu(3).Solve(new double[2])).Message.ShouldContain("found 2 values, expected 3");

    static void Fill(ref RandomStream random, Span<double> values)
    {
        foreach (ref double value in values)
        {
            value = random.NextUniform() - 0.5;
        }
    }
}
