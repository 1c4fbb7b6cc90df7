using System.Diagnostics;
using System.Text.Json;
using Nadir.Cli;
using Nadir.Faults;
using Nadir.Reports;
using Nadir.Tests.Architecture;

namespace Nadir.Tests.Reports;

/// <summary>
/// The report in a real browser: accessibility as axe-core sees it, and figures used by keyboard. It needs Node, a Chromium and, once, <c>npm ci --prefix tests/accessibility</c>; it is skipped where one is
/// missing.
/// </summary>
[Trait("Category", "Slow")]
public sealed class BrowserTests : IDisposable
{
    readonly string _root = Directory.CreateTempSubdirectory("nadir-browser-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public void The_report_is_accessible_fits_the_screen_and_its_figures_work(int width)
    {
        JsonElement seen = Look(ReportHtml.Write(WholeResult.Create(120)), width);

        seen.GetProperty("passes").GetInt32().ShouldBeGreaterThan(10);
        Check(seen);
        seen.GetProperty("tip").GetString().ShouldNotBeNull().ShouldContain("Month 12.0");
        seen.GetProperty("tip").GetString().ShouldNotBeNull().ShouldContain("CD19 CAR-T: ");
        seen.GetProperty("zoomed").GetString().ShouldNotBeNull().ShouldContain("scale(2 1)");
        seen.GetProperty("back").GetString().ShouldBe("");
        seen.GetProperty("off").GetString().ShouldBe("hidden");
        JsonElement saved = seen.GetProperty("saved");
        saved.GetProperty("relapse-free-survival.svg").GetString().ShouldNotBeNull().ShouldStartWith("<svg xmlns=");
        saved.GetProperty("relapse-free-survival.png").GetString().ShouldNotBeNull().ShouldContain("PNG");
        saved.GetProperty("relapse-free-survival.csv").GetString().ShouldNotBeNull().ShouldStartWith("panel,series,day,value,lower,upper,patients\n\"Probability, %\",CD19 CAR-T,0,1,");
    }

    /// <summary>Axe and the browser see only what the page holds, so that it has to hold every section that a report can have.</summary>
    [Fact]
    public void The_page_that_is_looked_at_has_every_section()
    {
        string html = ReportHtml.Write(WholeResult.Create(120));

        foreach (string heading in new[]
        {
            "In short", "Arms", "Survival", "Differences from the first arm", "Transplant: true effect and what analyses by treatment received show", "The trial as it would have been run", "Operating characteristics of the design",
            "Relapse by phenotype", "Relapse by cause", "What each mechanism contributes", "What the uncertain numbers do", "Uncertainty by kind", "CAR-T cells and B-cell aplasia", "Patients one by one", "Beside published results", "Results",
            "Methods", "Provenance",
        })
        {
            html.ShouldContain($"{heading}</h2>");
        }

        html.ShouldContain(">Sample patients</h2>");
        foreach (System.Reflection.PropertyInfo section in typeof(Nadir.Trials.TrialResult).GetProperties().Where(p => p.Name != "Mix"))
        {
            section.GetValue(WholeResult.Create()).ShouldNotBeNull(section.Name);
        }
    }

    [Fact]
    public void A_comparison_is_accessible_too() =>
        Check(Look(ComparisonHtml.Write([new("A", "first", SampleResult.Create(60)), new("B", "second", SampleResult.Create(90))]), 1280));

    static void Check(JsonElement seen)
    {
        string[] serious = [.. seen.GetProperty("violations").EnumerateArray().Where(v => v.GetProperty("impact").GetString() is "serious" or "critical").Select(v => v.ToString())];
        serious.ShouldBeEmpty();
        seen.GetProperty("faults").EnumerateArray().ShouldBeEmpty();
        seen.GetProperty("requests").GetArrayLength().ShouldBe(1);
        foreach (string medium in new[] { "screen", "print" })
        {
            seen.GetProperty("overlaps").GetProperty(medium).EnumerateArray().Select(o => o.GetString()).ShouldBeEmpty(medium);
        }

        seen.GetProperty("overflow").GetInt32().ShouldBe(0);
        seen.GetProperty("tools").GetInt32().ShouldBe(seen.GetProperty("figures").GetInt32());
    }

    JsonElement Look(string html, int width)
    {
        string browser = Browser();
        string folder = Path.Combine(Repository.Root, "tests", "accessibility");
        Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "node_modules")), "axe-core is not installed: npm ci --prefix tests/accessibility");
        string file = Path.Combine(_root, "report.html");
        File.WriteAllText(file, html);
        ProcessStartInfo start = new("node", [Path.Combine(folder, "check.mjs"), browser, file, $"{width}"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        (int code, string output, string error) = Run(start);
        code.ShouldBe(0, error);
        return JsonDocument.Parse(output).RootElement;
    }

    static string Browser()
    {
        try
        {
            Run(new ProcessStartInfo("node", ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true });
            return Chromium.Find().Program;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidInputException)
        {
            Assert.Skip($"there is no Node or no Chromium: {e.Message}");
            throw;
        }
    }

    static (int Code, string Output, string Error) Run(ProcessStartInfo start)
    {
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
