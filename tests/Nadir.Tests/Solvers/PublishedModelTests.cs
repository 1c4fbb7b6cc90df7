namespace Nadir.Tests.Solvers;

/// <summary>Library models as ODEs against solutions of their published equations from another solver.</summary>
public sealed class PublishedModelTests
{
    [Fact]
    public void Leon_Triana_2020_nearly_clears_leukaemia_and_sees_it_return()
    {
        double[] times = [.. Enumerable.Range(0, 5001).Select(i => i * 0.1)];
        double[][] run = Runs.All(LibraryModel.With("leon-triana-2020"), Runs.Ode(times))[0];
        double[] leukaemia = [.. run.Select(v => v[1])];
        leukaemia.Min().ShouldBe(4.1e5, 0.05e5);
        times[Array.IndexOf(leukaemia, leukaemia.Min())].ShouldBe(57, 0.5);
        double peak = leukaemia.Skip(1000).Max();
        peak.ShouldBe(7.71e10, 0.005e10);
        times[Array.IndexOf(leukaemia, peak)].ShouldBe(436.6, 0.15);
        run[600][2].ShouldBe(1.03e4, 0.005e4);
    }

    [Theory]
    [InlineData(5e5, 300, 944, 1)]
    [InlineData(2e5, 300, 6.65e11, 0.005e11)]
    public void Barros_2021_escapes_or_lives_with_the_tumour_by_dose(double dose, double day, double cells, double tolerance)
    {
        double[][] run = Runs.All(LibraryModel.With("barros-2021", ("cart_dose", dose)), Runs.Ode(42, day))[0];
        run[1][2].ShouldBe(cells, tolerance);
    }

    [Fact]
    public void Barros_2021_tumour_grows_until_the_dose_and_falls_below_a_cell_under_half_a_million_cells()
    {
        double[] times = [.. Enumerable.Range(0, 2001).Select(i => i * 0.1)];
        double[] tumour = [.. Runs.All(LibraryModel.With("barros-2021", ("cart_dose", 5e5)), Runs.Ode(times))[0].Select(v => v[2])];
        tumour[420].ShouldBe(2.146e7, 0.0005e7);
        tumour.Min().ShouldBe(0.768, 0.0006);
        times[Array.IndexOf(tumour, tumour.Min())].ShouldBe(83.4, 0.1);
    }

    [Theory]
    [InlineData(2e6)]
    [InlineData(1.5e6)]
    public void Barros_2021_eliminates_the_tumour_at_high_dose(double dose)
    {
        double[] times = [.. Enumerable.Range(0, 301).Select(i => (double)i)];
        Runs.All(LibraryModel.With("barros-2021", ("cart_dose", dose)), Runs.Ode(times))[0].Min(v => v[2]).ShouldBeLessThan(1e-3);
    }

    [Fact]
    public void Liu_2022_in_remission_falls_far_below_detection_and_regrows_without_extinction()
    {
        double[] times = [.. Enumerable.Range(0, 4001).Select(i => i * 0.1)];
        double[][] run = Runs.All(LibraryModel.With("liu-2022"), Runs.Ode(times) with { Tolerances = new() { Relative = 1e-8, Absolute = 1e-14 } })[0];
        double[] active = [.. run.Select(v => v[1])];
        double[] blasts = [.. run.Select(v => v[2])];
        active.Max().ShouldBe(612.5, 0.05);
        times[Array.IndexOf(active, active.Max())].ShouldBe(5.70, 0.06);
        blasts[280].ShouldBe(9.58e-7, 0.005e-7);
        blasts.Min().ShouldBe(6.9e-7, 0.05e-7);
        times[Array.IndexOf(blasts, blasts.Min())].ShouldBe(35.6, 0.1);
        blasts[900].ShouldBe(1.66e-5, 0.005e-5);
        blasts[4000].ShouldBe(67.6, 0.05);
    }
}
