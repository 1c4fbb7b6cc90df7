using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Nadir.Reports;
using Nadir.Trials;

namespace Nadir.Tests.Reports;

public class ReportHtmlTests
{
    const string Hostile = "<script>alert('1')</script> & \"quoted\" \u0001";
    static readonly string Html = ReportHtml.Write(SampleResult.Create());
    static readonly XElement Page = Parse(Html);

    [Fact]
    public void The_report_is_one_file_that_refers_to_nothing_outside()
    {
        Html.ShouldNotContain("http", Case.Insensitive);
        Html.ShouldNotContain("@import");
        Page.Descendants("script").Where(s => s.Attribute("type") is null).ShouldHaveSingleItem().Attributes().ShouldBeEmpty();
        Html.ShouldNotContain("fetch(");
        Page.Descendants("link").ShouldBeEmpty();
        Page.Descendants().Attributes().Where(a => a.Name == "src" || a.Name == "href").ShouldBeEmpty();
        Regex.Matches(Html, @"url\((?!#)").ShouldBeEmpty();
    }

    [Fact]
    public void Every_text_that_a_user_wrote_is_escaped()
    {
        TrialResult trial = SampleResult.Create();
        ArmResult arm = trial.Arms[0];
        SamplePatient patient = trial.Samples[0];
        string html = ReportHtml.Write(trial with
        {
            Study = Hostile,
            Question = Hostile,
            Design = Hostile,
            Arms = [arm with { Name = Hostile, Description = Hostile, Failures = new Dictionary<string, int> { [Hostile] = 1 }, Relapse = [arm.Relapse[0] with { Phenotype = Hostile }], CauseIncidence = [arm.CauseIncidence[0] with { Mechanism = Hostile }], Swimmers = [new(Hostile)] }],
            Published = [trial.Published[0] with { Quantity = Hostile, Citation = Hostile }, trial.Published[2] with { Unit = Hostile }],
            Samples = [patient with { Subject = Hostile, Outcome = Hostile, Limits = [new(Hostile, "leukaemia", 1e7)], Series = [patient.Series[0] with { Name = Hostile }] }],
            Contrasts = [trial.Contrasts[0] with { Arm = Hostile, Reference = Hostile }],
            Card = new(Hostile, Hostile, 1, 1, 1, $"# {Hostile}\n\n- **{Hostile}** `{Hostile}`\n\n{Hostile}\n```\n{Hostile}\n```"),
            Provenance = trial.Provenance with { Version = Hostile, StudyHash = Hostile, ModelHash = Hostile, Platform = Hostile, Without = [Hostile] },
        });

        Regex.Count(html, "<script", RegexOptions.IgnoreCase).ShouldBe(1 + Parse(html).Descendants("figure").Count());
        Parse(html).Value.ShouldContain("<script>alert('1')</script> & \"quoted\" \uFFFD");
    }

    [Fact]
    public void Every_drawing_has_a_title_a_description_and_a_label()
    {
        XElement[] drawings = [.. Page.Descendants("svg")];

        drawings.Length.ShouldBeGreaterThan(3 + 3 + 8 + 1);
        drawings.ShouldAllBe(d => d.Attribute("role")!.Value == "img");
        drawings.ShouldAllBe(d => d.Attribute("aria-label")!.Value.Length > 3);
        drawings.ShouldAllBe(d => d.Element("title")!.Value.Length > 3 && d.Element("desc")!.Value.Length > 10);
    }

    [Fact]
    public void Every_figure_holds_a_drawing()
    {
        XElement[] figures = [.. Page.Descendants("figure")];

        figures.Length.ShouldBe(4 + 4 + 1 + 4 + 3 + 3 + 3 + 3 + 8 + 1);
        figures.ShouldAllBe(f => f.Elements("svg").Count() == 1);
    }

    [Fact]
    public void Every_figure_carries_its_numbers_and_curves_are_numbered_as_drawn()
    {
        foreach (XElement figure in Page.Descendants("figure"))
        {
            using JsonDocument data = JsonDocument.Parse(figure.Element("script")!.Value);
            data.RootElement.GetProperty("name").GetString().ShouldNotBeNullOrEmpty();
            int[] drawn = [.. figure.Descendants("g").Where(g => g.Attribute("class")?.Value == "series").Select(g => int.Parse(g.Attribute("data-series")!.Value, CultureInfo.InvariantCulture)).Distinct()];
            if (data.RootElement.TryGetProperty("panels", out JsonElement panels))
            {
                drawn.ShouldAllBe(s => s < panels.EnumerateArray().Sum(p => p.GetProperty("series").GetArrayLength()));
            }
            else
            {
                int columns = data.RootElement.GetProperty("columns").GetArrayLength();
                data.RootElement.GetProperty("rows").EnumerateArray().ShouldAllBe(r => r.GetArrayLength() == columns);
            }
        }
    }

    [Fact]
    public void Names_of_saved_files_are_unique()
    {
        Page.Descendants("figure").Select(f => JsonDocument.Parse(f.Element("script")!.Value).RootElement.GetProperty("name").GetString()).ShouldBeUnique();
    }

    [Fact]
    public void Identifiers_are_unique_and_every_reference_finds_one()
    {
        string[] ids = [.. Page.Descendants().Attributes("id").Select(a => a.Value)];

        ids.ShouldBeUnique();
        foreach (Match match in Page.Descendants().Attributes().SelectMany(a => Regex.Matches(a.Value, @"url\(#([^)]*)\)")))
        {
            ids.ShouldContain(match.Groups[1].Value);
        }
    }

    [Fact]
    public void Research_use_stands_first_and_last()
    {
        XElement[] body = [.. Page.Element("body")!.Element("main")!.Elements()];

        body[0].Value.ShouldBe("Research use only: not for clinical decisions.");
        body[^1].Value.ShouldBe("Research use only: not for clinical decisions.");
    }

    [Fact]
    public void The_sections_stand_in_reading_order() =>
        Page.Descendants("h2").Select(h => h.Value).ShouldBe(
            ["In short", "Arms", "Survival", "Differences from the first arm", "Transplant: true effect and what analyses by treatment received show", "Relapse by phenotype", "Relapse by cause", "CAR-T cells and B-cell aplasia", "Patients one by one", "Sample patients", "Beside published results", "Results", "Methods", "Model card: b-all", "Provenance"]);

    [Fact]
    public void The_table_shows_every_cell_of_the_trial_table()
    {
        TrialTable table = TrialTable.Results(SampleResult.Create());
        string[] cells = [.. Page.Descendants("td").Select(c => c.Value)];

        table.Rows.SelectMany(r => r.Cells).ShouldAllBe(c => cells.Contains(c));
    }

    [Fact]
    public void The_text_counts_who_failed_what_lies_inside_and_what_is_assumed()
    {
        Page.Value.ShouldContain("3 patients failed numerically and are in no estimate.");
        Page.Value.ShouldContain("2 of 3 simulated estimates lie inside the published interval.");
        Page.Value.ShouldContain("Of 52 parameters 12 (23%) are measured, 9 (17%) derived from measured values, and 31 (60%) assumed.");
    }

    [Fact]
    public void The_methods_say_how_closely_and_how_often_visits_are_kept()
    {
        Page.Value.ShouldContain("Visits were kept up to 3 days early or late, uniformly at random, and each was missed with probability 0.05.");
        TrialResult trial = SampleResult.Create();
        Parse(ReportHtml.Write(trial with { Methods = trial.Methods! with { VisitWindowDays = 0, MissedVisits = 0 } })).Value.ShouldContain("Visits were kept on the day, and none was missed.");
    }

    [Fact]
    public void The_methods_of_the_transplant_analyses_stand_only_where_there_are_any()
    {
        Page.Value.ShouldContain("ever against never transplanted (naive)");
        Parse(ReportHtml.Write(SampleResult.Create() with { TransplantEffects = [] })).Value.ShouldNotContain("ever against never transplanted (naive)");
    }

    [Fact]
    public void A_trial_without_samples_published_results_or_question_has_a_report_without_them()
    {
        XElement page = Parse(ReportHtml.Write(SampleResult.Create() with { Samples = [], Published = [], Question = null }));

        page.Descendants("h2").Select(h => h.Value).ShouldNotContain("Sample patients");
        page.Descendants("h2").Select(h => h.Value).ShouldNotContain("Beside published results");
    }

    [Fact]
    public void A_trial_in_which_everybody_failed_has_a_report()
    {
        TrialResult trial = SampleResult.Create(patients: 1);

        XElement page = Parse(ReportHtml.Write(trial));

        page.Value.ShouldContain("3 patients failed numerically");
        page.Value.ShouldContain("Relapse-free survival: no patient was followed from remission.");
        page.Descendants("figcaption").Select(c => c.Value).ShouldNotContain("Overall survival");
    }

    static XElement Parse(string html)
    {
        const string doctype = "<!DOCTYPE html>\n";
        html.ShouldStartWith(doctype);
        return XElement.Parse(html[doctype.Length..]);
    }

    [Fact]
    public void Methods_say_from_what_numbers_are_drawn_and_which_intervals_are_of_another_kind()
    {
        TrialResult whole = WholeResult.Create();
        string methods = ReportHtml.Write(whole);
        string prior = ReportHtml.Write(whole with { Uncertainty = whole.Uncertainty! with { Posterior = 0 } });

        methods.ShouldContain("uncertain numbers, from the 200 draws of its calibration, each time");
        prior.ShouldContain("uncertain numbers, from their priors, each time");
        methods.ShouldContain("but for those of “Uncertainty by kind”, which say what they hold; of operating characteristics");
        ReportHtml.Write(whole with { Uncertainty = null, Power = null, Sensitivity = null }).ShouldContain("describe the sampling of virtual patients. They say");
    }
}
