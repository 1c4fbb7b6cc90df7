namespace Nadir.Survival;

/// <summary>
/// How long a patient was under observation: after <paramref name="Entry"/> and up to and including <paramref name="Exit"/>. A patient who enters late is
/// at risk of nothing before (left truncation), not even on the day of entry.
/// </summary>
/// <param name="Entry">Days from the endpoint's origin; negative infinity for a patient observed from the origin on.</param>
/// <param name="Exit">Days from the endpoint's origin, at least 0 and after the entry.</param>
/// <param name="Cause">0 for censoring at the exit, else the number of the event's cause from 1.</param>
public readonly record struct FollowUp(double Entry, double Exit, int Cause)
{
    /// <summary>A patient observed from the origin on.</summary>
    /// <param name="exit">Days from the origin.</param>
    /// <param name="cause">0 for censoring, else the number of the event's cause from 1.</param>
    public static FollowUp FromOrigin(double exit, int cause) => new(double.NegativeInfinity, exit, cause);

    /// <summary>Whether the patient is observed at a time.</summary>
    internal bool IsAtRisk(double days) => Entry < days && days <= Exit;

    /// <summary>Refuses what is no follow-up.</summary>
    /// <exception cref="ArgumentException">The exit is negative, not finite or not after the entry, or the cause is not from 0 to <paramref name="causes"/>.</exception>
    internal void Check(int index, int causes)
    {
        if (!(Exit >= 0 && double.IsFinite(Exit) && Entry < Exit))
        {
            throw new ArgumentException($"Entry {index} is followed from {Entry} to {Exit}; a follow-up ends after it begins, at a finite time of at least 0 days. Leave failed patients out before estimating.");
        }

        if (Cause < 0 || Cause > causes)
        {
            throw new ArgumentException($"Entry {index} has the cause {Cause}; causes are numbered from 1 to {causes}, and 0 is censoring.");
        }
    }
}
