using Nadir.Expressions;
using Nadir.Kernels;
using Nadir.Models;
using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

/// <summary>What a caller does to a patient on the way: depletion, infusion, waiting for a condition.</summary>
public sealed class TrajectoryTests
{
    const string Quiet = "model m\n substanceOnly species X\n X = 1e6\n k = 0\n X => 2 X; k*X\n X => ; k*X\nend\n";

    [Theory]
    [InlineData(1e-6)]
    [InlineData(3e-6)]
    public void Depletion_of_a_plentiful_clone_to_a_few_cells_leaves_none_as_often_as_chance_says(double fraction)
    {
        const int n = 4000;
        Network network = Networks.Compile(Quiet);
        HybridTrajectory patient = Runs.Trajectory(network, new HybridOptions { Discrete = [new DiscreteSpecies("X")] });
        double[] left = new double[n];
        for (int i = 0; i < n; i++)
        {
            patient.Begin(Networks.Initial(network), 1, (ulong)i);
            patient.Thin(network.SlotOf("X"), fraction);
            left[i] = patient.Slots[network.SlotOf("X")];
        }

        Runs.ShareShouldBe(Runs.Extinct(left), Math.Exp(-1e6 * fraction), n, "no cell left");
        Runs.MeanShouldBe(left, 1e6 * fraction, 1e6 * fraction, "cells left");
    }

    [Fact]
    public void Depletion_that_leaves_plenty_is_a_plain_share()
    {
        Network network = Networks.Compile(Quiet);
        HybridTrajectory patient = Runs.Trajectory(network, new HybridOptions { Discrete = [new DiscreteSpecies("X")] });
        patient.Begin(Networks.Initial(network), 1, 0);
        patient.Thin(network.SlotOf("X"), 0.25);
        patient.Slots[network.SlotOf("X")].ShouldBe(250_000);
    }

    [Fact]
    public void A_clone_set_to_a_fraction_below_its_threshold_is_made_whole_with_that_mean()
    {
        const int n = 2000;
        Network network = Networks.Compile(Quiet);
        HybridTrajectory patient = Runs.Trajectory(network, new HybridOptions { Discrete = [new DiscreteSpecies("X")] });
        double[] cells = new double[n];
        for (int i = 0; i < n; i++)
        {
            patient.Begin(Networks.Initial(network), 1, (ulong)i);
            patient.Set(network.SlotOf("X"), 2.25);
            cells[i] = patient.Slots[network.SlotOf("X")];
        }

        cells.ShouldAllBe(c => c == 2 || c == 3);
        Runs.MeanShouldBe(cells, 2.25, 0.1875, "cells");
    }

    [Theory]
    [InlineData(InitialNumber.Poisson, 0.5)]
    [InlineData(InitialNumber.Poisson, 30)]
    public void Rare_clones_start_with_Poisson_numbers(InitialNumber kind, double mean)
    {
        const int n = 4000;
        Network network = Networks.Compile(Quiet);
        HybridTrajectory patient = Runs.Trajectory(network, new HybridOptions { Discrete = [new DiscreteSpecies("X", Initial: kind)] });
        double[] initial = Networks.Initial(network);
        initial[network.SlotOf("X")] = mean;
        double[] cells = new double[n];
        for (int i = 0; i < n; i++)
        {
            patient.Begin(initial, 1, (ulong)i);
            cells[i] = patient.Slots[network.SlotOf("X")];
        }

        Runs.MeanShouldBe(cells, mean, mean, "cells");
        Runs.ShareShouldBe(Runs.Extinct(cells), Math.Exp(-mean), n, "none");
    }

    [Theory]
    [InlineData("<")]
    [InlineData("<=")]
    public void A_rate_that_switches_at_a_named_time_costs_hardly_a_step_and_no_accuracy(string comparison)
    {
        Network network = Networks.Compile($"model m\n x = 0\n stop = 10\n x' = piecewise(1, time {comparison} stop, 0)\nend\n");
        HybridTrajectory patient = Runs.Trajectory(network, new HybridOptions());
        patient.Begin(Networks.Initial(network), 1, 0);
        patient.Advance(100);
        patient.Slots[network.SlotOf("x")].ShouldBe(10, 1e-12);
        patient.Steps.ShouldBeLessThan(40);
    }

    [Fact]
    public void A_stop_that_is_moved_on_the_way_is_kept()
    {
        Network network = Networks.Compile("model m\n x = 0\n stop = 10\n x' = piecewise(1, time < stop, 0)\nend\n");
        HybridTrajectory patient = Runs.Trajectory(network, new HybridOptions());
        patient.Begin(Networks.Initial(network), 1, 0);
        patient.Advance(5);
        patient.Set(network.SlotOf("stop"), 7);
        patient.Advance(100);
        patient.Slots[network.SlotOf("x")].ShouldBe(7, 1e-12);
        patient.Steps.ShouldBeLessThan(40);
    }

    [Fact]
    public void A_watch_reports_the_moment_its_condition_turns_true()
    {
        Network network = Networks.Compile("model m\n x = 0\n x' = 1\nend\n");
        Expr condition = ExpressionParser.Parse("x > 3.25", new("test", 1, 1)).OrThrow();
        HybridTrajectory patient = Runs.Trajectory(network, new HybridOptions { Watch = condition });
        patient.Begin(Networks.Initial(network), 1, 0);
        patient.Arm(true);
        patient.Advance(100).ShouldBe(StopReason.Watch);
        patient.Time.ShouldBe(3.25, 1e-9);
        patient.Arm(false);
        patient.Advance(100).ShouldBe(StopReason.Time);
        patient.Time.ShouldBe(100);
    }

    [Fact]
    public void Nothing_is_evaluated_twice_once_the_clones_are_gone()
    {
        // 6 evaluations a step for the ODE; the integrals of a clone without cells and without arrivals do not bound the step.
        Network network = Networks.Compile("model m\n substanceOnly species X, Y\n X = 0\n Y = 1000\n X => 2 X; 0.5*X\n X => ; 3*X\n Y => ; 0.01*Y\nend\n");
        HybridTrajectory hybrid = Runs.Trajectory(network, new HybridOptions { Discrete = [new DiscreteSpecies("X")] });
        HybridTrajectory ode = Runs.Trajectory(network, new HybridOptions());
        hybrid.Begin(Networks.Initial(network), 1, 0);
        ode.Begin(Networks.Initial(network), 1, 0);
        hybrid.Advance(365);
        ode.Advance(365);
        hybrid.Steps.ShouldBe(ode.Steps);
    }
}
