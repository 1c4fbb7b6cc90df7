using System.Text.Json;
using System.Text.Json.Serialization;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>
/// All that a report shows, as one JSON document (<c>result.json</c>), so that it can be shown again, or beside another, without the library that simulated it. It is for Nadir; programs read
/// summary.json.
/// </summary>
public static class TrialResultJson
{
    /// <summary>Version of the document. A document of another one is not read.</summary>
    public const int Format = 6;

    static readonly JsonSerializerOptions _options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IgnoreReadOnlyProperties = true,
        IncludeFields = true,
        NewLine = "\n",
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new EstimableConverter() },
    };

    /// <summary>Writes the document; it ends with a line feed.</summary>
    public static string Write(TrialResult trial) => JsonSerializer.Serialize(new Document(Format, trial), _options) + "\n";

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">It is not such a document, or one of another <see cref="Format"/>; the message says which.</exception>
    public static TrialResult Read(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("format", out JsonElement format) || !format.TryGetInt32(out int found))
        {
            throw new JsonException("The document does not say its format.");
        }

        return found == Format ? document.Deserialize<Document>(_options)?.Result ?? throw new JsonException("The document holds no result.")
            : throw new JsonException($"The document has the format {found}; this Nadir reads {Format}.");
    }

    sealed record Document(int Format, TrialResult Result);

    /// <summary>A result as <c>{"value": …}</c>, a reason as <c>{"reason": …}</c>.</summary>
    sealed class EstimableConverter : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Estimable<>);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

        sealed class Converter<T> : JsonConverter<Estimable<T>>
            where T : notnull
        {
            public override Estimable<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            {
                using JsonDocument document = JsonDocument.ParseValue(ref reader);
                return document.RootElement.TryGetProperty("reason", out JsonElement reason) ? Estimable<T>.Not(reason.GetString() ?? "")
                    : document.RootElement.TryGetProperty("value", out JsonElement value) ? Estimable<T>.Of(value.Deserialize<T>(options)!)
                    : throw new JsonException("An estimate has neither a value nor a reason.");
            }

            public override void Write(Utf8JsonWriter writer, Estimable<T> value, JsonSerializerOptions options)
            {
                writer.WriteStartObject();
                if (value.TryGet(out T? estimate))
                {
                    writer.WritePropertyName("value");
                    JsonSerializer.Serialize(writer, estimate, options);
                }
                else
                {
                    writer.WriteString("reason", value.Reason);
                }

                writer.WriteEndObject();
            }
        }
    }
}
