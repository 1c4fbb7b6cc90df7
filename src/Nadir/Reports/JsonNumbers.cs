using System.Text.Json;
using Nadir.Survival;

namespace Nadir.Reports;

/// <summary>Numbers in the documents for programs. JSON has no NaN and no infinity, so that what cannot be estimated is null.</summary>
static class JsonNumbers
{
    /// <summary>An estimate that there is none of.</summary>
    public static Estimate Missing => new(double.NaN, double.NaN, double.NaN);

    /// <summary>A number, or null.</summary>
    public static void Number(this Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>An estimate with its interval, as members of the object that is being written.</summary>
    public static void Members(this Utf8JsonWriter json, Estimate estimate)
    {
        json.Number("estimate", estimate.Value);
        json.Number("lower", estimate.Lower);
        json.Number("upper", estimate.Upper);
    }

    /// <summary>An estimate with its interval, as an object of its own.</summary>
    public static void Interval(this Utf8JsonWriter json, string name, Estimate estimate)
    {
        json.WriteStartObject(name);
        json.Members(estimate);
        json.WriteEndObject();
    }

    /// <summary>An array with an entry for each item.</summary>
    public static void Array<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            write(item);
        }

        json.WriteEndArray();
    }
}
