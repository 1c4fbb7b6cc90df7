using Nadir.Numerics;
using Nadir.Survival;

namespace Nadir.Designs;

/// <summary>How a trial ended.</summary>
public enum TrialVerdict
{
    /// <summary>The arm is better: the statistic crossed the upper boundary.</summary>
    Benefit,

    /// <summary>The arm is worse: the statistic crossed the lower boundary of a two-sided design.</summary>
    Harm,

    /// <summary>Stopped at a look because success had become unlikely.</summary>
    Futility,

    /// <summary>No boundary was crossed.</summary>
    NotShown,

    /// <summary>The final test could not be made, for too few events.</summary>
    NotEstimable,
}

/// <summary>One analysis of a trial.</summary>
/// <param name="TrialDay">Day from the opening of the trial.</param>
/// <param name="Events">Events in the two arms.</param>
/// <param name="Patients">Patients enrolled so far, in all arms.</param>
/// <param name="Statistic">The statistic, positive where the arm does better; or why there is none.</param>
/// <param name="Bound">The boundary it is held against.</param>
public sealed record LookResult(double TrialDay, int Events, int Patients, Estimable<double> Statistic, double Bound)
{
    /// <summary>The probability of a statistic at least as extreme where nothing differs, not corrected for other looks; NaN where there is no statistic.</summary>
    /// <param name="sides">One side for the arm's benefit only, or both.</param>
    public double PValue(BoundarySides sides) => !Statistic.TryGet(out double z) ? double.NaN
        : sides == BoundarySides.Two ? ProbabilityInterval.TwoSided(z)
        : NormalDistribution.Cdf(-z);

    /// <summary>Conditional power under the current trend; NaN at the final analysis and where there is no statistic.</summary>
    public double ConditionalPower { get; init; } = double.NaN;
}

/// <summary>A trial that was run to its end.</summary>
/// <param name="Verdict">How it ended.</param>
/// <param name="Looks">The analyses that were made, the last one last.</param>
public sealed record TrialDecision(TrialVerdict Verdict, IReadOnlyList<LookResult> Looks)
{
    /// <summary>The last analysis.</summary>
    public LookResult Last => Looks[^1];
}

/// <summary>Runs the analyses of a trial on its patients: looks when their events have come, and the final analysis.</summary>
sealed class TrialDecider(TrialConduct conduct, PrimaryAnalysis analysis, LookBoundaries bounds)
{
    /// <summary>Decides a trial.</summary>
    /// <param name="enrolled">All patients in the order of enrolment.</param>
    /// <param name="events">Events of the final analysis; null for an analysis at the end of follow-up.</param>
    public TrialDecision Decide(IReadOnlyList<EnrolledPatient> enrolled, int? events)
    {
        EnrolledPatient[] compared = [.. enrolled.Where(p => p.Arm == analysis.Arm || p.Arm == analysis.Reference)];
        double[] eventDays = [.. compared.Select(p => p.EventDay).OfType<double>().Where(d => d <= conduct.CutOffDay).Order()];
        List<LookResult> looks = [];
        if (events is { } planned)
        {
            foreach ((int k, double fraction) in analysis.Looks.Index())
            {
                int needed = (int)Math.Ceiling((fraction * planned) - 1e-9);
                if (needed > eventDays.Length)
                {
                    break;
                }

                LookResult look = Look(enrolled, compared, eventDays[needed - 1], bounds.Planned[k].Z);
                look = look with { ConditionalPower = ConditionalPower(look, fraction) };
                looks.Add(look);
                if (Stops(look) is { } verdict)
                {
                    return new TrialDecision(verdict, looks);
                }
            }
        }

        double end = Math.Min(conduct.CutOffDay, compared.Length == 0 ? 0 : compared.Max(p => p.LastDay));
        bool reached = events is { } d && eventDays.Length >= d;
        double finalDay = reached ? eventDays[events!.Value - 1] : end;
        double bound = events is { } all ? bounds.Final(looks.Count, reached ? all : eventDays.Length, all) : bounds.Final(0, 1, 1);
        LookResult final = Look(enrolled, compared, finalDay, bound);
        looks.Add(final);
        return new TrialDecision(final.Statistic.IsEstimable ? Crossed(final) ?? TrialVerdict.NotShown : TrialVerdict.NotEstimable, looks);
    }

    LookResult Look(IReadOnlyList<EnrolledPatient> enrolled, EnrolledPatient[] compared, double day, double bound)
    {
        List<(int, int, FollowUp)> known = new(compared.Length);
        int events = 0;
        foreach (EnrolledPatient p in compared)
        {
            if (p.KnownOn(day) is { } time)
            {
                known.Add((p.Arm, p.Candidate.Stratum, time));
                events += time.Cause == 1 ? 1 : 0;
            }
        }

        return new LookResult(day, events, enrolled.Count(p => p.EnrolmentDay <= day), ArmComparison.Statistic(analysis, conduct.StratumCount, known), bound);
    }

    TrialVerdict? Stops(LookResult look) => Crossed(look)
        ?? (look.ConditionalPower < analysis.FutilityConditionalPower ? TrialVerdict.Futility : null);

    TrialVerdict? Crossed(LookResult look) => !look.Statistic.TryGet(out double z) ? null
        : z >= look.Bound ? TrialVerdict.Benefit
        : analysis.Sides == BoundarySides.Two && z <= -look.Bound ? TrialVerdict.Harm
        : null;

    /// <summary>The chance of crossing the final boundary if the effect is the one seen so far (Jennison &amp; Turnbull 2000, section 10.2).</summary>
    double ConditionalPower(LookResult look, double information) => look.Statistic.TryGet(out double z)
        ? NormalDistribution.Cdf(((z / Math.Sqrt(information)) - bounds.Planned[^1].Z) / Math.Sqrt(1 - information))
        : double.NaN;
}
