namespace Nadir.Faults;

/// <summary>Suggests the name a user probably meant.</summary>
public static class NearestName
{
    /// <summary>
    /// The candidate with the smallest edit distance (insertions, deletions, substitutions and swaps of neighbours, case ignored),
    /// or null when none is within a third of the name's length, at least 2.
    /// </summary>
    public static string? Of(string name, IEnumerable<string> candidates)
    {
        int allowed = Math.Max(2, name.Length / 3);
        return candidates
            .Select(c => (Name: c, Distance: Distance(Fold(name), Fold(c))))
            .Where(c => c.Distance <= allowed)
            .OrderBy(c => c.Distance).ThenBy(c => c.Name, StringComparer.Ordinal)
            .Select(c => c.Name)
            .FirstOrDefault();
    }

    /// <summary>A hint such as <c>did you mean "b-all"?</c>, or a list of the valid names when none is near.</summary>
    public static string Hint(string name, IReadOnlyCollection<string> candidates)
    {
        if (Of(name, candidates) is { } nearest)
        {
            return $"did you mean \"{nearest}\"?";
        }

        const int shown = 12;
        string list = string.Join(", ", candidates.Order(StringComparer.Ordinal).Take(shown));
        return candidates.Count == 0 ? "there are none" : $"valid names: {list}{(candidates.Count > shown ? ", …" : "")}";
    }

    static string Fold(string s) => s.Length > 64 ? s[..64].ToUpperInvariant() : s.ToUpperInvariant();

    /// <summary>Optimal string alignment distance.</summary>
    static int Distance(string a, string b)
    {
        int[][] d = [.. Enumerable.Range(0, a.Length + 1).Select(_ => new int[b.Length + 1])];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                d[i][j] = i == 0 ? j : j == 0 ? i : Step(a, b, i, j, d);
            }
        }

        return d[a.Length][b.Length];
    }

    static int Step(string a, string b, int i, int j, int[][] d)
    {
        int cost = a[i - 1] == b[j - 1] ? 0 : 1;
        int best = Math.Min(Math.Min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + cost);
        bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        return swapped ? Math.Min(best, d[i - 2][j - 2] + 1) : best;
    }
}
