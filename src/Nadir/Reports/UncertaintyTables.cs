using System.Globalization;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>The kinds of uncertainty of the results as text; the terminal and the report show the same.</summary>
public static class UncertaintyTables
{
    /// <summary>One row an endpoint, grouped by arm.</summary>
    public static TrialTable Of(Uncertainty u) => new(
        "Uncertainty by kind",
        ["Mean (Monte Carlo error)", "Patients of one trial", "Parameters", "Both: a trial of this size", "Share of parameters in the variance"],
        [.. u.Rows.Select(r => Row(r))]);

    /// <summary>How the columns are read.</summary>
    public static string Reading(Uncertainty u) => string.Create(
        CultureInfo.InvariantCulture,
        $"{u.Replicates} replicates of {Sizes(u)}, {(u.Numbers > 0 ? $"each with {u.Numbers} numbers of the population drawn from {(u.Posterior > 0 ? $"the {u.Posterior} draws of its calibration" : "their priors")}" : "all with the same parameters: no number of the population is uncertain")} and with patients of its own. Mean: over the parameters, with the 95% interval of the simulation's own error, which more replicates narrow. Patients: the middle 95% of trials of this size if the parameters were known. Parameters: the middle 95% of what endless patients would show, patient sampling taken out. Both: the middle 95% of trials of this size.{(u.Refused > 0 ? $" {u.Refused} draws that the population cannot have were drawn again." : "")}{(u.FailedPatients > 0 ? $" {u.FailedPatients} patients failed numerically and are in no estimate." : "")}");

    static string Sizes(Uncertainty u) => u.ArmSizes.Distinct().Count() > 1
        ? $"{string.Join(" and ", u.ArmSizes.Select(n => n.ToString("#,0", CultureInfo.InvariantCulture)))} patients in the arms"
        : string.Create(CultureInfo.InvariantCulture, $"{u.PatientsPerArm:#,0} patients an arm");

    static TrialTableRow Row(UncertainEndpoint row)
    {
        string group = row.Reference is { } reference ? $"{row.Arm} less {reference}, percentage points" : $"{row.Arm}, %";
        string label = row.Missing > 0 ? $"{row.Endpoint.Title} ({row.Missing} without patients)" : row.Endpoint.Title;
        return row.Parts.TryGet(out VarianceParts? p)
            ? new TrialTableRow(group, label, [KnockOutTables.Points(p.Mean), KnockOutTables.Range(p.Sampling), KnockOutTables.Range(p.Parameters), KnockOutTables.Range(p.Trials), Share(p)])
            : new TrialTableRow(group, label, [.. Enumerable.Repeat(NumberText.NotEstimable, 5)]);
    }

    static string Share(VarianceParts p)
    {
        double all = p.ParameterVariance.Value + p.SamplingVariance;
        return p.ParameterVariance.Value <= 0 ? "none that shows" : all > 0 ? NumberText.Percent(p.ParameterVariance.Value / all) : NumberText.NotEstimable;
    }
}
