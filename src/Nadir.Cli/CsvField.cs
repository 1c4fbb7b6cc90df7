using System.Buffers;

namespace Nadir.Cli;

/// <summary>A field of a CSV file, RFC 4180.</summary>
static class CsvField
{
    static readonly SearchValues<char> _special = SearchValues.Create(",\"\r\n");

    /// <summary>Quotes <paramref name="text"/> where a comma, a quote or a line end needs it.</summary>
    public static string Quote(string text) =>
        text.AsSpan().ContainsAny(_special) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
