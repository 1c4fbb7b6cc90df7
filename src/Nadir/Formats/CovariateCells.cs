using Nadir.Endpoints;
using Nadir.Populations;

namespace Nadir.Formats;

/// <summary>A patient's covariates as cells of a table.</summary>
static class CovariateCells
{
    /// <summary>One cell each, in the population's order: <c>Y</c> or <c>N</c>, or the number.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<Covariate> covariates, PatientOutcome outcome) =>
        covariates.Select((c, i) => c.IsYesNo ? (outcome.Covariates[i] != 0 ? "Y" : "N") : CsvField.Number(outcome.Covariates[i]));
}
