using System.Runtime.InteropServices;
using Nadir.Endpoints;
using Nadir.Survival;

namespace Nadir.Trials;

/// <summary>What ends a patient's event-free time.</summary>
public enum FirstEvent
{
    /// <summary>Nothing until the end of follow-up.</summary>
    None,

    /// <summary>No remission by day 90.</summary>
    NoRemission,

    /// <summary>Relapse of CD19-positive blasts.</summary>
    Cd19PositiveRelapse,

    /// <summary>Relapse of CD19-negative or CD19-low blasts.</summary>
    Cd19NegativeOrLowRelapse,

    /// <summary>Relapse of lineage-switched blasts.</summary>
    LineageSwitchRelapse,

    /// <summary>Death before anything else.</summary>
    Death,
}

/// <summary>What the endpoints of one patient need, in a few bytes, so that many patients can be kept to be compared with themselves. Times are whole days, or the horizon.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PatientFate
{
    readonly DatedEvent _eventFree;
    readonly DatedEvent _overall;
    readonly DatedEvent _relapse;
    readonly DatedEvent _aplasia;
    readonly DatedEvent _mrdAgain;
    readonly byte _grade;

    PatientFate(PatientOutcome o)
    {
        IsEvaluable = o.IsEvaluable;
        if (!IsEvaluable)
        {
            return;
        }

        InMorphologicRemission = o.MorphologicRemissionDay is not null;
        IsTransplanted = o.TransplantDay is not null;
        _grade = (byte)((o.CytokineReleaseGrade + 1) ?? 0);
        Mechanism = o.RelapseCause?.Mechanism;
        TimeToEvent first = TimeToEvent.EventFree(o);
        TimeToEvent death = TimeToEvent.Overall(o);
        _eventFree = DatedEvent.Of(first.Days, first.Censor == 0 ? (int)First(o) : 0);
        _overall = DatedEvent.Of(death.Days, death.Censor == 0 ? 1 : 0);
        if (o.RemissionDay is { } remission)
        {
            InRemission = true;
            _relapse = DatedEvent.Of(ArmTally.Competing(o, remission));
            _mrdAgain = o.MrdRelapseDay is { } again && again - remission <= o.HorizonDays ? DatedEvent.Of(TimeToEvent.WholeDays(again - remission, o.HorizonDays), 1) : default;
            CompetingTime aplasia = ArmTally.Aplasia(o);
            _aplasia = DatedEvent.Of(aplasia.Time, aplasia.Cause == 1 ? 1 : 0);
        }
    }

    /// <summary>Whether the simulation ended well; the patient counts for nothing otherwise.</summary>
    public bool IsEvaluable { get; }

    /// <summary>Whether the patient came into remission; only then are there times from remission.</summary>
    public bool InRemission { get; }

    /// <summary>Whether blasts were below 5% by month 3, whatever MRD showed.</summary>
    public bool InMorphologicRemission { get; }

    /// <summary>Whether the patient had a transplant.</summary>
    public bool IsTransplanted { get; }

    /// <summary>The worst grade of cytokine release syndrome; null where it is not graded.</summary>
    public int? CytokineGrade => _grade == 0 ? null : _grade - 1;

    /// <summary>The mechanism behind the relapse; null without one, or where the model cannot tell.</summary>
    public string? Mechanism { get; }

    /// <summary>Keeps what the endpoints need.</summary>
    public static PatientFate Of(PatientOutcome outcome) => new(outcome);

    /// <summary>What ended event-free time by a day after infusion.</summary>
    /// <param name="day">Days from infusion; the horizon at most.</param>
    public FirstEvent FirstEventBy(double day) => _eventFree.HappenedBy(day) ? (FirstEvent)_eventFree.Cause : FirstEvent.None;

    /// <summary>Whether the patient died by a day after infusion.</summary>
    /// <param name="day">Days from infusion; the horizon at most.</param>
    public bool DiedBy(double day) => _overall.HappenedBy(day);

    /// <summary>The phenotype of a relapse by a day after remission; null without one.</summary>
    /// <param name="day">Days from remission; the horizon at most.</param>
    public Phenotype? RelapsedBy(double day) => _relapse.HappenedBy(day) && _relapse.Cause <= PhenotypeNames.All.Count ? PhenotypeNames.All[_relapse.Cause - 1] : null;

    /// <summary>Whether relapse or death came by a day after remission.</summary>
    /// <param name="day">Days from remission; the horizon at most.</param>
    public bool LostRemissionBy(double day) => _relapse.HappenedBy(day);

    /// <summary>Whether MRD was seen again by a day after remission.</summary>
    /// <param name="day">Days from remission; the horizon at most.</param>
    public bool MrdSeenAgainBy(double day) => _mrdAgain.HappenedBy(day);

    /// <summary>Relapse as the event, from remission, for a patient in it; death in remission censors.</summary>
    internal CompetingTime Response => new(_relapse.Days, _relapse.Cause > 0 && _relapse.Cause <= PhenotypeNames.All.Count ? 1 : 0);

    /// <summary>Loss of B-cell aplasia as the event, from infusion, for a patient in remission; all else censors.</summary>
    internal CompetingTime Aplasia => new(_aplasia.Days, _aplasia.Cause);

    static FirstEvent First(PatientOutcome o) =>
        o.NonResponseDay is not null ? FirstEvent.NoRemission
        : o.RelapseDay is not null ? FirstEvent.Cd19PositiveRelapse + (int)o.RelapsePhenotype!.Value
        : FirstEvent.Death;

    /// <summary>A day, in single precision to keep it small, and the cause of what happened then; 0 for nothing.</summary>
    readonly record struct DatedEvent(float Days, byte Cause)
    {
        // Days are whole numbers, which single precision holds exactly for 45,000 years; only the horizon may be rounded, and nothing is asked beyond it.
        public static DatedEvent Of(double days, int cause) => new((float)days, (byte)cause);

        public static DatedEvent Of(CompetingTime time) => Of(time.Time, time.Cause);

        public bool HappenedBy(double day) => Cause > 0 && Days <= (float)day;
    }
}
