using Nadir.Faults;

namespace Nadir.Models;

/// <summary>What is known so far about a name of a model.</summary>
sealed class SymbolDraft(string name, SourceLocation at)
{
    /// <summary>The name; <c>A.x</c> inside submodel A.</summary>
    public string Name { get; } = name;

    /// <summary>Where it is first mentioned, or declared.</summary>
    public SourceLocation At { get; set; } = at;

    /// <summary>What it stands for.</summary>
    public SymbolKind Kind { get; set; }

    /// <summary>Its symbol is an amount.</summary>
    public bool SubstanceOnly { get; set; }

    /// <summary>Said to be <c>const</c> (true) or <c>var</c> (false).</summary>
    public bool? Constant { get; set; }

    /// <summary>The compartment it is placed in.</summary>
    public Reference? Place { get; set; }

    /// <summary>Value at time 0.</summary>
    public Formula? Initial { get; set; }

    /// <summary>Assignment rule, or a reaction's law.</summary>
    public Formula? Rule { get; set; }

    /// <summary>Rate rule.</summary>
    public Formula? Rate { get; set; }

    /// <summary>The reaction it names.</summary>
    public ReactionStatement? Reaction { get; set; }

    /// <summary>The event it names.</summary>
    public EventStatement? Event { get; set; }

    /// <summary>A reaction's law: what was set from outside, else its own.</summary>
    public Formula? Law => Rule ?? Reaction?.Law ?? Initial;

    /// <summary>Unit as written.</summary>
    public string? Unit { get; set; }

    /// <summary>Display name.</summary>
    public string? DisplayName { get; set; }

    /// <summary>Its definitions come from a submodel, so the outer model may override them.</summary>
    public bool Inherited { get; set; }

    /// <summary>Whether anything defines it.</summary>
    public bool HasDefinition => Initial is not null || Rule is not null || Rate is not null || Reaction is not null || Event is not null;

    /// <summary>All formulas that belong to it.</summary>
    public IEnumerable<Formula> Formulas =>
        ((Formula?[])[Initial, Rule, Rate, Reaction?.Law, Event?.Trigger, Event?.Delay, Event?.Priority])
        .Concat(Event?.Assignments.Select(a => a.Formula) ?? [])
        .OfType<Formula>();

    /// <summary>Replaces each of its formulas.</summary>
    public void Replace(Func<Formula, Formula> map)
    {
        Formula? Map(Formula? f) => f is null ? null : map(f);
        (Initial, Rule, Rate) = (Map(Initial), Map(Rule), Map(Rate));
        Reaction = Reaction is null ? null : Reaction with { Law = Map(Reaction.Law) };
        Event = Event is null ? null : Event with
        {
            Trigger = map(Event.Trigger),
            Delay = Map(Event.Delay),
            Priority = Map(Event.Priority),
            Assignments = [.. Event.Assignments.Select(a => a with { Formula = Map(a.Formula) })],
        };
    }

    /// <summary>The same symbol with other names.</summary>
    public SymbolDraft Renamed(Func<string, string> name) => new(name(Name), At)
    {
        Kind = Kind,
        SubstanceOnly = SubstanceOnly,
        Constant = Constant,
        Place = Place?.Renamed(name),
        Initial = Initial?.Renamed(name),
        Rule = Rule?.Renamed(name),
        Rate = Rate?.Renamed(name),
        Reaction = Reaction?.Renamed(name),
        Event = Event?.Renamed(name),
        Unit = Unit,
        DisplayName = DisplayName,
        Inherited = Inherited,
    };
}
