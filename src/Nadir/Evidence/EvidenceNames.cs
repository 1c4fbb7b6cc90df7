namespace Nadir.Evidence;

/// <summary>A name of the catalogue.</summary>
/// <param name="Name">The name.</param>
/// <param name="Title">For people.</param>
/// <param name="About">Its relapse class, what it counters, its targets or what it reads.</param>
public sealed record EvidenceName(string Name, string Title, string About);

/// <summary>Lists a catalogue.</summary>
public static class EvidenceNames
{
    /// <summary>The names by kind: mechanisms, strategies, products, lymphodepletions, trials, assays, models.</summary>
    public static IReadOnlyList<(string Group, IEnumerable<EvidenceName> Names)> Of(Catalogue c) =>
    [
        ("mechanisms", c.Mechanisms.Select(m => new EvidenceName(m.Name, m.Title, m.RelapseClass))),
        ("strategies", c.Strategies.Select(s => new EvidenceName(s.Name, s.Title, s.NotApplicable is not null ? "not applicable" : $"counters {string.Join(", ", s.Counters)}"))),
        ("products", c.Products.Select(p => new EvidenceName(p.Name, p.Title, string.Join(", ", p.Targets)))),
        ("lymphodepletions", c.Lymphodepletions.Select(l => new EvidenceName(l.Name, l.Title, ""))),
        ("trials", c.Trials.Select(t => new EvidenceName(t.Name, t.Title, FormattableString.Invariant($"{t.Results.Count(r => r.IsComparable)} results to compare with")))),
        ("assays", c.Assays.Select(a => new EvidenceName(a.Name, a.Title, $"limit {EvidenceLine.Number(a.Limit, a.Unit)}"))),
        ("models", c.Models.Select(m => new EvidenceName(m.Name, m.Card?.Split('\n')[0].TrimStart('#', ' ') ?? "", m.Parameters is { } t ? EvidenceShares.Of(t).ToString() : ""))),
    ];

    /// <summary>How many numbers are measured, derived and assumed: of the B-ALL model, and of the rest of the library.</summary>
    public static IReadOnlyList<(string Of, EvidenceShares Shares)> Shares(Catalogue c) =>
    [
        .. c.Models.Where(m => m.Name == "b-all").Select(m => (m.Name, EvidenceShares.Of(m.Parameters!))),
        ("mechanisms switched on, strategies, products, lymphodepletions, assays", EvidenceShares.Of(c.Numbers)),
    ];
}
