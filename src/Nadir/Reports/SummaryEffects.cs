using System.Text.Json;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>What parts of summary.json say of a difference between two groups.</summary>
static class SummaryEffects
{
    /// <summary>Hazard ratio, difference of restricted means and risk differences, as members of the object that is being written.</summary>
    /// <param name="json">Receives them.</param>
    /// <param name="hazardRatio">The hazard ratio.</param>
    /// <param name="restrictedMean">The difference of restricted means, and until which day.</param>
    /// <param name="risks">Risk differences by month.</param>
    /// <param name="ratioName">The hazard ratio's key.</param>
    public static void Write(Utf8JsonWriter json, Estimable<Estimate> hazardRatio, (double UntilDay, Estimable<Contrast> Difference) restrictedMean, IEnumerable<RiskDifference> risks, string ratioName = "hazardRatio")
    {
        json.Interval(ratioName, hazardRatio.TryGet(out Estimate ratio) ? ratio : JsonNumbers.Missing);
        json.WriteStartObject("restrictedMeanDifference");
        json.Number("untilDay", restrictedMean.UntilDay);
        json.Members(Of(restrictedMean.Difference));
        json.WriteEndObject();
        json.Array("riskDifference", risks, risk =>
        {
            json.WriteStartObject();
            json.WriteNumber("month", risk.Month);
            json.Members(Of(risk.Difference));
            json.WriteEndObject();
        });
    }

    /// <summary>Why quantities are missing.</summary>
    public static void Reasons(Utf8JsonWriter json, IEnumerable<(string Quantity, string Reason)> reasons) => json.Array("notEstimable", reasons, r =>
    {
        json.WriteStartObject();
        json.WriteString("quantity", r.Quantity);
        json.WriteString("reason", r.Reason);
        json.WriteEndObject();
    });

    /// <summary>A difference with its interval, missing where it is not estimable.</summary>
    public static Estimate Of(Estimable<Contrast> contrast) => contrast.TryGet(out Contrast? found) ? found.Difference : JsonNumbers.Missing;
}
