using Nadir.Faults;
using Nadir.Reports;
using Nadir.Trials;

namespace Nadir.Studies;

/// <summary>Several runs that can stand side by side.</summary>
public static class TrialComparison
{
    /// <summary>
    /// Reads runs and checks that their curves mean the same: one disease, one population, one follow-up, the same visits, kept as closely and as often, and the same assays with the same cuts (ND0705).
    /// Seeds, numbers of patients, arms, switched mechanisms, how a randomised trial is run and analysed, versions of the model and of Nadir may differ; the comparison names them.
    /// </summary>
    /// <param name="folders">Their folders, at least two.</param>
    /// <returns>The runs, or everything that is wrong.</returns>
    public static Checked<IReadOnlyList<ComparedRun>> Read(IReadOnlyList<string> folders)
    {
        IssueList issues = new();
        List<TrialRunFolder> runs = [];
        foreach (string folder in folders)
        {
            Checked<TrialRunFolder> run = TrialRunFolder.Read(folder);
            issues.AddRange(run.Issues);
            if (run.Value is { } read)
            {
                runs.Add(read);
            }
        }

        foreach (TrialRunFolder run in runs.Skip(1))
        {
            foreach ((string what, string mine, string first) in Differences(run.Result, runs[0].Result))
            {
                issues.Error("ND0705", new SourceLocation(run.Location, 0, 0), $"this run cannot stand beside {runs[0].Location}: {what}", mine, first, "compare runs whose endpoints mean the same, or show each alone with nadir report");
            }
        }

        string[] names = [.. runs.Select(r => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(r.Location))))];
        IReadOnlyList<ComparedRun> compared = [.. runs.Select((r, i) => new ComparedRun($"{(char)('A' + i)}", names[i], r.Result))];
        return Checked<IReadOnlyList<ComparedRun>>.From(compared, issues);
    }

    /// <summary>What makes two runs incompatible; empty where nothing does.</summary>
    static IEnumerable<(string What, string Mine, string First)> Differences(TrialResult mine, TrialResult first)
    {
        (string, string, string)[] all =
        [
            ("the model is another", mine.Card.Model, first.Card.Model),
            ("the population is another", mine.Card.Population, first.Card.Population),
            ("the follow-up is another, and restricted means and numbers at risk depend on it", $"{Number(mine.HorizonDays)} days", $"{Number(first.HorizonDays)} days"),
            ("the visits are others, and a relapse is found at a visit", Days(mine.Methods?.VisitDays), Days(first.Methods?.VisitDays)),
            ("visits are kept within another window, and a relapse is found at a visit", Window(mine.Methods), Window(first.Methods)),
            ("another share of visits is missed, and a relapse is found at a visit", Missed(mine.Methods), Missed(first.Methods)),
            ("non-response is declared on another day", mine.Methods is { } m ? $"day {Number(m.NonResponseDay)}" : "unknown", first.Methods is { } f ? $"day {Number(f.NonResponseDay)}" : "unknown"),
            ("remission is assessed on other days", Days(mine.Methods?.RemissionDays), Days(first.Methods?.RemissionDays)),
            ("the assays differ in limit or cut", Assays(mine.Methods), Assays(first.Methods)),
        ];
        return all.Where(d => d.Item2 != d.Item3);
    }

    static string Days(IReadOnlyList<double>? days) => days is null ? "unknown" : "days " + string.Join(", ", days.Select(Number));

    static string Window(TrialMethods? methods) => methods is null ? "unknown" : $"{Number(methods.VisitWindowDays)} days early or late";

    static string Missed(TrialMethods? methods) => methods is null ? "unknown" : $"{Number(methods.MissedVisits * 100)}%";

    static string Assays(TrialMethods? methods) => methods is null ? "unknown"
        : string.Join("; ", methods.Assays.OrderBy(a => a.Name, StringComparer.Ordinal).Select(a => $"{a.Name} {Number(a.Limit)} {string.Join(' ', a.Thresholds.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key} {Number(t.Value)}"))}".TrimEnd()));

    static string Number(double x) => x.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
