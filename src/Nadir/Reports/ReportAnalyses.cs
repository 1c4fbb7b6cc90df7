using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>The sections of a report on what a caller asked for beyond the trial itself.</summary>
static class ReportAnalyses
{
    public static void Write(Markup body, TrialResult trial)
    {
        if (trial.KnockOut is { } knockOut)
        {
            KnockOuts(body, knockOut);
        }
    }

    static void KnockOuts(Markup body, KnockOut table)
    {
        body.Element("h2", "What each mechanism contributes");
        body.Element("p", KnockOutTables.Reading);
        foreach ((int i, KnockOutArm arm) in table.Arms.Index())
        {
            body.Open("figure", ("class", "wide")).Element("figcaption", KnockOutTables.Title(table, arm)).Add(new KnockOutChart(table, arm, $"arm{i + 1}").Draw()).CloseLine();
            body.Add(HtmlTable.Render(KnockOutTables.Of(table, arm)));
            body.Element("h3", $"Contribution to the study's endpoints, percentage points: {arm.Arm}");
            body.Add(HtmlTable.Render(KnockOutTables.Endpoints(arm)));
        }

        body.Element("p", $"Intervals: Agresti and Min (2005) for shares of infused patients, normal with the patients' own differences for endpoints; {NumberText.NotEstimable}: no patient fared differently. From remission on, only patients in remission count, who may be others without the mechanism. {KnockOutTables.LeftOut(table)}", ("class", "note"));
    }
}
