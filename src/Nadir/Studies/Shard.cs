using System.Globalization;
using Nadir.Trials;

namespace Nadir.Studies;

/// <summary>One of several parts of a trial that are simulated apart, each with a run of patients of every arm.</summary>
/// <param name="Number">Number of the part, from 1 to <paramref name="Of"/>.</param>
/// <param name="Of">Number of parts.</param>
public readonly record struct Shard(int Number, int Of)
{
    /// <summary>The most parts a trial is split into.</summary>
    public const int Most = 100_000;

    /// <summary>Its patients of each arm.</summary>
    /// <param name="patientsPerArm">Patients in each arm, at least as many as there are parts.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such part, or more parts than patients.</exception>
    public PatientBlock Patients(int patientsPerArm) => PatientBlock.Part(Number, Of, patientsPerArm);

    /// <summary>As it is written: <c>2/3</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Of}");
}
