using Nadir.Faults;
using Nadir.Studies;

namespace Nadir.Cli;

/// <summary>What a finished result folder gets besides: its tables in SQLite, its report in print.</summary>
static class Extras
{
    /// <summary>Writes what was asked for into the folder of a run that has just ended.</summary>
    public static void Add(string folder, bool sqlite, Chromium? browser, Session session)
    {
        if (!sqlite && browser is null)
        {
            return;
        }

        TrialRunFolder run = TrialRunFolder.Read(folder).OrThrow();
        if (sqlite)
        {
            Database(run, session);
        }

        if (browser is not null)
        {
            run.WritePdf((html, pdf) => browser.Print(html, pdf, session.Cancellation));
        }
    }

    public static void Database(TrialRunFolder run, Session session)
    {
        IReadOnlyList<Issue> issues = run.WriteDatabase();
        if (issues.Count > 0)
        {
            throw new InvalidInputException(issues);
        }

        session.Error.WriteLine($"written: {Path.GetFullPath(Path.Combine(run.Location, TrialRunFolder.DatabaseFile))}");
    }
}
