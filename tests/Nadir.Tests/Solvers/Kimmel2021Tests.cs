using Nadir.Models;
using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

/// <summary>The model of Kimmel, Locke and Altrock 2021. The numbers were computed with another solver from the published equations; probabilities by Kendall's formula.</summary>
public sealed class Kimmel2021Tests
{
    const double Converged = 1000;

    [Fact]
    public void Cells_follow_the_reference_solution()
    {
        double[][] run = Runs.All(LibraryModel.With("kimmel-2021"), Runs.Ode(7.00, 28, 90, 180))[0];
        int host = 0;
        int cart = 1;
        run[0][cart].ShouldBe(30.11, 0.01);
        run[1][cart].ShouldBe(2.487, 0.0005);
        run[2][cart].ShouldBe(0.3377, 0.00005);
        run[3][cart].ShouldBe(0.01874, 0.000005);
        run[1][host].ShouldBe(472.9, 0.05);
    }

    [Fact]
    public void The_expansion_peaks_on_day_seven()
    {
        double[] times = [.. Enumerable.Range(0, 1001).Select(i => i * 0.02)];
        double[] cart = [.. Runs.All(LibraryModel.With("kimmel-2021"), Runs.Ode(times))[0].Select(v => v[1])];
        cart.Max().ShouldBe(30.11, 0.005);
        times[Array.IndexOf(cart, cart.Max())].ShouldBe(7.00, 0.021);
    }

    [Theory]
    [InlineData(0.01, 7.5e-5, 160, 0.05e-5)]
    [InlineData(0.105, 2.341, 84.2, 0.0005)]
    [InlineData(0.19, 1136, 63.1, 0.5)]
    [InlineData(0.265, 7.79e4, 50.2, 50)]
    public void The_tumour_without_chance_reaches_its_published_nadir(double growth, double cells, double day, double tolerance)
    {
        double[] times = [.. Enumerable.Range(0, 4001).Select(i => i * 0.05)];
        double[] tumour = [.. Runs.All(LibraryModel.With("kimmel-2021", ("tumour_growth", growth)), Runs.Ode(times))[0].Select(v => v[2])];
        tumour.Min().ShouldBe(cells, tolerance);
        times[Array.IndexOf(tumour, tumour.Min())].ShouldBe(day, 0.6);
    }

    /// <summary>Progression is 1.2 times the tumour at infusion.</summary>
    [Theory]
    [InlineData(0.01, double.PositiveInfinity)]
    [InlineData(0.105, 351.2)]
    [InlineData(0.19, 193.6)]
    [InlineData(0.265, 136.7)]
    public void The_tumour_without_chance_progresses_on_its_reference_day(double growth, double day)
    {
        Course course = Course.Of(LibraryModel.With("kimmel-2021", ("tumour_growth", growth)), 600, 0.05);
        double found = course.FirstDayAbove("tumour_cells", 1.2 * 9.486e10, from: 20);
        (found == day || Math.Abs(found - day) < 0.11).ShouldBeTrue($"progression on day {found}");
    }

    [Theory]
    [InlineData(0.05, 34.86)]
    [InlineData(0.08, 38.55)]
    [InlineData(0.105, 42.79)]
    [InlineData(0.13, 49.34)]
    public void The_tumour_falls_below_a_hundred_cells_on_its_reference_day(double growth, double day) =>
        Course.Of(LibraryModel.With("kimmel-2021", ("tumour_growth", growth)), 60, 0.01).FirstDayBelow("tumour_cells", 100).ShouldBe(day, 0.011);

    [Fact]
    public void A_tumour_that_grows_by_15_percent_a_day_hardly_ever_dies_out() =>
        Check(0.15, 100, 0, 400);

    [Theory]
    [InlineData(0.05, 100, 0.9963)]
    [InlineData(0.105, 100, 0.6170)]
    [InlineData(0.105, Converged, 0.6187)]
    [InlineData(0.13, Converged, 0.041)]
    public void A_few_replicates_show_the_extinction_probability(double growth, double threshold, double probability) =>
        Check(growth, threshold, probability, 400);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(0.05, 100, 0.9963)]
    [InlineData(0.08, 100, 0.9414)]
    [InlineData(0.105, 100, 0.6170)]
    [InlineData(0.13, 100, 0.0358)]
    [InlineData(0.05, Converged, 0.9963)]
    [InlineData(0.08, Converged, 0.9415)]
    [InlineData(0.105, Converged, 0.6187)]
    [InlineData(0.13, Converged, 0.041)]
    [InlineData(0.105, 10_000, 0.6187)]
    public void Extinction_probabilities_are_those_of_the_formula(double growth, double threshold, double probability) =>
        Check(growth, threshold, probability, 20_000);

    static void Check(double growth, double threshold, double probability, int n)
    {
        Model model = LibraryModel.With("kimmel-2021", ("tumour_growth", growth));
        double[] cells = Runs.Last(model, Runs.Hybrid(300, n, new DiscreteSpecies("tumour_cells", threshold)), "tumour_cells");
        Runs.ShareShouldBe(Runs.Extinct(cells), probability, n, $"growth {growth}, threshold {threshold}");
    }
}
