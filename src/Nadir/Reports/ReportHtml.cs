using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>The report of a trial as one HTML file that opens offline and prints. It is complete without its script, which adds values under the pointer, zooming and saving.</summary>
public static class ReportHtml
{
    internal const string ResearchUse = "Research use only: not for clinical decisions.";

    /// <summary>Writes the report. All names and texts of the study and the model are escaped; nothing outside the file is referred to.</summary>
    public static string Write(TrialResult trial)
    {
        Markup body = new();
        body.Element("p", ResearchUse, ("class", "research-use"));
        ReportSections.Question(body, trial);
        ReportSections.Short(body, trial);
        ReportSections.Arms(body, trial);
        ReportFigures.Survival(body, trial);
        ContrastTables.Write(body, trial);
        TransplantTables.Write(body, trial);
        ConductTables.Write(body, trial);
        if (trial.Power is { } power)
        {
            PowerSection.Write(body, power);
        }

        ReportFigures.Relapse(body, trial);
        ReportSections.Causes(body, trial);
        ReportAnalyses.Write(body, trial);
        ReportFigures.CarT(body, trial);
        ReportFigures.Swimmers(body, trial);
        ReportFigures.Samples(body, trial);
        ReportSections.Published(body, trial);
        ReportSections.Results(body, trial);
        MethodsText.Write(body, trial);
        ReportSections.Card(body, trial.Card);
        ReportSections.MadeBy(body, trial);
        body.Element("p", ResearchUse, ("class", "research-use"));
        return Page(trial.Study, body, WithScript);
    }

    /// <summary>The page's script, wrapped so that HTML runs it and XML reads it as text.</summary>
    internal static string WithScript => $"<script>\n//<![CDATA[\n{Asset.Read("report.js")}//]]>\n</script>\n";

    /// <summary>A page that needs nothing but itself.</summary>
    /// <param name="title">The page's title.</param>
    /// <param name="body">What it holds.</param>
    /// <param name="script">What stands at its end; nothing for a page that needs no script.</param>
    internal static string Page(string title, Markup body, string script = "") =>
        // Style sheet and script are ours and end where they should, so that they need no escaping; a browser would not undo it.
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
        <main>
        {body}</main>
        {script}</body>
        </html>

        """.ReplaceLineEndings("\n");
}
