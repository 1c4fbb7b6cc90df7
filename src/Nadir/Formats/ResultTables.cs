using System.Globalization;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Formats;

/// <summary>The estimates of a trial as tables.</summary>
public static class ResultTables
{
    /// <summary>All tables, in the order of the documentation.</summary>
    public static IReadOnlyList<ResultTable> Of(TrialResult trial) =>
    [
        Run(trial), Arms(trial), Curves(trial), Quantiles(trial), Contrasts(trial), Published(trial), Transgene(trial), .. Analyses(trial),
    ];

    /// <summary>What a caller asked for beyond the trial itself; each is also a CSV file of its name, with a hyphen for the underscore.</summary>
    public static IEnumerable<ResultTable> Analyses(TrialResult trial)
    {
        if (trial.KnockOut is { } knockOut)
        {
            yield return KnockOutTable.Of(knockOut);
        }

        if (trial.Sensitivity is { } sensitivity)
        {
            yield return SensitivityTable.Of(sensitivity);
        }

        if (trial.Uncertainty is { } uncertainty)
        {
            yield return UncertaintyTable.Of(uncertainty);
        }

        if (trial.Power is { } power)
        {
            yield return PowerTable.Of(power);
        }
    }

    static ResultTable Run(TrialResult trial) => new("run", [("NAME", "TEXT"), ("VALUE", "TEXT")],
    [
        ["nadir", trial.Provenance.Version], ["study", trial.Study], ["seed", trial.Seed.ToString(CultureInfo.InvariantCulture)], ["design", trial.Design],
        ["horizonDays", trial.HorizonDays.ToString("R", CultureInfo.InvariantCulture)], ["studyHash", trial.Provenance.StudyHash], ["modelHash", trial.Provenance.ModelHash],
        ["libraryHash", trial.Provenance.LibraryHash], ["with", string.Join(' ', trial.Provenance.With)], ["without", string.Join(' ', trial.Provenance.Without)],
    ]);

    static ResultTable Arms(TrialResult trial) => new(
        "arms",
        [("ARM", "INTEGER"), ("TRT01P", "TEXT"), ("DESCRIPTION", "TEXT"), ("PATIENTS", "INTEGER"), ("FAILED", "INTEGER"), ("TRANSPLANTED", "INTEGER"),
            ("REMISSION", "REAL"), ("REMISSION_LOWER", "REAL"), ("REMISSION_UPPER", "REAL"), ("CMAX", "REAL"), ("TMAX", "REAL"), ("AUC28", "REAL")],
        [.. trial.Arms.Select((a, i) => (IReadOnlyList<object?>)[
            i + 1, a.Name, a.Description, a.Patients, a.FailedPatients, a.Transplanted, a.Remission3Months.Value, a.Remission3Months.Lower, a.Remission3Months.Upper,
            a.Transgene.CmaxGeometricMean, a.Transgene.TmaxMedian, a.Transgene.Auc28GeometricMean])]);

    static ResultTable Curves(TrialResult trial) => new(
        "curves",
        [("TRT01P", "TEXT"), ("CURVE", "TEXT"), ("DAY", "REAL"), ("VALUE", "REAL"), ("LOWER", "REAL"), ("UPPER", "REAL"), ("STDERR", "REAL"), ("ATRISK", "INTEGER"), ("EVENTS", "INTEGER"), ("CENSORED", "INTEGER")],
        [.. trial.Arms.SelectMany(Curves, (a, c) => (Arm: a, c.Name, c.Curve)).SelectMany(c => c.Curve.Times.Select((day, i) => (IReadOnlyList<object?>)[
            c.Arm.Name, c.Name, day, c.Curve.Values[i], c.Curve.Lower[i], c.Curve.Upper[i], c.Curve.StandardErrors[i], c.Curve.AtRisk[i], c.Curve.Events[i], c.Curve.Censored[i]]))]);

    static ResultTable Quantiles(TrialResult trial) => new(
        "quantiles",
        [("TRT01P", "TEXT"), ("CURVE", "TEXT"), ("SHARE", "REAL"), ("DAYS", "REAL"), ("LOWER", "REAL"), ("UPPER", "REAL")],
        [.. trial.Arms.SelectMany(a => a.SurvivalCurves, (a, c) => (Arm: a, c.Endpoint, c.Curve)).SelectMany(c => _shares, (c, share) => (c, share, Days: SurvivalQuantile.Of(c.Curve, share)))
            .Select(q => (IReadOnlyList<object?>)[q.c.Arm.Name, q.c.Endpoint, q.share, q.Days.Value, q.Days.Lower, q.Days.Upper])]);

    static readonly double[] _shares = [0.25, 0.5, 0.75];

    static IEnumerable<(string Name, SurvivalCurve Curve)> Curves(ArmResult arm) =>
    [
        ("relapseFreeSurvival", arm.RelapseFreeSurvival), ("eventFreeSurvival", arm.EventFreeSurvival), ("overallSurvival", arm.OverallSurvival), ("durationOfResponse", arm.DurationOfResponse), ("bCellAplasia", arm.BCellAplasia),
        .. arm.BCellRecovery is { } back ? [("bCellRecovery", back)] : Array.Empty<(string, SurvivalCurve)>(),
        .. arm.AtTransplant is { } censored
            ? [("relapseFreeSurvivalToTransplant", censored.RelapseFreeSurvival), ("eventFreeSurvivalToTransplant", censored.EventFreeSurvival), ("relapseToTransplant", censored.AnyRelapse), ("durationOfResponseToTransplant", censored.DurationOfResponse)]
            : Array.Empty<(string, SurvivalCurve)>(),
        .. arm.AnyRelapse is { } any ? [("relapse", any)] : Array.Empty<(string, SurvivalCurve)>(),
        .. arm.Relapse.Select(r => ($"relapse {r.Phenotype}", r.Curve)), .. arm.CauseIncidence.Select(c => ($"relapse by {c.Mechanism}", c.Curve)), ("deathInRemission", arm.DeathInRemission),
    ];

    static ResultTable Contrasts(TrialResult trial) => new(
        "contrasts",
        [("TRT01P", "TEXT"), ("REFERENCE", "TEXT"), ("ENDPOINT", "TEXT"), ("QUANTITY", "TEXT"), ("PAIRED", "INTEGER"), ("MONTH", "INTEGER"), ("ESTIMATE", "REAL"), ("LOWER", "REAL"), ("UPPER", "REAL"), ("NOT_ESTIMABLE", "TEXT")],
        [.. trial.Contrasts.SelectMany(Contrasts)]);

    static IEnumerable<IReadOnlyList<object?>> Contrasts(ArmContrast c)
    {
        yield return Row(ContrastKeys.Test(c), c.IsPaired, null, c.Test.Then(t => Estimable<Estimate>.Of(new Estimate(t.PValue, double.NaN, double.NaN))));
        yield return Row(ContrastKeys.Ratio(c), c.IsPaired, null, c.HazardRatio);
        yield return Row("restrictedMeanDifference", c.IsPaired, null, c.RestrictedMean.Then(d => Estimable<Estimate>.Of(d.Difference)));
        foreach (RiskDifference risk in c.Risks)
        {
            yield return Row("riskDifference", c.IsPaired, risk.Month, risk.Difference.Then(d => Estimable<Estimate>.Of(d.Difference)));
        }

        IReadOnlyList<object?> Row(string quantity, bool paired, int? month, Estimable<Estimate> estimate)
        {
            Estimate e = estimate.TryGet(out Estimate found) ? found : new Estimate(double.NaN, double.NaN, double.NaN);
            return [c.Arm, c.Reference, c.Endpoint, quantity, paired ? 1 : 0, month, e.Value, e.Lower, e.Upper, estimate.Reason];
        }
    }

    static ResultTable Published(TrialResult trial) => new(
        "published",
        [("QUANTITY", "TEXT"), ("UNIT", "TEXT"), ("CITATION", "TEXT"), ("PUBLISHED", "REAL"), ("PUBLISHED_LOWER", "REAL"), ("PUBLISHED_UPPER", "REAL"), ("SIMULATED", "REAL"), ("SIMULATED_LOWER", "REAL"), ("SIMULATED_UPPER", "REAL")],
        [.. trial.Published.Select(p => (IReadOnlyList<object?>)[
            p.Quantity, p.Unit, p.Citation, p.Published.Value, p.Published.Lower, p.Published.Upper, p.Simulated.Value, p.Simulated.Lower, p.Simulated.Upper])]);

    static ResultTable Transgene(TrialResult trial) => new(
        "transgene",
        [("TRT01P", "TEXT"), ("DAY", "REAL"), ("PATIENTS", "INTEGER"), ("GEOMEAN", "REAL"), ("P05", "REAL"), ("P95", "REAL")],
        [.. trial.Arms.SelectMany(a => a.TransgeneCurve, (a, p) => (IReadOnlyList<object?>)[a.Name, p.Day, p.Patients, p.GeometricMean, p.Lower, p.Upper])]);
}
