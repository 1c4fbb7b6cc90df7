using Nadir.Endpoints;
using Nadir.Evidence;
using Nadir.Numerics;
using Nadir.Survival;
using Nadir.Units;

namespace Nadir.Inference;

/// <summary>Computes published quantities from a virtual cohort, by the definitions of docs/methods/endpoints.md and calibration.md.</summary>
sealed class CohortStatistics
{
    const double Year = 365.25;

    /// <summary>Follow-up of relapses in ratios by burden and by loss of aplasia, months: as the French cohort's (Dourthe 2021, median 15.5).</summary>
    const double FrenchMonths = 18;

    /// <summary>Blasts below which burden counted as low in adults given 19-28z (Park 2018).</summary>
    const double LowBurdenOfAdults = 0.05;

    /// <summary>Exposure to fludarabine below which it counts as low, mg·h/L (Fabrizio 2022).</summary>
    const double LowFludarabine = 13.8;

    const int FewestForMedian = 3;

    readonly CohortPatient[] _all;
    readonly CohortPatient[] _remissions;

    public CohortStatistics(IEnumerable<CohortPatient> patients)
    {
        _all = [.. patients.Where(p => p.Outcome.IsEvaluable)];
        _remissions = [.. _all.Where(p => p.Outcome.RemissionDay is not null)];
    }

    /// <summary>True when a cohort can give the quantity.</summary>
    public static bool Knows(string quantity) => quantity is not ("relapseShare" or PublishedResult.Other);

    /// <summary>The estimate of a quantity.</summary>
    /// <exception cref="ArgumentException">No cohort gives the quantity.</exception>
    public Statistic Of(PublishedResult result)
    {
        Statistic statistic = Estimate(result);
        return _all.Length == 0 ? statistic : statistic with { Share = statistic.Size / _all.Length };
    }

    Statistic Estimate(PublishedResult result)
    {
        double days = (result.Month ?? 0) * Duration.DaysPerMonth;
        return result.Quantity switch
        {
            "rfs" => Free(_remissions, Rfs, days),
            "efs" => Free(_all, p => TimeToEvent.EventFree(p.Outcome), days),
            "os" => Free(_all, p => TimeToEvent.Overall(p.Outcome), days),
            "cir" => Share(_remissions, p => RelapsedBy(p, days)),
            "remission3Months" => Share(_all, p => p.Outcome.RemissionDay is not null),
            "morphologicRemission" => Share(_all, p => p.Outcome.MorphologicRemissionDay is not null),
            "bCellRecoveryYear" => Share(_remissions, p => p.Outcome.BCellRecoveryDay <= Year && !(p.Outcome.RelapseDay <= p.Outcome.BCellRecoveryDay)),
            "crsAny" => Share(_all, p => p.Outcome.CytokineReleaseGrade >= 1),
            "crsGrade3" => Share(_all, p => p.Outcome.CytokineReleaseGrade >= 3),
            "relapseShareCd19Positive" => Share(Relapsed(), p => p.Outcome.RelapsePhenotype == Phenotype.Cd19Positive),
            "relapseShareCd19Negative" => Share(Relapsed(), p => p.Outcome.RelapsePhenotype == Phenotype.Cd19NegativeOrLow),
            "relapseShareLineageSwitch" => Share(Relapsed(), p => p.Outcome.RelapsePhenotype == Phenotype.LineageSwitch),
            "cd19NegativeInAplasia" => Share([.. Relapsed().Where(p => !(p.Outcome.BCellRecoveryDay < p.Outcome.RelapseDay) && p.Outcome.RelapsePhenotype != Phenotype.LineageSwitch)], p => p.Outcome.RelapsePhenotype == Phenotype.Cd19NegativeOrLow),
            "medianEfs" => Median(_all, p => TimeToEvent.EventFree(p.Outcome)),
            "medianOs" => Median(_all, p => TimeToEvent.Overall(p.Outcome)),
            "medianRfs" => Median(_remissions, Rfs),
            "medianEfsLowBurden" => Median([.. _all.Where(p => p.Blasts < LowBurdenOfAdults)], p => TimeToEvent.EventFree(p.Outcome)),
            "medianOsLowBurden" => Median([.. _all.Where(p => p.Blasts < LowBurdenOfAdults)], p => TimeToEvent.Overall(p.Outcome)),
            "medianEfsRemission" => Median(_remissions, p => TimeToEvent.EventFree(p.Outcome)),
            "medianOsRemission" => Median(_remissions, p => TimeToEvent.Overall(p.Outcome)),
            "hrRelapseTransplant" => TransplantRatio(p => TimeToEvent.Relapse(p.Outcome, p.Outcome.RemissionDay!.Value)),
            "hrRelapseOrDeathTransplant" => TransplantRatio(Rfs),
            "hrDeathTransplant" => TransplantRatio(p => TimeToEvent.Overall(p.Outcome) is var t ? t with { Days = t.Days - p.Outcome.RemissionDay!.Value } : default),
            "hrRelapseBCellRecovery" => RecoveryRatio(null, Year, double.PositiveInfinity),
            "hrCd19PositiveAplasiaLost" => RecoveryRatio(Phenotype.Cd19Positive, double.PositiveInfinity, FrenchMonths * Duration.DaysPerMonth),
            "hrRelapseSequencingDay28" => LandmarkRatio(28, p => p.SequencingDay28),
            "hrRelapseSequencingMonth3" => LandmarkRatio(90, p => p.SequencingMonth3),
            "hrRelapseHighBurden" => BurdenRatio(0.05, null, high: true),
            "hrRelapseLowFludarabine" => Ratio(_remissions, p => p.Fludarabine < LowFludarabine, p => RelapsedBy(p, Year)),
            "hrCd19NegativeHighBurden" => BurdenRatio(0.01, Phenotype.Cd19NegativeOrLow, high: true),
            "hrCd19PositiveLowBurden" => BurdenRatio(0.01, Phenotype.Cd19Positive, high: false),
            _ => new TransgeneStatistics(_all, _remissions).Of(result.Quantity),
        };
    }

    static TimeToEvent Rfs(CohortPatient p) => TimeToEvent.RelapseFree(p.Outcome, p.Outcome.RemissionDay!.Value);

    CohortPatient[] Relapsed() => [.. _remissions.Where(p => p.Outcome.RelapseDay is not null)];

    static bool RelapsedBy(CohortPatient p, double days) => TimeToEvent.Relapse(p.Outcome, p.Outcome.RemissionDay!.Value) is { Censor: 0 } t && t.Days <= days;

    static Statistic Share(CohortPatient[] of, Func<CohortPatient, bool> has) => Statistic.Proportion(of.Count(has), of.Length);

    /// <summary>Nobody is lost before the horizon, so Kaplan-Meier's estimate is the share without the event.</summary>
    static Statistic Free(CohortPatient[] of, Func<CohortPatient, TimeToEvent> time, double days) =>
        Share(of, p => time(p) is not { Censor: 0 } t || t.Days > days);

    /// <summary>The median in months; its variance by the spacing of order statistics a standard error around it.</summary>
    static Statistic Median(CohortPatient[] of, Func<CohortPatient, TimeToEvent> time)
    {
        double[] days = [.. of.Select(p => time(p) is { Censor: 0 } t ? Math.Max(t.Days, 1) : double.PositiveInfinity).Order()];
        if (days.Length < FewestForMedian)
        {
            return Statistic.None;
        }

        double At(double share) => days[Math.Clamp((int)(share * days.Length), 0, days.Length - 1)];
        double step = 0.5 / Math.Sqrt(days.Length);
        double last = of.Max(p => p.Outcome.HorizonDays);
        (double low, double median, double high) = (Math.Min(At(0.5 - step), last), Math.Min(At(0.5), last), Math.Min(At(0.5 + step), last));
        double half = Math.Max(Elementary.Log(high / low) / 2, 0.5 / Math.Sqrt(days.Length));
        return new Statistic(Elementary.Log(median / Duration.DaysPerMonth), half * half * days.Length, days.Length);
    }

    /// <summary>Hazard ratio of relapse after B cells came back, a covariate that changes with time (Cox 1972); other phenotypes censor.</summary>
    /// <param name="phenotype">The relapses that count; null for all.</param>
    /// <param name="within">Days from infusion within which B cells have to come back to count.</param>
    /// <param name="until">Day from infusion on which follow-up ends.</param>
    Statistic RecoveryRatio(Phenotype? phenotype, double within, double until)
    {
        List<CoxRow> rows = [];
        foreach (CohortPatient p in _remissions)
        {
            TimeToEvent t = TimeToEvent.Relapse(p.Outcome, 0);
            double start = Math.Ceiling(p.Outcome.RemissionDay!.Value);
            double end = Math.Max(Math.Min(t.Days, until), start + 1);
            bool relapsed = t.Censor == 0 && t.Days <= until && (phenotype is null || p.Outcome.RelapsePhenotype == phenotype);
            double seen = p.Outcome.BCellRecoveryDay ?? double.PositiveInfinity;
            double back = seen <= within ? Math.Ceiling(seen) : double.PositiveInfinity;
            if (back > start && back < end)
            {
                rows.Add(new CoxRow(start, back, false, [0]));
                rows.Add(new CoxRow(back, end, relapsed, [1]));
            }
            else
            {
                rows.Add(new CoxRow(start, end, relapsed, [back <= start ? 1 : 0]));
            }
        }

        return Cox1(rows);
    }

    /// <summary>
    /// Hazard ratio of those who were transplanted at some time against all others in remission, from remission: as observational studies compare them. Who relapses before a transplant counts among the
    /// others, so that the ratio flatters the transplant and is not its effect.
    /// </summary>
    Statistic TransplantRatio(Func<CohortPatient, TimeToEvent> time) => Cox1(
        [.. _remissions.Select(p => (Time: time(p), p.Outcome.TransplantDay)).Select(p => new CoxRow(0, Math.Max(p.Time.Days, 0.5), p.Time.Censor == 0, [p.TransplantDay is null ? 0 : 1]))]);

    static Statistic Cox1(List<CoxRow> rows) => rows.Count > 0 && Cox.Fit(rows, TieMethod.Breslow).TryGet(out CoxFit? fit)
        ? new Statistic(fit.Coefficients[0], fit.Covariance[0][0] * rows.Count, rows.Count)
        : Statistic.None;

    /// <summary>Ratio of the hazards of relapse within a year of a landmark, by sequencing MRD found or not.</summary>
    Statistic LandmarkRatio(double landmark, Func<CohortPatient, double> sequencing)
    {
        CohortPatient[] atRisk = [.. _remissions.Where(p => p.Outcome.RemissionDay <= landmark && !(p.Outcome.RelapseDay <= landmark) && !(p.Outcome.DeathDay <= landmark) && !double.IsNaN(sequencing(p)))];
        return Ratio(atRisk, p => sequencing(p) > 0, p => p.Outcome.RelapseDay <= landmark + Year);
    }

    Statistic BurdenRatio(double cut, Phenotype? phenotype, bool high) => Ratio(
        _remissions,
        p => p.Blasts >= cut == high,
        p => RelapsedBy(p, FrenchMonths * Duration.DaysPerMonth) && (phenotype is null || p.Outcome.RelapsePhenotype == phenotype));

    /// <summary>Ratio of the mean hazards that the shares with the event imply; half a patient is added, so that it always exists.</summary>
    static Statistic Ratio(CohortPatient[] of, Func<CohortPatient, bool> exposed, Func<CohortPatient, bool> has)
    {
        CohortPatient[] with = [.. of.Where(exposed)];
        int without = of.Length - with.Length;
        if (with.Length == 0 || without == 0)
        {
            return Statistic.None;
        }

        (double hazard, double variance) Group(double events, double n)
        {
            double p = (events + 0.5) / (n + 1);
            double h = -Elementary.Log(1 - p);
            return (h, p / ((1 - p) * h * h * n));
        }

        int events = with.Count(has);
        (double hazard, double variance) one = Group(events, with.Length);
        (double hazard, double variance) two = Group(of.Count(has) - events, without);
        return new Statistic(Elementary.Log(one.hazard / two.hazard), (one.variance + two.variance) * of.Length, of.Length);
    }
}
