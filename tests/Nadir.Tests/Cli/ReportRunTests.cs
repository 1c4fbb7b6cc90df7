using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Nadir.Cli;
using Nadir.Faults;
using Nadir.Tests.Formats;
using static Nadir.Tests.Cli.RealCommandLine;

namespace Nadir.Tests.Cli;

/// <summary><c>nadir report</c> on folders that <c>nadir trial</c> wrote.</summary>
public sealed class ReportRunTests : IDisposable
{
    readonly string _root = Directory.CreateTempSubdirectory("nadir-report-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    string Folder(string name) => Path.Combine(_root, name);

    string Trial(string name, string study, params string[] more)
    {
        string file = Folder("small.yaml");
        File.WriteAllText(file, study);
        (int code, _, string error) = Run(["trial", file, "--patients", "6", "--out", Folder(name), .. more]);
        code.ShouldBe(0, error);
        return Folder(name);
    }

    [Fact]
    public void A_report_made_anew_has_the_same_bytes_and_the_folder_can_still_be_replaced()
    {
        string folder = Trial("run", Small);
        string report = Path.Combine(folder, "report.html");
        string before = File.ReadAllText(report);
        File.WriteAllText(report, "spoilt");

        (int code, string output, string error) = Run("report", folder);

        code.ShouldBe(0, error);
        File.ReadAllText(report).ShouldBe(before);
        output.ShouldContain("Remission by month 3");
        output.ShouldContain("█");
        Trial("run", Small);
    }

    [Fact]
    public void Runs_of_other_seeds_and_mechanisms_are_compared_and_their_differences_named()
    {
        string a = Trial("a", Small);
        string b = Trial("b", Small, "--seed", "9", "--without", "anti-car-immunity");
        string file = Folder("both.html");

        (int code, string output, string error) = Run("report", a, b, "--out", file);

        code.ShouldBe(0, error);
        output.ShouldContain("anti-car-immunity");
        string html = File.ReadAllText(file);
        html.ShouldContain("A: with transplant");
        html.ShouldContain("B: with transplant");
        html.ShouldContain("Differences from run A");
    }

    [Fact]
    public void Runs_whose_endpoints_mean_something_else_are_refused_with_every_reason()
    {
        string a = Trial("a", Small);
        string b = Trial("b", Small.Replace("visits: [28, 60, 90, 180, 270, 365]", "visits: [28, 60, 180]", StringComparison.Ordinal).Replace("horizon: 12", "horizon: 9", StringComparison.Ordinal));

        (int code, string output, string error) = Run("report", a, b, "--out", Folder("both.html"));

        code.ShouldBe(65);
        output.ShouldBeEmpty();
        error.ShouldContain("the follow-up is another");
        error.ShouldContain("the visits are others");
        error.ShouldContain("ND0705");
        File.Exists(Folder("both.html")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("visit-window: 3 days", "visits are kept within another window", "3 days early or late")]
    [InlineData("missed-visits: 0.1", "another share of visits is missed", "10%")]
    public void Runs_whose_visits_are_kept_otherwise_are_refused(string line, string words, string found)
    {
        string a = Trial("a", Small);
        string b = Trial("b", $"{Small}\n{line}");

        (int code, _, string error) = Run("report", a, b, "--out", Folder("both.html"));

        code.ShouldBe(65);
        error.ShouldContain(words);
        error.ShouldContain(found);
    }

    [Fact]
    public void How_trials_are_run_and_decided_is_shown_where_runs_differ_in_it()
    {
        string a = Trial("a", Randomised);
        string b = Trial("b", Randomised.Replace("drop-out: 0.1", "drop-out: 0.2", StringComparison.Ordinal).Replace("test: log-rank", "test: milestone, month: 6", StringComparison.Ordinal));
        string file = Folder("both.html");

        (int code, _, string error) = Run("report", a, b, "--out", file);

        code.ShouldBe(0, error);
        string html = File.ReadAllText(file);
        html.ShouldContain("10% of patients a year were lost");
        html.ShouldContain("20% of patients a year were lost");
        html.ShouldContain("EFS, all who were enrolled, from enrolment on (intention to treat), log-rank test");
        html.ShouldContain("EFS, all who were enrolled, from enrolment on (intention to treat), difference at month 6");
    }

    const string Randomised = """
        nadir: 1
        title: A small randomised trial
        model: b-all
        patients: {count: 6, population: children-young-adults}
        design: randomised
        horizon: 12 months
        seed: 3
        arms:
          - {name: alone, product: cd19-41bb}
          - {name: with transplant, product: cd19-41bb, strategies: [consolidative-transplant]}
        conduct: {drop-out: 0.1, stratify-by: [KMT2AR]}
        analysis: {endpoint: EFS, test: log-rank}
        visits: [28, 60, 90, 180, 270, 365]
        """;

    [Fact]
    public void A_folder_that_is_none_a_part_or_changed_is_refused()
    {
        string run = Trial("run", Small);
        string part = Trial("part", Small, "--shard", "1/2");
        File.AppendAllText(Path.Combine(run, "result.json"), " ");
        Directory.CreateDirectory(Folder("empty"));

        Run("report", run).Error.ShouldContain("ND0703: result.json was changed after it was written");
        Run("report", part).Error.ShouldContain("ND0702: this folder holds a part of a trial");
        Run("report", Folder("empty")).Error.ShouldContain("ND0702: this is no result folder");
        Run("report", Folder("nowhere")).Error.ShouldContain("ND0701: there is no such folder");
        Run("report", run, run).Error.ShouldContain("a folder is given more than once");
    }

    [Fact]
    [SuppressMessage("Security", "CA2100", Justification = "The names are in this file.")]
    public void The_database_holds_every_row_of_the_tables_with_the_same_numbers()
    {
        string folder = Trial("run", Small, "--sqlite");
        Trial("run", Small, "--sqlite");

        using SqliteConnection connection = new($"Data Source={Path.Combine(folder, "results.sqlite")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        foreach (string name in new[] { "subjects", "events", "visits" })
        {
            Table table = Table.Parse(File.ReadAllText(Path.Combine(folder, name + ".csv")));
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM {name} ORDER BY rowid";
            using SqliteDataReader reader = command.ExecuteReader();
            foreach (IReadOnlyDictionary<string, string> row in table.Rows)
            {
                reader.Read().ShouldBeTrue();
                foreach ((int i, string column) in table.Columns.Index())
                {
                    reader.GetName(i).ShouldBe(column);
                    Same(reader.GetValue(i), row[column]).ShouldBeTrue($"{name}.{column}: {reader.GetValue(i)} for {row[column]}");
                }
            }

            reader.Read().ShouldBeFalse();
        }

        Count(connection, "arms").ShouldBe(2);
        Count(connection, "contrasts").ShouldBe(16);
        Count(connection, "subjects WHERE typeof(BLASTPCT) IN ('real', 'integer') AND typeof(KMT2AR) = 'text'").ShouldBe(12);
    }

    [Fact]
    public void The_database_holds_every_analysis_and_the_quantiles()
    {
        string folder = Trial("run", Small, "--sqlite", "--knock-out", "--sensitivity", "efs12", "--sensitivity-rows", "16", "--sensitivity-patients", "10", "--sensitivity-factors", "1", "--replicates", "40");

        using SqliteConnection connection = new($"Data Source={Path.Combine(folder, "results.sqlite")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        foreach (string name in new[] { "knock-out", "sensitivity", "uncertainty" })
        {
            Table table = Table.Parse(File.ReadAllText(Path.Combine(folder, $"{name}.csv")));
            Count(connection, name.Replace('-', '_')).ShouldBe(table.Rows.Count, name);
            table.Rows.Count.ShouldBeGreaterThan(5);
        }

        // Two arms, four endpoints, three shares.
        Count(connection, "quantiles").ShouldBe(24);
        Count(connection, "knock_out WHERE mechanism IS NULL AND quantity = 'event-free' AND typeof(estimate) = 'real'").ShouldBe(2);
        Count(connection, "curves WHERE CURVE = 'bCellRecovery'").ShouldBeGreaterThan(0);
    }

    [Fact]
    public void The_database_of_a_randomised_trial_holds_its_analysis_with_the_strata()
    {
        string folder = Trial("run", Randomised, "--sqlite");

        using SqliteConnection connection = new($"Data Source={Path.Combine(folder, "results.sqlite")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        Count(connection, "analysis").ShouldBe(12);
        Count(connection, "analysis a JOIN subjects s USING (USUBJID) WHERE a.STRATARN = s.STRATARN AND typeof(s.STRATARN) = 'integer' AND s.STRATAR IN ('KMT2AR N', 'KMT2AR Y')").ShouldBe(12);
    }

    [Fact]
    public void A_browser_that_is_missing_or_prints_nothing_is_told_with_what_to_do()
    {
        Should.Throw<InvalidInputException>(() => Chromium.Find(Folder("nowhere"), [], [])).Issues.Single().Hint.ShouldNotBeNull().ShouldContain("NADIR_CHROMIUM");
        Should.Throw<InvalidInputException>(() => Chromium.Find(null, [_root], [])).Issues.Single().Code.ShouldBe("ND0706");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell script");
        string script = Folder("chromium");
        File.WriteAllText(script, "#!/bin/sh\necho no display >&2\nexit 3\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        IOException failed = Should.Throw<IOException>(() => Chromium.Find(null, [_root], []).Print(Folder("a.html"), Folder("a.pdf"), CancellationToken.None));

        failed.Message.ShouldContain("exit code 3");
        failed.Message.ShouldContain("no display");
    }

    static string Small => Studies.Trial.Small;

    [SuppressMessage("Security", "CA2100", Justification = "The names are in this file.")]
    static long Count(SqliteConnection connection, string from)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {from}";
        return (long)command.ExecuteScalar()!;
    }

    static bool Same(object cell, string text) => cell switch
    {
        DBNull => text.Length == 0,
        string s => s == text,
        _ => Convert.ToDouble(cell, CultureInfo.InvariantCulture) == double.Parse(text, CultureInfo.InvariantCulture),
    };
}
