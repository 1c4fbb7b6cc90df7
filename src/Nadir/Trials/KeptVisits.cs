using Nadir.Numerics;

namespace Nadir.Trials;

/// <summary>A scheduled visit that a patient keeps.</summary>
/// <param name="Planned">The day of the schedule, which decides what the visit is for.</param>
/// <param name="Day">The day on which the patient comes.</param>
readonly record struct KeptVisit(double Planned, double Day);

/// <summary>Which visits a patient keeps and when: the same in every arm.</summary>
static class KeptVisits
{
    static readonly uint _purpose = RandomStream.Purpose("visits");

    /// <summary>The visits in order of time. One that would come after the horizon is kept on its day.</summary>
    public static KeptVisit[] Of(TrialPlan plan, long patient)
    {
        RandomStream stream = new(plan.Seed, (ulong)patient, _purpose);
        List<KeptVisit> kept = new(plan.VisitDays.Count);
        foreach (double planned in plan.VisitDays)
        {
            double shift = plan.VisitWindowDays > 0 ? plan.VisitWindowDays * ((2 * stream.NextUniform()) - 1) : 0;
            bool missed = plan.MissedVisits > 0 && stream.NextUniform() < plan.MissedVisits;
            if (!missed)
            {
                kept.Add(new KeptVisit(planned, Math.Min(planned + shift, plan.HorizonDays)));
            }
        }

        return [.. kept];
    }
}
