using Nadir.Endpoints;

namespace Nadir.Trials;

/// <summary>
/// Sets patients of later arms beside themselves in the first arm, whose days it remembers: eight bytes a patient, and only up to a number of patients beyond which
/// intervals are narrow without pairing, so that memory stays bounded.
/// </summary>
sealed class PatientPairs
{
    /// <summary>Patients per arm up to which pairs are made.</summary>
    public const int MostPatients = 1_000_000;

    readonly Days?[] _first;

    public PatientPairs(TrialPlan plan, PatientBlock block)
    {
        bool pairs = plan.Design == TrialDesign.Counterfactual && plan.Arms.Count > 1 && plan.PatientsPerArm <= MostPatients && plan.HorizonDays <= PairedDays.LastDay;
        _first = pairs ? new Days?[block.Count] : [];
    }

    /// <summary>Takes a patient.</summary>
    /// <param name="arm">Index of the arm; all of the first arm come first.</param>
    /// <param name="place">The patient's place in the block, from 0.</param>
    /// <param name="outcome">What happened.</param>
    /// <param name="tally">The arm's pairs.</param>
    public void Add(int arm, int place, PatientOutcome outcome, PairTally tally)
    {
        if (_first.Length == 0)
        {
            return;
        }

        Days? days = outcome.IsEvaluable ? Days.Of(outcome) : null;
        if (arm == 0)
        {
            _first[place] = days;
        }
        else if (days is { } mine && _first[place] is { } first)
        {
            tally.AddPatients(1);
            tally.EventFree.Add(mine.EventFree, first.EventFree, 1);
            tally.Overall.Add(mine.Overall, first.Overall, 1);
            tally.RelapseFree.Add(mine.RelapseFree, first.RelapseFree, 1);
            tally.Relapse.Add(mine.Relapse, first.Relapse, 1);
        }
    }

    readonly record struct Days(ushort EventFree, ushort Overall, ushort RelapseFree, ushort Relapse)
    {
        public static Days Of(PatientOutcome o) => new(
            Code(TimeToEvent.EventFree(o)),
            Code(TimeToEvent.Overall(o)),
            o.RemissionDay is { } remission ? Code(TimeToEvent.RelapseFree(o, remission)) : PairedDays.Absent,
            o.RemissionDay is { } origin ? Code(TimeToEvent.Relapse(o, origin)) : PairedDays.Absent);

        static ushort Code(TimeToEvent time) => time.Censor == 0 ? (ushort)Math.Ceiling(time.Days) : PairedDays.NoEvent;
    }
}
