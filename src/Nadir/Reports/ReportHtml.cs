using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>The report of a trial as one HTML file that opens offline, prints, and needs no script.</summary>
public static class ReportHtml
{
    internal const string ResearchUse = "Research use only: not for clinical decisions.";

    /// <summary>Writes the report. All names and texts of the study and the model are escaped; nothing outside the file is referred to.</summary>
    public static string Write(TrialResult trial)
    {
        Markup body = new();
        body.Element("p", ResearchUse, ("class", "research-use"));
        ReportSections.Question(body, trial);
        ReportSections.Arms(body, trial);
        ReportFigures.Survival(body, trial);
        ReportFigures.Relapse(body, trial);
        ReportSections.Results(body, trial);
        ContrastTables.Write(body, trial);
        TransplantTables.Write(body, trial);
        ConductTables.Write(body, trial);
        ReportSections.Causes(body, trial);
        ReportSections.Published(body, trial);
        ReportFigures.Samples(body, trial);
        ReportSections.Card(body, trial.Card);
        ReportSections.Definitions(body);
        ReportSections.MadeBy(body, trial);
        body.Element("p", ResearchUse, ("class", "research-use"));
        return Page(trial.Study, body);
    }

    /// <summary>A page that needs nothing but itself.</summary>
    internal static string Page(string title, Markup body) =>
        // The style sheet is ours and holds no markup, so that it needs no escaping; a browser would not undo it inside <style>.
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        {new Markup().Element("title", title)}<style>
        {Asset.Read("report.css")}</style>
        </head>
        <body>
        {body}</body>
        </html>

        """.ReplaceLineEndings("\n");
}
