using System.Buffers;
using System.Globalization;

namespace Nadir.Formats;

/// <summary>A field of a CSV file, RFC 4180.</summary>
public static class CsvField
{
    static readonly SearchValues<char> _special = SearchValues.Create(",\"\r\n");

    /// <summary>Quotes <paramref name="text"/> where a comma, a quote or a line end needs it.</summary>
    public static string Quote(string text) =>
        text.AsSpan().ContainsAny(_special) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    /// <summary>A number with the fewest digits that read back to the same bits; empty for NaN.</summary>
    public static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);
}
