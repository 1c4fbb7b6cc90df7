using Nadir.Ensembles;
using Nadir.Faults;
using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

/// <summary>Patients that cannot be simulated: a status, a time and NaN from there on, and no trace in the others.</summary>
public sealed class FailureTests
{
    [Fact]
    public void A_blow_up_keeps_what_came_before_and_is_not_a_number_after()
    {
        Replicate found = Single("x = 1\n x' = x*x", Runs.Ode(0.5, 0.9, 1.1, 2));
        found.Status.ShouldBeOneOf(LaneStatus.NotFinite, LaneStatus.StepTooSmall);
        found.FailedAt!.Value.ShouldBe(1, 1e-3);
        found.Values[0][0].ShouldBe(2, 1e-4);
        found.Values[1][0].ShouldBe(10, 1e-3);
        found.Values[2][0].ShouldBe(double.NaN);
        found.Values[3][0].ShouldBe(double.NaN);
    }

    public static TheoryData<string> Solvers => [.. SolverCatalogue.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Solvers))]
    public void A_law_that_takes_cells_that_are_not_there_ends_the_patient_alone_and_on_lanes(string solver)
    {
        const string body = "substanceOnly species X, Y\n X = 10\n Y = 5\n X => ; 1\n Y => 2 Y; 0.1*Y";
        Solver method = SolverCatalogue.All.Single(s => s.Name == solver);
        List<Replicate> found = [Single(body, Runs.Ode(5, 20) with { Solver = method, Tolerances = new() { MaxSteps = 20_000 } })];
        SimulationSettings many = Runs.Hybrid(20, 20, new DiscreteSpecies("Y")) with { Solver = method, Times = [5, 20], Tolerances = new() { MaxSteps = 20_000 } };
        SimulationJob.Create(Networks.Model(Wrap(body)), many).OrThrow().Run(found.Add);
        foreach (Replicate r in found)
        {
            // The implicit methods first call zero what is below it by less than the tolerance, and creep on from there.
            r.Status.ShouldBeOneOf(solver.StartsWith("rodas", StringComparison.Ordinal) ? [LaneStatus.NegativeAmount, LaneStatus.StepLimit, LaneStatus.StepTooSmall] : [LaneStatus.NegativeAmount]);
            r.FailedAt!.Value.ShouldBe(10, 0.01);
            r.Values[0][0].ShouldBe(5, 1e-6);
            r.Values[1][0].ShouldBe(double.NaN);
        }
    }

    [Theory]
    [InlineData("X = -5\n X => 2 X; 0.1*X", 0)]
    [InlineData("X = 10\n X => ; 0.1*X\n wrong: at (time >= 3): X = X - 1000", 3)]
    public void Cells_that_were_given_or_set_below_zero_end_the_patient_in_every_method(string body, double at)
    {
        string model = "substanceOnly species X, Y\n Y = 5\n Y => 2 Y; 0.1*Y\n " + body;
        foreach (Solver solver in SolverCatalogue.All)
        {
            Fails(Single(model, Runs.Ode(20) with { Solver = solver }));
            SimulationJob.Create(Networks.Model(Wrap(model)), Runs.Hybrid(20, 20, new DiscreteSpecies("Y")) with { Solver = solver }).OrThrow().Run(Fails);
        }

        foreach (ExactMethod exact in ExactCatalogue.All)
        {
            Fails(Single(model, Runs.Ssa(20, 1) with { Exact = exact }));
        }

        void Fails(Replicate found)
        {
            found.Status.ShouldBe(LaneStatus.NegativeAmount);
            found.FailedAt!.Value.ShouldBe(at, 1e-9);
            found.Values[^1].ShouldAllBe(v => double.IsNaN(v));
        }
    }

    [Fact]
    public void Arrivals_that_are_placed_one_by_one_are_counted_against_a_limit()
    {
        const string body = "substanceOnly species D, A\n D = 1; A = 0\n D => ; 0.1*D\n => A; 1e7*D\n A => ; 1e6*A";
        foreach (int count in new[] { 1, 20 })
        {
            SimulationSettings settings = Runs.Hybrid(10, count, new DiscreteSpecies("A", 1e9)) with { Tolerances = new Tolerances { MaxFirings = 100_000 } };
            SimulationJob.Create(Networks.Model(Wrap(body)), settings).OrThrow().Run(r =>
            {
                r.Status.ShouldBe(LaneStatus.StepLimit);
                r.FailedAt!.Value.ShouldBeInRange(0.005, 0.1, "100,000 have arrived by day 0.01");
            });
        }
    }

    [Fact]
    public void The_step_limit_ends_a_patient_at_the_time_it_had_reached()
    {
        Replicate found = Single("x = 1\n x' = cos(50*time)", Runs.Ode(100) with { Tolerances = new() { MaxSteps = 100 } });
        found.Status.ShouldBe(LaneStatus.StepLimit);
        found.FailedAt!.Value.ShouldBeInRange(0.01, 50);
    }

    [Theory]
    [InlineData("substanceOnly species X\n X = 10\n k = NaN\n X => ; k*X")]
    [InlineData("substanceOnly species X\n X = 10\n k = 1/0\n X => ; k*X")]
    [InlineData("substanceOnly species X\n X = 0/0\n X => ; 0.1*X")]
    [InlineData("substanceOnly species X\n X = 0/0\n => X; 1")]
    public void A_number_that_is_not_finite_is_named_as_such_by_every_method(string body)
    {
        Single(body, Runs.Ode(10)).Status.ShouldBe(LaneStatus.NotFinite);
        Single(body, Runs.Hybrid(10, 1, new DiscreteSpecies("X"))).Status.ShouldBe(LaneStatus.NotFinite);
        Single(body, Runs.Ssa(10, 1)).Status.ShouldBeOneOf(LaneStatus.NotFinite, LaneStatus.NegativeAmount);
    }

    [Theory]
    [InlineData("X => ; (1 - time)*X")]
    [InlineData("X => ; (1 - time)*X\n X => Y; 0.001*X")]
    public void A_rate_that_turns_negative_ends_the_patient_in_the_closed_form_and_event_by_event(string reactions)
    {
        string body = $"substanceOnly species X, Y\n X = 300\n Y = 0\n X => 2 X; 0.2*X\n {reactions}";
        Replicate found = Single(body, Runs.Hybrid(10, 1, new DiscreteSpecies("X")));
        found.Status.ShouldBe(LaneStatus.NegativeRate);
        found.FailedAt!.Value.ShouldBeInRange(0.99, 6);
    }

    [Fact]
    public void An_event_that_leaves_fewer_than_no_cells_ends_the_patient()
    {
        Replicate found = Single("substanceOnly species X\n X = 50\n X => 2 X; 0.1*X\n at (time >= 1): X = X - 1000", Runs.Hybrid(10, 1, new DiscreteSpecies("X")));
        found.Status.ShouldBe(LaneStatus.NegativeAmount);
        found.FailedAt.ShouldBe(1);
    }

    [Fact]
    public void A_patient_that_fails_leaves_the_others_as_they_are()
    {
        // Whether a patient meets the event depends on its own draws.
        const string body = "substanceOnly species X\n k = 0.1\n X = 20\n X => 2 X; k*X\n X => ; 0.12*X\n at (X > 30): k = 0/0";
        SimulationSettings settings = Runs.Hybrid(50, 64, new DiscreteSpecies("X")) with { Tolerances = new() { MaxStep = 0.5 } };
        List<Replicate> all = [];
        SimulationJob.Create(Networks.Model(Wrap(body)), settings).OrThrow().Run(all.Add);
        all.Count(r => r.Status == LaneStatus.NotFinite).ShouldBeInRange(5, 59);
        double[][][] without = Runs.All(Networks.Model(Wrap(body.Replace("k = 0/0", "k = k", StringComparison.Ordinal))), settings);
        foreach (Replicate r in all.Where(r => r.Status == LaneStatus.Completed))
        {
            r.Values[^1][0].ShouldBe(without[r.Index][^1][0]);
        }

        Replicate[] failed = [.. all.Where(r => r.Status != LaneStatus.Completed)];
        failed.All(r => double.IsNaN(r.Values[^1][0]) && r.FailedAt < 50).ShouldBeTrue();
    }

    [Fact]
    public void A_clone_that_explodes_far_beyond_its_threshold_within_a_day_is_still_a_number_or_a_status()
    {
        Replicate found = Single("substanceOnly species X\n X = 1\n X => 2 X; 60*X", Runs.Hybrid(1, 1, new DiscreteSpecies("X")));
        found.Status.ShouldBe(LaneStatus.Completed);
        found.Values[^1][0].ShouldBeGreaterThan(1e20);
        Single("substanceOnly species X\n X = 1\n X => 2 X; 900*X", Runs.Hybrid(1, 1, new DiscreteSpecies("X"))).Status.ShouldBe(LaneStatus.NotFinite);
    }

    [Fact]
    public void A_population_that_decays_to_nothing_never_makes_a_rate_negative_in_between_events()
    {
        const string body = "substanceOnly species D, X\n D = 1e6\n X = 60\n D => ; 40*D\n X => 2 X; 0.3*X\n X => ; (0.3 + D/(D + 1e-6))*X\n X => Y; 0.05*X\n species Y\n Y = 0";
        SimulationSettings settings = Runs.Hybrid(20, 200, new DiscreteSpecies("X"));
        SimulationJob.Create(Networks.Model(Wrap(body)), settings).OrThrow().Run(r => r.Status.ShouldBe(LaneStatus.Completed));
    }

    [Fact]
    public void A_discrete_species_named_twice_is_refused()
    {
        Checked<SimulationJob> found = SimulationJob.Create(
            Networks.Model(Wrap("substanceOnly species X\n X = 1\n X => 2 X; X")), Runs.Hybrid(1, 1, new DiscreteSpecies("X"), new DiscreteSpecies("X", 50)));
        found.Issues.ShouldContain(i => i.Code == "ND0605");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(double.NaN)]
    [InlineData(1e16)]
    public void A_threshold_out_of_range_is_refused(double threshold)
    {
        Checked<SimulationJob> found = SimulationJob.Create(
            Networks.Model(Wrap("substanceOnly species X\n X = 1\n X => 2 X; X")), Runs.Hybrid(1, 1, new DiscreteSpecies("X", threshold)));
        found.Issues.ShouldContain(i => i.Code == "ND0606");
    }

    static Replicate Single(string body, SimulationSettings settings)
    {
        Replicate? found = null;
        SimulationJob.Create(Networks.Model(Wrap(body)), settings with { Threads = 1 }).OrThrow().Run(r => found = r);
        return found!;
    }

    static string Wrap(string body) => $"model m\n {body}\nend\n";
}
