using System.Globalization;
using Nadir.Documents;
using Nadir.Faults;
using Nadir.Studies;

namespace Nadir.Tests.Studies;

/// <summary>Each case takes a good study, makes one mistake, and expects exactly one issue.</summary>
public sealed class BadStudyFileTests : IDisposable
{
    const string Good = """
        nadir: 1
        title: Two arms
        model: b-all
        patients: {count: 10, population: adults}
        design: counterfactual
        horizon: 24 months
        seed: 1
        arms:
          - name: first
            product: cd19-41bb
          - name: second
            product: cd19-41bb
            lymphodepletion: cyclophosphamide
            strategies: [consolidative-transplant]
        visits: [28, 60, 90, 365]
        published: [eliana]
        """;

    readonly string _folder = Directory.CreateTempSubdirectory("nadir-studies-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, string, string, string, int, string> Mistakes => new()
    {
        { "unknown key", "seed: 1", "seeds: 1", "ND0021", 7, "did you mean \"seed\"?" },
        { "unknown key, nothing near", "seed: 1", "colour: red", "ND0021", 7, "valid keys: nadir, horizon" },
        { "unknown key of patients", "{count: 10, ", "{count: 10, sex: any, ", "ND0021", 4, "unknown key \"sex\" in \"patients\"" },
        { "unknown key of an arm", "    strategies:", "    strategy: x\n    strategies:", "ND0021", 14, "in \"arms[2]\"" },
        { "key twice", "seed: 1", "seed: 1\nseed: 2", "ND0013", 8, "stands first in line 7" },
        { "unsupported version", "nadir: 1", "nadir: 2", "ND0501", 1, "a newer Nadir may read it" },
        { "version zero", "nadir: 1", "nadir: 0", "ND0023", 1, "\"nadir\" is out of range" },
        { "version that is text", "nadir: 1", "nadir: one", "ND0022", 1, "must be a whole number" },
        { "no version", "nadir: 1\n", "", "ND0020", 1, "the key \"nadir\" is missing" },
        { "no title", "title: Two arms\n", "", "ND0020", 1, "the key \"title\" is missing" },
        { "empty title", "title: Two arms", "title:", "ND0022", 2, "nothing" },
        { "title of blanks", "title: Two arms", "title: \"  \"", "ND0022", 2, "must be text" },
        { "title that is a list", "title: Two arms", "title: [Two, arms]", "ND0022", 2, "a list" },
        { "no model", "model: b-all\n", "", "ND0020", 1, "the key \"model\" is missing" },
        { "unknown model", "b-all", "b-al", "ND0025", 3, "did you mean \"b-all\"?" },
        { "no patients", "patients: {count: 10, population: adults}\n", "", "ND0020", 1, "\"patients\" is missing" },
        { "patients that are a number", "{count: 10, population: adults}", "10", "ND0022", 4, "\"patients\" must be a mapping" },
        { "no count", "count: 10, ", "", "ND0020", 4, "\"patients.count\" is missing" },
        { "no patient", "count: 10", "count: 0", "ND0023", 4, "a whole number from 1 to 100000000" },
        { "negative count", "count: 10", "count: -5", "ND0023", 4, "\"-5\"" },
        { "too many patients", "count: 10", "count: 100000001", "ND0023", 4, "a whole number from 1 to 100000000" },
        { "half a patient", "count: 10", "count: 10.5", "ND0022", 4, "a whole number" },
        { "count in quotes", "count: 10", "count: \"10\"", "ND0022", 4, "remove the quotes" },
        { "count with a comma as thousands", "count: 10", "count: \"1,000\"", "ND0022", 4, "a whole number" },
        { "unknown population", "population: adults", "population: adult", "ND0025", 4, "did you mean \"adults\"?" },
        { "unknown design", "counterfactual", "counterfactal", "ND0025", 5, "did you mean \"counterfactual\"?" },
        { "design in American spelling", "counterfactual", "randomized", "ND0025", 5, "did you mean \"randomised\"?" },
        { "no horizon", "horizon: 24 months\n", "", "ND0020", 1, "\"horizon\" is missing" },
        { "horizon without a unit", "24 months", "24", "ND0040", 6, "\"24 months\"" },
        { "horizon in a wrong unit", "24 months", "24 mnths", "ND0041", 6, "did you mean \"months\"?" },
        { "horizon without a number", "24 months", "two years", "ND0040", 6, "not a duration" },
        { "negative horizon", "24 months", "-24 months", "ND0042", 6, "not below 0" },
        { "horizon that is not a number", "24 months", "nan months", "ND0042", 6, "finite" },
        { "no follow-up", "24 months", "0 days", "ND0502", 6, "more than 0, at most 50 years" },
        { "horizon of a century", "24 months", "100 years", "ND0502", 6, "at most 50 years" },
        { "horizon that is a list", "24 months", "[24, months]", "ND0022", 6, "\"horizon\" must be text" },
        { "negative seed", "seed: 1", "seed: -1", "ND0023", 7, "18446744073709551615" },
        { "seed too large", "seed: 1", "seed: 18446744073709551616", "ND0023", 7, "from 0 to 18446744073709551615" },
        { "seed that is a word", "seed: 1", "seed: lucky", "ND0022", 7, "\"lucky\"" },
        { "seed with decimals", "seed: 1", "seed: 1.0", "ND0022", 7, "a whole number" },
        { "a product twice", "product: cd19-41bb\n  - name: second", "product: [cd19-41bb, cd19-41bb]\n  - name: second", "ND0509", 10, "stands twice" },
        { "empty list of products", "product: cd19-41bb\n  - name: second", "product: []\n  - name: second", "ND0508", 10, "an arm needs a product" },
        { "unknown product", "product: cd19-41bb\n  - name: second", "product: cd19-41b\n  - name: second", "ND0025", 10, "did you mean \"cd19-41bb\"?" },
        { "no product", "    product: cd19-41bb\n  - name: second", "  - name: second", "ND0020", 9, "\"arms[1].product\" is missing" },
        { "no arm name", "- name: first\n    product", "- product", "ND0020", 9, "\"arms[1].name\" is missing" },
        { "two arms of one name", "name: second", "name: first", "ND0506", 11, "two arms have the same name" },
        { "an arm that is text", "visits:", "  - third\nvisits:", "ND0022", 15, "\"arms[3]\" must be a mapping" },
        { "unknown lymphodepletion", "lymphodepletion: cyclophosphamide", "lymphodepletion: cyclofosfamide", "ND0025", 13, "did you mean \"cyclophosphamide\"?" },
        { "unknown strategy", "[consolidative-transplant]", "[consolidative-transplants]", "ND0025", 14, "did you mean \"consolidative-transplant\"?" },
        { "a strategy twice", "[consolidative-transplant]", "[consolidative-transplant, consolidative-transplant]", "ND0509", 14, "stands twice in \"arms[2].strategies\"" },
        { "strategies that are no list", "[consolidative-transplant]", "consolidative-transplant", "ND0022", 14, "must be a list" },
        { "visits not ascending", "[28, 60, 90, 365]", "[28, 90, 60, 365]", "ND0503", 15, "day 60 after day 90" },
        { "a visit twice", "[28, 60, 90, 365]", "[28, 60, 60, 365]", "ND0503", 15, "a visit stands twice" },
        { "a negative visit", "[28, 60, 90, 365]", "[-7, 28, 365]", "ND0023", 15, "a number above 0" },
        { "a visit beyond the horizon", "[28, 60, 90, 365]", "[28, 60, 90, 731]", "ND0504", 15, "days up to 730.5" },
        { "no visit for remission", "[28, 60, 90, 365]", "[120, 365]", "ND0505", 15, "a visit on day 28 or 60 or 90" },
        { "no visits", "[28, 60, 90, 365]", "[]", "ND0505", 15, "no visits" },
        { "a visit that is a word", "[28, 60, 90, 365]", "[28, monthly]", "ND0022", 15, "\"visits[2]\" must be a number above 0" },
        { "visits that are a number", "[28, 60, 90, 365]", "28", "ND0022", 15, "\"visits\" must be a list" },
        { "unknown published trial", "[eliana]", "[elianna]", "ND0025", 16, "did you mean \"eliana\"?" },
        { "a published trial twice", "[eliana]", "[eliana, eliana]", "ND0509", 16, "stands twice" },
        { "an unclosed list", "[28, 60, 90, 365]", "[28, 60, 90, 365", "ND0010", 16, "not valid YAML" },
        { "an indented key", "seed: 1", " seed: 1", "ND0010", 7, "not valid YAML" },
        { "a tab", "    product: cd19-41bb\n  - name: second", "\tproduct: cd19-41bb\n  - name: second", "ND0010", 10, "YAML allows no tabs" },
        { "a YAML bomb", "seed: 1", "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nseed: 1", "ND0011", 7, "anchors are not accepted" },
        { "a second document", "published: [eliana]", "published: [eliana]\n---\nnadir: 1", "ND0012", 17, "more than one document" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Each_mistake_is_one_issue(string name, string right, string wrong, string code, int line, string fragment)
    {
        Good.ShouldContain(right);
        int at = Good.IndexOf(right, StringComparison.Ordinal);
        string text = Good[..at] + wrong + Good[(at + right.Length)..];

        Checked<Study> read = StudyFile.Read(new SourceText("study.yaml", text), StudyFileTests.Names);

        read.Value.ShouldBeNull(name);
        Issue issue = read.Issues.ShouldHaveSingleItem(name);
        issue.Code.ShouldBe(code);
        issue.Severity.ShouldBe(Severity.Error);
        issue.Location.File.ShouldBe("study.yaml");
        issue.Location.Line.ShouldBe(line);
        issue.ToString().ShouldContain(fragment, Case.Sensitive);
    }

    [Fact]
    public void The_good_study_is_good() =>
        StudyFile.Read(new SourceText("study.yaml", Good), StudyFileTests.Names).Issues.ShouldBeEmpty();

    [Theory]
    [InlineData("arms:\n", "ND0022", "\"arms\" must be a list")]
    [InlineData("arms: []\n", "ND0507", "the study has no arms")]
    [InlineData("", "ND0020", "\"arms\" is missing")]
    public void A_study_without_arms_is_refused(string arms, string code, string fragment)
    {
        string text = Good[..Good.IndexOf("arms:", StringComparison.Ordinal)] + arms + Good[Good.IndexOf("visits:", StringComparison.Ordinal)..];

        Issue issue = StudyFile.Read(new SourceText("study.yaml", text), StudyFileTests.Names).Issues.ShouldHaveSingleItem();
        issue.Code.ShouldBe(code);
        issue.ToString().ShouldContain(fragment);
    }

    [Theory]
    [InlineData("just text", "ND0022")]
    [InlineData("[a, list]", "ND0022")]
    [InlineData("# a comment", "ND0016")]
    [InlineData("{", "ND0010")]
    public void What_is_no_study_at_all_is_one_issue(string text, string code) =>
        StudyFile.Read(new SourceText("study.yaml", text), StudyFileTests.Names).Issues.ShouldHaveSingleItem().Code.ShouldBe(code);

    [Fact]
    public void A_horizon_before_the_first_assessment_is_refused()
    {
        string text = StudyFileTests.Shortest.Replace("24 months", "3 weeks");

        StudyFile.Read(new SourceText("study.yaml", text), StudyFileTests.Names).Issues.ShouldHaveSingleItem().Code.ShouldBe("ND0505");
    }

    [Fact]
    public void A_bomb_of_fifty_levels_is_refused_at_once()
    {
        string bomb = "a0: &a0 [x, x]\n" + string.Concat(Enumerable.Range(1, 50).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}]\n")));

        StudyFile.Read(new SourceText("study.yaml", bomb), StudyFileTests.Names).Issues.ShouldHaveSingleItem().Code.ShouldBe("ND0011");
    }

    [Fact]
    public void Four_megabytes_of_letters_are_refused_quickly()
    {
        string path = Path.Combine(_folder, "noise.yaml");
        uint state = 1;
        File.WriteAllText(path, string.Create((int)SourceText.DefaultMaxBytes, 0, (text, _) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                state = (state * 1664525) + 1013904223;
                text[i] = " \n:-[]{},#'\"abcdefgh0123456789"[(int)(state >> 16) % 30];
            }
        }));

        StudyFile.Read(SourceText.Load(path).OrThrow(), StudyFileTests.Names).Value.ShouldBeNull();
    }
}
