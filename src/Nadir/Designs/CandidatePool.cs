namespace Nadir.Designs;

/// <summary>Simulated patients that trials are drawn from: the same patients in every arm, so that what differs between the arms' pools is the treatment.</summary>
/// <param name="Arms">For each arm its candidates; the same index is the same patient.</param>
/// <param name="Failed">Patients left out because their simulation failed numerically in an arm.</param>
public sealed record CandidatePool(IReadOnlyList<Candidate[]> Arms, int Failed)
{
    /// <summary>Patients in the pool.</summary>
    public int Count => Arms[0].Length;

    /// <summary>A pool in which every arm holds what happens in one of them: nothing differs between the arms.</summary>
    public CandidatePool Null(int arm) => this with { Arms = [.. Arms.Select(_ => Arms[arm])] };

    /// <summary>A pool without some of its patients.</summary>
    internal CandidatePool Without(int first, int count) =>
        this with { Arms = [.. Arms.Select(a => (Candidate[])[.. a.AsSpan(0, first), .. a.AsSpan(first + count)])] };
}
