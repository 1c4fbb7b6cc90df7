using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

/// <summary>Clones whose own number changes their rates: the closed form holds only within a step, so the steps must be short enough.</summary>
public sealed class CouplingTests
{
    const double Birth = 1;
    const double Death = 0.6;
    const double Crowding = 0.02;
    const int Founders = 30;
    const double End = 30;

    const string Crowded = """
        model crowded
          substanceOnly species X
          X = 30; b = 1; d = 0.6; c = 0.02
          birth: X => 2 X; b*X
          death: X => ; (d + c*X)*X
        end
        """;

    const string Rivals = """
        model rivals
          substanceOnly species A, B
          A = 20; B = 20
          birth_a: A => 2 A; 0.5*A
          death_a: A => ; B/(A + B)*A
          birth_b: B => 2 B; 0.5*B
          death_b: B => ; A/(A + B)*B
        end
        """;

    const string Treated = """
        model treated
          substanceOnly species X
          X = 20000; b = 0.2; K = 30000; kill = 0.55
          birth: X => 2 X; b*X
          death: X => ; (b*X/K + kill)*X
          washout: at (time >= 25): kill = 0.05
        end
        """;

    [Fact]
    public void A_crowded_clone_dies_out_as_often_as_its_Markov_chain() => CheckCrowded(500);

    [Fact]
    [Trait("Category", "Slow")]
    public void A_crowded_clone_dies_out_as_often_as_its_Markov_chain_in_many_replicates() => CheckCrowded(20_000);

    [Fact]
    public void Two_clones_that_cancel_in_each_others_rates_still_shorten_the_step()
    {
        const int n = 1000;
        double[][][] exact = Runs.All(Networks.Model(Rivals), Runs.Ssa(12, n));
        double[][][] hybrid = Runs.All(Networks.Model(Rivals), Runs.Hybrid(12, n, new DiscreteSpecies("A"), new DiscreteSpecies("B")) with { Seed = 7 });
        Runs.SharesShouldAgree(Runs.Extinct([.. exact.Select(r => r[0][0])]), Runs.Extinct([.. hybrid.Select(r => r[0][0])]), n, "extinction of A");
        Runs.SharesShouldAgree(Runs.Extinct([.. exact.Select(r => r[0][1])]), Runs.Extinct([.. hybrid.Select(r => r[0][1])]), n, "extinction of B");
    }

    [Fact]
    public void An_empty_clone_that_is_fed_faster_than_it_can_hold_meets_its_own_crowding()
    {
        const string model = """
            model fed
              substanceOnly species X
              X = 0
              feed: => X; 200
              death: X => ; 0.05*X*X
            end
            """;
        const int n = 200;
        double exact = Runs.Last(model, Runs.Ssa(1, n), "X").Average();
        double hybrid = Runs.Last(model, Runs.Hybrid(1, n, new DiscreteSpecies("X", 10_000)), "X").Average();
        hybrid.ShouldBe(exact, 3.5 * Math.Sqrt(2 * 60.0 / n));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void The_threshold_does_not_matter_and_exact_simulation_agrees()
    {
        const int n = 20_000;
        const int exactRuns = 4000;
        double exact = Runs.Extinct(Runs.Last(Treated, Runs.Ssa(60, exactRuns), "X"));
        exact.ShouldBeInRange(0.1, 0.9);
        foreach (double threshold in new double[] { 100, 1000, 10_000 })
        {
            double found = Runs.Extinct(Runs.Last(Treated, Runs.Hybrid(60, n, new DiscreteSpecies("X", threshold)), "X"));
            double error = Math.Sqrt((exact * (1 - exact) / exactRuns) + (exact * (1 - exact) / n));
            Math.Abs(found - exact).ShouldBeLessThan(3.5 * error, $"threshold {threshold}: {found}, exact simulation {exact}");
        }
    }

    [Fact]
    public void Rates_that_are_undefined_just_above_the_present_number_do_not_hang()
    {
        const string model = """
            model edge
              substanceOnly species X
              X = 10
              birth: X => 2 X; 0.1*X
              death: X => ; 0.1*sqrt(1000 - X^3 + 0.5)*X
            end
            """;
        HybridTrajectory patient = Runs.Trajectory(Networks.Compile(model), new HybridOptions { Discrete = [new DiscreteSpecies("X")] });
        patient.Begin(Networks.Initial(Networks.Compile(model)), 1, 0);
        patient.Advance(5);
        patient.Steps.ShouldBeLessThan(1_000_000);
    }

    [Fact]
    public void Chance_reaches_a_clone_through_a_signal_whatever_times_are_asked_for()
    {
        const int n = 1500;
        const string model = """
            model signal
              substanceOnly species A, S, B
              A = 2; S = 40; B = 60
              divide_a: A => 2 A; 0.1*A
              die_a: A => ; 0.1*A
              secrete: => S; 20*A
              clear: S => ; S
              divide_b: B => 2 B; 0.1*B
              die_b: B => ; 0.1*B
              kill_b: B => ; 0.005*S*B
            end
            """;
        double[] found = Runs.Last(model, Runs.Hybrid(10, n, new DiscreteSpecies("A"), new DiscreteSpecies("B")), "B");
        double[] exact = Runs.Last(model, Runs.Ssa(10, n), "B");
        double deviation = Deviation(exact);
        Math.Abs(found.Average() - exact.Average()).ShouldBeLessThan(3.5 * deviation * Math.Sqrt(2.0 / n));
        Deviation(found).ShouldBe(deviation, 0.15 * deviation);
    }

    /// <summary>
    /// The crowding of a clone grows 24-million-fold within days, with the fourth power of a pressure, so that what was far from mattering when a span began matters before it ends.
    /// The pressure is a continuous variable, or a formula of time, which no slope announces.
    /// </summary>
    [Theory]
    [InlineData("pressure = 1; rising: => pressure; 0.8*pressure*(1 - pressure/70)", 2000)]
    [InlineData("pressure := 70/(1 + 69*exp(-0.8*time))", 2000)]
    public void A_sensitivity_that_the_environment_multiplies_within_a_span_is_seen_in_time(string pressure, int n) => CheckTightening(pressure, n);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("pressure = 1; rising: => pressure; 0.8*pressure*(1 - pressure/70)", 40_000)]
    [InlineData("pressure := 70/(1 + 69*exp(-0.8*time))", 40_000)]
    public void A_sensitivity_that_the_environment_multiplies_within_a_span_is_seen_in_time_in_many_replicates(string pressure, int n) => CheckTightening(pressure, n);

    static void CheckTightening(string pressure, int n)
    {
        const double end = 12;
        string model = $$"""
            model tightening
              substanceOnly species X{{(pressure.Contains(":=", StringComparison.Ordinal) ? "" : ", pressure")}}
              X = 10
              {{pressure}}
              birth: X => 2 X; X
              death: X => ; (0.6 + 2.1e-9*pressure^4*X)*X
            end
            """;
        double[] law = TighteningLaw(end);
        double[] cells = Runs.Last(model, Runs.Hybrid(end, n, new DiscreteSpecies("X")), "X");
        double mean = law.Select((p, i) => p * i).Sum();
        Runs.ShareShouldBe(Runs.Extinct(cells), law[0], n, "extinction");
        Runs.MeanShouldBe(cells, mean, law.Select((p, i) => p * (i - mean) * (i - mean)).Sum(), "mean");
    }

    /// <summary>Forward equation of the Markov chain on 0 to 600 cells.</summary>
    static double[] TighteningLaw(double end)
    {
        const double h = 1e-4;
        double[] p = new double[601];
        p[10] = 1;
        for (int step = 0; step < (int)Math.Round(end / h); step++)
        {
            double crowding = 2.1e-9 * Math.Pow(70 / (1 + (69 * Math.Exp(-0.8 * (step + 0.5) * h))), 4);
            double[] half = Move(p, p, h / 2, crowding);
            p = Move(p, half, h, crowding);
        }

        return p;
    }

    static double Deviation(double[] values) => Math.Sqrt(values.Average(v => v * v) - (values.Average() * values.Average()));

    static void CheckCrowded(int n)
    {
        double[] law = CrowdedLaw();
        double[] cells = Runs.Last(Crowded, Runs.Hybrid(End, n, new DiscreteSpecies("X")), "X");
        double mean = law.Select((p, i) => p * i).Sum();
        double variance = law.Select((p, i) => p * (i - mean) * (i - mean)).Sum();
        Runs.ShareShouldBe(Runs.Extinct(cells), law[0], n, "extinction");
        Runs.MeanShouldBe(cells, mean, variance, "mean");
    }

    /// <summary>Forward equation of the Markov chain on 0 to 120 cells, by uniformisation with a small fixed step.</summary>
    static double[] CrowdedLaw()
    {
        const int states = 121;
        const double h = 2e-3;
        double[] p = new double[states];
        p[Founders] = 1;
        for (int step = 0; step < (int)(End / h); step++)
        {
            double[] half = Move(p, p, h / 2);
            p = Move(p, half, h);
        }

        return p;
    }

    static double[] Move(double[] from, double[] at, double h, double crowding = Crowding)
    {
        double[] to = [.. from];
        for (int i = 0; i < at.Length; i++)
        {
            double up = i + 1 < at.Length ? Birth * i * at[i] : 0;
            double down = (Death + (crowding * i)) * i * at[i];
            to[i] -= h * (up + down);
            if (i > 0)
            {
                to[i - 1] += h * down;
            }

            if (up > 0)
            {
                to[i + 1] += h * up;
            }
        }

        return to;
    }
}
