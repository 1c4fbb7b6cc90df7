using Nadir.Designs;
using Nadir.Endpoints;
using Nadir.Numerics;
using Nadir.Units;

namespace Nadir.Trials;

/// <summary>
/// What a randomised trial would see of a simulated patient: what happens before the infusion is put in front of the simulated course. Its draws are keyed by the patient and the
/// same in every arm.
/// </summary>
sealed class Candidates(TrialPlan plan)
{
    static readonly uint _made = RandomStream.Purpose("before-infusion:manufacture");
    static readonly uint _death = RandomStream.Purpose("before-infusion:death");
    static readonly uint _ill = RandomStream.Purpose("before-infusion:too-ill");
    static readonly uint _days = RandomStream.Purpose("before-infusion:days");
    static readonly uint _later = RandomStream.Purpose("before-infusion:death-after-failure");

    readonly RandomisedDesign _design = plan.Randomised ?? throw new ArgumentException("found a plan without a randomised design; expected one", nameof(plan));

    /// <summary>A patient of an arm.</summary>
    /// <param name="arm">Index of the arm.</param>
    /// <param name="outcome">What happens from infusion on.</param>
    public Candidate Of(int arm, PatientOutcome outcome)
    {
        int stratum = plan.StratumOf(arm, outcome);
        EndpointTime? time = _design.Analysis.Endpoint.Of(outcome);
        if (_design.Conduct.BeforeInfusion is not { } before)
        {
            return new Candidate(outcome.Patient, stratum, InfusionFate.Infused, time) { Failed = !outcome.IsEvaluable };
        }

        double days = DaysBefore(before.Of(arm), outcome.Patient);
        RandomStream death = Stream(_death, outcome.Patient);
        double dies = before.Dies == 0 ? double.PositiveInfinity : before.Days * Draws.Exponential(ref death) / -Elementary.Log(1 - before.Dies);
        RandomStream made = Stream(_made, outcome.Patient);
        InfusionFate fate = dies < days ? InfusionFate.DiedBefore
            : made.NextUniform() < NotMade(plan.Arms[arm]) ? InfusionFate.NotMade
            : InfusionFate.Infused;
        return new Candidate(outcome.Patient, stratum, fate, outcome.IsEvaluable ? FromEnrolment(arm, outcome.Patient, fate, (days, dies, time)) : null)
        {
            FateDays = Math.Ceiling(Math.Min(days, dies)),
            Failed = !outcome.IsEvaluable,
        };
    }

    /// <summary>A patient who waits long in one arm does so in every arm.</summary>
    double DaysBefore(VeinToVein time, long patient)
    {
        RandomStream stream = Stream(_days, patient);
        return time.Of(Draws.Normal(ref stream));
    }

    /// <summary>Time from enrolment for all who are enrolled, or from infusion for the infused.</summary>
    EndpointTime? FromEnrolment(int arm, long patient, InfusionFate fate, (double Days, double Dies, EndpointTime? Time) course)
    {
        PrimaryAnalysis analysis = _design.Analysis;
        if (fate == InfusionFate.Infused)
        {
            return course.Time is not { } t ? null
                : analysis.Endpoint.IsFromRemission || analysis.OnlyInfused ? t with { StartDay = course.Days + t.StartDay }
                : t with { Days = course.Days + t.Days };
        }

        if (analysis.OnlyInfused || analysis.Endpoint.IsFromRemission)
        {
            return null;
        }

        // A product that cannot be made is an event on the day of the infusion that does not come; who is too ill for it has the event on that day.
        double failed = fate == InfusionFate.DiedBefore ? course.Dies : course.Days;
        if (analysis.Endpoint.Endpoint == Endpoint.EventFree || (fate == InfusionFate.DiedBefore && !IsTooIll(patient)))
        {
            return new EndpointTime(0, Math.Ceiling(failed), 1);
        }

        RandomStream later = Stream(_later, patient);
        double mean = plan.Arms[arm].Population.Mortality.AfterFailureMedianMonths * Duration.DaysPerMonth / Elementary.Log(2);
        double day = failed + (mean * Draws.Exponential(ref later));
        double end = course.Days + plan.HorizonDays;
        return day <= end ? new EndpointTime(0, Math.Ceiling(day), 1) : new EndpointTime(0, end, 0);
    }

    bool IsTooIll(long patient) => Stream(_ill, patient).NextUniform() < _design.Conduct.BeforeInfusion!.TooIll;

    /// <summary>The chance that one of the products given on day 0 cannot be made.</summary>
    static double NotMade(ArmPlan arm) => 1 - arm.AtStart.Aggregate(1.0, (p, d) => p * (1 - d.Fails));

    RandomStream Stream(uint purpose, long patient) => new(plan.Seed, (ulong)patient, purpose);
}
