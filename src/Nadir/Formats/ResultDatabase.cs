using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Nadir.Trials;

namespace Nadir.Formats;

/// <summary>
/// Writes a trial into one SQLite file: the tables <c>subjects</c>, <c>events</c> and <c>visits</c>, and <c>analysis</c> where there is one, with the columns of the CSV files, and <c>run</c>, <c>arms</c>, <c>curves</c>,
/// <c>quantiles</c>, <c>contrasts</c>, <c>published</c> and <c>transgene</c> with the estimates, and one for each further analysis (<see cref="ResultTables"/>). A missing value is NULL.
/// </summary>
public static class ResultDatabase
{
    /// <summary>Writes the file.</summary>
    /// <param name="path">A file that does not exist.</param>
    /// <param name="trial">The estimates.</param>
    /// <param name="tables">Paths of the CSV files; a file's name is its table's.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, TrialResult trial, IReadOnlyList<string> tables)
    {
        SqliteConnectionStringBuilder options = new() { DataSource = path, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false };
        try
        {
            using SqliteConnection connection = new(options.ConnectionString);
            connection.Open();

            // The file is written whole beside its place, so that no journal is needed to undo half of it.
            Run(connection, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;");
            using SqliteTransaction transaction = connection.BeginTransaction();
            foreach (string table in tables)
            {
                using StreamReader text = new(table);
                Copy(connection, Path.GetFileNameWithoutExtension(table), CsvReader.Records(text));
            }

            foreach (ResultTable table in ResultTables.Of(trial))
            {
                Insert(connection, table);
            }

            Run(connection, "CREATE INDEX subject_of_arm ON subjects (TRT01P, USUBJID); CREATE INDEX event_of_arm ON events (PARAMCD, TRT01P); CREATE INDEX visit_of_subject ON visits (USUBJID, TRT01P);");
            transaction.Commit();
        }
        catch (SqliteException e)
        {
            throw new IOException($"the database cannot be written: {e.Message}", e);
        }
    }

    static void Copy(SqliteConnection connection, string table, IEnumerable<IReadOnlyList<string>> records)
    {
        using IEnumerator<IReadOnlyList<string>> rows = records.GetEnumerator();
        if (!rows.MoveNext())
        {
            return;
        }

        IReadOnlyList<string> header = rows.Current;
        string[] types = [.. header.Select(c => TypeOf(table, c))];
        Run(connection, $"CREATE TABLE {table} ({string.Join(", ", header.Zip(types, (c, t) => $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\" {t}"))});");
        using SqliteCommand insert = Inserter(connection, table, header.Count);
        while (rows.MoveNext())
        {
            for (int i = 0; i < header.Count; i++)
            {
                insert.Parameters[i].Value = Value(rows.Current[i], types[i]);
            }

            insert.ExecuteNonQuery();
        }
    }

    static string TypeOf(string table, string column) => PatientTables.All.FirstOrDefault(t => t.Name == table)?.TypeOf(column) ?? "NUMERIC";

    /// <summary>SQLite's own reading of digits may miss the last bit, so that numbers arrive as numbers.</summary>
    static object Value(string text, string type) => (type, text.Length) switch
    {
        (_, 0) => DBNull.Value,
        ("TEXT", _) => text,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : text,
    };

    static void Insert(SqliteConnection connection, ResultTable table)
    {
        Run(connection, $"CREATE TABLE {table.Name} ({string.Join(", ", table.Columns.Select(c => $"{c.Name} {c.Type}"))});");
        using SqliteCommand insert = Inserter(connection, table.Name, table.Columns.Count);
        foreach (IReadOnlyList<object?> row in table.Rows)
        {
            for (int i = 0; i < row.Count; i++)
            {
                insert.Parameters[i].Value = row[i] is double.NaN or null or "" ? DBNull.Value : row[i];
            }

            insert.ExecuteNonQuery();
        }
    }

    [SuppressMessage("Security", "CA2100", Justification = "Names are those of our own tables, quoted; values are parameters.")]
    static SqliteCommand Inserter(SqliteConnection connection, string table, int columns)
    {
        SqliteCommand insert = connection.CreateCommand();
        insert.CommandText = $"INSERT INTO {table} VALUES ({string.Join(", ", Enumerable.Range(0, columns).Select(i => $"$p{i}"))});";
        for (int i = 0; i < columns; i++)
        {
            insert.Parameters.Add(new SqliteParameter { ParameterName = $"$p{i}" });
        }

        return insert;
    }

    [SuppressMessage("Security", "CA2100", Justification = "Names are those of our own tables, quoted; no value is in the text.")]
    static void Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
