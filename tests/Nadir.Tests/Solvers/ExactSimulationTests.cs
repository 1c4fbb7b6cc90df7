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

    [Theory]
    [InlineData(SimulationMethod.Ssa, BirthDeath)]
    [InlineData(SimulationMethod.Hybrid, BirthDeath)]
    [InlineData(SimulationMethod.Ssa, BirthDeathConcentration)]
    [InlineData(SimulationMethod.Hybrid, BirthDeathConcentration)]
    public void Birth_and_death_have_the_exact_mean_and_spread_at_all_times(SimulationMethod method, string model) =>
        Judge(model, method, t =>
        {
            double growth = Math.Exp((Birth - Death) * t);
            return (Start * growth, Start * (Birth + Death) / (Birth - Death) * growth * (growth - 1));
        });

    [Theory]
    [InlineData(SimulationMethod.Ssa)]
    [InlineData(SimulationMethod.Hybrid)]
    public void Arrivals_and_deaths_with_a_reset_have_the_exact_mean_and_spread_at_all_times(SimulationMethod method) =>
        Judge(ImmigrationDeath, method, t =>
        {
            double since = t < 22.5 ? t : t - 22.5;
            double stays = Math.Exp(-0.1 * since);
            double arrived = Arrival / 0.1 * (1 - stays);
            double kept = t < 22.5 ? 0 : 20;
            return (arrived + (kept * stays), arrived + (kept * stays * (1 - stays)));
        });

    [Fact]
    public void Firings_of_several_cells_at_once_have_the_exact_mean_and_spread()
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
        Judge(batch, SimulationMethod.Ssa, t =>
        {
            double one = (1 - Math.Exp(-0.2 * t)) / 0.2;
            double two = (1 - Math.Exp(-0.4 * t)) / 0.4;
            return (5 * one, (5 * one) + (20 * two));
        });
    }

    [Fact]
    public void A_firing_that_takes_more_cells_than_there_are_ends_the_patient()
    {
        Replicate found = Single("substanceOnly species X\n X = 3\n k = 1\n loss: X => ; k", SimulationMethod.Ssa, new Tolerances());
        found.Status.ShouldBe(LaneStatus.NegativeAmount);
        found.Values[^1][0].ShouldBe(double.NaN);
    }

    [Theory]
    [InlineData("substanceOnly species X\n X = 3\n k = 1e308\n birth: X => 2 X; k*X*1e10")]
    [InlineData("substanceOnly species X\n X = 3\n k = NaN\n birth: X => 2 X; k*X")]
    public void Rates_that_are_not_finite_end_the_patient_at_once(string model) =>
        Single(model, SimulationMethod.Ssa, new Tolerances()).Status.ShouldBe(LaneStatus.NotFinite);

    [Fact]
    public void An_explosion_ends_at_the_limit_of_firings()
    {
        Replicate found = Single("substanceOnly species X\n X = 3\n k = 1\n birth: X => 2 X; k*X", SimulationMethod.Ssa, new Tolerances { MaxFirings = 1000 });
        found.Status.ShouldBe(LaneStatus.StepLimit);
        found.FailedAt!.Value.ShouldBeInRange(2, 15);
    }

    [Fact]
    public void Numbers_stay_whole_after_an_event_that_halves_them()
    {
        const string model = "substanceOnly species X\n X = 5\n k = 0.1\n birth: X => 2 X; k*X\n halve: at (time >= 1): X = X/2";
        double[] cells = Runs.Last(Wrap(model), Runs.Ssa(2, 200), "X");
        cells.ShouldAllBe(c => c == Math.Floor(c));
    }

    [Fact]
    public void A_trigger_on_time_alone_fires_between_firings()
    {
        const string model = "substanceOnly species X, Y\n X = 0\n Y = 0\n k = 1e-9\n rare: => X; k\n wave: at (sin(time) > 0.5): Y = Y + 1\n touch: Y => ; 0";
        Runs.Last(Wrap(model), Runs.Ssa(3, 20), "Y").ShouldAllBe(c => c == 1);
    }

    static Replicate Single(string body, SimulationMethod method, Tolerances tolerances)
    {
        Replicate? found = null;
        SimulationSettings settings = Runs.Ssa(50, 1) with { Method = method, Tolerances = tolerances };
        SimulationJob.Create(Networks.Model(Wrap(body)), settings).OrThrow().Run(r => found = r);
        return found!;
    }

    static string Wrap(string body) => $"model m\n{body}\nend\n";

    static void Judge(string antimony, SimulationMethod method, Func<double, (double Mean, double Variance)> exact)
    {
        const int n = 1500;
        SimulationSettings settings = Runs.Ssa(1, n) with { Method = method, Times = Times };
        Model model = Networks.Model(antimony);
        settings = method == SimulationMethod.Hybrid ? settings with { Discrete = [new DiscreteSpecies("X")] } : settings;
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
