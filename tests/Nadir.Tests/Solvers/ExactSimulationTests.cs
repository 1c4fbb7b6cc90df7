using Nadir.Ensembles;
using Nadir.Models;
using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

/// <summary>Exact simulation of small networks whose moments are known in closed form at every time.</summary>
public sealed class ExactSimulationTests
{
    const double Birth = 0.1;
    const double Death = 0.11;
    const double Arrival = 1;
    const int Start = 100;

    static readonly double[] Times = [1, 5, 10, 20, 30, 50];

    const string BirthDeath = """
        model birth_death
          compartment Cell
          substanceOnly species X in Cell
          X = 100; lambda = 0.1; mu = 0.11
          birth: X => 2 X; lambda*X
          death: X => ; mu*X
        end
        """;

    const string BirthDeathConcentration = """
        model birth_death
          compartment Cell = 2
          species X in Cell
          X = 100/Cell; lambda = 0.2; mu = 0.22
          birth: X => 2 X; lambda*X
          death: X => ; mu*X
        end
        """;

    const string ImmigrationDeath = """
        model immigration_death
          substanceOnly species X, $S
          X = 0; S = 1; alpha = 1; mu = 0.1
          immigration: S => X; alpha*S
          death: X => ; mu*X
          reset: at (time >= 22.5), t0=false: X = 20
        end
        """;

    /// <summary>Every method that can simulate whole numbers.</summary>
    public static TheoryData<string> Methods => [.. ExactCatalogue.All.Select(e => e.Name), "hybrid"];

    /// <summary>Every exact method.</summary>
    public static TheoryData<string> ExactMethods => [.. ExactCatalogue.All.Select(e => e.Name)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Birth_and_death_have_the_exact_mean_and_spread_at_all_times(string method) => BirthAndDeath(BirthDeath, method);

    [Theory]
    [MemberData(nameof(Methods))]
    public void Concentrations_in_a_volume_have_the_exact_mean_and_spread_at_all_times(string method) => BirthAndDeath(BirthDeathConcentration, method);

    static void BirthAndDeath(string model, string method) =>
        Judge(model, method, t =>
        {
            double growth = Math.Exp((Birth - Death) * t);
            return (Start * growth, Start * (Birth + Death) / (Birth - Death) * growth * (growth - 1));
        });

    [Theory]
    [MemberData(nameof(Methods))]
    public void Arrivals_and_deaths_with_a_reset_have_the_exact_mean_and_spread_at_all_times(string method) =>
        Judge(ImmigrationDeath, method, t =>
        {
            double since = t < 22.5 ? t : t - 22.5;
            double stays = Math.Exp(-0.1 * since);
            double arrived = Arrival / 0.1 * (1 - stays);
            double kept = t < 22.5 ? 0 : 20;
            return (arrived + (kept * stays), arrived + (kept * stays * (1 - stays)));
        });

    [Theory]
    [MemberData(nameof(ExactMethods))]
    public void Rates_that_follow_a_variable_in_time_have_the_exact_mean_and_spread(string method)
    {
        const string model = """
            model fading_source
              substanceOnly species X
              X = 0; drug = 1; drug' = -0.1*drug; mu = 0.2
              arrive: => X; 5*drug
              leave: X => ; mu*X
            end
            """;
        // Poisson with mean m' = 5 exp(-0.1 t) - 0.2 m.
        Judge(model, method, t =>
        {
            double mean = 50 * (Math.Exp(-0.1 * t) - Math.Exp(-0.2 * t));
            return (mean, mean);
        });
    }

    [Theory]
    [MemberData(nameof(ExactMethods))]
    public void A_rate_that_switches_at_a_time_is_the_old_one_until_then(string method)
    {
        const string model = "substanceOnly species X\n X = 0\n => X; piecewise(0, time < 10, 2)\n X => ; 0*X";
        double[][][] runs = Runs.All(Networks.Model(Wrap(model)), Runs.Ssa(method, 1, 1500) with { Times = [10, 20] });
        runs.ShouldAllBe(r => r[0][0] == 0);
        Runs.MeanShouldBe([.. runs.Select(r => r[1][0])], 20, 20, method);
    }

    [Theory]
    [MemberData(nameof(ExactMethods))]
    public void Firings_of_several_cells_at_once_have_the_exact_mean_and_spread(string method)
    {
        const string batch = """
            model batches
              substanceOnly species X
              X = 0; alpha = 1; mu = 0.2
              batch: => 5 X; alpha
              death: X => ; mu*X
            end
            """;
        // Each batch of 5 leaves Binomial(5, p) after an age a with p = exp(-mu a): mean and second moment integrate over a.
        Judge(batch, method, t =>
        {
            double one = (1 - Math.Exp(-0.2 * t)) / 0.2;
            double two = (1 - Math.Exp(-0.4 * t)) / 0.4;
            return (5 * one, (5 * one) + (20 * two));
        });
    }

    [Theory]
    [MemberData(nameof(ExactMethods))]
    public void A_firing_that_takes_more_cells_than_there_are_ends_the_patient(string method)
    {
        Replicate found = Single("substanceOnly species X\n X = 3\n k = 1\n loss: X => ; k", method, new Tolerances());
        found.Status.ShouldBe(LaneStatus.NegativeAmount);
        found.Values[^1][0].ShouldBe(double.NaN);
    }

    [Theory]
    [MemberData(nameof(ExactMethods))]
    public void Rates_that_are_not_finite_or_negative_end_the_patient_at_once(string method)
    {
        Single("substanceOnly species X\n X = 3\n k = 1e308\n birth: X => 2 X; k*X*1e10", method, new Tolerances()).Status.ShouldBe(LaneStatus.NotFinite);
        Single("substanceOnly species X\n X = 3\n k = NaN\n birth: X => 2 X; k*X", method, new Tolerances()).Status.ShouldBe(LaneStatus.NotFinite);
        Single("substanceOnly species X\n X = 3\n k = NaN\n birth: X => 2 X; k*X*(1 + time)", method, new Tolerances()).Status.ShouldBe(LaneStatus.NotFinite);
        Single("substanceOnly species X\n X = 3\n birth: X => 2 X; X*(2 - X)", method, new Tolerances()).Status.ShouldBe(LaneStatus.NegativeRate);
        Single("substanceOnly species X\n X = 3\n birth: X => 2 X; X*(1 - time)", method, new Tolerances()).Status.ShouldBe(LaneStatus.NegativeRate);
    }

    [Theory]
    [MemberData(nameof(ExactMethods))]
    public void An_explosion_ends_at_the_limit_of_firings(string method)
    {
        Replicate found = Single("substanceOnly species X\n X = 3\n k = 1\n birth: X => 2 X; k*X", method, new Tolerances { MaxFirings = 1000 });
        found.Status.ShouldBe(LaneStatus.StepLimit);
        found.FailedAt!.Value.ShouldBeInRange(2, 15);
    }

    [Theory]
    [MemberData(nameof(ExactMethods))]
    public void Events_that_pile_up_for_later_end_the_patient_in_bounded_time(string method)
    {
        const string model = "substanceOnly species X\n X = 0\n => X; 1000*(1 - X)\n X => ; 1000*X\n at 1e9 after (X > 0): X = X";
        Single(model, method, new Tolerances()).Status.ShouldBe(LaneStatus.EventLimit);
    }

    [Fact]
    public void The_shipped_limit_of_firings_ends_an_explosion_within_seconds() => new Tolerances().MaxFirings.ShouldBeLessThanOrEqualTo(100_000_000);

    [Theory]
    [MemberData(nameof(ExactMethods))]
    public void Numbers_stay_whole_after_an_event_that_halves_them(string method)
    {
        const string model = "substanceOnly species X\n X = 5\n k = 0.1\n birth: X => 2 X; k*X\n halve: at (time >= 1): X = X/2";
        double[] cells = Runs.Last(Wrap(model), Runs.Ssa(method, 2, 200), "X");
        cells.ShouldAllBe(c => c == Math.Floor(c));
    }

    [Theory]
    [MemberData(nameof(ExactMethods))]
    public void A_trigger_on_time_alone_fires_between_firings(string method)
    {
        const string model = "substanceOnly species X, Y\n X = 0\n Y = 0\n k = 1e-9\n rare: => X; k\n wave: at (sin(time) > 0.5): Y = Y + 1\n touch: Y => ; 0";
        Runs.Last(Wrap(model), Runs.Ssa(method, 3, 20), "Y").ShouldAllBe(c => c == 1);
    }

    static Replicate Single(string body, string method, Tolerances tolerances)
    {
        Replicate? found = null;
        SimulationSettings settings = Runs.Ssa(method, 50, 1) with { Tolerances = tolerances };
        SimulationJob.Create(Networks.Model(Wrap(body)), settings).OrThrow().Run(r => found = r);
        return found!;
    }

    static string Wrap(string body) => $"model m\n{body}\nend\n";

    static void Judge(string antimony, string method, Func<double, (double Mean, double Variance)> exact)
    {
        const int n = 1500;
        SimulationSettings settings = (method == "hybrid" ? Runs.Hybrid(1, n, new DiscreteSpecies("X")) : Runs.Ssa(method, 1, n)) with { Times = Times, Seed = 1 };
        Model model = Networks.Model(antimony);
        double[][][] runs = Runs.All(model, settings);
        for (int i = 0; i < Times.Length; i++)
        {
            (double mean, double variance) = exact(Times[i]);
            double[] cells = [.. runs.Select(r => r[i][0])];
            Runs.MeanShouldBe(cells, mean, variance, $"{method} at {Times[i]}");
            double spread = cells.Sum(c => (c - mean) * (c - mean)) / n / variance;
            Math.Abs(spread - 1).ShouldBeLessThan(5 * Math.Sqrt(2.0 / n), $"{method} at {Times[i]}: variance {spread * variance}, exact {variance}");
        }
    }
}
