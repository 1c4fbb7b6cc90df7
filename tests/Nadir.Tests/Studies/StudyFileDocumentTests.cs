using System.Text.RegularExpressions;
using Nadir.Documents;
using Nadir.Faults;
using Nadir.Studies;
using Nadir.Tests.Architecture;

namespace Nadir.Tests.Studies;

/// <summary>docs/study-file.md says what the reader does.</summary>
public class StudyFileDocumentTests
{
    static readonly string _page = Repository.Read("docs/study-file.md");

    static string BlockAfter(string opening) => Regex.Match(_page, Regex.Escape(opening) + "\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

    static Checked<Study> Read(string text) => StudyFile.Read(
        new SourceText("my-study.yaml", text),
        StudyFileTests.Names with { Populations = ["children-young-adults"] });

    [Fact]
    public void The_smallest_study_runs() => Read(BlockAfter("```yaml")).Issues.ShouldBeEmpty();

    [Fact]
    public void The_error_shown_is_the_error_given() =>
        Read(BlockAfter("```yaml").Replace("24 months", "24 mnths")).Issues.ShouldHaveSingleItem().ToString()
            .ShouldBe(BlockAfter("the exit code is 65:\n\n```").TrimEnd());

    [Fact]
    public void The_policy_shown_can_be_run()
    {
        string policy = Regex.Matches(_page, "```yaml\n(.*?)```", RegexOptions.Singleline).Select(m => m.Groups[1].Value).Single(b => b.StartsWith("policies:", StringComparison.Ordinal));

        Trial.Job(BlockAfter("```yaml").Split("arms:")[0] + policy, 20).Result().Arms[0].FailedPatients.ShouldBe(0);
    }

    [Fact]
    public void The_randomised_trial_shown_can_be_run()
    {
        string design = Regex.Matches(_page, "```yaml\n(.*?)```", RegexOptions.Singleline).Select(m => m.Groups[1].Value).Single(b => b.StartsWith("design:", StringComparison.Ordinal));
        string arms = "arms:\n  - {name: CD19 CAR-T, product: cd19-41bb}\n  - {name: CD19 and CD22 CAR-T together, product: [cd19-41bb, cd22-41bb]}\n";

        Trial.Job(BlockAfter("```yaml").Split("arms:")[0] + design + arms, 60).Result().Conducted.ShouldNotBeNull().Decision.Looks.ShouldNotBeEmpty();
    }

    [Fact]
    public void The_mix_shown_can_be_run()
    {
        string patients = Regex.Matches(_page, "```yaml\n(.*?)```", RegexOptions.Singleline).Select(m => m.Groups[1].Value).Single(b => b.StartsWith("patients:", StringComparison.Ordinal));

        Trial.Job(Regex.Replace(BlockAfter("```yaml"), "^patients:.*\n", patients, RegexOptions.Multiline), 20).Result().Mix.ShouldNotBeNull().Groups.Count.ShouldBe(5);
    }

    [Fact]
    public void Every_valid_key_is_documented()
    {
        string everyKeyUnknown = "colour: red\npatients: {colour: red, mix: [{colour: red}]}\narms: [{colour: red}]\nconduct: {colour: red}\nanalysis: {colour: red}";
        string[] keys = [.. Read(everyKeyUnknown).Issues.Where(i => i.Code == "ND0021").SelectMany(i => i.Hint!["valid keys: ".Length..].Split(", ")).Distinct()];

        keys.Length.ShouldBe(51);
        keys.ShouldAllBe(k => Regex.IsMatch(_page, $@"^\| `(patients\.|[a-z]+`, `)?{k}`(, `[a-z]+`)? \|", RegexOptions.Multiline));
    }
}
