using Nadir.Ensembles;
using Nadir.Kernels;
using Nadir.Models;
using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

/// <summary>Events of a model by SBML's rules, seen through the ODE.</summary>
public sealed class ModelEventTests
{
    /// <summary>A clock that is set back when it strikes, an echo half a day later, and one that is withdrawn each time.</summary>
    const string Clock = """
        model clock
          x = 0; n = 0; m = 0
          x' = 1
          at (x > 1): x = 0
          at 0.5 after (x > 0.75): n = n + x
          at 5 after (x > 0.5), persistent=false: m = m + 1
        end
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Events_and_the_interpreter_allocate_nothing_once_they_have_fired(bool interpreted)
    {
        Network network = interpreted ? Network.Interpret(Networks.Model(Clock)) : Networks.Compile(Clock);
        HybridTrajectory trajectory = HybridTrajectory.Create(network, new HybridOptions()).OrThrow();
        trajectory.Begin(Networks.Initial(network), 1, 0);
        double until = 20;
        trajectory.Advance(until);
        double fired = trajectory.Slots[network.SlotOf("n")];

        Allocated.Least(() => { trajectory.Advance(until += 20); }).ShouldBe(0);

        trajectory.Slots[network.SlotOf("n")].ShouldBeGreaterThan(fired + 10);
        trajectory.Slots[network.SlotOf("m")].ShouldBe(0);
    }

    [Theory]
    [InlineData("at (x >= 0): n = n + 1", 0)]
    [InlineData("at (x >= 0), t0=false: n = n + 1", 1)]
    public void A_condition_that_holds_at_the_start_fires_only_when_it_counts_as_false_before(string e, double fired) =>
        Final(e, 1).ShouldBe(fired);

    [Fact]
    public void An_event_at_an_output_time_shows_in_that_row() =>
        Rows("at (time >= 1): n = 5", 0.5, 1, 2).ShouldBe([0, 5, 5]);

    [Fact]
    public void Two_triggers_inside_one_step_fire_in_the_order_of_time() =>
        Final("at (x > 2): n = 10*n + 2\n at (x > 1): n = 10*n + 1", 5).ShouldBe(12);

    [Fact]
    public void Of_events_due_together_the_higher_priority_executes_first() =>
        Final("at (time >= 1), priority=1, fromTrigger=false: n = 10*n + 1\n at (time >= 1), priority=2, fromTrigger=false: n = 10*n + 2", 3).ShouldBe(21);

    [Fact]
    public void Without_priorities_events_due_together_execute_in_file_order() =>
        Final("at (time >= 1), fromTrigger=false: n = 10*n + 1\n at (time >= 1), fromTrigger=false: n = 10*n + 2", 3).ShouldBe(12);

    [Fact]
    public void Values_are_those_of_the_trigger_unless_asked_otherwise() =>
        Final("at 1 after (time >= 1): n = n + x", 3).ShouldBe(1, 1e-6);

    [Fact]
    public void Values_are_those_of_the_execution_when_asked() =>
        Final("at 1 after (time >= 1), fromTrigger=false: n = n + x", 3).ShouldBe(2, 1e-6);

    [Theory]
    [InlineData("true", 1)]
    [InlineData("false", 0)]
    public void An_event_that_is_not_persistent_is_cancelled_when_its_condition_ends_before_the_delay(string persistent, double fired) =>
        Final($"at 2 after (x > 1 && x < 2), persistent={persistent}: n = n + 1", 6).ShouldBe(fired);

    [Fact]
    public void A_condition_is_tested_again_after_each_execution() =>
        Final("at (time >= 1): z = 1\n at (z > 0.5): n = n + 1\n at (n > 0.5): z = 0", 3).ShouldBe(1);

    [Fact]
    public void An_event_that_undoes_its_condition_fires_each_time_anew() =>
        Final("at (y >= 1): y = 0, n = n + 1", 10.5).ShouldBe(10);

    [Fact]
    public void A_condition_that_holds_only_in_the_middle_of_a_step_is_seen() =>
        Final("at (sin(time) > 0): n = n + 1", 4 * Math.PI + 1).ShouldBe(2 + 1);

    [Fact]
    public void Events_without_end_at_one_instant_end_the_patient() =>
        Run("at (time >= 1): y = 1\n at (y > 0.5): y = 0\n at (y < 0.5), t0=false: y = 1", 3).Status.ShouldBe(LaneStatus.EventLimit);

    [Theory]
    [InlineData("at (0 - 1) after (time >= 1): n = 1")]
    [InlineData("at (0/0) after (time >= 1): n = 1")]
    public void A_delay_that_is_negative_or_not_a_number_ends_the_patient_at_the_trigger(string e)
    {
        Replicate found = Run(e, 3);
        found.Status.ShouldBe(LaneStatus.InvalidDelay);
        found.FailedAt!.Value.ShouldBe(1, 1e-9);
    }

    [Fact]
    public void An_assignment_to_a_concentration_sets_amount_over_volume()
    {
        const string model = """
            model m
              compartment v = 4
              species c in v
              c = 1
              grow: => c; 0
              dose: at (time >= 1): c = 3
            end
            """;
        Runs.All(Networks.Model(model), Runs.Ode(2))[0][0][0].ShouldBe(12);
    }

    [Fact]
    public void A_trigger_on_a_rare_clone_that_has_arrivals_does_not_stop_time()
    {
        const string model = """
            model m
              substanceOnly species M
              M = 0; n = 0
              arrive: => M; 0.01
              first: at (M > 0): n = time
            end
            """;
        double[] first = Runs.Last(model, Runs.Hybrid(1000, 40, new DiscreteSpecies("M")) with { Tolerances = new() { MaxSteps = 5000, MaxStep = 1 } }, "n");
        Runs.MeanShouldBe(first, 100, 100 * 100, "first arrival");
    }

    static double Final(string events, double until) => Rows(events, until)[^1];

    static double[] Rows(string events, params double[] times)
    {
        Model model = Model(events);
        SimulationJob job = SimulationJob.Create(model, Runs.Ode(times)).OrThrow();
        int column = job.Variables.ToList().IndexOf("n");
        double[] rows = [];
        job.Run(r =>
        {
            r.Status.ShouldBe(LaneStatus.Completed);
            rows = [.. r.Values.Select(v => v[column])];
        });
        return rows;
    }

    static Replicate Run(string events, double until)
    {
        Replicate? found = null;
        SimulationJob.Create(Model(events), Runs.Ode(until)).OrThrow().Run(r => found = r);
        return found!;
    }

    /// <summary>x is time, y grows by one a day, n counts, z stands still.</summary>
    static Model Model(string events) => Networks.Model($"model m\n x = 0\n x' = 1\n y = 0\n y' = 1\n z = 0\n n = 0\n n' = 0\n {events}\nend\n");
}
