namespace Nadir.Tests.Formats;

/// <summary>A CSV file as a reader of RFC 4180 sees it.</summary>
sealed class Table
{
    Table(string[] columns, Dictionary<string, string>[] rows) => (Columns, Rows) = (columns, rows);

    public IReadOnlyList<string> Columns { get; }

    public IReadOnlyList<IReadOnlyDictionary<string, string>> Rows { get; }

    public static Table Parse(string text)
    {
        string[][] lines = [.. Records(text)];
        return new Table(lines[0], [.. lines[1..].Select(line => lines[0].Zip(line).ToDictionary(p => p.First, p => p.Second))]);
    }

    static IEnumerable<string[]> Records(string text)
    {
        List<string> fields = [];
        string field = "";
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '"')
            {
                bool escaped = quoted && i + 1 < text.Length && text[i + 1] == '"';
                field += escaped ? "\"" : "";
                i += escaped ? 1 : 0;
                quoted = escaped || !quoted;
            }
            else if (!quoted && c is ',' or '\n' && !quoted)
            {
                fields.Add(field);
                field = "";
                if (c == '\n')
                {
                    yield return [.. fields];
                    fields.Clear();
                }
            }
            else
            {
                field += c;
            }
        }
    }
}
