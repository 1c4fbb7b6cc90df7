using System.Text.Json.Nodes;
using Nadir.Documents;
using Nadir.Faults;

namespace Nadir.Tests.Documents;

public sealed class ResultFolderTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("nadir-results-").FullName;

    string Target => Path.Combine(_folder, "out", "study-1");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static ResultFolder Open(string path, ReplacePolicy policy = ReplacePolicy.SameStudy) => ResultTarget.Check(path, "study", policy).OrThrow().Open();

    void WriteResults(string file, string text, string study = "study")
    {
        using ResultFolder results = ResultTarget.Check(Target, study).OrThrow().Open();
        results.WriteText(file, text);
        results.Commit("0.1.0", new JsonObject { ["seed"] = 7 });
    }

    string[] Everything() => [.. Directory.EnumerateFileSystemEntries(_folder, "*", SearchOption.AllDirectories).Select(e => Path.GetRelativePath(_folder, e)).Order()];

    string Refused(string path, string code, ReplacePolicy policy = ReplacePolicy.SameStudy)
    {
        string[] before = Everything();
        Checked<ResultTarget> opened = ResultTarget.Check(path, "study", policy);
        opened.Value.ShouldBeNull();
        Issue issue = opened.Issues.ShouldHaveSingleItem();
        issue.Code.ShouldBe(code);
        Everything().ShouldBe(before);
        return issue.ToString();
    }

    [Fact]
    public void The_folder_appears_with_the_commit_and_not_before()
    {
        using (ResultFolder results = Open(Target))
        {
            results.WriteText("summary.json", "{}");
            Directory.Exists(Target).ShouldBeFalse();
            results.Commit("0.1.0", []);
            results.Path.ShouldBe(Target);
        }

        Everything().ShouldBe(["out", "out/study-1", "out/study-1/run.json", "out/study-1/summary.json"]);
    }

    [Fact]
    public void The_run_record_names_version_study_provenance_and_files()
    {
        WriteResults("a.txt", "abc");

        JsonNode run = JsonNode.Parse(File.ReadAllText(Path.Combine(Target, "run.json")))!;
        run["nadir"]!.GetValue<string>().ShouldBe("0.1.0");
        run["study"]!.GetValue<string>().ShouldBe("study");
        run["seed"]!.GetValue<int>().ShouldBe(7);
        run["files"]!["a.txt"]!.GetValue<string>().ShouldBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    [Fact]
    public void Without_a_commit_no_trace_is_left()
    {
        using (ResultFolder results = Open(Path.Combine(_folder, "a", "b", "c")))
        using (Stream half = results.Create("events.csv"))
        {
            half.Write("STUDYID"u8);
        }

        Everything().ShouldBeEmpty();
    }

    [Fact]
    public void An_abandoned_run_leaves_the_old_results_untouched()
    {
        WriteResults("old.csv", "1");

        using (ResultFolder results = Open(Target))
        {
            results.WriteText("new.csv", "2");
        }

        Everything().ShouldBe(["out", "out/study-1", "out/study-1/old.csv", "out/study-1/run.json"]);
    }

    [Fact]
    public void Results_of_the_same_study_are_replaced_whole()
    {
        WriteResults("old.csv", "1");
        WriteResults("new.csv", "2");

        Everything().ShouldBe(["out", "out/study-1", "out/study-1/new.csv", "out/study-1/run.json"]);
    }

    [Fact]
    public void An_empty_folder_is_used()
    {
        Directory.CreateDirectory(Target);
        WriteResults("a.csv", "1");

        File.ReadAllText(Path.Combine(Target, "a.csv")).ShouldBe("1");
    }

    [Fact]
    public void A_folder_with_something_else_is_refused()
    {
        Directory.CreateDirectory(Target);
        File.WriteAllText(Path.Combine(Target, "thesis.docx"), "years of work");

        Refused(Target, "ND0030").ShouldContain("thesis.docx");
    }

    [Fact]
    public void Results_to_which_something_was_added_are_refused()
    {
        WriteResults("a.csv", "1");
        File.WriteAllText(Path.Combine(Target, "notes.txt"), "mine");

        Refused(Target, "ND0030").ShouldContain("notes.txt");
    }

    [Fact]
    public void Results_of_another_study_are_refused()
    {
        WriteResults("a.csv", "1", study: "another");

        Refused(Target, "ND0030").ShouldContain("results of \"another\"");
    }

    [Theory]
    [InlineData("{\"study\": \"study\", \"files\": {}}")]
    [InlineData("{\"nadir\": 1, \"study\": \"study\", \"files\": {}}")]
    [InlineData("[1]")]
    [InlineData("not json")]
    public void A_run_record_of_another_program_does_not_count(string run)
    {
        Directory.CreateDirectory(Target);
        File.WriteAllText(Path.Combine(Target, "run.json"), run);

        Refused(Target, "ND0030").ShouldContain("run.json");
    }

    [Fact]
    public void Force_replaces_anything()
    {
        Directory.CreateDirectory(Path.Combine(Target, "deep"));
        File.WriteAllText(Path.Combine(Target, "deep", "thesis.docx"), "years of work");
        using (ResultFolder results = Open(Target, ReplacePolicy.Anything))
        {
            results.WriteText("a.csv", "1");
            results.Commit("0.1.0", []);
        }

        Everything().ShouldBe(["out", "out/study-1", "out/study-1/a.csv", "out/study-1/run.json"]);
    }

    [Fact]
    public void What_comes_to_the_folder_during_the_run_is_not_lost()
    {
        using ResultFolder results = Open(Target);
        Directory.CreateDirectory(Target);
        File.WriteAllText(Path.Combine(Target, "thesis.docx"), "years of work");

        Should.Throw<InvalidInputException>(() => results.Commit("0.1.0", [])).Issues[0].Code.ShouldBe("ND0030");
        File.Exists(Path.Combine(Target, "thesis.docx")).ShouldBeTrue();
    }

    [Fact]
    public void A_file_in_the_way_is_refused_even_with_force()
    {
        string file = Path.Combine(_folder, "taken");
        File.WriteAllText(file, "x");

        Refused(file, "ND0031", ReplacePolicy.Anything);
        Refused(Path.Combine(file, "below"), "ND0033", ReplacePolicy.Anything);
        Refused("", "ND0033", ReplacePolicy.Anything);
    }

    [Theory]
    [InlineData("/")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("~")]
    public void Folders_that_hold_more_than_a_result_are_protected_even_from_force(string path) =>
        Refused(path == "~" ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) : path, "ND0032", ReplacePolicy.Anything);

    [Theory]
    [InlineData("")]
    [InlineData("run.json")]
    [InlineData("../a.csv")]
    [InlineData("sub/a.csv")]
    [InlineData("used.csv")]
    public void A_file_name_is_plain_and_used_once(string name)
    {
        using ResultFolder results = Open(Target);
        results.WriteText("used.csv", "");

        Should.Throw<ArgumentException>(() => results.WriteText(name, ""));
    }
}
