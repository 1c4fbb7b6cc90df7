using System.Globalization;
using Nadir.Designs;
using Nadir.Survival;
using Nadir.Units;

namespace Nadir.Reports;

/// <summary>The operating characteristics of a design as tables; every average has its standard error.</summary>
public static class PowerTables
{
    /// <summary>The design as the study plans it, where the arms differ as simulated and where they do not.</summary>
    public static TrialTable Planned(PowerResult power)
    {
        OperatingCharacteristics real = power.AsPlanned.Characteristics;
        List<TrialTableRow> rows =
        [
            Row("Shows benefit", c => Share(c.Benefit)),
        ];
        if (power.Design.Analysis.Sides == BoundarySides.Two)
        {
            rows.Add(Row("Shows harm", c => Share(c.Harm)));
        }

        rows.Add(Row("Rejects that the arms are the same", c => Share(c.Rejects)));
        if (power.Design.Analysis.FutilityConditionalPower > 0)
        {
            rows.Add(Row("Stops for futility", c => Share(c.Futility)));
        }

        rows.AddRange(power.Design.Analysis.Looks.Select((l, i) => Row(string.Create(CultureInfo.InvariantCulture, $"Ends at the look at {l * 100:0.#}% of the events"), c => Share(c.EndAtLook[i]))));
        rows.Add(Row("Test not estimable, too few events", c => Share(c.NotEstimable)));
        rows.Add(Row("Events in the two arms", c => Average(c.EventsSeen, 1)));
        rows.Add(Row("Patients enrolled", c => Average(c.PatientsEnrolled, 1)));
        rows.Add(Row("Duration, months", c => Average(c.Days, Duration.DaysPerMonth)));
        return new TrialTable(
            $"{NumberText.Count(real.Trials)} trials of {NumberText.Count(real.Patients)} patients (standard errors in brackets)",
            ["Arms as simulated (power)", "All treated as the reference (type I error)"],
            rows);

        TrialTableRow Row(string label, Func<OperatingCharacteristics, string> cell) => new("", label, [cell(real), cell(power.Null)]);
    }

    /// <summary>The sizes that a search tried.</summary>
    public static TrialTable Sizes(PowerResult power) => new(
        "Sizes tried",
        ["Power", "Monte Carlo error", "Error of the pool", "Events", "Duration, months"],
        [.. power.Sizes.Select(s => new TrialTableRow("", $"{NumberText.Count(s.Characteristics.Patients)} patients", [
            NumberText.Percent(s.Characteristics.Benefit.Value),
            NumberText.Percent(s.Characteristics.Benefit.StandardError),
            s.PoolError.TryGet(out double e) ? NumberText.Percent(e) : NumberText.NotEstimable,
            Average(s.Characteristics.EventsSeen, 1),
            Average(s.Characteristics.Days, Duration.DaysPerMonth)]))]);

    /// <summary>What the numbers are and how far they can be off, one sentence each.</summary>
    public static IReadOnlyList<string> Notes(PowerResult power)
    {
        OperatingCharacteristics planned = power.AsPlanned.Characteristics;
        List<string> notes =
        [
            $"Comparison: {power.Compared.Arm} with {power.Compared.Reference}; {Describe(power.Design.Analysis)}.",
            $"Power of the planned trial: {NumberText.Percent(planned.Benefit.Value)}, Monte Carlo error {NumberText.Percent(planned.Benefit.StandardError)}, "
                + (power.AsPlanned.PoolError.TryGet(out double error) ? $"error of the pool {NumberText.Percent(error)}." : $"error of the pool not estimable: {power.AsPlanned.PoolError.Reason}."),
            $"Trials were drawn from a pool of {NumberText.Count(power.Pool.Patients)} virtual patients in each arm, the same in all arms; {NumberText.Count(power.Pool.Failed)} more failed numerically and are left out.",
        ];
        if (power.Needed is { } needed)
        {
            notes.Add(needed.TryGet(out NeededSize? size) ? Size(power, size) : $"No size was found: {needed.Reason}.");
        }

        notes.Add(power.Assurance.TryGet(out Assurance? a)
            ? $"Assurance: {NumberText.Percent(a.Power.Value)} (standard error {NumberText.Percent(a.Power.StandardError)}), the mean power over {NumberText.Count(a.Draws)} draws of the population's {NumberText.Count(a.Numbers)} uncertain numbers from {(a.Posterior > 0 ? $"the {NumberText.Count(a.Posterior)} draws of its calibration" : "their priors, which have not been fitted to data")}; in the middle eight tenths of the draws it lies between {NumberText.Percent(a.Tenth)} and {NumberText.Percent(a.NineTenths)}."
            : $"Assurance is not given: {power.Assurance.Reason}.");
        return notes;
    }

    static string Size(PowerResult power, NeededSize size) => string.Create(
        CultureInfo.InvariantCulture,
        $"A power of {power.Design.Analysis.TargetPower * 100:0.#}% needs {NumberText.Count(size.Patients)} patients (95% Monte Carlo interval {Math.Floor(size.Trials.Lower):0} to {Math.Ceiling(size.Trials.Upper):0}; standard error of the pool ")
        + (size.PoolError.TryGet(out double error) ? string.Create(CultureInfo.InvariantCulture, $"{error:0} patients") : $"not estimable: {size.PoolError.Reason}")
        + "), from a line of the power's normal quantile against the root of the size.";

    /// <summary>The analysis in words.</summary>
    public static string Describe(PrimaryAnalysis a)
    {
        string test = a.Test switch
        {
            PrimaryTest.LogRank => "log-rank test",
            PrimaryTest.Gray => "Gray's test",
            PrimaryTest.Milestone => string.Create(CultureInfo.InvariantCulture, $"difference at month {a.MilestoneDay / Duration.DaysPerMonth:0.##}"),
            _ => throw new ArgumentOutOfRangeException(nameof(a), a.Test, "expected a known test"),
        };
        string sides = a.Sides == BoundarySides.Two ? "two-sided" : "one-sided";
        string transplant = a.Endpoint.CensorsAtTransplant ? ", censored at transplant" : "";
        string looks = a.Looks.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {a.Looks.Count} interim looks ({(a.Spending == SpendingFunction.Pocock ? "Pocock" : "O'Brien-Fleming")} spending)");
        return string.Create(CultureInfo.InvariantCulture, $"{a.Endpoint.Code}{transplant}, {ConductText.Who(a)}, {test}, {sides} type I error {a.Alpha:0.####}{looks}");
    }

    static string Share(Simulated s) => string.Create(CultureInfo.InvariantCulture, $"{s.Value * 100:0.0}% ({s.StandardError * 100:0.0})");

    static string Average(Simulated s, double unit) => string.Create(CultureInfo.InvariantCulture, $"{s.Value / unit:0.0} ({s.StandardError / unit:0.0})");
}
