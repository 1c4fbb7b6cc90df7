using System.Text.Json.Nodes;
using Nadir.Formats;
using Nadir.Reports;
using Nadir.Studies;
using Nadir.Tests.Architecture;
using Nadir.Trials;

namespace Nadir.Tests.Studies;

public class KnockOutTests
{
    const int Patients = 60;

    static readonly TrialJob _job = Trial.Job(Trial.Small, Patients);
    static readonly KnockOut _table = Run(_job, 2);

    static KnockOut Run(TrialJob job, int threads)
    {
        KnockOutRun run = KnockOutRun.Create(job).OrThrow();
        job.Run(threads, run.Study.Add, null, default);
        return run.Run(threads, null, default);
    }

    static KnockOutRow Row(KnockOut table, int arm, string mechanism) => table.Arms[arm].Rows.Single(r => r.Mechanism == mechanism);

    [Fact]
    public void A_contribution_is_the_study_less_the_study_without_the_mechanism()
    {
        ArmResult[] with = [.. _job.Result().Arms];
        ArmResult[] without = [.. Trial.Job(Trial.Small, Patients, 1, "lost-persistence").Result().Arms];
        for (int arm = 0; arm < with.Length; arm++)
        {
            KnockOutRow row = Row(_table, arm, "lost-persistence");

            row.Patients.ShouldBe(Patients);
            row.Fates[(int)FirstEvent.None].Value.ShouldBe(with[arm].EventFreeSurvival.AtMonth(12).Value - without[arm].EventFreeSurvival.AtMonth(12).Value, 1e-12);
            row.Endpoints.Single(e => e.Endpoint.Name == "relapse12").Contribution.Value.Difference.Value
                .ShouldBe(with[arm].Relapse.Sum(r => r.Curve.AtMonth(12).Value) - without[arm].Relapse.Sum(r => r.Curve.AtMonth(12).Value), 1e-12);
        }
    }

    [Fact]
    public void What_one_fate_gains_the_others_lose()
    {
        foreach (KnockOutRow row in _table.Arms.SelectMany(a => a.Rows))
        {
            row.Fates.Sum(f => f.Value).ShouldBe(0, 1e-12, row.Mechanism);
            row.Fates.ShouldAllBe(f => f.Lower <= f.Value && f.Value <= f.Upper);
        }

        _table.Arms.ShouldAllBe(a => Math.Abs(a.Fates.Sum(f => f.Value) - 1) < 1e-12);
    }

    [Fact]
    public void Mechanisms_that_are_off_are_named_and_not_run()
    {
        _table.LeftOut.ShouldContain(l => l.Mechanism == "trogocytosis" && l.Reason == "off unless switched on");
        _table.Arms[0].Rows.ShouldNotContain(r => r.Mechanism == "trogocytosis");

        KnockOut other = Run(Trial.Job(Trial.Small, new TrialOverrides { Patients = 4, Without = ["lineage-switch"], With = ["sanctuary"] }), 2);

        other.LeftOut.ShouldContain(l => l.Mechanism == "lineage-switch" && l.Reason == "switched off in this study");
        other.Arms[0].Rows.ShouldContain(r => r.Mechanism == "sanctuary");
        (other.Arms[0].Rows.Count + other.LeftOut.Count).ShouldBe(_table.Arms[0].Rows.Count + _table.LeftOut.Count);
    }

    [Fact]
    public void What_the_mix_of_the_patients_brings_is_not_said_to_be_off()
    {
        KnockOut mixed = Run(Trial.Job(MixedCohortTests.Study, patients: 4), 2);

        mixed.LeftOut.Single(l => l.Mechanism == "prior-cd19-therapy").Reason.ShouldStartWith("cannot be switched off in this study: ");
        _table.LeftOut.Single(l => l.Mechanism == "prior-cd19-therapy").Reason.ShouldBe("off unless switched on");
    }

    [Fact]
    public void The_table_does_not_depend_on_the_threads() => KnockOutTable.Of(Run(_job, 1)).Csv().ShouldBe(KnockOutTable.Of(_table).Csv());

    [Fact]
    public void Too_short_a_trial_is_an_issue()
    {
        const string short30 = """
            nadir: 1
            title: Thirty days
            model: b-all
            patients: {count: 4, population: children-young-adults}
            horizon: 30 days
            arms:
              - {name: only, product: cd19-41bb}
            visits: [28]
            """;

        KnockOutRun.Create(Trial.Job(short30)).Issues.ShouldHaveSingleItem().Code.ShouldBe("ND0570");
    }

    [Fact]
    public void Report_and_summary_show_it()
    {
        TrialResult result = _job.Result() with { KnockOut = _table };
        string html = ReportHtml.Write(result);
        html.ShouldContain("What each mechanism contributes");
        html.ShouldContain("Loss of CAR-T persistence");
        html.ShouldContain("trogocytosis");

        JsonNode json = JsonNode.Parse(SummaryJson.Write(result))!;
        JsonNode row = json["knockOut"]!["knockOutArms"]![0]!["mechanisms"]!.AsArray().Single(m => (string?)m!["mechanism"] == "lost-persistence")!;
        ((double)row["contribution"]!["eventFree"]!["estimate"]!).ShouldBe(Row(_table, 0, "lost-persistence").Fates[0].Value);
        string page = Repository.Read("docs/summary-json.md");
        foreach (string key in SummaryKeys.Of(json["knockOut"]!).Distinct())
        {
            page.ShouldContain($"`{key}`", Case.Sensitive);
        }
    }
}

/// <summary>All keys of a JSON document.</summary>
static class SummaryKeys
{
    public static IEnumerable<string> Of(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => Of(p.Value).Prepend(p.Key)),
        JsonArray a => a.SelectMany(Of),
        _ => [],
    };
}
