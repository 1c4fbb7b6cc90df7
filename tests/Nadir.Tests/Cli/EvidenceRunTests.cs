using System.Text.Json;

namespace Nadir.Tests.Cli;

public sealed class EvidenceRunTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("nadir-evidence-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static (int Code, string Output, string Error) Run(params string[] args) => RealCommandLine.Run(["evidence", .. args]);

    [Fact]
    public void Without_a_name_everything_is_listed_with_the_shares()
    {
        (int code, string output, _) = Run();

        code.ShouldBe(0);
        new[] { "epitope-masking", "consolidative-transplant", "cd22-41bb", "eliana", "ngs-mrd", "Numbers of b-all:", "assumed" }.ShouldAllBe(part => output.Contains(part));
    }

    [Theory]
    [InlineData("epitope-masking", "ruella-2018")]
    [InlineData("sequential-cd22", "second dose at 39 days")]
    [InlineData("cd22-41bb", "median persistence 28 days")]
    [InlineData("eliana", "recalled, not used")]
    [InlineData("gamma-secretase-inhibitor", "BCMA")]
    public void A_name_is_shown_with_its_evidence(string name, string part) => Run(name).Output.ShouldContain(part);

    [Fact]
    public void Json_is_one_document()
    {
        using JsonDocument page = JsonDocument.Parse(Run("lost-persistence", "--json").Output);
        using JsonDocument list = JsonDocument.Parse(Run("--json").Output);
        using JsonDocument parameter = JsonDocument.Parse(Run("--parameter", "cart_capacity", "--json").Output);

        page.RootElement.GetProperty("pages")[0].GetProperty("kind").GetString().ShouldBe("mechanism");
        page.RootElement.GetProperty("sources").GetProperty("dourthe-2021").GetProperty("link").GetString().ShouldNotBeNull().ShouldStartWith("https://doi.org/");
        list.RootElement.GetProperty("strategies").GetArrayLength().ShouldBeGreaterThan(30);
        list.RootElement.GetProperty("shares").GetProperty("b-all").GetProperty("assumed").GetInt32().ShouldBeGreaterThan(30);
        parameter.RootElement.GetProperty("pages")[0].GetProperty("sections")[0].GetProperty("lines")[0].GetProperty("evidence").GetString().ShouldBe("derived");
    }

    [Theory]
    [InlineData(new[] { "epitope-maskin" }, "did you mean \"epitope-masking\"?")]
    [InlineData(new[] { "--parameter", "cart_capacty" }, "did you mean \"cart_capacity\"?")]
    [InlineData(new[] { "--parameter", "kill_maximum", "--model", "b-al" }, "did you mean \"b-all\"?")]
    [InlineData(new[] { "--library", "/nowhere" }, "there is no such library folder")]
    public void An_unknown_name_gives_the_nearest(string[] args, string hint)
    {
        (int code, string output, string error) = Run(args);

        (code, output).ShouldBe((65, ""));
        error.ShouldContain(hint);
    }

    [Fact]
    public void A_trait_is_a_number_too()
    {
        string text = Run("--parameter", "weak_product").Output;

        new[] { "children-young-adults: 0.115 [assumed]", "memory_share times 0.4", "poor-starting-t-cells", "cd19-donor-derived: set to 0 [assumed]" }.ShouldAllBe(part => text.Contains(part));
    }

    [Fact]
    public void The_name_of_a_number_says_how_to_ask_for_it() => Run("kill_maximum").Error.ShouldContain("nadir evidence --parameter kill_maximum");

    [Theory]
    [InlineData("exhaustion", "--parameter", "kill_maximum")]
    [InlineData("exhaustion", "--catalogue", "x.md")]
    [InlineData("exhaustion", "--model", "b-all")]
    public void Options_that_would_be_ignored_are_refused(params string[] args) => Run(args).Code.ShouldBe(64);

    [Fact]
    public void The_catalogue_is_written_with_its_figure()
    {
        Run("--catalogue", Path.Combine(_folder, "catalogue.md")).Code.ShouldBe(0);

        File.ReadAllText(Path.Combine(_folder, "catalogue.md")).ShouldContain("![Relapse map](images/relapse-map.svg)");
        File.Exists(Path.Combine(_folder, "images", "relapse-map.svg")).ShouldBeTrue();
    }
}
