using System.Globalization;
using Nadir.Cli;
using Nadir.Ensembles;
using Nadir.Expressions;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Solvers;

namespace Nadir.Tests.Cli;

public class SimulateRunTests
{
    static readonly SourceLocation _at = new("test.ant", 1, 1);

    /// <summary>B decays with k per day from 100 cells; doubled is 2·B at every instant.</summary>
    static readonly Model _decay = new()
    {
        Name = "decay",
        Compartments = [new Compartment("body", new NumberExpr(1), _at)],
        Species = [new Species("B", "body", new NumberExpr(100), _at) { SubstanceOnly = true }],
        Parameters = [new Parameter("k", new NumberExpr(0.1), _at), new Parameter("doubled", null, _at) { Constant = false }],
        Reactions = [new Reaction("death", [new Participant("B", new NumberExpr(1))], [], Formula("k * B"), _at)],
        Rules = [new AssignmentRule("doubled", Formula("2 * B"), _at)],
    };

    [Fact]
    public void A_decay_follows_its_closed_form()
    {
        (int code, string output, string error) = Run(_decay, Settings() with { Set = [new NamedValue("k", 0.2), new NamedValue("B", 50)] });

        code.ShouldBe(0);
        error.ShouldBeEmpty();
        string[] rows = output.TrimEnd('\n').Split('\n');
        rows[0].ShouldBe("replicate,time,variable,value");
        rows[1].ShouldBe("1,0,B,50");
        rows[^2].ShouldStartWith("1,10,B,");
        Value(rows[^2]).ShouldBe(50 * Math.Exp(-2), 1e-4);
        Value(rows[^1]).ShouldBe(100 * Math.Exp(-2), 1e-4);
    }

    [Fact]
    public void Without_a_method_a_clone_makes_the_run_hybrid()
    {
        (_, string output, _) = Run(_decay, Settings() with { Discrete = [new DiscreteSpecies("B")], Count = 3, Seed = 5 });

        output.ShouldContain("\n3,10,B,");
        output.Split('\n').Where(r => r.Contains(",B,", StringComparison.Ordinal)).ShouldAllBe(r => double.IsInteger(Value(r)));
    }

    [Fact]
    public void A_clone_that_the_model_lists_is_discrete_too()
    {
        (_, string output, _) = Run(_decay, Settings() with { Count = 2 }, new DiscreteSpecies("B"));

        output.Split('\n').Where(r => r.Contains(",B,", StringComparison.Ordinal)).ShouldAllBe(r => double.IsInteger(Value(r)));
    }

    [Fact]
    public void Chances_of_extinction_are_rows_of_the_same_table()
    {
        (int code, string output, string error) = Run(_decay, Settings() with { Method = SimulationMethod.Extinction, Discrete = [new DiscreteSpecies("B")] });

        (code, error).ShouldBe((0, ""));
        string[] rows = output.TrimEnd('\n').Split('\n');
        (rows[0], rows[1]).ShouldBe(("replicate,time,variable,value", "1,0,P(extinct) B,0"));
        double stays = Math.Exp(-0.1 * 10);
        rows[^3].ShouldStartWith("1,10,P(extinct) B,");
        Value(rows[^3]).ShouldBe(Math.Pow(1 - stays, 100), 1e-25);
        rows[^2].ShouldStartWith("1,10,mean B,");
        Value(rows[^2]).ShouldBe(100 * stays, 1e-9);
        Value(rows[^1]).ShouldBe(100 * stays * (1 - stays), 1e-9);
    }

    [Fact]
    public void Steps_of_an_exact_simulation_are_limited_by_the_option()
    {
        (int code, string output, string error) = Run(_decay, Settings() with { Method = SimulationMethod.Ssa, Count = 2, MaxSteps = 5 });

        code.ShouldBe(1);
        error.ShouldContain("2 of 2 replicates failed numerically (StepLimit 2)");
        output.ShouldContain("1,10,B,NaN");
    }

    [Fact]
    public void The_same_seed_gives_the_same_text_on_any_number_of_threads()
    {
        SimulateSettings settings = Settings() with { Method = SimulationMethod.Ssa, Count = 50, Seed = 9 };

        string one = Run(_decay, settings with { Threads = 1 }).Output;
        Run(_decay, settings with { Threads = 7 }).Output.ShouldBe(one);
        Run(_decay, settings with { Seed = 10 }).Output.ShouldNotBe(one);
    }

    [Fact]
    public void Options_that_change_nothing_for_the_method_found_are_refused()
    {
        Should.Throw<UsageException>(() => Run(_decay, Settings() with { Count = 3 })).Message.ShouldContain("--count does not apply");
        Should.Throw<UsageException>(() => Run(_decay, Settings() with { Seed = 3 })).Message.ShouldContain("--seed does not apply");
        Should.Throw<UsageException>(() => Run(_decay, Settings() with { Method = SimulationMethod.Hybrid })).Message.ShouldContain("needs a clone");
        Should.Throw<UsageException>(() => Run(_decay, Settings() with { Method = SimulationMethod.Extinction })).Message.ShouldContain("needs a clone");
        Should.Throw<UsageException>(() => Run(_decay, Settings() with { Method = SimulationMethod.Extinction, Discrete = [new DiscreteSpecies("B")], Times = OutputTimes.Even(1, 10_000) }))
            .Message.ShouldContain("at most 10000 times");
        Should.Throw<UsageException>(() => Run(_decay, Settings() with { Exact = ExactCatalogue.Direct })).Message.ShouldContain("--solver does not apply");
    }

    [Fact]
    public void Values_that_cannot_be_set_are_issues_with_the_nearest_name()
    {
        IReadOnlyList<Issue> issues = Should.Throw<InvalidInputException>(
            () => Run(_decay, Settings() with { Set = [new NamedValue("kk", 1), new NamedValue("doubled", 1)] })).Issues;

        issues.Select(i => i.Code).ShouldBe(["ND0611", "ND0612"]);
        issues[0].Hint.ShouldBe("did you mean \"k\"?");
    }

    [Fact]
    public void A_replicate_that_fails_is_named_and_the_exit_code_says_so()
    {
        Model explosion = _decay with { Reactions = [new Reaction("birth", [], [new Participant("B", new NumberExpr(1))], Formula("B * B"), _at)] };
        (int code, string output, string error) = Run(explosion, Settings());

        code.ShouldBe(1);
        error.ShouldStartWith("warning: 1 of 1 replicates failed numerically (");
        output.ShouldContain("1,10,B,NaN");
    }

    [Fact]
    public void A_file_appears_whole_and_nothing_goes_to_standard_output()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nadir-test-");
        string path = Path.Combine(folder.FullName, "out.csv");

        Run(_decay, Settings() with { Out = path, Shape = CsvShape.Wide }).Output.ShouldBeEmpty();

        File.ReadAllText(path).ShouldStartWith("replicate,time,B,doubled\n1,0,100,200\n1,10,");
        folder.Delete(recursive: true);
    }

    [Fact]
    public void An_interrupted_run_leaves_the_old_file()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nadir-test-");
        string path = Path.Combine(folder.FullName, "out.csv");
        File.WriteAllText(path, "old");

        Should.Throw<OperationCanceledException>(() => Run(_decay, Settings() with { Out = path }, new CancellationToken(canceled: true)));

        File.ReadAllText(path).ShouldBe("old");
        folder.GetFiles().Length.ShouldBe(1);
        folder.Delete(recursive: true);
    }

    static Expr Formula(string text) => ExpressionParser.Parse(text, _at).OrThrow();

    static double Value(string row) => double.Parse(row.Split(',')[^1], CultureInfo.InvariantCulture);

    static SimulateSettings Settings() => new() { Model = "decay", Times = new OutputTimes([0, 10]), Threads = 1 };

    static (int Code, string Output, string Error) Run(Model model, SimulateSettings settings, params DiscreteSpecies[] listed) =>
        Run(model, settings, CancellationToken.None, listed);

    static (int Code, string Output, string Error) Run(Model model, SimulateSettings settings, CancellationToken cancellation, params DiscreteSpecies[] listed)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = SimulateRun.Execute(model, listed, settings, new Session(output, error, cancellation));
        return (code, output.ToString(), error.ToString());
    }
}
