namespace Nadir.Tests.Cli;

public class MisuseTests
{
    [Theory]
    [InlineData("", "a command is missing", "trial, simulate, model")]
    [InlineData("trail", "unknown command", "did you mean \"trial\"?")]
    [InlineData("frobnicate", "unknown command", "expected: a command: trial, simulate, model")]
    [InlineData("-x", "unknown option", "-x")]
    [InlineData("model", "a command is missing", "list, show, check")]
    [InlineData("model shwo b-all", "unknown command", "did you mean \"show\"?")]
    [InlineData("model show", "NAME is missing", "the name of a library model")]
    [InlineData("model check", "FILE is missing", "an Antimony file")]
    [InlineData("model list extra", "one argument too many", "\"extra\"")]
    [InlineData("model show b-all b-all", "one argument too many", "\"b-all\"")]
    [InlineData("--version trial", "--version", "Try 'nadir")]
    [InlineData("trial --version", "unknown option", "--version")]
    public void A_command_line_that_names_no_command_says_which_there_are(string line, string problem, string detail) =>
        Refuses(line, problem, detail);

    [Theory]
    [InlineData("trial --patiens 3", "unknown option", "did you mean \"--patients\"?")]
    [InlineData("trial study.yaml --patiens 3", "unknown option", "did you mean \"--patients\"?")]
    [InlineData("trial --patiens=3", "unknown option", "did you mean \"--patients\"?")]
    [InlineData("trial --frobnicate", "unknown option", "--frobnicate")]
    [InlineData("trial a.yaml b.yaml", "one argument too many", "\"b.yaml\"")]
    [InlineData("trial --patients", "--patients needs a value", "patients in each arm")]
    [InlineData("trial --out --jsn", "--out needs a value", "did you mean \"--json\"?")]
    [InlineData("trial --patients --json", "--patients needs a value", "patients in each arm")]
    [InlineData("trial --patients 3 --patients 4", "--patients is given more than once", "Try 'nadir trial --help'.")]
    [InlineData("trial --patients 0", "--patients cannot use this value", "expected: a whole number from 1 to 100000000")]
    [InlineData("trial --patients -5", "--patients cannot use this value", "found:    \"-5\"")]
    [InlineData("trial --patients 1.5", "--patients cannot use this value", "found:    \"1.5\"")]
    [InlineData("trial --patients 1e3", "--patients cannot use this value", "found:    \"1e3\"")]
    [InlineData("trial --patients many", "--patients cannot use this value", "found:    \"many\"")]
    [InlineData("trial --patients 99999999999", "--patients cannot use this value", "found:    \"99999999999\"")]
    [InlineData("trial --seed -1", "--seed cannot use this value", "18446744073709551615")]
    [InlineData("trial --seed 18446744073709551616", "--seed cannot use this value", "18446744073709551615")]
    [InlineData("trial --threads 0", "--threads cannot use this value", "expected: a whole number from 1 to 1024")]
    [InlineData("trial --without", "--without needs a value", "mechanism")]
    [InlineData("trial --without trogocytosis --without trogocytosis", "--without trogocytosis is given more than once", "nadir trial")]
    [InlineData("trial --json --force", "--force does not apply", "writes no folder")]
    public void A_trial_that_cannot_be_meant_is_refused(string line, string problem, string detail) => Refuses(line, problem, detail);

    [Theory]
    [InlineData("simulate", "MODEL is missing", "an Antimony file")]
    [InlineData("simulate m --shard 4/3 --out x.csv", "--shard cannot use this value", "K/N with K from 1 to N")]
    [InlineData("simulate m --shard 1/3", "--shard needs --out", "--out FILE")]
    [InlineData("simulate m --shard 1/3 --out x.csv --plot x.html", "--plot does not apply", "a part has no figure")]
    [InlineData("simulate m --join a b", "MODEL does not apply", "takes the simulation from its parts")]
    [InlineData("simulate --count 3 --join a b", "--count does not apply", "takes the simulation from its parts")]
    [InlineData("simulate m --unitl 3", "unknown option", "did you mean \"--until\"?")]
    [InlineData("simulate m --set rB", "--set cannot use this value", "expected: name=number")]
    [InlineData("simulate m --set =3", "--set cannot use this value", "found:    \"=3\"")]
    [InlineData("simulate m --set rB=", "--set cannot use this value", "found:    \"rB=\"")]
    [InlineData("simulate m --set rB=fast", "--set cannot use this value", "found:    \"rB=fast\"")]
    [InlineData("simulate m --set rB=NaN", "--set cannot use this value", "found:    \"rB=NaN\"")]
    [InlineData("simulate m --set rB=1,5", "--set cannot use this value", "found:    \"rB=1,5\"")]
    [InlineData("simulate m --set rB=1 --set rB=2", "--set names rB more than once", "nadir simulate")]
    [InlineData("simulate m --until 0", "--until cannot use this value", "expected: a number above 0")]
    [InlineData("simulate m --until -1", "--until cannot use this value", "found:    \"-1\"")]
    [InlineData("simulate m --until Infinity", "--until cannot use this value", "found:    \"Infinity\"")]
    [InlineData("simulate m --until nan", "--until cannot use this value", "found:    \"nan\"")]
    [InlineData("simulate m --steps 0", "--steps cannot use this value", "expected: a whole number from 1")]
    [InlineData("simulate m --at 1,2 --steps 3", "--steps does not apply", "--at gives the output times")]
    [InlineData("simulate m --at 1,2 --until 3", "--until does not apply", "--at gives the output times")]
    [InlineData("simulate m --at 2,1", "--at cannot use this value", "each above the one before")]
    [InlineData("simulate m --at 1,1", "--at cannot use this value", "each above the one before")]
    [InlineData("simulate m --at -1,1", "--at cannot use this value", "found:    \"-1\"")]
    [InlineData("simulate m --at 1,,2", "--at cannot use this value", "separated by commas")]
    [InlineData("simulate m --at 1;2", "--at cannot use this value", "found:    \"1;2\"")]
    [InlineData("simulate m --method hybird", "--method cannot use this value", "did you mean \"hybrid\"?")]
    [InlineData("simulate m --method euler", "--method cannot use this value", "expected: ode, hybrid, ssa, extinction")]
    [InlineData("simulate m --solver tsit6", "--solver cannot use this value", "did you mean \"tsit5\"?")]
    [InlineData("simulate m --solver lsoda", "--solver cannot use this value", "expected: auto, tsit5, dop853, rodas5p, rodas3p, direct, next-reaction")]
    [InlineData("trial --rtol 0.5", "--rtol cannot use this value", "expected: a number from 1e-14 to 0.1")]
    [InlineData("trial --solver rk4", "--solver", "expected:")]
    [InlineData("trial --atol 0", "--atol cannot use this value", "expected: a number from 1e-300 to 1e300")]
    [InlineData("trial --max-steps 0", "--max-steps cannot use this value", "expected: a whole number from 1 to")]
    [InlineData("trial --max-steps 100 --join a b", "--max-steps does not apply", "takes the trial from its parts")]
    [InlineData("trial --rtol 1e-4 --join a b", "--rtol does not apply", "takes the trial from its parts")]
    [InlineData("simulate m --rtol 0.5", "--rtol cannot use this value", "expected: a number from 1e-14 to 0.1")]
    [InlineData("simulate m --rtol 1e-15", "--rtol cannot use this value", "found:    \"1e-15\"")]
    [InlineData("simulate m --max-step 0", "--max-step cannot use this value", "found:    \"0\"")]
    [InlineData("simulate m --atol 0", "--atol cannot use this value", "expected: a number from 1e-300 to 1e300")]
    [InlineData("simulate m --atol nan", "--atol cannot use this value", "found:    \"nan\"")]
    [InlineData("simulate m --max-steps 0", "--max-steps cannot use this value", "expected: a whole number from 1 to")]
    [InlineData("simulate m --method ssa --solver auto", "--solver does not apply", "no equation is solved")]
    [InlineData("simulate m --method ssa --rtol 1e-3", "--rtol does not apply", "no equation is solved")]
    [InlineData("simulate m --method ssa --atol 1e-3", "--atol does not apply", "no equation is solved")]
    [InlineData("simulate m --method ssa --solver auto", "--solver does not apply", "it takes direct, next-reaction")]
    [InlineData("simulate m --method ode --solver direct", "--solver does not apply", "with --method ssa direct")]
    [InlineData("simulate m --method hybrid --solver next-reaction", "--solver does not apply", "for equations it is auto, tsit5, dop853, rodas5p, rodas3p")]
    [InlineData("simulate m --method extinction --count 3", "--count does not apply", "computed by formula")]
    [InlineData("simulate m --method extinction --seed 3", "--seed does not apply", "computed by formula")]
    [InlineData("simulate m --method ode --discrete B", "--discrete does not apply", "deterministic")]
    [InlineData("simulate m --method ode --count 3", "--count does not apply", "deterministic")]
    [InlineData("simulate m --method ode --seed 3", "--seed does not apply", "deterministic")]
    [InlineData("simulate m --method ssa --discrete B", "--discrete does not apply", "every species is a whole number")]
    [InlineData("simulate m --discrete :100", "--discrete cannot use this value", "NAME:THRESHOLD")]
    [InlineData("simulate m --discrete B:", "--discrete cannot use this value", "found:    \"B:\"")]
    [InlineData("simulate m --discrete B:0", "--discrete cannot use this value", "at least 1 (cells)")]
    [InlineData("simulate m --discrete B:1:2", "--discrete cannot use this value", "found:    \"B:1:2\"")]
    [InlineData("simulate m --discrete B --discrete B:10", "--discrete names B more than once", "nadir simulate")]
    [InlineData("simulate m --count 0", "--count cannot use this value", "expected: a whole number from 1")]
    [InlineData("simulate m --threads two", "--threads cannot use this value", "found:    \"two\"")]
    public void A_simulation_that_cannot_be_meant_is_refused(string line, string problem, string detail) => Refuses(line, problem, detail);

    [Fact]
    public void Blank_texts_are_refused()
    {
        Refuses(["trial", ""], "STUDY cannot use this value", "not blank");
        Refuses(["trial", "--out", " "], "--out cannot use this value", "not blank");
        Refuses(["trial", "--without", ""], "--without cannot use this value", "the name of a mechanism");
        Refuses(["simulate", ""], "MODEL cannot use this value", "not blank");
        Refuses(["model", "show", ""], "NAME cannot use this value", "not blank");
    }

    [Fact]
    public void All_wrong_values_are_reported_at_once()
    {
        CommandLineRun run = CommandLineRun.Of("simulate", "m", "--until", "x", "--count", "0", "--method", "euler");

        run.Error.Split("error:").Length.ShouldBe(4);
    }

    [Fact]
    public void Control_characters_of_the_input_do_not_reach_the_terminal()
    {
        CommandLineRun run = CommandLineRun.Of("trial", "--patients", "\u001b[2J7");

        run.Error.ShouldNotContain('\u001b');
        run.Error.ShouldContain("\uFFFD[2J7");
    }

    static void Refuses(string line, string problem, string detail) =>
        Refuses(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), problem, detail);

    static void Refuses(string[] args, string problem, string detail)
    {
        CommandLineRun run = CommandLineRun.Of(args);

        run.ExitCode.ShouldBe(64);
        run.Error.ShouldContain(problem);
        run.Error.ShouldContain(detail);
        run.Error.ShouldContain("--help'.");
        run.Error.ShouldNotContain("   at ");
        run.Output.ShouldBeEmpty();
        (run.Trial is null && run.Simulate is null && run.Model is null).ShouldBeTrue("nothing may run");
    }
}
