using Microsoft.Data.Sqlite;
using Nadir.Endpoints;
using Nadir.Formats;
using Nadir.Solvers;
using Nadir.Studies;
using Nadir.Tests.Reports;
using Nadir.Tests.Studies;

namespace Nadir.Tests.Formats;

/// <summary>Every column of the database has a type that fits what is in it, whichever table it comes from.</summary>
public sealed class ResultDatabaseTests : IDisposable
{
    static readonly TrialJob _job = Trial.Job(Trial.Small, 20);

    static readonly HashSet<string> _numbers = [
        "MORPHDY", "REMISDY", "NORESPDY", "MRDRELDY", "RELDY", "HSCTELDY", "HSCTDY", "BCELLDY", "DTHDY", "CMAX", "TMAX", "AUC28", "CRSGRADE", "IL6MAX", "SALVDY", "MORPH2DY", "REMIS2DY", "REL2DY", "AVAL", "CNSR", "VISITDY", "RANDDY",
        "STRATARN", "STARTDY", "BLASTPCT", "FLUAUC",
    ];

    readonly string _root = Directory.CreateTempSubdirectory("nadir-database-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>A patient to whom everything happened, so that no column is empty.</summary>
    static PatientOutcome Everything => new()
    {
        Patient = 7,
        HorizonDays = 730.5,
        Status = LaneStatus.Completed,
        Covariates = [1, 12.5, 0, 14.2, 1],
        MorphologicRemissionDay = 28,
        RemissionDay = 28.25,
        NonResponseDay = 90,
        MrdRelapseDay = 180,
        RelapseDay = 200.5,
        RelapsePhenotype = Phenotype.Cd19Positive,
        TransplantEligibleDay = 28,
        TransplantDay = 69,
        BCellRecoveryDay = 150,
        SalvageDay = 210.5,
        SecondRemissionDay = 240.5,
        SecondRelapseDay = 300.25,
        DeathDay = 400,
        DeathCause = DeathCause.Disease,
        TransgeneCmax = 3e4,
        TransgeneTmax = 9.5,
        TransgeneAuc28 = 1e5,
        CytokinePeak = 12,
        CytokineReleaseGrade = 2,
    };

    [Fact]
    public void Numbers_are_numbers_and_text_is_text_in_every_column_of_every_table()
    {
        using SqliteConnection database = Written();
        foreach ((string table, string column, string type) in Columns(database))
        {
            string[] kinds = [.. Read(database, $"SELECT DISTINCT typeof(\"{column}\") FROM {table} WHERE \"{column}\" IS NOT NULL")];
            string[] allowed = type switch { "TEXT" => ["text"], "INTEGER" => ["integer"], "REAL" => ["real"], "NUMERIC" => ["text", "integer", "real"], _ => [] };

            kinds.ShouldBeSubsetOf(allowed, $"{table}.{column} {type}");
        }
    }

    [Fact]
    public void Columns_that_measure_are_numeric_also_where_a_column_is_empty()
    {
        using SqliteConnection database = Written();
        (string Table, string Column, string Type)[] columns = [.. Columns(database).Where(c => c.Table is "subjects" or "events" or "visits")];

        columns.Where(c => _numbers.Contains(c.Column)).ShouldAllBe(c => c.Type == "REAL" || c.Type == "INTEGER" || (c.Type == "NUMERIC" && (c.Column == "BLASTPCT" || c.Column == "FLUAUC")));
        columns.Where(c => !_numbers.Contains(c.Column)).ShouldAllBe(c => c.Type == "TEXT" || c.Column == "KMT2AR" || c.Column == "PHPOS" || c.Column == "PRIORSCT");
        Read(database, "SELECT SALVDY + REMIS2DY + REL2DY FROM subjects").Single().ShouldBe("751.25");
        Read(database, "SELECT BLASTPCT || ' ' || KMT2AR FROM subjects").Single().ShouldBe("12.5 Y");
    }

    [Fact]
    public void Every_column_of_the_files_is_one_of_the_tables_or_a_covariate()
    {
        HashSet<string> covariates = [.. _job.Covariates.Select(c => c.Name)];
        foreach (PatientTable table in PatientTables.All)
        {
            table.First.Concat(table.Last).Select(c => c.Name).ShouldBeUnique();
            table.First.Concat(table.Last).ShouldAllBe(c => _numbers.Contains(c.Name) == (c.Type != "TEXT"), table.Name);
            table.TypeOf("KMT2AR").ShouldBe("NUMERIC");
            table.First.Concat(table.Last).ShouldAllBe(c => !covariates.Contains(c.Name));
        }
    }

    SqliteConnection Written()
    {
        string[] files = [.. new[] { "subjects.csv", "events.csv", "visits.csv" }.Select(f => Path.Combine(_root, f))];
        using (StreamWriter subjects = new(files[0]), events = new(files[1]), visits = new(files[2]))
        {
            new SubjectsCsv(subjects, "a study", _job.Covariates).Write("an arm", Everything);
            new EventsCsv(events, "a study", _job.Covariates).Write("an arm", Everything);
            new VisitsCsv(visits).Write("an arm", _job.Plan.Records()[0]);
        }

        string path = Path.Combine(_root, "results.sqlite");
        ResultDatabase.Write(path, SampleResult.Create(), files);
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, Mode = SqliteOpenMode.ReadOnly }.ConnectionString);
        connection.Open();
        return connection;
    }

    static IEnumerable<(string Table, string Column, string Type)> Columns(SqliteConnection database) =>
        Read(database, "SELECT m.name || '|' || c.name || '|' || c.type FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'").Select(t => t.Split('|')).Select(t => (t[0], t[1], t[2]));

    static List<string> Read(SqliteConnection database, string sql)
    {
        using SqliteCommand command = database.CreateCommand();
#pragma warning disable CA2100 // Names come from the database itself.
        command.CommandText = sql;
#pragma warning restore CA2100
        using SqliteDataReader reader = command.ExecuteReader();
        List<string> found = [];
        while (reader.Read())
        {
            found.Add(Convert.ToString(reader.GetValue(0), System.Globalization.CultureInfo.InvariantCulture)!);
        }

        return found;
    }
}
