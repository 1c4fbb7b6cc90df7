using Nadir.Expressions;

namespace Nadir.Models;

/// <summary>
/// Finds definitions that depend on themselves: assignment rules and reaction laws at every instant, initial values at time 0 together with
/// them. A concentration depends on its compartment's size, a rate rule's variable only on its starting value.
/// </summary>
static class DependencyCycles
{
    /// <summary>Each cycle once, in order of dependence.</summary>
    public static IEnumerable<IReadOnlyList<SymbolDraft>> Of(SymbolTable table)
    {
        Dictionary<string, string> places = Placement.Of(table);
        Dictionary<string, List<string>> needs = table.Symbols.ToDictionary(s => s.Name, s => Needs(s, places).Where(n => table.Find(n) is not null).Distinct().ToList(), StringComparer.Ordinal);
        HashSet<string> open = Unresolvable(needs);
        foreach (SymbolDraft start in table.Symbols)
        {
            if (open.Contains(start.Name) && Walk(start.Name, needs, open) is { Count: > 0 } cycle)
            {
                yield return [.. cycle.Select(n => table.Find(n)!)];
            }
        }
    }

    static IEnumerable<string> Needs(SymbolDraft s, Dictionary<string, string> places)
    {
        IEnumerable<string> names = s.Kind switch
        {
            SymbolKind.Event => [],
            SymbolKind.Reaction => s.Law is { } law ? FreeSymbols.Of(law.Tree) : [],
            _ => (s.Rule ?? s.Initial) is { } f ? FreeSymbols.Of(f.Tree) : [],
        };
        return s is { Kind: SymbolKind.Species, SubstanceOnly: false } ? names.Append(places[s.Name]) : names;
    }

    /// <summary>What is left after everything whose needs are met has been taken away: the cycles and what depends on them.</summary>
    static HashSet<string> Unresolvable(Dictionary<string, List<string>> needs)
    {
        Dictionary<string, int> missing = needs.ToDictionary(n => n.Key, n => n.Value.Count, StringComparer.Ordinal);
        ILookup<string, string> users = needs.SelectMany(n => n.Value.Select(need => (Need: need, User: n.Key))).ToLookup(p => p.Need, p => p.User, StringComparer.Ordinal);
        Queue<string> ready = new(missing.Where(m => m.Value == 0).Select(m => m.Key));
        while (ready.TryDequeue(out string? name))
        {
            _ = missing.Remove(name);
            foreach (string user in users[name])
            {
                if (--missing[user] == 0)
                {
                    ready.Enqueue(user);
                }
            }
        }

        return [.. missing.Keys];
    }

    /// <summary>Follows unmet needs until a name comes again; the names walked over are taken out of <paramref name="open"/>.</summary>
    static List<string> Walk(string start, Dictionary<string, List<string>> needs, HashSet<string> open)
    {
        List<string> path = [];
        HashSet<string> walked = new(StringComparer.Ordinal);
        string? name = start;
        while (name is not null && open.Remove(name))
        {
            path.Add(name);
            _ = walked.Add(name);
            name = needs[name].FirstOrDefault(n => open.Contains(n) || walked.Contains(n));
        }

        return name is null ? [] : path[path.IndexOf(name)..];
    }
}
