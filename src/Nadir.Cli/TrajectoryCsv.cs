using System.Globalization;
using Nadir.Formats;

namespace Nadir.Cli;

/// <summary>One row a value (tidy), or one row a time (wide).</summary>
enum CsvShape
{
    Tidy,
    Wide,
}

/// <summary>
/// Writes trajectories as RFC 4180 text with <c>\n</c> line ends: <c>replicate,time,variable,value</c>, or <c>replicate,time,</c> and a
/// column a variable. Numbers have the fewest digits that read back to the same bits.
/// </summary>
sealed class TrajectoryCsv
{
    readonly TextWriter _writer;
    readonly string[] _names;
    readonly CsvShape _shape;

    /// <summary>Writes the header.</summary>
    public TrajectoryCsv(TextWriter writer, IReadOnlyList<string> variables, CsvShape shape)
    {
        _writer = writer;
        _names = [.. variables.Select(CsvField.Quote)];
        _shape = shape;
        writer.Write(shape == CsvShape.Tidy ? "replicate,time,variable,value\n" : $"{string.Join(',', ["replicate", "time", .. _names])}\n");
    }

    /// <summary>Writes the values of all variables at one time; replicates count from 1.</summary>
    public void Write(int replicate, double time, IReadOnlyList<double> values)
    {
        if (values.Count != _names.Length)
        {
            throw new ArgumentException($"found {values.Count} values, expected one for each of {_names.Length} variables", nameof(values));
        }

        string start = string.Create(CultureInfo.InvariantCulture, $"{replicate},{time:R}");
        if (_shape == CsvShape.Tidy)
        {
            WriteTidy(start, values);
        }
        else
        {
            WriteWide(start, values);
        }
    }

    void WriteTidy(string start, IReadOnlyList<double> values)
    {
        for (int i = 0; i < values.Count; i++)
        {
            _writer.Write(start);
            _writer.Write(',');
            _writer.Write(_names[i]);
            WriteValue(values[i]);
            _writer.Write('\n');
        }
    }

    void WriteWide(string start, IReadOnlyList<double> values)
    {
        _writer.Write(start);
        foreach (double value in values)
        {
            WriteValue(value);
        }

        _writer.Write('\n');
    }

    void WriteValue(double value)
    {
        Span<char> digits = stackalloc char[32];
        value.TryFormat(digits, out int length, "R", CultureInfo.InvariantCulture);
        _writer.Write(',');
        _writer.Write(digits[..length]);
    }
}
