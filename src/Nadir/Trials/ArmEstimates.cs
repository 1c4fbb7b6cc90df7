using Nadir.Endpoints;
using Nadir.Numerics;
using Nadir.Survival;

namespace Nadir.Trials;

/// <summary>Turns the outcomes of one arm into its estimates. Patients that failed numerically are counted and left out.</summary>
static class ArmEstimates
{
    public static ArmResult Of(ArmPlan arm, IReadOnlyList<PatientOutcome> outcomes)
    {
        PatientOutcome[] evaluable = [.. outcomes.Where(o => o.IsEvaluable)];
        PatientOutcome[] responders = [.. evaluable.Where(o => o.RemissionDay is not null)];
        IReadOnlyList<SurvivalCurve> incidence = AalenJohansen.Estimate(
            [.. responders.Select(Competing)], PhenotypeNames.All.Count + 1);
        return new ArmResult
        {
            Name = arm.Name,
            Description = arm.Description,
            Patients = outcomes.Count,
            FailedPatients = outcomes.Count - evaluable.Length,
            Failures = outcomes.Where(o => !o.IsEvaluable).GroupBy(o => o.Status.ToString()).ToDictionary(g => g.Key, g => g.Count()),
            Transplanted = evaluable.Count(o => o.TransplantDay is not null),
            Remission3Months = Wilson.Interval(responders.Length, evaluable.Length),
            MorphologicRemission3Months = Wilson.Interval(evaluable.Count(o => o.MorphologicRemissionDay is not null), evaluable.Length),
            MrdRelapses = responders.Count(o => o.MrdRelapseDay is not null),
            RelapseFreeSurvival = Curve(responders.Select(o => TimeToEvent.RelapseFree(o, o.RemissionDay!.Value))),
            EventFreeSurvival = Curve(evaluable.Select(TimeToEvent.EventFree)),
            OverallSurvival = Curve(evaluable.Select(TimeToEvent.Overall)),
            Relapse = [.. PhenotypeNames.All.Select((p, i) => new PhenotypeIncidence(
                PhenotypeNames.NameOf(p), responders.Count(o => o.RelapsePhenotype == p && TimeToEvent.Relapse(o, o.RemissionDay!.Value).Censor == 0), incidence[i]))],
            DeathInRemission = incidence[^1],
            BCellAplasia = KaplanMeier.Estimate([.. responders.Select(Aplasia)]),
            Transgene = Transgene(evaluable),
        };
    }

    static SurvivalCurve Curve(IEnumerable<TimeToEvent> times) =>
        KaplanMeier.Estimate([.. times.Select(t => new SurvivalTime(t.Days, t.Censor == 0))]);

    /// <summary>Relapse by phenotype as causes 1 to 3, death in remission as cause 4.</summary>
    static CompetingTime Competing(PatientOutcome o)
    {
        TimeToEvent t = TimeToEvent.Relapse(o, o.RemissionDay!.Value);
        int cause = t.Censor switch { 0 => 1 + (int)o.RelapsePhenotype!.Value, 2 => PhenotypeNames.All.Count + 1, _ => 0 };
        return new CompetingTime(t.Days, cause);
    }

    /// <summary>Loss of B-cell aplasia from infusion; relapse, transplant, death and the end of follow-up censor.</summary>
    static SurvivalTime Aplasia(PatientOutcome o)
    {
        if (o.BCellRecoveryDay is { } recovery && recovery <= o.HorizonDays)
        {
            return new SurvivalTime(recovery, true);
        }

        double end = o.HorizonDays;
        foreach (double? day in new[] { o.RelapseDay, o.TransplantDay, o.DeathDay })
        {
            end = Math.Min(end, day ?? end);
        }

        return new SurvivalTime(end, false);
    }

    static TransgeneSummary Transgene(PatientOutcome[] evaluable) => new(
        GeometricMean(evaluable.Select(o => o.TransgeneCmax)),
        Median([.. evaluable.Select(o => o.TransgeneTmax)]),
        GeometricMean(evaluable.Select(o => o.TransgeneAuc28)));

    static double GeometricMean(IEnumerable<double> values)
    {
        CompensatedSum sum = default;
        int count = 0;
        foreach (double value in values)
        {
            sum.Add(Elementary.Log(value));
            count++;
        }

        return count == 0 ? double.NaN : Elementary.Exp(sum.Value / count);
    }

    static double Median(double[] values) => values.Length == 0 ? double.NaN : Quantiles.Of(values, 0.5);
}
