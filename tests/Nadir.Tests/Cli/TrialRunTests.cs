using System.Diagnostics;
using Nadir.Cli;
using static Nadir.Tests.Cli.RealCommandLine;

namespace Nadir.Tests.Cli;

/// <summary>The real command, from arguments to files.</summary>
public sealed class TrialRunTests : IDisposable
{
    readonly string _root = Directory.CreateTempSubdirectory("nadir-trial-run-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    string Folder(string name) => Path.Combine(_root, name);

    [Fact]
    public void Parts_are_run_and_joined_from_the_command_line()
    {
        string[] parts = [Folder("a"), Folder("b")];
        Run("trial", "--patients", "3", "--shard", "1/2", "--out", parts[0]).Code.ShouldBe(0);
        Run("trial", "--patients", "3", "--shard=2/2", "--out", parts[1]).Output.ShouldContain("part 2/2: 6 of 9 patients");

        (int code, string output, string error) = Run("trial", "--json", "--join", parts[1], parts[0]);

        code.ShouldBe(0, error);
        output.ShouldBe(Run("trial", "--patients", "3", "--json").Output);
    }

    public static TheoryData<string> Solvers => [.. Nadir.Solvers.SolverCatalogue.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Solvers))]
    public void Any_solver_of_the_catalogue_takes_a_trial_to_its_end_and_is_named(string solver)
    {
        (int code, _, string error) = Run("trial", "--patients", "8", "--solver", solver, "--out", Folder(solver));

        code.ShouldBe(0, error);
        File.ReadAllText(Path.Combine(Folder(solver), "run.json")).ShouldContain($"\"name\": \"{solver}\"");
        File.ReadAllText(Path.Combine(Folder(solver), "report.html")).ShouldContain($"adaptive step size ({solver})");
    }

    [Fact]
    public void Patients_who_need_more_steps_than_allowed_are_failures_and_the_limit_is_in_the_record()
    {
        (int code, string output, string error) = Run("trial", "--patients", "3", "--max-steps", "40", "--rtol", "1e-4", "--out", Folder("limited"));

        code.ShouldBe(1);
        error.ShouldContain("patients failed numerically");
        error.ShouldContain("StepLimit on day");
        File.ReadAllText(Path.Combine(Folder("limited"), "run.json")).ShouldContain("\"maxSteps\": 40");
        File.ReadAllText(Path.Combine(Folder("limited"), "report.html")).ShouldContain("at most 40 steps a patient");
        File.ReadAllText(Path.Combine(Folder("limited"), "subjects.csv")).ShouldContain("StepLimit");
    }

    /// <summary>One patient makes no ratio of hazards.</summary>
    [Fact]
    public void Details_say_below_the_table_why_a_cell_is_empty() =>
        Run("trial", "--patients", "1", "--details", "--out", Folder("details")).Output.ShouldMatch("(?m)^– Overall survival, from infusion, .+: .+\\.$");

    [Fact]
    public void A_run_over_its_time_limit_ends_with_1_says_so_and_writes_nothing()
    {
        (int code, string output, string error) = Run("trial", "--patients", "1000000", "--time-limit", "0.2s", "--out", Folder("slow"));

        code.ShouldBe(1);
        output.ShouldBeEmpty();
        error.ShouldContain("time limit of 0.2s; nothing was written");
        Directory.EnumerateFileSystemEntries(_root).ShouldBeEmpty();
    }

    [Fact]
    public void A_simulation_over_its_time_limit_prints_no_row()
    {
        (int code, string output, string error) = Run("simulate", "b-all", "--count", "10000000", "--time-limit", "0.3s");

        code.ShouldBe(1);
        output.ShouldBeEmpty();
        error.ShouldContain("time limit of 0.3s");
    }

    /// <summary>One replicate of some ten thousand million firings: the limit does not wait for its end.</summary>
    [Theory]
    [InlineData("--method=ssa")]
    [InlineData("--method=hybrid")]
    public void One_endless_replicate_is_stopped_at_the_time_limit(string method)
    {
        string file = Folder("endless.ant");
        File.WriteAllText(file, "model endless\n  substanceOnly species X\n  X = 1000\n  arrive: => X; 1e9\n  die: X => ; 1e6*X\nend\n");
        long start = Stopwatch.GetTimestamp();
        string[] discrete = method == "--method=hybrid" ? ["--discrete", "X:1e12"] : [];

        (int code, string output, string error) = Run(["simulate", file, method, .. discrete, "--until", "10000", "--count", "2", "--max-steps", "2000000000", "--time-limit", "0.5s"]);

        code.ShouldBe(1);
        output.ShouldBeEmpty();
        error.ShouldContain("time limit of 0.5s");
        Stopwatch.GetElapsedTime(start).TotalSeconds.ShouldBeLessThan(20);
    }

    [Fact]
    public void A_simulation_within_its_time_limit_prints_the_rows_it_prints_without() =>
        Run("simulate", "kimmel-2021", "--steps", "4", "--time-limit", "1h").Output.ShouldBe(Run("simulate", "kimmel-2021", "--steps", "4").Output);

    [Theory]
    [InlineData("10min", 600)]
    [InlineData("90s", 90)]
    [InlineData("1.5 h", 5400)]
    public void A_time_limit_is_a_number_and_a_unit(string text, double seconds) =>
        TimeLimit.Parse(text).ShouldNotBeNull().Span.TotalSeconds.ShouldBe(seconds);

    [Theory]
    [InlineData("10")]
    [InlineData("0s")]
    [InlineData("-1s")]
    [InlineData("5 days")]
    [InlineData("1001h")]
    [InlineData("NaNs")]
    [InlineData("")]
    public void What_is_no_time_limit_is_refused(string text) => TimeLimit.Parse(text).ShouldBeNull();

    [Theory]
    [InlineData("--shard", "0/3")]
    [InlineData("--shard", "4/3")]
    [InlineData("--shard", "1")]
    [InlineData("--shard", "1/0")]
    [InlineData("--shard", "a/b")]
    [InlineData("--time-limit", "soon")]
    [InlineData("--replicates", "39")]
    public void Values_out_of_range_are_refused_by_name(string option, string value)
    {
        (int code, _, string error) = Run("trial", option, value);

        code.ShouldBe(64);
        error.ShouldContain($"{option} cannot use this value");
    }

    [Theory]
    [InlineData("--shard 1/2 --json", "--json does not apply")]
    [InlineData("--join a --patients 3", "--patients does not apply")]
    [InlineData("--join a --shard 1/2", "--shard does not apply")]
    [InlineData("--power --shard 1/2", "--shard does not apply")]
    [InlineData("--power --knock-out", "--knock-out does not apply")]
    [InlineData("--trials 50", "--trials does not apply")]
    [InlineData("--pool 500", "--pool does not apply")]
    [InlineData("--power", "--power needs a study with an analysis")]
    [InlineData("--patients 2 --shard 1/3 --out x", "more parts than there are patients")]
    [InlineData("--shard 1/2 --knock-out", "--knock-out does not apply")]
    [InlineData("--join a --replicates 40", "--replicates does not apply")]
    [InlineData("--sensitivity-rows 32", "--sensitivity-rows does not apply")]
    [InlineData("--patients 1000000 --replicates 101", "at most 100 replicates")]
    public void Options_without_effect_are_refused(string line, string words)
    {
        (int code, _, string error) = Run(["trial", .. line.Split(' ')]);

        code.ShouldBe(64);
        error.ShouldContain(words);
    }

    [Fact]
    public void What_is_asked_for_beyond_the_trial_is_shown_and_written()
    {
        (int code, string output, string error) = Run(
            "trial", "--patients", "6", "--knock-out", "--sensitivity", "efs12:3-1", "--sensitivity-rows", "16", "--sensitivity-patients", "10", "--sensitivity-factors", "1", "--replicates", "40", "--out", Folder("all"));

        code.ShouldBe(0, error);
        output.ShouldContain("Loss of CAR-T persistence");
        output.ShouldContain("One number at a time. Event-free survival at month 12");
        output.ShouldContain("40 replicates of 6 patients");
        foreach (string file in new[] { "knock-out.csv", "sensitivity.csv", "uncertainty.csv" })
        {
            string[] lines = File.ReadAllLines(Path.Combine(Folder("all"), file));
            lines.Length.ShouldBeGreaterThan(10);
            lines.Select(Fields).Distinct().ShouldHaveSingleItem();
        }

        // A comma within quotes separates nothing.
        static int Fields(string line) => line.Split('"').Where((_, i) => i % 2 == 0).Sum(part => part.Count(c => c == ','));
    }

    [Fact]
    public void Power_is_printed_with_its_errors_and_as_json_alike()
    {
        string study = Folder("power.yaml");
        File.WriteAllText(study, """
            nadir: 1
            title: Power
            model: b-all
            patients: {count: 30, population: children-young-adults}
            design: randomised
            horizon: 12 months
            arms:
              - {name: alone, product: cd19-41bb}
              - {name: weaker, product: cd19-41bb, lymphodepletion: cyclophosphamide}
            analysis: {endpoint: EFS, events: 30, looks: [0.5], futility: 0.1, power: 0.5}
            visits: [28, 60, 90, 180, 270, 365]
            """);
        string[] call = ["trial", study, "--power", "--trials", "50", "--pool", "150"];
        (int code, string output, _) = Run([.. call, "--out", Folder("power"), "--sqlite"]);
        (_, string json, _) = Run([.. call, "--json", "--threads", "1"]);

        code.ShouldBe(0);
        output.ShouldContain("50 trials of 60 patients");
        output.ShouldContain("error of the pool");
        output.ShouldContain("Assurance is not given");
        output.ShouldMatch("A power of 50% needs|No size was found");
        using System.Text.Json.JsonDocument document = System.Text.Json.JsonDocument.Parse(json);
        double power = document.RootElement.GetProperty("planned").GetProperty("benefit").GetProperty("estimate").GetDouble();
        output.ShouldContain(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Power of the planned trial: {power * 100:0.0}%"));
        document.RootElement.GetProperty("null").GetProperty("trials").GetInt32().ShouldBe(50);

        // The folder holds one trial of the design and what many do.
        string html = File.ReadAllText(Path.Combine(Folder("power"), "report.html"));
        html.ShouldContain("Operating characteristics of the design");
        html.ShouldContain("50 trials of each size were drawn with replacement from a pool of 150 virtual patients");
        html.ShouldContain("The trial as it would have been run");
        using System.Text.Json.JsonDocument summary = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder("power"), "summary.json")));
        summary.RootElement.GetProperty("power").GetProperty("planned").GetProperty("benefit").GetProperty("estimate").GetDouble().ShouldBe(power);
        File.ReadAllLines(Path.Combine(Folder("power"), "power.csv")).Select(l => l.Split(',')[0]).Take(4).ShouldBe(["series", "planned", "null", "size"]);
        File.Exists(Path.Combine(Folder("power"), "results.sqlite")).ShouldBeTrue();
        Run("report", Folder("power")).Code.ShouldBe(0);
        File.ReadAllText(Path.Combine(Folder("power"), "report.html")).ShouldBe(html);
    }

    [Fact]
    public void A_failed_replicate_is_named_with_time_and_state()
    {
        string model = Folder("blow-up.ant");
        File.WriteAllText(model, "model m\n substanceOnly species B; compartment body = 1; species B in body;\n B = 2; k = 1;\n growth: => B; k*B*B;\nend\n");

        (int code, _, string error) = Run("simulate", model, "--until", "2", "--steps", "2");

        code.ShouldBe(1);
        error.ShouldMatch("""replicate 1: (StepTooSmall|NotFinite|StepLimit) at time 0\.5; B = \d+(\.\d+)?E\+\d""");
    }
}
