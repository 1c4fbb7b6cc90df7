using Nadir.Ensembles;
using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

/// <summary>Cells that change from one clone into another.</summary>
public sealed class ConversionTests
{
    const int Cells = 40;
    const double End = 6;

    const string TwoWay = """
        model two_way
          substanceOnly species A, B
          A = 40; B = 0; p = 0.5; q = 0.3
          forth: A => B; p*(1 + sin(time))*A
          back: B => A; q*exp(-time/5)*B
        end
        """;

    const string OneWay = """
        model one_way
          substanceOnly species S, M
          S = 1000000; M = 0; k = 1e-4
          leave: S => M; k*S
          death: M => ; 0*M
        end
        """;

    const string Branches = """
        model branches
          substanceOnly species R, S, M
          R = 1e6; S = 1e6; M = 0; k = 1e-5
          fade: R => ; 2*R
          from_r: R => M; k*R
          from_s: S => M; k*0.1*S
        end
        """;

    [Theory]
    [InlineData(SimulationMethod.Hybrid)]
    [InlineData(SimulationMethod.Ssa)]
    public void Cells_that_change_sides_at_rates_of_time_are_binomial(SimulationMethod method)
    {
        const int n = 500;
        double share = ShareInB();
        SimulationSettings settings = Runs.Hybrid(End, n, new DiscreteSpecies("A"), new DiscreteSpecies("B")) with { Method = method };
        double[][][] runs = Runs.All(Networks.Model(TwoWay), method == SimulationMethod.Ssa ? settings with { Discrete = [] } : settings);
        runs.ShouldAllBe(r => r[0][0] + r[0][1] == Cells);
        double[] found = [.. runs.Select(r => r[0][1])];
        double variance = Cells * share * (1 - share);
        Runs.MeanShouldBe(found, Cells * share, variance, "mean");
        double spread = found.Sum(x => (x - (Cells * share)) * (x - (Cells * share))) / n / variance;
        Math.Abs(spread - 1).ShouldBeLessThan(4.5 * Math.Sqrt(2.0 / n), $"variance {spread * variance}, exact {variance}");
    }

    [Fact]
    public void The_total_stays_exactly_the_same_when_a_plentiful_clone_feeds_a_rare_one()
    {
        SimulationSettings settings = Runs.Hybrid(5, 50, new DiscreteSpecies("S"), new DiscreteSpecies("M")) with { Times = [0.1, 0.5, 1, 2, 5] };
        double[][][] runs = Runs.All(Networks.Model(OneWay), settings);
        runs.ShouldAllBe(r => r.All(v => v[0] + v[1] == 1_000_000));
        double expected = 1e6 * (1 - Math.Exp(-5e-4));
        Runs.MeanShouldBe([.. runs.Select(r => r[^1][1])], expected, expected, "arrivals");
    }

    [Fact]
    public void Arrivals_are_taken_from_the_source_they_came_from_at_the_time_they_came()
    {
        const int n = 400;
        double[][][] runs = Runs.All(Networks.Model(Branches), Runs.Hybrid(20, n, new DiscreteSpecies("M")));
        double fromS = runs.Average(r => 1e6 - r[0][1]);
        double expected = 1e-6 * 1e6 * 20;
        Math.Abs(fromS - expected).ShouldBeLessThan(3.5 * Math.Sqrt(expected / n), $"left S: {fromS}, expected {expected}");
        Runs.MeanShouldBe([.. runs.Select(r => r[0][2])], expected + 5, expected + 5, "arrived");
    }

    [Fact]
    public void A_source_gives_no_cell_it_does_not_have()
    {
        const string model = """
            model last_cells
              substanceOnly species S, M
              S = 3; M = 0; k = 1
              leave: S => M; k*S
            end
            """;
        double[][][] runs = Runs.All(Networks.Model(model), Runs.Hybrid(50, 50, new DiscreteSpecies("M")));
        runs.ShouldAllBe(r => r[0][0] >= 0 && r[0][0] + r[0][1] == 3);
    }

    [Fact]
    public void A_source_that_halves_by_conversion_loses_as_many_as_the_rare_clone_gains_on_average()
    {
        const string model = """
            model fast
              substanceOnly species S, M
              S = 20000; M = 0; k = 0.5; d = 10
              leave: S => M; k*S
              death: M => ; d*M
            end
            """;
        const int n = 10;
        double[][][] runs = Runs.All(Networks.Model(model), Runs.Hybrid(2, n, new DiscreteSpecies("M", 10_000)));
        double stays = Math.Exp(-1);
        Math.Abs(runs.Average(r => r[0][0]) - (20_000 * stays)).ShouldBeLessThan((3.5 * Math.Sqrt(20_000 * stays * (1 - stays) / n)) + 15);
    }

    [Fact]
    public void Event_by_event_and_closed_form_clones_side_by_side_have_the_law_of_exact_simulation()
    {
        const string model = """
            model side_by_side
              substanceOnly species A, B, C
              A = 30; B = 5; C = 10
              birth_a: A => 2 A; 0.2*A
              death_a: A => ; 0.25*A
              change: A => B; 0.1*A
              death_b: B => ; 0.05*C/(1 + C)*B
              birth_c: C => 2 C; 0.15*C
              death_c: C => ; (0.1 + 0.02*B/(B + 5))*C
            end
            """;
        const int n = 1000;
        double[][][] exact = Runs.All(Networks.Model(model), Runs.Ssa(15, n));
        double[][][] hybrid = Runs.All(Networks.Model(model), Runs.Hybrid(15, n, new DiscreteSpecies("A"), new DiscreteSpecies("B"), new DiscreteSpecies("C")) with { Seed = 5 });
        for (int v = 0; v < 3; v++)
        {
            double[] x = [.. exact.Select(r => r[0][v])];
            double[] y = [.. hybrid.Select(r => r[0][v])];
            Runs.SharesShouldAgree(Runs.Extinct(x), Runs.Extinct(y), n, $"extinction of species {v}");
            double variance = x.Concat(y).Sum(c => Math.Pow(c - x.Average(), 2)) / (2 * n);
            Math.Abs(x.Average() - y.Average()).ShouldBeLessThan(3.5 * Math.Sqrt(2 * variance / n), $"mean of species {v}: {x.Average()} and {y.Average()}");
        }
    }

    /// <summary>Chance that a cell that starts as A is B at the end: p' = a(t)(1 - p) - b(t) p, in small Runge-Kutta steps.</summary>
    static double ShareInB()
    {
        double Rate(double t, double p) => (0.5 * (1 + Math.Sin(t)) * (1 - p)) - (0.3 * Math.Exp(-t / 5) * p);
        double share = 0;
        const int steps = 6000;
        const double h = End / steps;
        for (int i = 0; i < steps; i++)
        {
            double t = i * h;
            double k1 = Rate(t, share);
            double k2 = Rate(t + (h / 2), share + (h / 2 * k1));
            double k3 = Rate(t + (h / 2), share + (h / 2 * k2));
            double k4 = Rate(t + h, share + (h * k3));
            share += h / 6 * (k1 + (2 * k2) + (2 * k3) + k4);
        }

        return share;
    }
}
