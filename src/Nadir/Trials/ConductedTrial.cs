using System.Text.Json.Serialization;
using Nadir.Designs;
using Nadir.Endpoints;
using Nadir.Survival;

namespace Nadir.Trials;

/// <summary>The simulated trial as it would have been run: who was enrolled, infused, lost or still followed, and what the looks decided.</summary>
public sealed record ConductedTrial
{
    /// <summary>The design.</summary>
    public required RandomisedDesign Design { get; init; }

    /// <summary>Names of the arm that is tested and of the one it is compared with.</summary>
    public required (string Arm, string Reference) Compared { get; init; }

    /// <summary>All patients in the order of enrolment; empty where the trial is read back from its result, which does not keep them.</summary>
    [JsonIgnore]
    public IReadOnlyList<EnrolledPatient> Patients { get; init; } = [];

    /// <summary>The flow of patients at the last analysis, one entry an arm.</summary>
    public required IReadOnlyList<ArmFlow> Flow { get; init; }

    /// <summary>The analyses that were made and how the trial ended.</summary>
    public required TrialDecision Decision { get; init; }

    /// <summary>The boundaries as planned, the final one last.</summary>
    public required IReadOnlyList<GroupSequentialLook> Boundaries { get; init; }

    /// <summary>The effect that the deciding test is about.</summary>
    public required PrimaryEffect Effect { get; init; }

    /// <summary>
    /// The endpoint of each arm of the trial as known at the last analysis: cumulative incidence (Aalen-Johansen) for the incidence of relapse, else Kaplan-Meier; without patients where no patient has come to the endpoint's origin.
    /// </summary>
    public required IReadOnlyList<SurvivalCurve> Curves { get; init; }

    /// <summary>
    /// Cox hazard ratio of the endpoint at the last analysis, within the strata of the randomisation, not corrected for the looks; competing events end the follow-up, so that for the incidence of
    /// relapse it is cause-specific.
    /// </summary>
    public required Estimable<Estimate> HazardRatio { get; init; }

    /// <summary>
    /// The same of all patients of the trial, enrolled by then or not, each followed to the horizon without loss or cut-off: what the protocol's endpoint, with its choice at transplant, shows in the end.
    /// </summary>
    public required Estimable<Estimate> FollowedHazardRatio { get; init; }
}

/// <summary>What became of an arm's patients by the last analysis.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Enrolled">Enrolled by then.</param>
/// <param name="NotMade">Not infused because the product could not be made, as known by then.</param>
/// <param name="DiedBefore">Died, or became too ill, before the infusion, and by then.</param>
/// <param name="Failed">Enrolled by then, but the simulation failed numerically; in no analysis.</param>
/// <param name="Analysed">Who have the endpoint: enrolled or infused, as the analysis says, and in remission where it counts from there.</param>
/// <param name="Events">With the event.</param>
/// <param name="Competing">With a competing event: of the incidence of relapse, death in remission.</param>
/// <param name="LostBefore">Lost to follow-up before either.</param>
/// <param name="StillFollowed">Without either and not lost.</param>
public sealed record ArmFlow(string Arm, int Enrolled, int NotMade, int DiedBefore, int Failed, int Analysed, int Events, int Competing, int LostBefore, int StillFollowed);

/// <summary>Runs the trial's analyses on its own patients.</summary>
static class Conducting
{
    public static ConductedTrial Of(TrialPlan plan, IReadOnlyList<ArmTally> tallies)
    {
        (RandomisedDesign design, Enrolment enrolment) = (plan.Randomised!, plan.Enrolment!);
        int[] next = new int[plan.Arms.Count];
        EnrolledPatient[] enrolled = [.. enrolment.Arms.Select((arm, i) => new EnrolledPatient(arm, enrolment.Days[i], enrolment.DropOutDays[i], tallies[arm].Candidates[next[arm]++]))];
        LookBoundaries bounds = new(design.Analysis);
        TrialDecision decision = new TrialDecider(design.Conduct, design.Analysis, bounds).Decide(enrolled, design.Analysis.Events);
        double day = decision.Last.TrialDay;
        Estimable<Estimate> ratio = HazardRatio(design, enrolled, day);
        return new ConductedTrial
        {
            Design = design,
            Compared = (plan.Arms[design.Analysis.Arm].Name, plan.Arms[design.Analysis.Reference].Name),
            Patients = enrolled,
            Flow = [.. plan.Arms.Select((arm, a) => Flow(arm.Name, [.. enrolled.Where(p => p.Arm == a && p.EnrolmentDay <= day)], day))],
            Decision = decision,
            Boundaries = bounds.Planned,
            Effect = Effect(design, enrolled, decision.Last, ratio),
            Curves = [.. plan.Arms.Select((_, a) => Curve(design.Analysis, [.. enrolled.Where(p => p.Arm == a)], day))],
            HazardRatio = ratio,
            FollowedHazardRatio = HazardRatio(design, [.. enrolled.Select(p => p with { DropOutDays = double.PositiveInfinity })], double.PositiveInfinity),
        };
    }

    internal static PrimaryEffect Effect(RandomisedDesign design, EnrolledPatient[] enrolled, LookResult last, Estimable<Estimate> hazardRatio)
    {
        PrimaryAnalysis analysis = design.Analysis;
        (int, int, FollowUp)[] known =
        [
            .. from p in enrolled
               where p.Arm == analysis.Arm || p.Arm == analysis.Reference
               let time = p.KnownOn(last.TrialDay)
               where time is not null
               select (p.Arm, p.Candidate.Stratum, time.Value),
        ];
        double probability = last.PValue(analysis.Sides);
        return analysis.Test switch
        {
            PrimaryTest.LogRank => new PrimaryEffect(EffectMeasure.HazardRatio, hazardRatio, probability),
            PrimaryTest.Gray => new PrimaryEffect(EffectMeasure.SubdistributionHazardRatio, ArmComparison.SubdistributionHazardRatio(analysis, design.Conduct.StratumCount, known), probability),
            PrimaryTest.Milestone => new PrimaryEffect(EffectMeasure.RiskDifference, ArmComparison.RiskDifference(analysis, known).Then(c => Estimable<Estimate>.Of(c.Difference)), probability),
            _ => throw new ArgumentOutOfRangeException(nameof(design), analysis.Test, "expected a known test"),
        };
    }

    internal static SurvivalCurve Curve(PrimaryAnalysis analysis, EnrolledPatient[] patients, double day)
    {
        FollowUp[] known = [.. patients.Select(p => p.KnownOn(day)).OfType<FollowUp>()];
        return analysis.Endpoint.Endpoint == Endpoint.Relapse
            ? AalenJohansen.Estimate(RiskTable.Of(known, 2))[0]
            : KaplanMeier.Estimate(RiskTable.Of(known));
    }

    internal static Estimable<Estimate> HazardRatio(RandomisedDesign design, EnrolledPatient[] enrolled, double day)
    {
        RiskTable[][] strata = [.. Enumerable.Range(0, design.Conduct.StratumCount).Select(s => new[] { Table(design.Analysis.Reference, s), Table(design.Analysis.Arm, s) })];
        return Cox.Compare(strata).Then(fit => Estimable<Estimate>.Of(fit.HazardRatio(0)));

        RiskTable Table(int arm, int stratum) => RiskTable.Of(
            [.. enrolled.Where(p => p.Arm == arm && p.Candidate.Stratum == stratum).Select(p => p.KnownOn(day)).OfType<FollowUp>().Select(t => t.Cause > 1 ? t with { Cause = 0 } : t)]);
    }

    internal static ArmFlow Flow(string name, EnrolledPatient[] patients, double day)
    {
        (EnrolledPatient Patient, FollowUp Time)[] known = [.. patients.Where(p => p.KnownOn(day) is not null).Select(p => (p, p.KnownOn(day)!.Value))];
        int events = known.Count(k => k.Time.Cause == 1);
        int competing = known.Count(k => k.Time.Cause > 1);
        int lost = known.Count(k => k.Time.Cause == 0 && k.Patient.EnrolmentDay + k.Patient.DropOutDays <= day && k.Patient.DropOutDays < k.Patient.Candidate.Time!.Value.StartDay + k.Patient.Candidate.Time.Value.Days);
        return new ArmFlow(
            name,
            patients.Length,
            patients.Count(p => p.FateOn(day) == InfusionFate.NotMade),
            patients.Count(p => p.FateOn(day) == InfusionFate.DiedBefore),
            patients.Count(p => p.Candidate.Failed),
            known.Length,
            events,
            competing,
            lost,
            known.Length - events - competing - lost);
    }
}
