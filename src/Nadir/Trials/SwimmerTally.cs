using Nadir.Endpoints;

namespace Nadir.Trials;

/// <summary>The first patients of an arm, one by one: not chosen, so that the figure shows how patients fare on the whole.</summary>
sealed class SwimmerTally
{
    /// <summary>Patients kept of each arm.</summary>
    public const int Kept = 30;

    readonly SortedDictionary<int, SwimmerPatient> _patients = [];

    // A dictionary's last key costs a walk, and every patient of a trial asks for it.
    int _last = int.MaxValue;

    /// <summary>Patients by their place in the arm.</summary>
    public IReadOnlyDictionary<int, SwimmerPatient> Patients => _patients;

    public void Add(int index, PatientOutcome o)
    {
        if (index < _last)
        {
            Add(index, new SwimmerPatient(Subjects.Identifier(o.Patient))
            {
                Remission = o.RemissionDay,
                NonResponse = o.NonResponseDay,
                MrdRelapse = o.MrdRelapseDay,
                Relapse = o.RelapseDay,
                Phenotype = o.RelapsePhenotype is { } p ? PhenotypeNames.NameOf(p) : null,
                Transplant = o.TransplantDay,
                BCellRecovery = o.BCellRecoveryDay,
                Death = o.DeathDay,
            });
        }
    }

    public void Add(int index, SwimmerPatient patient)
    {
        _patients[index] = patient;
        if (_patients.Count > Kept)
        {
            _patients.Remove(_patients.Keys.Last());
        }

        _last = _patients.Count < Kept ? int.MaxValue : _patients.Keys.Last();
    }

    public void Add(SwimmerTally other)
    {
        foreach ((int index, SwimmerPatient patient) in other._patients)
        {
            Add(index, patient);
        }
    }
}

/// <summary>One patient of a swimmer plot. Days count from infusion; a day that never came is null.</summary>
/// <param name="Subject">The subject's identifier, as in subjects.csv.</param>
public sealed record SwimmerPatient(string Subject)
{
    /// <summary>Remission first seen.</summary>
    public double? Remission { get; init; }

    /// <summary>Non-response declared.</summary>
    public double? NonResponse { get; init; }

    /// <summary>MRD seen again in remission.</summary>
    public double? MrdRelapse { get; init; }

    /// <summary>Relapse.</summary>
    public double? Relapse { get; init; }

    /// <summary>Phenotype at relapse; null without relapse.</summary>
    public string? Phenotype { get; init; }

    /// <summary>Transplant.</summary>
    public double? Transplant { get; init; }

    /// <summary>B cells seen again.</summary>
    public double? BCellRecovery { get; init; }

    /// <summary>Death.</summary>
    public double? Death { get; init; }
}
