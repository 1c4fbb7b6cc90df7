using Nadir.Cli;
using Nadir.Ensembles;
using Nadir.Solvers;

namespace Nadir.Tests.Cli;

public class SettingsTests
{
    [Fact]
    public void A_trial_without_options_leaves_every_choice_to_the_study()
    {
        TrialSettings settings = CommandLineRun.Of("trial").Trial.ShouldNotBeNull();

        settings.Study.ShouldBeNull();
        settings.Patients.ShouldBeNull();
        settings.Seed.ShouldBeNull();
        settings.Out.ShouldBeNull();
        settings.Without.ShouldBeEmpty();
        settings.Json.ShouldBeFalse();
        settings.Force.ShouldBeFalse();
        settings.Threads.ShouldBe(Environment.ProcessorCount);
    }

    [Fact]
    public void Every_option_of_a_trial_arrives()
    {
        TrialSettings settings = CommandLineRun.Of(
            "trial", "my.yaml", "--patients", "2000", "--seed=18446744073709551615", "--threads", "2", "--out", "results/",
            "--without", "trogocytosis", "--without", "lineage-switch", "--rtol", "1e-4", "--atol", "1e-6", "--max-steps", "300", "--json", "--force").Trial.ShouldNotBeNull();

        settings.Study.ShouldBe("my.yaml");
        settings.Patients.ShouldBe(2000);
        settings.Seed.ShouldBe(ulong.MaxValue);
        settings.Threads.ShouldBe(2);
        settings.Out.ShouldBe("results/");
        settings.Without.ShouldBe(["trogocytosis", "lineage-switch"]);
        (settings.Tolerances.Relative, settings.Tolerances.Absolute, settings.Tolerances.MaxSteps).ShouldBe((1e-4, 1e-6, 300));
        settings.Json.ShouldBeTrue();
        settings.Force.ShouldBeTrue();
    }

    [Theory]
    [InlineData("@study.yaml")]
    [InlineData("[suggest]")]
    [InlineData("true")]
    public void A_study_may_have_any_name(string name) =>
        CommandLineRun.Of("trial", "--json", name).Trial.ShouldNotBeNull().Study.ShouldBe(name);

    [Fact]
    public void After_two_dashes_a_name_may_start_with_a_dash() =>
        CommandLineRun.Of("trial", "--", "--odd.yaml").Trial.ShouldNotBeNull().Study.ShouldBe("--odd.yaml");

    [Fact]
    public void A_simulation_without_options_runs_a_year_day_by_day()
    {
        SimulateSettings settings = CommandLineRun.Of("simulate", "b-all").Simulate.ShouldNotBeNull();

        settings.Model.ShouldBe("b-all");
        settings.Times.Values.ShouldBe(Enumerable.Range(0, 366).Select(d => (double)d));
        settings.Method.ShouldBeNull();
        settings.Count.ShouldBeNull();
        settings.Seed.ShouldBeNull();
        settings.Shape.ShouldBe(CsvShape.Tidy);
        settings.Out.ShouldBeNull();
    }

    [Fact]
    public void Every_option_of_a_simulation_arrives()
    {
        SimulateSettings settings = CommandLineRun.Of(
            "simulate", "kimmel.ant", "--set", "rB=0.08", "--set=T0=1e-3", "--at", "0,1.5,200", "--method", "hybrid",
            "--solver", "rodas5p", "--rtol", "1e-8", "--atol=1e-3", "--max-steps", "500", "--discrete", "B:100", "--discrete", "T", "--count", "20000", "--seed", "0", "--out", "x.csv", "--wide", "--threads", "1").Simulate.ShouldNotBeNull();

        settings.Set.ShouldBe([new NamedValue("rB", 0.08), new NamedValue("T0", 1e-3)]);
        settings.Times.Values.ShouldBe([0, 1.5, 200]);
        settings.Method.ShouldBe(SimulationMethod.Hybrid);
        settings.Solver.ShouldBe(SolverCatalogue.Rodas5P);
        (settings.Relative, settings.Absolute, settings.MaxSteps).ShouldBe((1e-8, 1e-3, 500));
        settings.Discrete.ShouldBe([new DiscreteSpecies("B", 100), new DiscreteSpecies("T", 1000)]);
        settings.Count.ShouldBe(20000);
        settings.Seed.ShouldBe(0UL);
        settings.Out.ShouldBe("x.csv");
        settings.Shape.ShouldBe(CsvShape.Wide);
        settings.Threads.ShouldBe(1);
    }

    [Fact]
    public void An_exact_method_is_chosen_by_name()
    {
        SimulateSettings settings = CommandLineRun.Of("simulate", "m", "--method", "ssa", "--solver", "next-reaction", "--max-steps", "7").Simulate.ShouldNotBeNull();
        (settings.Exact, settings.Solver, settings.MaxSteps).ShouldBe((ExactCatalogue.NextReaction, null, 7));
    }

    [Fact]
    public void Even_output_times_end_exactly_where_asked() =>
        CommandLineRun.Of("simulate", "m", "--until", "0.7", "--steps", "3").Simulate.ShouldNotBeNull()
            .Times.Values.ShouldBe([0, 0.7 / 3, 1.4 / 3, 0.7]);

    [Theory]
    [InlineData("model list", "list")]
    [InlineData("model show b-all", "show b-all")]
    [InlineData("model check my.ant", "check my.ant")]
    public void Model_commands_run(string line, string expected)
    {
        CommandLineRun run = CommandLineRun.Of(line.Split(' '));

        run.Model.ShouldBe(expected);
        run.ExitCode.ShouldBe(0);
    }
}
