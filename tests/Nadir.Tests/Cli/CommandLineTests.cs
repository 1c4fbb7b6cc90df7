using Nadir.Faults;

namespace Nadir.Tests.Cli;

public class CommandLineTests
{
    [Fact]
    public void Version_is_one_line_on_standard_output()
    {
        CommandLineRun run = CommandLineRun.Of("--version");

        run.Output.ShouldMatch("""^nadir \d+\.\d+\.\d+\r?\n$""");
        run.ExitCode.ShouldBe(0);
        run.Error.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--help", "trial")]
    [InlineData("trial --help", "--without <MECHANISM>")]
    [InlineData("trial --bogus -h", "--patients <N>")]
    [InlineData("simulate --help", "--discrete <NAME[:THRESHOLD]>")]
    [InlineData("model --help", "check <FILE>")]
    public void Help_goes_to_standard_output_and_succeeds(string line, string expected)
    {
        CommandLineRun run = CommandLineRun.Of(line.Split(' '));

        run.Output.ShouldContain(expected);
        run.ExitCode.ShouldBe(0);
        run.Error.ShouldBeEmpty();
    }

    [Fact]
    public void Bad_input_prints_every_issue_and_exits_65()
    {
        SourceLocation at = new("my.yaml", 3, 7);
        IssueList issues = [];
        issues.Error("ND0501", at, "there is no such model", found: "\"bal\"", expected: "the name of a library model", hint: "did you mean \"b-all\"?");
        issues.Warning("ND0502", at, "the horizon is short");

        CommandLineRun run = CommandLineRun.Of(["trial"], () => throw new InvalidInputException(issues));

        run.ExitCode.ShouldBe(65);
        run.Output.ShouldBeEmpty();
        run.Error.ReplaceLineEndings("\n").ShouldBe(
            """
            my.yaml:3:7: error ND0501: there is no such model
              found:    "bal"
              expected: the name of a library model
              hint:     did you mean "b-all"?
            my.yaml:3:7: warning ND0502: the horizon is short
            1 error, 1 warning
            nothing was run

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_flood_of_issues_is_cut_and_counted()
    {
        IssueList issues = [];
        issues.AddRange(Enumerable.Range(1, 1000).Select(i => new Issue("ND0001", Severity.Error, new SourceLocation("noise", i, 1), "?")));

        CommandLineRun run = CommandLineRun.Of(["trial"], () => throw new InvalidInputException(issues));

        run.Error.ShouldContain("noise:50:1");
        run.Error.ShouldNotContain("noise:51:1");
        run.Error.ShouldContain("… and 950 more");
        run.Error.ShouldContain("1000 errors, 0 warnings");
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_not_our_fault()
    {
        CommandLineRun run = CommandLineRun.Of(["simulate", "m"], () => throw new UnauthorizedAccessException("Access to the path '/x' is denied."));

        run.ExitCode.ShouldBe(65);
        run.Error.Trim().ShouldBe("error: Access to the path '/x' is denied.");
    }

    [Fact]
    public void A_fault_of_ours_is_one_line_that_asks_for_a_report()
    {
        CommandLineRun run = CommandLineRun.Of(["trial"], () => throw new InvalidOperationException("lane\nlost"));

        run.ExitCode.ShouldBe(70);
        run.Error.Trim().ShouldNotContain('\n');
        run.Error.ShouldContain("InvalidOperationException: lane lost");
        run.Error.ShouldContain("report");
        run.Error.ShouldContain("NADIR_DEBUG=1");
    }

    [Fact]
    public void Debugging_shows_the_stack_of_a_fault()
    {
        CommandLineRun run = CommandLineRun.Of(["trial"], () => throw new InvalidOperationException("lane lost"), debug: true);

        run.ExitCode.ShouldBe(70);
        run.Error.ShouldContain("   at ");
    }

    [Fact]
    public void An_interrupted_run_exits_130()
    {
        using CancellationTokenSource source = new();
        CommandLineRun run = CommandLineRun.Of(
            ["trial"],
            () =>
            {
                source.Cancel();
                source.Token.ThrowIfCancellationRequested();
            },
            cancellation: source.Token);

        run.ExitCode.ShouldBe(130);
        run.Error.Trim().ShouldBe("interrupted");
    }

    [Fact]
    public void Workers_that_stop_together_are_one_interruption()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        OperationCanceledException stopped = new(source.Token);

        CommandLineRun.Of(["trial"], () => throw new AggregateException(stopped, stopped), cancellation: source.Token).ExitCode.ShouldBe(130);
        CommandLineRun.Of(["trial"], () => throw new AggregateException(stopped, new InvalidOperationException("lane lost")), cancellation: source.Token).ExitCode.ShouldBe(70);
    }

    [Fact]
    public void A_cancellation_that_nobody_asked_for_is_a_fault() =>
        CommandLineRun.Of(["trial"], () => throw new OperationCanceledException()).ExitCode.ShouldBe(70);
}
