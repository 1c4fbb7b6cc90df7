using System.Text;
using static Nadir.Tests.Cli.RealCommandLine;

namespace Nadir.Tests.Cli;

/// <summary><c>nadir calibrate</c> and <c>nadir validate</c> with the disease model, on a problem of two numbers and a few targets.</summary>
public sealed class CalibrateRunTests : IDisposable
{
    const string Targets = """
        name: mine
        title: My cohort
        population: children-young-adults
        design: {product: cd19-41bb}
        results:
          - {quantity: rfs, month: 12, cohort: responders, estimate: 0.5, patients: 60, citation: maude-2018, verified: true, role: calibration}
          - {quantity: efs, month: 6, cohort: all, estimate: 0.6, patients: 75, citation: maude-2018, verified: true, role: calibration}
          - {quantity: relapseShareCd19Negative, cohort: relapsed, estimate: 0.5, patients: 30, citation: maude-2018, verified: true, role: calibration}
        """;

    readonly string _root = Directory.CreateTempSubdirectory("nadir-calibrate-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    string Folder(string name) => Path.Combine(_root, name);

    string TargetFile()
    {
        string file = Folder("mine.yaml");
        File.WriteAllText(file, Targets);
        return file;
    }

    string[] Small(string folder, int threads = 2, int particles = 20) =>
        ["calibrate", "--patients", "50", "--particles", $"{particles}", "--threads", $"{threads}", "--targets", TargetFile(), "--number", "leukaemia_growth", "--number", "cd19neg_fraction", "--out", Folder(folder)];

    /// <summary>Interrupts the run when it reports a round.</summary>
    sealed class Interrupter(CancellationTokenSource stop, string at) : StringWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.StartsWith(at, StringComparison.Ordinal) == true)
            {
                stop.Cancel();
            }
        }
    }

    [Fact]
    public void A_calibration_that_was_stopped_goes_on_to_the_same_bytes_on_other_threads()
    {
        Run(Small("whole"));
        using CancellationTokenSource stop = new();
        using Interrupter errors = new(stop, "round 2");
        Run(errors, stop.Token, Small("stopped", threads: 1));
        File.Exists(Path.Combine(Folder("stopped"), "draws.csv")).ShouldBeFalse();

        string again = Run(Small("stopped")).Error;

        again.ShouldContain("going on after round 2");
        again.ShouldNotContain("round 2:");
        foreach (string file in new[] { "draws.csv", "report.md" })
        {
            File.ReadAllBytes(Path.Combine(Folder("stopped"), file)).ShouldBe(File.ReadAllBytes(Path.Combine(Folder("whole"), file)));
        }
    }

    [Fact]
    public void A_new_calibration_takes_the_results_of_another_away_and_one_that_goes_on_does_not()
    {
        string[] results = [.. new[] { "population.yaml", "draws.csv", "report.md" }.Select(f => Path.Combine(Folder("again"), f))];
        void Leave()
        {
            Directory.CreateDirectory(Folder("again"));
            results.ToList().ForEach(f => File.WriteAllText(f, "of another"));
        }

        void Stopped(string at)
        {
            using CancellationTokenSource stop = new();
            using Interrupter errors = new(stop, at);
            Run(errors, stop.Token, Small("again")).Code.ShouldBe(130);
        }

        Leave();
        Stopped("prior drawn");
        results.ShouldAllBe(f => !File.Exists(f));

        Leave();
        Stopped("round 1");
        results.ShouldAllBe(f => File.Exists(f));
    }

    [Fact]
    public void A_target_that_its_virtual_cohort_cannot_give_is_refused_before_anything_is_written()
    {
        string file = Folder("none.yaml");
        File.WriteAllText(file, Targets.Replace("quantity: relapseShareCd19Negative, cohort: relapsed, estimate: 0.5, patients: 30", "quantity: hrRelapseTransplant, cohort: all, estimate: 0.5, interval: [0.2, 0.9]", StringComparison.Ordinal));

        foreach (string command in new[] { "calibrate", "validate" })
        {
            (int code, string _, string error) = Run(command, "--patients", "50", "--targets", file, "--out", Folder("none"));

            (code, error).ShouldSatisfyAllConditions(r => r.code.ShouldBe(65), r => r.error.ShouldContain("none.yaml:8:"), r => r.error.ShouldContain("ND0434"));
        }

        Directory.Exists(Folder("none")).ShouldBeFalse();
    }

    [Fact]
    public void Only_the_named_numbers_are_calibrated_and_the_population_holds_all()
    {
        (int code, string output, string error) = Run(Small("named", particles: 60));

        code.ShouldBe(0, error);
        output.ShouldStartWith("Converged");
        File.ReadLines(Path.Combine(Folder("named"), "draws.csv")).First().ShouldBe("leukaemia_growth,cd19neg_fraction");
        string population = Path.Combine(Folder("named"), "population.yaml");
        File.ReadAllText(population).ShouldContain("  kill_maximum: ");
        Run("trial", "--patients", "3", "--json", "--population", population).Output.ShouldContain("\"targets\": 3");
    }

    [Fact]
    public void A_calibration_that_has_not_converged_says_so_and_writes_no_population()
    {
        // Twenty particles cannot hold all the numbers of a population: islands of ten of them differ in some.
        (int code, string output, string error) = Run([.. Small("few").Where(a => a is not ("--number" or "leukaemia_growth" or "cd19neg_fraction"))]);

        code.ShouldBe(1);
        output.ShouldStartWith("NOT converged");
        error.ShouldContain("population.yaml is not written");
        File.Exists(Path.Combine(Folder("few"), "population.yaml")).ShouldBeFalse();
        File.ReadAllText(Path.Combine(Folder("few"), "report.md")).ShouldContain("**Not converged**");
    }

    [Fact]
    public void A_number_that_no_population_has_is_refused_with_the_nearest_name()
    {
        (int code, string _, string error) = Run("calibrate", "--number", "leukaemia_grwth", "--out", Folder("wrong"));

        code.ShouldBe(65);
        error.ShouldContain("ND0322");
        error.ShouldContain("leukaemia_growth");
        Directory.Exists(Folder("wrong")).ShouldBeFalse();
    }

    [Fact]
    public void A_validation_writes_page_and_figure_and_says_what_is_not_as_committed()
    {
        (int code, string output, string error) = Run("validate", "--patients", "50", "--draws", "2", "--targets", TargetFile(), "--out", Folder("validation"));

        output.ShouldContain("calibration: ");
        code.ShouldBe(error.Contains("not as committed", StringComparison.Ordinal) ? 1 : 0);
        output.ShouldContain(" listed only, with the reason");
        string page = File.ReadAllText(Path.Combine(Folder("validation"), "validation.md"));
        page.ShouldContain("| mine | rfs12 | 0.5 ");
        page.ShouldContain("| eliana | efs6 | infused | 0.73 | recalled, not used | maude-2018 |");
        page.ShouldContain("86.2)‡ |");
        File.ReadAllText(Path.Combine(Folder("validation"), "images", "validation.svg")).ShouldStartWith("<svg");
    }

    [Theory]
    [InlineData("point: {leukaemia_grwth: 0.07}", "ND0322")]
    [InlineData("point: {leukaemia_growth: -1}", "ND0323")]
    public void A_validation_refuses_a_population_file_that_a_trial_would_refuse(string yaml, string code)
    {
        string file = Folder("population.yaml");
        File.WriteAllText(file, yaml + "\n");

        (int exit, string _, string error) = Run("validate", "--patients", "50", "--population", file, "--out", Folder("validation"));

        (exit, error).ShouldSatisfyAllConditions(r => r.exit.ShouldBe(65), r => r.error.ShouldContain(code));
        Directory.Exists(Folder("validation")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("--uncalibrated", "--draws", "3")]
    [InlineData("--uncalibrated", "--population", "x.yaml")]
    [InlineData("--blind", "--patients", "50")]
    [InlineData("--date", "2026-11-29", "--seed=2")]
    public void Options_of_a_validation_that_contradict_each_other_are_misuse(string one, string two, string three) =>
        Run("validate", one, two, three).Code.ShouldBe(64);
}
