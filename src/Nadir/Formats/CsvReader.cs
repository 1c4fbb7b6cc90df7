using System.Text;

namespace Nadir.Formats;

/// <summary>Reads records of a CSV file, RFC 4180, one after the other.</summary>
static class CsvReader
{
    /// <summary>The records, the header first.</summary>
    /// <param name="text">The file.</param>
    /// <exception cref="FormatException">A quoted field does not end.</exception>
    public static IEnumerable<IReadOnlyList<string>> Records(TextReader text)
    {
        List<string> fields = [];
        StringBuilder field = new();
        bool quoted = false;
        for (int c = text.Read(); c >= 0; c = text.Read())
        {
            if (quoted && c == '"' && text.Peek() == '"')
            {
                field.Append((char)text.Read());
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (quoted || c is not (',' or '\n' or '\r'))
            {
                field.Append((char)c);
            }
            else if (c != '\r')
            {
                fields.Add(field.ToString());
                field.Clear();
                if (c == '\n')
                {
                    yield return fields;
                    fields = [];
                }
            }
        }

        if (quoted)
        {
            throw new FormatException("found the end of the file inside a quoted field; expected a closing quote");
        }

        if (fields.Count > 0 || field.Length > 0)
        {
            fields.Add(field.ToString());
            yield return fields;
        }
    }
}
