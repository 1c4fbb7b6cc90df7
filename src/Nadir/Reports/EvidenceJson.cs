using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Nadir.Evidence;

namespace Nadir.Reports;

/// <summary>Evidence as JSON: the whole catalogue's names, or pages.</summary>
public static class EvidenceJson
{
    static readonly JsonWriterOptions _options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Pages, with each source they cite once under <c>sources</c>.</summary>
    public static string Pages(IReadOnlyList<EvidencePage> pages, CitationTable citations) => Write(json =>
    {
        json.WriteStartArray("pages");
        foreach (EvidencePage page in pages)
        {
            WritePage(json, page);
        }

        json.WriteEndArray();
        string[] keys = [.. pages.SelectMany(p => p.Sections).SelectMany(s => s.Lines).SelectMany(l => l.Citations).Distinct()];
        WriteSources(json, keys.Select(citations.Find).OfType<Citation>());
    });

    /// <summary>Every name of a catalogue with its kind and title, and how many numbers are measured, derived and assumed.</summary>
    public static string List(Catalogue catalogue) => Write(json =>
    {
        foreach ((string group, IEnumerable<EvidenceName> names) in EvidenceNames.Of(catalogue))
        {
            json.WriteStartArray(group);
            foreach (EvidenceName name in names)
            {
                json.WriteStartObject();
                json.WriteString("name", name.Name);
                json.WriteString("title", name.Title);
                json.WriteString("about", name.About);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteStartObject("shares");
        foreach ((string of, EvidenceShares shares) in EvidenceNames.Shares(catalogue))
        {
            json.WriteStartObject(of);
            json.WriteNumber("measured", shares.Measured);
            json.WriteNumber("derived", shares.Derived);
            json.WriteNumber("assumed", shares.Assumed);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        WriteSources(json, catalogue.Citations.All);
    });

    static void WritePage(Utf8JsonWriter json, EvidencePage page)
    {
        json.WriteStartObject();
        json.WriteString("name", page.Name);
        json.WriteString("kind", page.Kind);
        json.WriteString("title", page.Title);
        json.WriteStartArray("sections");
        foreach (EvidenceSection section in page.Sections)
        {
            json.WriteStartObject();
            json.WriteString("heading", section.Heading);
            json.WriteStartArray("lines");
            foreach (EvidenceLine line in section.Lines)
            {
                WriteLine(json, line);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteLine(Utf8JsonWriter json, EvidenceLine line)
    {
        json.WriteStartObject();
        json.WriteString("text", line.Text);
        if (line.Level is not null)
        {
            json.WriteString("evidence", line.Level);
        }

        json.WriteStartArray("citations");
        foreach (string key in line.Citations)
        {
            json.WriteStringValue(key);
        }

        json.WriteEndArray();
        if (line.Note is not null)
        {
            json.WriteString("note", line.Note);
        }

        json.WriteEndObject();
    }

    static void WriteSources(Utf8JsonWriter json, IEnumerable<Citation> citations)
    {
        json.WriteStartObject("sources");
        foreach (Citation c in citations)
        {
            json.WriteStartObject(c.Key);
            json.WriteString("text", c.Text);
            json.WriteString("read", c.Read);
            json.WriteString("link", c.Link);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    static string Write(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, _options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }
}
