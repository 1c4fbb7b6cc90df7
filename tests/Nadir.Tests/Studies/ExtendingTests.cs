using System.Text.RegularExpressions;
using Nadir.Documents;
using Nadir.Studies;
using Nadir.Tests.Architecture;
using Nadir.Trials;
using static Nadir.Tests.Cli.RealCommandLine;

namespace Nadir.Tests.Studies;

/// <summary>The walk of docs/methods/extending.md, done with the files that stand there.</summary>
public sealed class ExtendingTests : IDisposable
{
    static readonly string _page = Repository.Read("docs/methods/extending.md");

    readonly string _folder = Directory.CreateTempSubdirectory("nadir-extending-").FullName;

    string Mine => Path.Combine(_folder, "mine");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    void Write(string path, string text)
    {
        string file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    static string Block(string containing) =>
        Regex.Matches(_page, "```[a-z]*\n(.*?)```", RegexOptions.Singleline).Select(m => m.Groups[1].Value).Single(b => b.Contains(containing));

    static string Replaced(string text, string old, string now)
    {
        text.ShouldContain(old);
        return text.Replace(old, now);
    }

    void Walk()
    {
        foreach (Match file in Regex.Matches(_page, "```yaml\n# (\\S+)\n(.*?)```", RegexOptions.Singleline))
        {
            Write(file.Groups[1].Value, file.Groups[2].Value);
        }

        string Model(string file) => ShippedLibrary.Read($"library/models/b-all/{file}").Text;
        string kill = Block("*(1 - niche_protection)").TrimEnd();
        string ant = Replaced(Model("model.ant"), "  sensitivity := apoptosis_sensitivity*cd58_function\n", $"{kill}\n");
        Write("mine/models/my-all/model.ant", Regex.Replace(ant, @"end\s*$", Block("// Marrow niche") + "end\n"));
        Write("mine/models/my-all/parameters.yaml", Replaced(Model("parameters.yaml"), "parameters:\n", $"parameters:\n{Block("niche_protection:\n    unit")}"));
        Write("mine/models/my-all/population.yaml", Model("population.yaml"));
        Write("mine/models/my-all/card.md", Model("card.md"));
    }

    [Fact]
    public void The_walk_reads_shows_and_runs()
    {
        Walk();

        Run("model", "check", Path.Combine(Mine, "models", "my-all")).Code.ShouldBe(0);
        (int code, string page, string error) = Run("evidence", "niche-protection", "--library", Mine);
        code.ShouldBe(0, error);
        new[] { "Smith 2027 (smith-2027)", "niche_protection = 0", "sensitivity := apoptosis_sensitivity*cd58_function*(1 - niche_protection)", "niche-mobiliser: A drug" }.ShouldAllBe(part => page.Contains(part));

        string results = Path.Combine(_folder, "results");
        (int ran, string shown, string why) = Run("trial", Path.Combine(_folder, "niche.yaml"), "--library", Mine, "--with", "niche-protection", "--patients", "20", "--out", results);
        ran.ShouldBe(0, why);
        shown.ShouldContain("mobilised");
        File.ReadAllText(Path.Combine(results, "run.json")).ShouldContain("libraryHash");
    }

    [Fact]
    public void Each_addition_does_what_it_says()
    {
        Walk();
        SourceText study = SourceText.Load(Path.Combine(_folder, "niche.yaml")).OrThrow();
        Library library = Library.With(Mine).OrThrow();
        TrialResult Trial(params IReadOnlyList<string> with) =>
            TrialJob.Create(study, new TrialOverrides { Patients = 100, Library = library, With = with }).OrThrow().Run(2, null, null, default);

        TrialResult off = Trial();
        TrialResult on = Trial("niche-protection");

        on.Arms[0].Remission3Months.Value.ShouldBeLessThan(off.Arms[0].Remission3Months.Value);
        on.Arms[2].Remission3Months.Value.ShouldBeGreaterThan(on.Arms[0].Remission3Months.Value);
        off.Arms[1].BCellAplasia.At(300).Value.ShouldBeGreaterThan(off.Arms[0].BCellAplasia.At(300).Value);
    }

    [Fact]
    public void What_is_misplaced_or_takes_a_name_that_ships_is_refused()
    {
        Walk();
        Write("mine/mechanism/x.yaml", "name: x");
        Write("mine/products/cd19-41bb.yaml", "name: cd19-41bb");

        (int code, _, string error) = Run("evidence", "--library", Mine);

        code.ShouldBe(65);
        new[] { "ND0051", "did you mean \"mechanisms\"?", "ND0052", "ships with Nadir already", "2 errors" }.ShouldAllBe(part => error.Contains(part));
    }

    [Fact]
    public void A_citation_that_the_folder_does_not_have_is_refused_by_a_trial_as_by_the_catalogue()
    {
        Walk();
        string strategy = Path.Combine(Mine, "strategies", "niche-mobiliser.yaml");
        Write("mine/strategies/niche-mobiliser.yaml", Replaced(File.ReadAllText(strategy), "evidence: [smith-2027]", "evidence: [smith-2072]"));

        string[][] commands = [["trial", Path.Combine(_folder, "niche.yaml"), "--with", "niche-protection"], ["evidence"]];
        foreach (string[] command in commands)
        {
            (int code, _, string error) = Run([.. command, "--library", Mine]);

            code.ShouldBe(65);
            new[] { "niche-mobiliser.yaml:", "ND0401", "did you mean \"smith-2027\"?", "1 error" }.ShouldAllBe(part => error.Contains(part), error);
        }
    }

    /// <summary>A published result that stands beside the simulated one names its source in the report.</summary>
    [Fact]
    public void A_published_trial_of_the_folder_with_a_citation_that_is_not_there_is_refused()
    {
        Walk();
        Write("mine/trials/mine.yaml", """
            name: mine
            title: Mine
            population: children-young-adults
            product: cd19-41bb
            results:
              - {quantity: remission3Months, cohort: all, estimate: 0.8, patients: 40, citation: smith-2072, verified: true}
            """);
        string study = Path.Combine(_folder, "niche.yaml");
        Write("published.yaml", File.ReadAllText(study) + "\npublished: [mine]\n");

        (int code, _, string error) = Run("trial", Path.Combine(_folder, "published.yaml"), "--with", "niche-protection", "--library", Mine);

        code.ShouldBe(65);
        new[] { "mine.yaml:", "ND0401", "did you mean \"smith-2027\"?" }.ShouldAllBe(part => error.Contains(part), error);
    }

    [Fact]
    public void A_citation_that_ships_is_not_given_another_meaning()
    {
        Walk();
        Write("mine/citations.yaml", "citations:\n  maude-2018: {short: Other, text: Other, read: abstract}\n");

        Run("evidence", "--library", Mine).Error.ShouldContain("ND0411");
    }
}
