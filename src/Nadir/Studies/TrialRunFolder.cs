using System.Text.Json;
using Nadir.Documents;
using Nadir.Faults;
using Nadir.Formats;
using Nadir.Reports;
using Nadir.Trials;

namespace Nadir.Studies;

/// <summary>A trial that was run before, read from its folder.</summary>
public sealed class TrialRunFolder
{
    /// <summary>The file that a report is made from.</summary>
    public const string ResultFile = "result.json";

    /// <summary>The report.</summary>
    public const string ReportFile = "report.html";

    /// <summary>All tables in one file.</summary>
    public const string DatabaseFile = "results.sqlite";

    /// <summary>The report in print.</summary>
    public const string PdfFile = "report.pdf";

    const long MaxBytes = 256L << 20;

    readonly WrittenFolder _folder;

    TrialRunFolder(WrittenFolder folder, TrialResult result) => (_folder, Result) = (folder, result);

    /// <summary>The folder, as the user gave it.</summary>
    public string Location => _folder.Location;

    /// <summary>What was found.</summary>
    public TrialResult Result { get; }

    /// <summary>
    /// Reads a folder. Issues: it is missing (ND0701), not a trial's (ND0702), or its result is missing, changed or of another version (ND0703, ND0704).
    /// </summary>
    /// <param name="path">The folder, as the user gave it.</param>
    public static Checked<TrialRunFolder> Read(string path)
    {
        IssueList issues = new();
        WrittenFolder? folder = WrittenFolder.Open(path, issues);
        if (folder is not null && folder.Files.Contains(ShardDocument.FileName))
        {
            issues.Error("ND0702", new SourceLocation(path, 0, 0), "this folder holds a part of a trial", ShardDocument.FileName, "the folder of a whole trial", "put the parts together with nadir trial --join");
            return new Checked<TrialRunFolder>(null, issues);
        }

        return new Checked<TrialRunFolder>(folder is not null && folder.Check(ResultFile, issues) ? Read(folder, issues) : null, issues);
    }

    /// <summary>Writes the report anew.</summary>
    /// <exception cref="IOException">It cannot be written; the old one stays.</exception>
    public void WriteReport() => _folder.Put(ReportFile, path => File.WriteAllText(path, ReportHtml.Write(Result)));

    /// <summary>Writes all tables into one SQLite file. Issues: a table is missing or was changed (ND0703).</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public IReadOnlyList<Issue> WriteDatabase()
    {
        IssueList issues = new();
        bool good = true;
        string[] tables = [.. TrialTables.Names, .. _folder.Files.Where(f => f == TrialFolder.AnalysisFile)];
        foreach (string table in tables)
        {
            good &= _folder.Check(table, issues);
        }

        if (good)
        {
            _folder.Put(DatabaseFile, path => ResultDatabase.Write(path, Result, [.. tables.Select(_folder.PathOf)]));
        }

        return issues;
    }

    /// <summary>Adds the report in print.</summary>
    /// <param name="print">Prints the HTML file at the first path into the second.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void WritePdf(Action<string, string> print) => _folder.Put(PdfFile, path => print(Path.GetFullPath(_folder.PathOf(ReportFile)), path));

    static TrialRunFolder? Read(WrittenFolder folder, IssueList issues)
    {
        try
        {
            return new TrialRunFolder(folder, TrialResultJson.Read(SourceText.Load(folder.PathOf(ResultFile), MaxBytes).OrThrow().Text));
        }
        catch (JsonException e)
        {
            issues.Error("ND0704", new SourceLocation(folder.Location, 0, 0), $"{ResultFile} cannot be read by this Nadir", Excerpt.Of(e.Message), $"format {TrialResultJson.Format}", "run the trial again with this version");
            return null;
        }
    }
}
