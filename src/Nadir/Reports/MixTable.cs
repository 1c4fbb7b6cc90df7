using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>The shares that a study asks its patients to have, beside those that they have.</summary>
public static class MixTable
{
    /// <summary>One row a group.</summary>
    public static TrialTable Of(CohortMix mix) => new("Mix of patients", ["Asked", "These patients", "Population"], [.. mix.Groups.Select(Row)]);

    /// <summary>What was asked for, in one line.</summary>
    public static string Words(CohortMix? mix) => mix is null ? "the population's" : string.Join("; ", mix.Groups.Select(g => $"{g.Label} {NumberText.Percent(g.Asked)}"));

    /// <summary>How the mix came about, for the report's methods.</summary>
    internal static string Method(CohortMix mix)
    {
        string chosen = mix.Acceptance < 1
            ? $"Traits had these probabilities; for other groups patients of the population were accepted or passed over, {NumberText.Percent(mix.Acceptance)} of them accepted, with weights from raking (Deming and Stephan 1940)."
            : "The traits behind them had these probabilities; nobody was passed over.";
        return $"Patients have the mix that the study describes: {Words(mix)}. {chosen} Beyond these shares the joint law of the population stays. The shares are those before treatment.";
    }

    static TrialTableRow Row(MixedGroup g) =>
        new("", g.Label, [NumberText.Percent(g.Asked), $"{NumberText.Percent(g.Share)}, {NumberText.Count(g.Members)} of {NumberText.Count(g.Patients)}", NumberText.Percent(g.InPopulation)]);
}
