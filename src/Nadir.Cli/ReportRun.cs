using Nadir.Documents;
using Nadir.Faults;
using Nadir.Reports;
using Nadir.Studies;

namespace Nadir.Cli;

/// <summary>Carries out <c>nadir report</c>.</summary>
static class ReportRun
{
    const string Comparison = "nadir-out/comparison.html";

    public static int Execute(ReportSettings settings, Session session)
    {
        // Found before anything is written, so that a missing browser leaves nothing half done.
        Chromium? browser = settings.Pdf ? Chromium.Find() : null;
        return settings.Folders.Count == 1 ? One(settings, browser, session) : Several(settings, browser, session);
    }

    static int One(ReportSettings settings, Chromium? browser, Session session)
    {
        TrialRunFolder run = TrialRunFolder.Read(settings.Folders[0]).OrThrow();
        ResultTable.From(ExecutiveTable.Of(run.Result)).Write(session);
        ResultTable.From(CurveTable.Of(run.Result)).Write(session);
        if (settings.Out is { } file)
        {
            Write(file, ReportHtml.Write(run.Result), browser, session);
        }
        else
        {
            run.WriteReport();
            Told(Path.Combine(run.Location, TrialRunFolder.ReportFile), session);
            if (browser is not null)
            {
                run.WritePdf((html, pdf) => browser.Print(html, pdf, session.Cancellation));
                Told(Path.Combine(run.Location, TrialRunFolder.PdfFile), session);
            }
        }

        if (settings.Sqlite)
        {
            Extras.Database(run, session);
        }

        return ExitCode.Ok;
    }

    static int Several(ReportSettings settings, Chromium? browser, Session session)
    {
        Checked<IReadOnlyList<ComparedRun>> runs = TrialComparison.Read(settings.Folders);
        IReadOnlyList<ComparedRun> compared = runs.OrThrow();
        ResultTable.From(ComparisonTables.Runs(compared)).Write(session);
        ResultTable.From(ComparisonTables.Short(compared)).Write(session);
        Write(settings.Out ?? Comparison, ComparisonHtml.Write(compared), browser, session);
        return ExitCode.Ok;
    }

    static void Write(string file, string html, Chromium? browser, Session session)
    {
        AtomicFile.WriteText(file, html);
        Told(file, session);
        if (browser is not null)
        {
            string pdf = Path.ChangeExtension(file, ".pdf");
            browser.Print(Path.GetFullPath(file), pdf, session.Cancellation);
            Told(pdf, session);
        }
    }

    static void Told(string file, Session session) => session.Error.WriteLine($"written: {Path.GetFullPath(file)}");
}
