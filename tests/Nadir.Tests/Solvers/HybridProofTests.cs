using System.Diagnostics;
using System.Globalization;
using Nadir.Ensembles;
using Nadir.Models;
using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

/// <summary>The hybrid method against formulas, against exact simulation and against itself with other thresholds, through its outer interface.</summary>
[Collection(nameof(Undisturbed))]
public sealed class HybridProofTests(ITestOutputHelper output)
{
    /// <summary>A drug that fades and a birth rate that goes up and down.</summary>
    const string ChangingEnvironment = """
        model clone
          substanceOnly species X
          X = 1; kill = 0.3; drug = 1
          drug' = -0.1*drug
          division: X => 2 X; 0.12*(1 + 0.5*sin(time/5))*X
          death: X => ; (0.06 + kill*drug/(0.2 + drug))*X
        end
        """;

    /// <summary>A leukaemia, CAR-T cells and normal B cells of 100,000 cells each at their height: 5 million reactions in half a year.</summary>
    const string ScaledDownLeukaemia = """
        model scaled_down_leukaemia
          substanceOnly species sensitive, resistant, effectors, b_cells
          sensitive = 100000; resistant = 0; effectors = 2000; b_cells = 100000
          leukaemia := sensitive + resistant
          kill := 1.5*effectors/(20000 + effectors)
          activation := sensitive/(30000 + sensitive)
          division := 0.15 + 0.1*max(0, 1 - leukaemia/150000)
          sensitive_division: sensitive => 2 sensitive; division*sensitive
          sensitive_death: sensitive => ; 0.15*sensitive
          sensitive_kill: sensitive => ; kill*sensitive
          mutation: => resistant; 1e-5*division*sensitive
          resistant_division: resistant => 2 resistant; division*resistant
          resistant_death: resistant => ; 0.15*resistant
          effector_division: effectors => 2 effectors; 0.9*activation*effectors
          effector_death: effectors => ; 0.12*effectors
          b_cell_renewal: => b_cells; 20
          b_cell_division: b_cells => 2 b_cells; 0.2*b_cells
          b_cell_death: b_cells => ; (0.1 + 0.1*b_cells/100000)*b_cells
          b_cell_kill: b_cells => ; kill*b_cells
        end
        """;

    /// <summary>A leukaemia of 1e10 cells that treatment takes to about one cell, and mutants that treatment does not touch.</summary>
    const string TwoClones = """
        model two_clones
          substanceOnly species sensitive, resistant
          sensitive = 1e10; resistant = 0; cart = 1
          cart' = -0.03*cart
          pressure := cart/(0.3 + cart)
          sensitive => 2 sensitive; 0.1*sensitive
          sensitive => ; (0.02 + 0.7*pressure)*sensitive
          => resistant; 2e-11*sensitive
          resistant => 2 resistant; 0.1*resistant
          resistant => ; (0.02 + 0.05*pressure)*resistant
        end
        """;

    static readonly double[] Visits = [60, 120, 180];
    static readonly double[] RelapseTimes = [250, 300, 350, 375, 400, 425, 450, 500, 600];

    [Theory]
    [InlineData(1, 0.1)]
    [InlineData(10, 0.2)]
    [InlineData(100, 0.4)]
    [InlineData(1000, 0.6)]
    public void A_clone_in_a_changing_environment_has_the_law_of_the_closed_form(double founders, double kill) => CheckLaw(founders, kill, 3000);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(1, 0.1)]
    [InlineData(10, 0.2)]
    [InlineData(100, 0.4)]
    [InlineData(1000, 0.6)]
    public void A_clone_in_a_changing_environment_has_the_law_of_the_closed_form_at_a_million_replicates(double founders, double kill) =>
        CheckLaw(founders, kill, 1_000_000);

    [Theory]
    [InlineData(1000)]
    public void Relapse_curves_do_not_depend_on_the_hand_over(int n) => CheckHandOver(n);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(20_000)]
    public void Relapse_curves_of_many_patients_do_not_depend_on_the_hand_over(int n) => CheckHandOver(n);

    [Fact]
    [Trait("Category", "Slow")]
    public void A_scaled_down_leukaemia_has_the_statistics_of_exact_simulation_a_thousand_times_faster()
    {
        const int exactRuns = 300;
        const int hybridRuns = 20_000;
        DiscreteSpecies[] clones = [new("sensitive"), new("resistant"), new("effectors", 20)];
        SimulationSettings direct = Runs.Ssa("direct", 1, exactRuns) with { Times = Visits, Threads = 1 };
        SimulationSettings hybrid = Runs.Hybrid(1, hybridRuns, clones) with { Times = Visits, Threads = 1, Seed = 7 };
        Model model = Networks.Model(ScaledDownLeukaemia);
        Runs.All(model, direct with { Count = 2 });
        Runs.All(model, hybrid with { Count = 2000 });
        (double[][][] exact, double exactSeconds) = Timed(model, direct);
        (double[][][] fast, double fastSeconds) = Timed(model, hybrid);
        double ratio = exactSeconds / exactRuns / (fastSeconds / hybridRuns);
        Write($"direct method {1e3 * exactSeconds / exactRuns:F1} ms, hybrid {1e3 * fastSeconds / hybridRuns:F3} ms a patient: {ratio:F0} times faster");
        for (int t = 0; t < Visits.Length; t++)
        {
            for (int v = 0; v < 4; v++)
            {
                Compare(Column(exact, t, v), Column(fast, t, v), $"variable {v} at day {Visits[t]}", isClone: v < 2);
            }
        }

        ratio.ShouldBeGreaterThan(1000);
    }

    void CheckLaw(double founders, double kill, int n)
    {
        const double end = 60;
        string text = ChangingEnvironment.Replace("X = 1; kill = 0.3", $"X = {Runs.Text(founders)}; kill = {Runs.Text(kill)}", StringComparison.Ordinal);
        Model model = Networks.Model(text);
        double[] law = Runs.Extinction(model, [end], new DiscreteSpecies("X"))[0];
        double[] cells = Runs.Last(model, Runs.Hybrid(end, n, new DiscreteSpecies("X", 1e6)), "X");
        double mean = cells.Average();
        double variance = cells.Sum(c => (c - mean) * (c - mean)) / (n - 1);
        double fourth = cells.Sum(c => Math.Pow(c - mean, 4)) / n;
        double error = Math.Sqrt(Math.Max(fourth - (variance * variance), 0) / n);
        Write($"{founders} founders: extinct {Runs.Extinct(cells)} ({law[0]}), mean {mean} ({law[1]}), variance {variance} ± {error} ({law[2]})");
        Runs.ShareShouldBe(Runs.Extinct(cells), law[0], n, $"{founders} founders");
        Runs.MeanShouldBe(cells, law[1], law[2], $"{founders} founders");
        Math.Abs(variance - law[2]).ShouldBeLessThan(4.5 * error, $"{founders} founders: variance {variance}, by formula {law[2]}");
    }

    void CheckHandOver(int n)
    {
        double[] thresholds = [1000, 3000, 10_000];
        Model model = Networks.Model(TwoClones);
        DiscreteSpecies[] Clones(double threshold) => [new("sensitive", threshold), new("resistant", threshold)];
        double[] law = Runs.Extinction(model, RelapseTimes, Clones(1000))[^1];
        double[][] curves = [.. thresholds.Select((threshold, i) =>
        {
            double[][][] runs = Runs.All(model, Runs.Hybrid(1, n, Clones(threshold)) with { Times = RelapseTimes, Seed = (ulong)i + 1 });
            Runs.ShareShouldBe((double)runs.Count(r => r[^1][0] == 0 && r[^1][1] == 0) / n, law[6], n, $"both extinct, threshold {threshold}");
            return RelapseTimes.Select((_, t) => (double)runs.Count(r => r[t][0] + r[t][1] >= 1e9) / n).ToArray();
        })];
        for (int i = 0; i < thresholds.Length; i++)
        {
            Write($"relapsed, threshold {thresholds[i]}: {string.Join(' ', curves[i].Select(Runs.Text))}");
            for (int t = 0; t < RelapseTimes.Length; t++)
            {
                Runs.SharesShouldAgree(curves[0][t], curves[i][t], n, $"relapse by day {RelapseTimes[t]}, threshold {thresholds[i]}");
            }
        }

        curves[0][^1].ShouldBeInRange(0.2, 0.8);
    }

    void Compare(double[] exact, double[] fast, string what, bool isClone)
    {
        double extinct = Runs.Extinct(fast);
        Runs.ShareShouldBe(Runs.Extinct(exact), extinct, exact.Length, $"{what}: extinct");
        double mean = fast.Average();
        double variance = fast.Average(c => (c - mean) * (c - mean));
        double exactVariance = exact.Average(c => (c - exact.Average()) * (c - exact.Average()));
        Write($"{what}: extinct {Runs.Extinct(exact)} and {extinct}, mean {exact.Average():F2} and {mean:F2}, spread {Math.Sqrt(exactVariance):F2} and {Math.Sqrt(variance):F2}");
        // Above its threshold a species has no chance in it, so its own spread is the exact method's; the clones, which die out and come back, have that of both.
        Runs.MeanShouldBe(exact, mean, Math.Max(variance, exactVariance), $"{what}: mean");
        if (isClone)
        {
            double fourth = fast.Average(c => Math.Pow(c - mean, 4));
            double error = Math.Sqrt((fourth - (variance * variance)) / exact.Length);
            exactVariance.ShouldBe(variance, 4.5 * error, $"{what}: variance");
            exactVariance.ShouldBeInRange(variance / 4, variance * 4, $"{what}: variance");
        }
    }

    static (double[][][] Runs, double Seconds) Timed(Model model, SimulationSettings settings)
    {
        TimeSpan start = Process.GetCurrentProcess().TotalProcessorTime;
        double[][][] runs = Runs.All(model, settings);
        return (runs, (Process.GetCurrentProcess().TotalProcessorTime - start).TotalSeconds);
    }

    static double[] Column(double[][][] runs, int time, int variable) => [.. runs.Select(r => r[time][variable])];

    void Write(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
