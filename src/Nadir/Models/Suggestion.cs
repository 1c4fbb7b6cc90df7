using Nadir.Expressions;
using Nadir.Faults;

namespace Nadir.Models;

/// <summary>
/// Hints at the name a person probably meant: silent for names too short to tell, and for more faults than are shown, since a search among
/// many names for each of many faults would take minutes.
/// </summary>
sealed class Suggestion
{
    const int ShortestName = 3;
    const int MaxCandidates = 1000;
    int _given;

    /// <summary>A hint such as <c>did you mean "Tumour"?</c>, or null.</summary>
    public string? For(string name, IEnumerable<string> candidates) =>
        name.Length >= ShortestName && _given++ < Lexer.MaxIssues
        && NearestName.Of(name, candidates.Where(c => c.Length >= ShortestName && c != name).Take(MaxCandidates)) is { } near
            ? $"did you mean \"{near}\"?"
            : null;
}
