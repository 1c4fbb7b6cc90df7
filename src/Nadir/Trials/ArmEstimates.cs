using Nadir.Endpoints;
using Nadir.Protocols;
using Nadir.Survival;

namespace Nadir.Trials;

/// <summary>Turns the tally of an arm into its estimates. Patients that failed numerically are counted and left out.</summary>
static class ArmEstimates
{
    public static ArmResult Of(ArmPlan arm, ArmTally tally)
    {
        IReadOnlyList<SurvivalCurve> incidence = AalenJohansen.Estimate(tally.Relapse);
        return new ArmResult
        {
            Name = arm.Name,
            Description = arm.Description,
            Patients = tally.Patients,
            FailedPatients = tally.FailedPatients,
            Failures = tally.Failures.ToDictionary(f => f.Key.ToString(), f => f.Value),
            Transplanted = tally.Transplanted,
            Happenings = [.. tally.Happenings.Select(h => new Happening(h.Key.Split(": ", 2)[0], h.Key.Split(": ", 2)[1], h.Value))],
            Remission3Months = Wilson.Interval(tally.Remissions, tally.Evaluable),
            MorphologicRemission3Months = Wilson.Interval(tally.MorphologicRemissions, tally.Evaluable),
            MrdRelapses = tally.MrdRelapses,
            RelapseFreeSurvival = KaplanMeier.Estimate(tally.Relapse),
            DurationOfResponse = KaplanMeier.Estimate(AnyRelapse(tally.Relapse).Only(1)),
            EventFreeSurvival = KaplanMeier.Estimate(tally.EventFreeSurvival),
            OverallSurvival = KaplanMeier.Estimate(tally.OverallSurvival),
            Relapse = [.. PhenotypeNames.All.Select((p, i) => new PhenotypeIncidence(PhenotypeNames.NameOf(p), tally.Relapse.Total(1 + i), incidence[i]))],
            Causes = [.. tally.Causes.Causes.Select(c => new CauseCount(c.Key.Phenotype, c.Key.Mechanism, c.Key.Seed, c.Key.CarT, c.Value)).OrderByDescending(c => c.Count)],
            AnyRelapse = AalenJohansen.Estimate(AnyRelapse(tally.Relapse))[0],
            CauseIncidence = Causes(tally),
            Guesses = tally.Causes.Confusion(),
            AtTransplant = tally.Transplanted == 0 ? null : new TransplantCensoredCurves(
                KaplanMeier.Estimate(tally.RelapseToTransplant), KaplanMeier.Estimate(tally.EventFreeToTransplant), AalenJohansen.Estimate(AnyRelapse(tally.RelapseToTransplant))[0],
                KaplanMeier.Estimate(AnyRelapse(tally.RelapseToTransplant).Only(1))),
            DeathInRemission = incidence[^1],
            BCellAplasia = KaplanMeier.Estimate(tally.BCellAplasia.Only(1)),
            BCellRecovery = AalenJohansen.Estimate(tally.BCellAplasia)[0],
            SecondTreatment = arm.Strategies.Any(s => s.Rules.Any(r => r.Trigger.Moment == StrategyMoment.Failure))
                ? new SecondTreatment(tally.TreatedAgain, Wilson.Interval(tally.SecondMorphologicRemissions, tally.TreatedAgain), Wilson.Interval(tally.SecondRemission.Patients, tally.TreatedAgain), KaplanMeier.Estimate(tally.SecondRemission))
                : null,
            CytokineRelease = CytokineReleaseOf(tally.CytokineGrades),
            Transgene = new TransgeneSummary(tally.TransgeneCmax.Value, tally.TransgeneTmax.Median, tally.TransgeneAuc28.Value),
            TransgeneCurve = [.. tally.Transgene.Days.Select((d, i) => Point(TransgeneDays.At(i), d.Mean, d.Values))],
            Swimmers = [.. tally.Swimmer.Patients.Values],
        };
    }

    /// <summary>Relapse of any phenotype as cause 1, death in remission as cause 2.</summary>
    internal static EventTable AnyRelapse(EventTable byPhenotype)
    {
        EventTable any = new(causes: 2);
        foreach (EventRow row in byPhenotype.Rows)
        {
            any.Add(new EventRow(row.Days, [row.Counts[0], row.Counts.Skip(1).SkipLast(1).Sum(), row.Counts[^1]]));
        }

        return any;
    }

    static IReadOnlyList<CauseIncidence> Causes(ArmTally tally)
    {
        if (tally.Causes.Times.Count == 0 || tally.Causes.ByMechanism(tally.Relapse) is not { } table)
        {
            return [];
        }

        IReadOnlyList<SurvivalCurve> curves = AalenJohansen.Estimate(table);
        return [.. tally.Causes.Times.Keys.Select((mechanism, i) => new CauseIncidence(mechanism, table.Total(1 + i), curves[i]))];
    }

    static TransgenePoint Point(double day, GeometricMean mean, LogHistogram values) =>
        new(day, values.Count, mean.Value, values.Quantile(0.05), values.Quantile(0.95));

    static CytokineReleaseSummary? CytokineReleaseOf(int[] grades) => grades.Sum() is var graded and > 0
        ? new CytokineReleaseSummary([.. grades], Wilson.Interval(grades.Skip(1).Sum(), graded), Wilson.Interval(grades.Skip(3).Sum(), graded))
        : null;
}
