namespace Nadir.Trials;

/// <summary>Patients of an arm that follow each other.</summary>
/// <param name="First">Place of the first in the arm, from 0.</param>
/// <param name="Count">How many.</param>
public readonly record struct PatientBlock(int First, int Count)
{
    /// <summary>All patients of each arm of a plan.</summary>
    public static PatientBlock All(TrialPlan plan) => new(0, plan.PatientsPerArm);

    /// <summary>One of several parts of an arm that differ by at most one patient and together are the arm.</summary>
    /// <param name="number">Number of the part, from 1.</param>
    /// <param name="of">Number of parts, from 1 to <paramref name="patients"/>.</param>
    /// <param name="patients">Patients in the arm.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such part, or more parts than patients.</exception>
    public static PatientBlock Part(int number, int of, int patients)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(of, patients);
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, of);
        int first = (int)((number - 1L) * patients / of);
        return new PatientBlock(first, (int)((long)number * patients / of) - first);
    }
}
