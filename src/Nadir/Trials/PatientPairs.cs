using Nadir.Endpoints;
using Nadir.Units;

namespace Nadir.Trials;

/// <summary>
/// Sets patients of later arms beside themselves in the first arm, whose days it remembers: four bytes a patient, and only up to a number of patients beyond which
/// intervals are narrow without pairing, so that memory stays bounded.
/// </summary>
sealed class PatientPairs
{
    /// <summary>Patients per arm up to which pairs are made.</summary>
    public const int MostPatients = 1_000_000;

    const ushort NoEvent = ushort.MaxValue;
    const ushort Failed = ushort.MaxValue - 1;

    readonly (ushort EventFree, ushort Overall)[] _first;
    readonly double _horizonDays;
    readonly double _meanDays;

    public PatientPairs(TrialPlan plan, PatientBlock block)
    {
        bool pairs = plan.Design == TrialDesign.Counterfactual && plan.Arms.Count > 1 && plan.PatientsPerArm <= MostPatients && plan.HorizonDays < Failed;
        _first = pairs ? new (ushort, ushort)[block.Count] : [];
        _horizonDays = plan.HorizonDays;
        _meanDays = ArmContrasts.MeanDays(plan.HorizonDays);
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

        (ushort EventFree, ushort Overall) days = outcome.IsEvaluable ? (Code(TimeToEvent.EventFree(outcome)), Code(TimeToEvent.Overall(outcome))) : (Failed, Failed);
        if (arm == 0)
        {
            _first[place] = days;
        }
        else if (days.EventFree != Failed && _first[place].EventFree != Failed)
        {
            tally.AddPatients(1);
            Compare(days.EventFree, _first[place].EventFree, tally.EventFree);
            Compare(days.Overall, _first[place].Overall, tally.Overall);
        }
    }

    void Compare(ushort arm, ushort reference, PairSums sums)
    {
        sums.AddDifference(FreeTime(arm) - FreeTime(reference));
        for (int m = 0; m < PairTally.Months.Count; m++)
        {
            bool inArm = HadEvent(arm, PairTally.Months[m]);
            bool inReference = HadEvent(reference, PairTally.Months[m]);
            sums.OnlyArm[m] += inArm && !inReference ? 1 : 0;
            sums.OnlyReference[m] += inReference && !inArm ? 1 : 0;
        }
    }

    static ushort Code(TimeToEvent time) => time.Censor == 0 ? (ushort)Math.Ceiling(time.Days) : NoEvent;

    // A horizon within a day is the day of the events of that day.
    double Days(ushort code) => Math.Min(code, _horizonDays);

    bool HadEvent(ushort code, int month) => code != NoEvent && Days(code) <= month * Duration.DaysPerMonth;

    long FreeTime(ushort code) => (long)Math.Round(Math.Min(Days(code), _meanDays) * PairTally.Unit);
}
