using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Nadir.Units;

namespace Nadir.Reports;

/// <summary>The numbers of a chart as JSON inside the page. The writer escapes <c>&lt;</c>, <c>&gt;</c> and <c>&amp;</c>, so that neither HTML nor XML sees markup in it.</summary>
static class ChartDataJson
{
    public static string Write(ChartData data)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteString("name", data.Name);
            json.WriteString("title", data.Title);
            Write(json, data);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static void Write(Utf8JsonWriter json, ChartData data)
    {
        switch (data)
        {
            case CurveData curves:
                WriteCurves(json, curves);
                break;
            case TableData table:
                WriteTexts(json, "columns", table.Columns);
                json.WriteStartArray("rows");
                foreach (IReadOnlyList<string> row in table.Rows)
                {
                    WriteTexts(json, null, row);
                }

                json.WriteEndArray();
                break;
            default:
                throw new ArgumentException($"found {data.GetType().Name}; expected curves or a table", nameof(data));
        }
    }

    static void WriteCurves(Utf8JsonWriter json, CurveData data)
    {
        json.WriteStartObject("x");
        json.WriteString("unit", data.Unit);
        json.WriteNumber("per", data.Unit == "month" ? Duration.DaysPerMonth : 1);
        json.WriteNumber("least", data.X.Least);
        json.WriteNumber("most", data.X.Most);
        json.WriteNumber("from", Math.Round(data.X.From, 2));
        json.WriteNumber("to", Math.Round(data.X.To, 2));
        json.WriteEndObject();
        json.WriteStartArray("panels");
        foreach (ChartPanel panel in data.Panels)
        {
            json.WriteStartObject();
            json.WriteString("title", panel.Title);
            json.WriteNumber("top", Math.Round(panel.Top, 2));
            json.WriteNumber("bottom", Math.Round(panel.Bottom, 2));
            json.WriteBoolean("percent", panel.IsProbability);
            json.WriteStartArray("series");
            foreach (ChartSeries series in panel.Series)
            {
                WriteSeries(json, series);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void WriteSeries(Utf8JsonWriter json, ChartSeries series)
    {
        json.WriteStartObject();
        json.WriteString("name", series.Name);
        json.WriteBoolean("step", series.Shape == SeriesShape.Step);
        WriteNumbers(json, "t", series.X.Select(x => Math.Round(x, 2)));
        WriteNumbers(json, "v", series.Y.Select(Digits));
        if (series.Lower.Count > 0)
        {
            WriteNumbers(json, "lower", series.Lower.Select(Digits));
            WriteNumbers(json, "upper", series.Upper.Select(Digits));
        }

        if (series.Patients.Count > 0)
        {
            WriteNumbers(json, "n", series.Patients.Select(n => (double)n));
        }

        json.WriteEndObject();
    }

    static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<double> numbers)
    {
        json.WriteStartArray(name);
        foreach (double x in numbers)
        {
            if (double.IsFinite(x))
            {
                json.WriteNumberValue(x);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
    }

    static void WriteTexts(Utf8JsonWriter json, string? name, IReadOnlyList<string> texts)
    {
        if (name is null)
        {
            json.WriteStartArray();
        }
        else
        {
            json.WriteStartArray(name);
        }

        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    /// <summary>Four significant digits are more than a drawing shows.</summary>
    static double Digits(double x) => double.IsFinite(x) ? double.Parse(x.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : x;
}
