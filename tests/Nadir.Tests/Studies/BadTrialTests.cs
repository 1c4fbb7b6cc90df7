using Nadir.Documents;
using Nadir.Faults;
using Nadir.Studies;

namespace Nadir.Tests.Studies;

/// <summary>Each case takes a good randomised trial, makes one mistake, and expects exactly one issue at its place.</summary>
public class BadTrialTests
{
    const string Good = """
        nadir: 1
        title: A randomised trial
        model: b-all
        patients: {count: 40, population: children-young-adults}
        design: randomised
        horizon: 12 months
        arms:
          - name: alone
            product: cd19-41bb
          - name: with transplant
            product: cd19-41bb
            allocation: 2
            strategies: [consolidative-transplant]
        conduct:
          accrual: {per-month: 5}
          drop-out: 0.05
          cut-off: 30 months
          stratify-by: [KMT2AR, {covariate: BLASTPCT, at: [5, 50]}]
          block-rounds: 1
          before-infusion: {days: 30, dies: 0.1}
        analysis:
          endpoint: EFS
          at-transplant: follow
          patients: enrolled
          test: log-rank
          alpha: 0.05
          sides: 2
          events: 60
          looks: [0.5, 0.75]
          spending: obrien-fleming
          futility: 0.1
          power: 0.8
        visits: [28, 60, 90, 180, 365]
        """;

    public static TheoryData<string, string, string, int, string> Mistakes => new()
    {
        { "design: randomised", "design: counterfactual", "ND0540", 15, "belongs to a randomised trial" },
        { "allocation: 2", "allocation: 0", "ND0023", 12, "a whole number from 1 to 20" },
        { "allocation: 2", "allocation: 1.5", "ND0022", 12, "a whole number" },
        { "visits: [28, 60, 90, 180, 365]", "visits: [28, 60, 90, 180, 400]", "ND0504", 33, "days up to 365.25" },
        { "per-month: 5", "per-month: -5", "ND0023", 15, "above 0" },
        { "per-month: 5", "per-month: 4", "ND0541", 17, "before the last patient" },
        { "per-month: 5", "per-month: 0", "ND0023", 15, "above 0" },
        { "{per-month: 5}", "{per-month: 5, over: 12 months}", "ND0542", 15, "both" },
        { "{per-month: 5}", "{}", "ND0542", 15, "neither" },
        { "{per-month: 5}", "{over: 0 months}", "ND0542", 15, "no time" },
        { "drop-out: 0.05", "drop-out: 5", "ND0023", 16, "0 to 1" },
        { "drop-out: 0.05", "drop-out: 1", "ND0543", 16, "nobody would be followed" },
        { "cut-off: 30 months", "cut-off: 0 months", "ND0541", 17, "too early" },
        { "{per-month: 5}\n  drop-out: 0.05\n  cut-off: 30 months", "{over: 30 months}\n  drop-out: 0.05\n  cut-off: 30 months", "ND0541", 17, "so that all patients have come" },
        { "KMT2AR", "KMT2A", "ND0544", 18, "did you mean \"KMT2AR\"?" },
        { "KMT2AR", "{covariate: KMT2AR, at: [1]}", "ND0544", 18, "has no cuts" },
        { "{covariate: BLASTPCT, at: [5, 50]}", "BLASTPCT", "ND0544", 18, "needs cuts" },
        { "at: [5, 50]", "at: [50, 5]", "ND0544", 18, "ascending" },
        { "at: [5, 50]", "at: []", "ND0544", 18, "an empty list" },
        { "block-rounds: 1", "block-rounds: 0", "ND0023", 19, "1 to 50" },
        { "dies: 0.1", "dies: 1", "ND0543", 20, "nobody would be infused" },
        { "{days: 30, dies: 0.1}", "{dies: 0.1}", "ND0553", 20, "no days of manufacture" },
        { "{days: 30, dies: 0.1}", "{days: 30}", "ND0020", 20, "before-infusion.dies" },
        { "endpoint: EFS", "endpoint: PFS", "ND0025", 22, "EFS" },
        { "  endpoint: EFS\n", "", "ND0020", 22, "analysis.endpoint" },
        { "at-transplant: follow", "at-transplant: stop", "ND0025", 23, "censor" },
        { "endpoint: EFS\n  at-transplant: follow", "endpoint: OS\n  at-transplant: censor", "ND0551", 23, "does not end overall survival" },
        { "  patients: enrolled", "  patients: treated", "ND0025", 24, "infused" },
        { "test: log-rank", "test: gray", "ND0549", 25, "endpoint: CIR" },
        { "test: log-rank", "test: milestone", "ND0549", 25, "month: 24" },
        { "test: log-rank", "test: milestone\n  month: 24", "ND0549", 26, "beyond the horizon" },
        { "test: log-rank", "test: milestone\n  month: 6", "ND0554", 30, "interim looks" },
        { "test: log-rank", "test: log-rank\n  month: 6", "ND0549", 26, "belongs to the milestone test" },
        { "test: log-rank\n  alpha: 0.05\n  sides: 2\n  events: 60\n  looks: [0.5, 0.75]\n  spending: obrien-fleming\n  futility: 0.1", "test: milestone\n  month: 6\n  alpha: 0.05\n  sides: 2\n  events: 60", "ND0554", 29, "before anybody has reached the month" },
        { "cut-off: 30 months\n  stratify-by: [KMT2AR, {covariate: BLASTPCT, at: [5, 50]}]\n  block-rounds: 1\n  before-infusion: {days: 30, dies: 0.1}\nanalysis:\n  endpoint: EFS\n  at-transplant: follow\n  patients: enrolled\n  test: log-rank\n  alpha: 0.05\n  sides: 2\n  events: 60\n  looks: [0.5, 0.75]\n  spending: obrien-fleming\n  futility: 0.1", "cut-off: 5 months\nanalysis:\n  endpoint: EFS\n  test: milestone\n  month: 6", "ND0549", 21, "counts from the opening" },
        { "alpha: 0.05", "alpha: 0", "ND0023", 26, "above 0" },
        { "alpha: 0.05", "alpha: 1", "ND0546", 26, "between 0 and 1" },
        { "sides: 2", "sides: 3", "ND0023", 27, "1 to 2" },
        { "events: 60", "events: 121", "ND0547", 28, "120 patients of the two arms" },
        { "events: 60", "events: 0", "ND0023", 28, "from 2" },
        { "events: 60", "events: 2", "ND0548", 29, "more looks than events" },
        { "  events: 60\n", "", "ND0548", 28, "none are planned" },
        { "looks: [0.5, 0.75]", "looks: [0.75, 0.5]", "ND0548", 29, "ascending" },
        { "looks: [0.5, 0.75]", "looks: [0.5, 1]", "ND0548", 29, "below 1" },
        { "looks: [0.5, 0.75]", "looks: [0, 0.75]", "ND0023", 29, "above 0" },
        { "  looks: [0.5, 0.75]\n  spending: obrien-fleming\n", "  spending: obrien-fleming\n", "ND0548", 29, "without interim looks" },
        { "spending: obrien-fleming", "spending: haybittle", "ND0025", 30, "pocock" },
        { "futility: 0.1", "futility: -0.1", "ND0023", 31, "above 0" },
        { "power: 0.8", "power: 0.05", "ND0546", 32, "more than the type I error" },
        { "power: 0.8", "arm: alone", "ND0545", 32, "compared with itself" },
        { "power: 0.8", "arm: with transplants", "ND0025", 32, "did you mean" },
        { "  before-infusion: {days: 30, dies: 0.1}\nanalysis:\n  endpoint: EFS\n  at-transplant: follow\n  patients: enrolled", "analysis:\n  endpoint: EFS\n  at-transplant: follow\n  patients: infused", "ND0552", 23, "all patients are infused" },
        { "365]", "365]\nvisit-window: 14 days", "ND0555", 34, "less than 14 days" },
        { "365]", "365]\nvisit-window: 3", "ND0040", 34, "days" },
        { "365]", "365]\nmissed-visits: 1", "ND0555", 34, "nobody would come" },
        { "    strategies: [consolidative-transplant]", "    lymphodepletion: cyclophosphamide", "", 0, "" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Each_mistake_is_one_issue_at_its_line(string right, string wrong, string code, int line, string fragment)
    {
        Good.ShouldContain(right);
        int at = Good.IndexOf(right, StringComparison.Ordinal);
        Checked<TrialJob> read = Read(Good[..at] + wrong + Good[(at + right.Length)..]);
        if (code.Length == 0)
        {
            read.Issues.ShouldBeEmpty();
            return;
        }

        // A look list that cannot be read makes what depends on it wrong too; the place of the mistake comes first.
        Issue issue = read.Issues[0];
        read.Value.ShouldBeNull();
        issue.Code.ShouldBe(code, issue.ToString());
        issue.Location.Line.ShouldBe(line, issue.ToString());
        issue.Location.Column.ShouldBeGreaterThan(0);
        $"{issue.Message} {issue.Found} {issue.Expected} {issue.Hint}".ShouldContain(fragment);
    }

    [Fact]
    public void The_good_trial_is_good() => Read(Good).Issues.ShouldBeEmpty();

    [Fact]
    public void Conduct_without_an_analysis_would_change_nothing()
    {
        string text = Good[..Good.IndexOf("analysis:", StringComparison.Ordinal)].Replace("    allocation: 2\n", "");

        Read(text).Issues.Single().Message.ShouldContain("changes nothing without an analysis");
    }

    [Fact]
    public void More_arms_than_two_need_the_name_of_the_one_that_is_tested()
    {
        string text = Good.Replace("conduct:", "  - {name: third, product: cd19-41bb, lymphodepletion: cyclophosphamide}\nconduct:").Replace("per-month: 5", "per-month: 8");

        Read(text).Issues.Single().Code.ShouldBe("ND0545");
        Read(text.Replace("  endpoint: EFS", "  arm: third\n  endpoint: EFS")).Value.ShouldNotBeNull().Plan.Randomised!.Analysis.Arm.ShouldBe(2);
    }

    [Fact]
    public void Events_are_compared_with_the_patients_of_the_arms_that_are_tested()
    {
        string text = Good.Replace("conduct:", "  - {name: third, product: cd19-41bb, lymphodepletion: cyclophosphamide, allocation: 20}\nconduct:")
            .Replace("per-month: 5", "per-month: 50").Replace("  endpoint: EFS", "  arm: with transplant\n  endpoint: EFS");

        Read(text).Issues.ShouldBeEmpty();
        Read(text.Replace("events: 60", "events: 121")).Issues.Single().Expected.ShouldBe("at most the 120 patients of the two arms");
        Read(text.Replace("arm: with transplant", "arm: third").Replace("events: 60", "events: 840")).Issues.ShouldBeEmpty();
    }

    [Fact]
    public void Patients_that_the_command_line_adds_must_come_before_the_cut_off_too()
    {
        Read(Good, new TrialOverrides { Patients = 49 }).Issues.ShouldBeEmpty();
        Read(Good, new TrialOverrides { Patients = 50 }).Issues.Single().Code.ShouldBe("ND0541");
    }

    [Fact]
    public void Events_are_compared_with_the_patients_that_the_command_line_leaves()
    {
        Read(Good, new TrialOverrides { Patients = 20 }).Issues.ShouldBeEmpty();

        Issue issue = Read(Good, new TrialOverrides { Patients = 19 }).Issues.Single();

        (issue.Code, issue.Location.Line).ShouldBe(("ND0547", 28));
        issue.Expected.ShouldBe("at most the 57 patients of the two arms");
    }

    [Theory]
    [InlineData("60 days", 17, "ND0541", "endpoint counts from day 58 at the earliest", 57)]
    [InlineData("421 days", 25, "ND0549", "the endpoint counts from day 58 at the earliest", 420)]
    public void Somebody_must_come_into_remission_and_to_the_milestone_before_the_cut_off(string enough, int line, string code, string fragment, int tooFew)
    {
        string text = Good.Replace("{per-month: 5}", "{per-month: 5000}").Replace("endpoint: EFS", "endpoint: CIR").Replace("  at-transplant: follow\n", "")
            .Replace("  looks: [0.5, 0.75]\n  spending: obrien-fleming\n  futility: 0.1\n", "").Replace("  events: 60\n", "");
        text = code == "ND0541" ? text.Replace("test: log-rank", "test: gray") : text.Replace("test: log-rank", "test: milestone\n  month: 11.9");

        Read(text.Replace("30 months", enough)).Issues.ShouldBeEmpty();
        Issue issue = Read(text.Replace("30 months", $"{tooFew} days")).Issues.Single();

        (issue.Code, issue.Location.Line).ShouldBe((code, line));
        issue.Found!.ShouldContain(fragment);
    }

    [Fact]
    public void Too_many_patients_to_analyse_are_an_issue_where_their_number_stands()
    {
        Issue issue = Read(Good.Replace("count: 40", "count: 400000").Replace("per-month: 5", "per-month: 500000")).Issues.Single();

        (issue.Code, issue.Location.Line).ShouldBe(("ND0550", 4));
    }

    [Fact]
    public void An_allocation_that_changes_nothing_is_an_issue_where_it_stands()
    {
        string text = Good[..Good.IndexOf("conduct:", StringComparison.Ordinal)] + "visits: [28, 60, 90]";

        Issue issue = Read(text).Issues.Single();
        (issue.Code, issue.Location.Line).ShouldBe(("ND0540", 12));
    }

    [Fact]
    public void Censoring_at_a_transplant_that_no_arm_has_is_an_issue() =>
        Read(Good.Replace("    strategies: [consolidative-transplant]\n", "    lymphodepletion: cyclophosphamide\n").Replace("at-transplant: follow", "at-transplant: censor")).Issues.Single().Code.ShouldBe("ND0551");

    static Checked<TrialJob> Read(string text, TrialOverrides? overrides = null) => TrialJob.Create(new SourceText("study.yaml", text), overrides ?? new TrialOverrides());
}
