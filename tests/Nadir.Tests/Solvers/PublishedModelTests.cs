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

    [Theory]
    [InlineData(5956.03, 0.00262, 0.000005, 55.8, 186.6, 205.5)]
    [InlineData(16956.03, 11.94, 0.005, 29.7, 71.7, 93.2)]
    public void Liu_2022_relapses_without_cd19_by_how_far_bystander_killing_reaches(double half, double least, double within, double on, double fivePercent, double quarter)
    {
        double[] times = [.. Enumerable.Range(0, 2501).Select(i => i * 0.1)];
        (string, double)[] individual =
        [
            ("blasts", 17212.23022), ("cart_infused", 0.3), ("blast_growth", 0.086), ("cart_proliferation", 1.7), ("active_death", 0.04), ("infused_death", 0.073), ("blast_capacity", 19988.53), ("kill_maximum", 8.6),
            ("activation_maximum", 0.19), ("kill_half_blasts", 794.99), ("proliferation_half_blasts", 827.08), ("activation_half_blasts", 93066.8), ("blasts_cd19_negative", 19.88984724), ("negative_kill_half_blasts", half),
        ];
        double[][] run = Runs.All(LibraryModel.With("liu-2022", individual), Runs.Ode(times) with { Tolerances = new() { Relative = 1e-8, Absolute = 1e-14 } })[0];
        double[] percent = [.. run.Select(v => 97.19 * (v[2] + v[3]) / (1909 + v[2] + v[3]))];

        ShouldPeak(run, times, 1, 3605.4, 0.05, 8.7, 0.06);
        ShouldFallTo(run, times, 3, least, within, on, 0.06);
        int cleared = Array.FindIndex(percent, p => p < 5);
        times[Array.FindIndex(percent, cleared, p => p > 5)].ShouldBe(fivePercent, 0.11);
        times[Array.FindIndex(percent, cleared, p => p > 25)].ShouldBe(quarter, 0.11);
    }

    [Theory]
    [InlineData(1e7)]
    [InlineData(1e10)]
    public void Leon_Triana_2020_with_a_source_of_b_cells_comes_to_rest_where_the_source_balances_killing(double source)
    {
        Nadir.Models.Model model = LibraryModel.With("leon-triana-2020", ("b_cell_precursors", source), ("leukaemia_cells", 0));
        double[] end = Runs.All(model, Runs.Ode([0, 20_000]) with { Tolerances = Fine })[0][1];

        // B cells from their own balance, then the balance of CAR-T cells by bisection.
        double Left(double c) => source / (1 + (c / 1e9));
        double BCells(double c) => Left(c) / 6 / ((4.5e-11 * c) + (1 / 60.0));
        (double low, double high) = (0, 1e12);
        for (int i = 0; i < 200; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = (1.125e-11 * (BCells(middle) + (0.1 * Left(middle)))) > 1 / 14.0 ? (middle, high) : (low, middle);
        }

        double rest = (BCells(0) + (0.1 * source)) * 1.125e-11 > 1 / 14.0 ? low : 0;
        end[0].ShouldBe(rest, Math.Max(1e-6 * rest, 1e-3));
        end[2].ShouldBe(BCells(rest), 1e-6 * BCells(rest));
    }

    [Fact]
    public void Leon_Triana_2021_expands_on_b_cells_and_all_but_clears_the_tumour()
    {
        double[] times = [.. Enumerable.Range(0, 1001).Select(i => i * 0.1)];
        double[][] run = Runs.All(LibraryModel.With("leon-triana-2021"), Runs.Ode(times) with { Tolerances = Fine })[0];
        ShouldPeak(run, times, 1, 3.885e9, 0.0005e9, 14.6, 0.11);
        ShouldPeak(run, times, 0, 4.968e9, 0.0005e9, 16.7, 0.11);
        ShouldFallTo(run, times, 2, 0.0922, 0.00006, 54.0, 0.11);
        run[1000][3].ShouldBe(3.94e8, 0.005e8);
    }

    [Fact]
    public void Leon_Triana_2021_without_b_cells_sees_the_tumour_return()
    {
        double[] times = [.. Enumerable.Range(0, 3001).Select(i => i * 0.1)];
        double[][] run = Runs.All(
            LibraryModel.With("leon-triana-2021", ("cart_start_tumour", 4e8), ("cart_start_blood", 0), ("b_cell_start", 0), ("tumour_start", 6.7e9), ("exhaustion", 0.04)),
            Runs.Ode(times))[0];
        run[1000][2].ShouldBe(1.617e9, 0.0005e9);
        ShouldFallTo(run, times, 2, 3.186e8, 0.0005e8, 262.6, 0.11);
        run[3000][2].ShouldBe(5.708e8, 0.0005e8);
    }

    // Peaks: CAR-T cells and memory cells in blood, IL-6, IL-10, interferon gamma, as the vignette of a public transcription of the model shows them.
    [Fact]
    public void Hardiansyah_2019_first_patient_has_the_published_peaks() =>
        ShouldHavePeaks(LibraryModel.With("hardiansyah-2019"), [2.55e9, 0.00734e9, 2745, 915, 828], 0.002);

    [Fact]
    public void Hardiansyah_2019_third_patient_has_the_published_peaks() =>
        ShouldHavePeaks(
            LibraryModel.With(
                "hardiansyah-2019", ("cart_dose", 1.4e7), ("dose_share_day_0", 1), ("dose_share_day_1", 0), ("dose_share_day_2", 0), ("leukaemia_start", 9.3e8), ("effector_division", 1.44e-8),
                ("effector_death", 1.44), ("memory_formation", 0.12), ("kill_efficacy", 2.21e-9), ("il6_release", 6e-15), ("il10_release", 1.7e-14), ("interferon_release", 6e-15),
                ("il6_baseline", 1), ("il10_baseline", 0.5), ("interferon_baseline", 1.7)),
            [0.0969e9, 0.00718e9, 49.3, 116, 120], 0.01);

    [Fact]
    public void Hanson_2016_peaks_and_falls_as_in_its_file_at_24_hours_a_day()
    {
        double[] times = [.. Enumerable.Range(0, 4001).Select(i => i * 0.01)];
        double[][] run = Runs.All(LibraryModel.With("hanson-2016"), Runs.Ode(times) with { Tolerances = Fine })[0];
        ShouldPeak(run, times, 1, 45.45, 0.005, 259.9 / 24, 0.01);
        ShouldPeak(run, times, 5, 167.9, 0.05, 160.3 / 24, 0.01);
        ShouldFallTo(run, times, 6, 39.07, 0.005, 694.6 / 24, 0.01);
        run.Max(v => v[3]).ShouldBe(73.96, 0.005);
    }

    // Tumour cells at infusion; whether the tumour falls below a cell within a month.
    [Theory]
    [InlineData(5, 77, 2, 1e7, 1.217e9, true)]
    [InlineData(5, 77, 4, 1e7, 1.811e9, false)]
    [InlineData(3, 125, 2, 1e7, 1.412e9, true)]
    [InlineData(3, 125, 4, 1e7, 1.990e9, false)]
    [InlineData(3, 125, 4, 2.5e8, 1.990e9, true)]
    public void Owens_2021_fails_after_a_longer_rest(double days, double rate, double rest, double dose, double atInfusion, bool eliminates)
    {
        double[] times = [days + rest - 1e-6, .. Enumerable.Range(1, 300).Select(i => days + rest + (i * 0.1))];
        double[][] run = Runs.All(
            LibraryModel.With("owens-2021", ("chemotherapy_days", days), ("chemotherapy_rate", rate), ("rest_days", rest), ("cart_dose", dose)), Runs.Ode(times) with { Tolerances = Fine })[0];
        run[0][0].ShouldBe(atInfusion, 0.0006e9);
        (run.Min(v => v[0]) < 1).ShouldBe(eliminates);
    }

    static Nadir.Solvers.Tolerances Fine => new() { Relative = 1e-8, Absolute = 1e-10 };

    static void ShouldHavePeaks(Nadir.Models.Model model, double[] published, double share)
    {
        double[] times = [.. Enumerable.Range(0, 12001).Select(i => i * 0.01)];
        double[][] run = Runs.All(model, Runs.Ode(times) with { Tolerances = Fine })[0];
        double[] peaks = [run.Max(v => v[0] + v[2]), run.Max(v => v[2]), run.Max(v => v[5]), run.Max(v => v[6]), run.Max(v => v[7])];
        for (int i = 0; i < peaks.Length; i++)
        {
            peaks[i].ShouldBe(published[i], share * published[i], $"peak {i}");
        }
    }

    static void ShouldPeak(double[][] run, double[] times, int species, double cells, double tolerance, double day, double within) =>
        ShouldReach(run.Max(v => v[species]), run, times, species, cells, tolerance, day, within);

    static void ShouldFallTo(double[][] run, double[] times, int species, double cells, double tolerance, double day, double within) =>
        ShouldReach(run.Min(v => v[species]), run, times, species, cells, tolerance, day, within);

    static void ShouldReach(double extreme, double[][] run, double[] times, int species, double cells, double tolerance, double day, double within)
    {
        extreme.ShouldBe(cells, tolerance);
        times[Array.FindIndex(run, v => v[species] == extreme)].ShouldBe(day, within);
    }
}
