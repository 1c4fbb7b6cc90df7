namespace Nadir.Trials;

/// <summary>Keeps the fates of a trial's patients, about 60 bytes each, while they come in.</summary>
public sealed class FateRecorder
{
    readonly List<PatientFate>[] _fates;

    /// <summary>An empty recorder.</summary>
    /// <param name="arms">Number of arms.</param>
    public FateRecorder(int arms) => _fates = [.. Enumerable.Range(0, arms).Select(_ => new List<PatientFate>())];

    /// <summary>The fates of an arm, in the patients' order.</summary>
    /// <param name="arm">Index of the arm.</param>
    public IReadOnlyList<PatientFate> this[int arm] => _fates[arm];

    /// <summary>Takes a patient; patients of an arm come in their order.</summary>
    public void Add(PatientRecord record) => _fates[record.Arm].Add(PatientFate.Of(record.Outcome));
}
