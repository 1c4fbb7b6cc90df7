using Nadir.Solvers;

namespace Nadir.Trials;

/// <summary>Simulates the first failed patients of a trial again to say in what state they failed.</summary>
static class FailedCourses
{
    /// <summary>The first failed patients, arm by arm, as many as a person reads.</summary>
    public static IReadOnlyList<FailedCourse> Of(TrialPlan plan, IReadOnlyList<ArmTally> tallies)
    {
        (int Arm, FailedPatient Patient)[] failed = [.. tallies.Index().SelectMany(t => t.Item.Failed.Select(p => (t.Index, p))).Take(ArmTally.FailedKept)];
        if (failed.Length == 0)
        {
            return [];
        }

        PatientSimulator simulator = new(plan);
        return [.. failed.Select(f => Record(plan, simulator, f.Arm, f.Patient))];
    }

    static FailedCourse Record(TrialPlan plan, PatientSimulator simulator, int arm, FailedPatient patient)
    {
        LastStep last = new();
        simulator.Simulate(arm, patient.Index, last);
        double[] slots = last.Slots ?? [];
        IEnumerable<string> names = slots.Length == 0 ? [] : simulator.Network.SlotNames.Take(simulator.Network.DynamicCount);
        return new FailedCourse(
            Subjects.Identifier(plan.PatientNumber(arm, patient.Index)), plan.Arms[arm].Name, patient.Status, patient.Day,
            [.. names.Select((name, i) => (name, slots[i]))]);
    }
}

/// <summary>A patient whose simulation failed, and where.</summary>
/// <param name="Subject">The subject's identifier, as in subjects.csv.</param>
/// <param name="Arm">The arm's name.</param>
/// <param name="Status">Why the simulation ended.</param>
/// <param name="Day">Day of the failure.</param>
/// <param name="State">Amount of each species at the last time reached, cells; empty where no step was taken.</param>
public sealed record FailedCourse(string Subject, string Arm, LaneStatus Status, double Day, IReadOnlyList<(string Name, double Amount)> State);
