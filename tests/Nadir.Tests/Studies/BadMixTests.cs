using Nadir.Documents;
using Nadir.Faults;
using Nadir.Studies;

namespace Nadir.Tests.Studies;

/// <summary>Each case takes a good study with a mix, makes one mistake, and expects exactly one issue at its place.</summary>
public class BadMixTests
{
    const string Good = """
        nadir: 1
        title: A clinic
        model: b-all
        patients:
          count: 10
          population: children-young-adults
          mix:
            - {covariate: KMT2AR, share: 0.2}
            - {covariate: BLASTPCT, at-least: 40, share: 0.6}
            - {covariate: FLUAUC, below: 13.8, share: 0.4}
            - {trait: prior_blinatumomab, share: 0.3}
        horizon: 12 months
        arms:
          - {name: alone, product: cd19-41bb}
        """;

    public static TheoryData<string, string, string, int, string> Mistakes => new()
    {
        { "share: 0.2", "share: 1.2", "ND0023", 8, "a number from 0 to 1" },
        { "share: 0.2", "share: -0.1", "ND0023", 8, "a number from 0 to 1" },
        { "share: 0.2", "share: a fifth", "ND0022", 8, "a number from 0 to 1" },
        { ", share: 0.2", "", "ND0020", 8, "share" },
        { "share: 0.2", "shares: 0.2", "ND0020", 8, "share" },
        { "{covariate: KMT2AR, share: 0.2}", "KMT2AR", "ND0022", 8, "a mapping" },
        { "{covariate: KMT2AR, share: 0.2}", "{share: 0.2}", "ND0580", 8, "neither" },
        { "{covariate: KMT2AR, share: 0.2}", "{covariate: KMT2AR, trait: ph_positive, share: 0.2}", "ND0580", 8, "both" },
        { "covariate: KMT2AR", "covariate: KMT2A", "ND0581", 8, "did you mean \"KMT2AR\"?" },
        { "covariate: KMT2AR", "covariate: prior_inotuzumab", "ND0581", 8, "it is a trait" },
        { "trait: prior_blinatumomab", "trait: prior_blinatumumab", "ND0581", 11, "did you mean \"prior_blinatumomab\"?" },
        { "trait: prior_blinatumomab", "trait: prior_transplantation", "ND0581", 11, "no trait \"prior_transplantation\"" },
        { "KMT2AR, share", "KMT2AR, at-least: 1, share", "ND0582", 8, "yes or no and has no range" },
        { "at-least: 40, ", "", "ND0582", 9, "needs a range" },
        { "at-least: 40, ", "at-least: 40, below: 40, ", "ND0582", 9, "range of the mix is empty" },
        { "prior_blinatumomab, share", "prior_blinatumomab, below: 1, share", "ND0582", 11, "a trait is there or not" },
        { "trait: prior_blinatumomab", "trait: sudden_car_loss", "ND0583", 11, "follows from other characteristics" },
        { "trait: prior_blinatumomab", "trait: lineage_switched_clone", "ND0583", 11, "give the shares of what it follows from" },
        { "{trait: prior_blinatumomab, share: 0.3}", "{covariate: BLASTPCT, at-least: 40, share: 0.6}", "ND0584", 11, "of line 9" },
        { "trait: prior_blinatumomab", "trait: kmt2a_rearranged", "ND0584", 11, "of line 8" },
        { "below: 13.8", "below: 6", "ND0585", 10, "hardly anybody" },
        { "below: 13.8", "below: 1", "ND0585", 10, "nobody" },
        { "at-least: 40", "at-least: 0", "ND0585", 9, "everybody" },
        { "{trait: prior_blinatumomab, share: 0.3}", "{covariate: BLASTPCT, at-least: 60, share: 0.7}", "ND0586", 11, "at most 60%" },
        { "{trait: prior_blinatumomab, share: 0.3}", "{covariate: BLASTPCT, below: 40, share: 0.5}", "ND0586", 11, "at most 40%" },
        { "{trait: prior_blinatumomab, share: 0.3}", "{covariate: BLASTPCT, below: 40, share: 0.3}", "ND0586", 11, "at least 40%" },
        { "trait: prior_blinatumomab, share: 0.3", "trait: prior_blinatumomab, share: 0", "", 0, "" },
    };

    static Checked<TrialJob> Read(string text, TrialOverrides? overrides = null) => TrialJob.Create(new SourceText("my-study.yaml", text), overrides ?? new TrialOverrides());

    static void ShouldBeOne(Checked<TrialJob> read, string code, int line, string fragment)
    {
        Issue issue = read.Issues[0];
        read.Value.ShouldBeNull();
        issue.Code.ShouldBe(code, issue.ToString());
        issue.Location.Line.ShouldBe(line, issue.ToString());
        (code == "ND0020" || issue.Found is { Length: > 0 }).ShouldBeTrue(issue.ToString());
        $"{issue.Message} {issue.Found} {issue.Expected} {issue.Hint}".ShouldContain(fragment);
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Each_mistake_is_an_issue_at_its_line(string right, string wrong, string code, int line, string fragment)
    {
        Good.ShouldContain(right);
        Checked<TrialJob> read = Read(Good.Replace(right, wrong, StringComparison.Ordinal));
        if (code.Length == 0)
        {
            read.Issues.ShouldBeEmpty();
            return;
        }

        ShouldBeOne(read, code, line, fragment);
    }

    [Fact]
    public void A_mix_of_nothing_or_of_too_many_groups_is_refused()
    {
        string head = Good[..Good.IndexOf("  mix:", StringComparison.Ordinal)];
        string tail = Good[Good.IndexOf("horizon:", StringComparison.Ordinal)..];
        string many = string.Concat(Enumerable.Range(1, 17).Select(i => $"    - {{covariate: BLASTPCT, at-least: {i}, share: 0.5}}\n"));

        ShouldBeOne(Read($"{head}  mix: []\n{tail}"), "ND0580", 7, "leave out the key");
        ShouldBeOne(Read($"{head}  mix:\n{many}{tail}"), "ND0580", 8, "1 to 16");
    }

    [Fact]
    public void Shares_that_together_leave_hardly_anybody_are_refused()
    {
        string far = Good.Replace("at-least: 40, share: 0.6", "below: 10, share: 1", StringComparison.Ordinal).Replace("below: 13.8, share: 0.4", "below: 7, share: 1", StringComparison.Ordinal);

        ShouldBeOne(Read(far), "ND0587", 9, "at least 1 in 1000");
    }

    [Theory]
    [InlineData("prior-cd19-therapy", "")]
    [InlineData("", "prior-cd19-therapy")]
    public void A_mechanism_switched_against_the_mix_is_refused(string with, string without)
    {
        static string[] Names(string name) => name.Length == 0 ? [] : [name];

        Checked<TrialJob> read = Read(Good.Replace("share: 0.3", "share: 0.5", StringComparison.Ordinal), new TrialOverrides { With = Names(with), Without = Names(without) });

        ShouldBeOne(read, "ND0588", 11, "prior_blinatumomab");
    }
}
