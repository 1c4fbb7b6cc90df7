using Nadir.Endpoints;
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
            EventFreeSurvival = KaplanMeier.Estimate(tally.EventFreeSurvival),
            OverallSurvival = KaplanMeier.Estimate(tally.OverallSurvival),
            Relapse = [.. PhenotypeNames.All.Select((p, i) => new PhenotypeIncidence(PhenotypeNames.NameOf(p), tally.Relapse.Total(1 + i), incidence[i]))],
            Causes = [.. tally.Causes.Causes.Select(c => new CauseCount(c.Key.Phenotype, c.Key.Mechanism, c.Key.Seed, c.Key.CarT, c.Value)).OrderByDescending(c => c.Count)],
            Guesses = tally.Causes.Confusion(),
            DeathInRemission = incidence[^1],
            BCellAplasia = KaplanMeier.Estimate(tally.BCellAplasia),
            CytokineRelease = CytokineReleaseOf(tally.CytokineGrades),
            Transgene = new TransgeneSummary(tally.TransgeneCmax.Value, tally.TransgeneTmax.Median, tally.TransgeneAuc28.Value),
        };
    }

    static CytokineReleaseSummary? CytokineReleaseOf(int[] grades) => grades.Sum() is var graded and > 0
        ? new CytokineReleaseSummary([.. grades], Wilson.Interval(grades.Skip(1).Sum(), graded), Wilson.Interval(grades.Skip(3).Sum(), graded))
        : null;
}
