using Nadir.Expressions;
using Nadir.Models;
using Nadir.Monitoring;
using Nadir.Numerics;
using Nadir.Populations;
using Nadir.Protocols;
using Nadir.Units;

namespace Nadir.Evidence;

/// <summary>Makes the pages of a catalogue.</summary>
public static class EvidencePages
{
    /// <summary>What stands where no strategy of the library counters a mechanism.</summary>
    internal const string NoStrategy = "none known";

    internal const string TermsHeading = "Terms of the model";

    /// <summary>Everything that has this name: a mechanism, strategy, product, lymphodepletion, assay, trial, model or source. Empty for an unknown one.</summary>
    public static IReadOnlyList<EvidencePage> Of(Catalogue catalogue, string name)
    {
        IEnumerable<EvidencePage> pages = catalogue.Mechanisms.Where(m => m.Name == name).Select(m => Mechanism(catalogue, m))
            .Concat(catalogue.Strategies.Where(s => s.Name == name).Select(StrategyPages.Of))
            .Concat(catalogue.Products.Where(p => p.Name == name).Select(Product))
            .Concat(catalogue.Lymphodepletions.Where(l => l.Name == name).Select(Lymphodepletion))
            .Concat(catalogue.Assays.Where(a => a.Name == name).Select(Assay))
            .Concat(catalogue.Trials.Where(t => t.Name == name).Select(Trial))
            .Concat(catalogue.Models.Where(m => m.Name == name).Select(Model))
            .Concat(catalogue.Citations.All.Where(c => c.Key == name).Select(c => Source(catalogue, c)));
        return [.. pages];
    }

    /// <summary>What is known of a parameter of a model.</summary>
    /// <exception cref="ArgumentException">The model has no such parameter.</exception>
    public static EvidencePage Parameter(Catalogue catalogue, ModelPackage package, string name)
    {
        ParameterEntry entry = package.Parameters?.Find(name) ?? throw new ArgumentException($"the model \"{package.Name}\" has no parameter \"{name}\"", nameof(name));
        double value = TypicalValues.Of(package.Model)[name];
        return Page(name, "parameter", $"{name} of the model {package.Name}",
        [
            new("Value", [EvidenceLine.Of($"{EvidenceLine.Number(value, entry.Unit)}", entry.Basis)]),
            new("Calibrated", Calibrated(package, name, entry.Unit)),
            new("Distribution between patients", [new(Text(entry.Distribution)), new($"from {EvidenceLine.Number(entry.Lower)} to {EvidenceLine.Number(entry.Upper)}")]),
            new("Owned by mechanisms", Names(catalogue.Mechanisms.Where(m => m.Parameters.Contains(name)).Select(m => m.Name))),
            new("Changed by", Changes(catalogue, name)),
            new(TermsHeading, Lines(ModelTerms.Of(package.Model, [name]))),
        ]);
    }

    /// <summary>What the calibration that comes with the model says of a parameter and its spread: the point, and the middle 90% of the draws.</summary>
    static IReadOnlyList<EvidenceLine> Calibrated(ModelPackage package, string name, UnitExpression unit)
    {
        if (CalibratedValues.Of(package)?.Value is not { } values)
        {
            return [];
        }

        string Line(string number)
        {
            double[] draws = [.. values.Draws.Where(d => d.ContainsKey(number)).Select(d => d[number])];
            UnitExpression of = number == name ? unit : UnitExpression.One;
            string range = draws.Length == 0 ? "" : $" ({EvidenceLine.Number(Quantiles.Of(draws, 0.05))} to {EvidenceLine.Number(Quantiles.Of(draws, 0.95))} in 90% of the draws)";
            return $"{number} {EvidenceLine.Number(values.Point[number], of)}{range}";
        }

        return Lines(values.Point.Keys.Where(k => k == name || k.StartsWith(name + ".", StringComparison.Ordinal)).Select(Line));
    }

    /// <summary>What is known of a trait of a model's populations, such as <c>weak_product</c>; null where there is none of this name.</summary>
    public static EvidencePage? Trait(Catalogue catalogue, ModelPackage package, string name)
    {
        (string Population, Trait Trait)[] found =
            [.. catalogue.Populations[package.Name].SelectMany(p => p.Traits.Where(t => t.Name == name).Select(t => (p.Name, t)))];
        return found.Length == 0 ? null : Page(name, "trait", found[0].Trait.Title,
        [
            new("Probability", [.. found.Select(f => EvidenceLine.Of($"{f.Population}: {ExpressionPrinter.Print(f.Trait.Probability)}", f.Trait.Basis))]),
            new("Effects", Lines(found[0].Trait.Effects.Select(Effect))),
            new("Switched by mechanisms", Names(catalogue.Mechanisms.Where(m => m.On.Concat(m.Off).Any(c => c.Target == name)).Select(m => m.Name))),
            new("Changed by", Changes(catalogue, name)),
        ]);
    }

    static string Effect(TraitEffect effect) => effect switch
    {
        TraitEffect.Multiplied m => $"{m.Parameter} times {EvidenceLine.Number(m.Factor)}",
        TraitEffect.Drawn { Distribution: ParameterDistribution.LogUniform } d => $"{d.Parameter} drawn: {Text(d.Distribution)}",
        TraitEffect.Drawn d => $"{d.Parameter} drawn: {Text(d.Distribution)}, median {EvidenceLine.Number(d.Median)}",
        _ => effect.Parameter,
    };

    static IReadOnlyList<EvidenceLine> Changes(Catalogue catalogue, string target) =>
        [.. catalogue.Products.SelectMany(p => p.Changes.Select(c => (p.Name, Change: c)))
            .Concat(catalogue.Lymphodepletions.SelectMany(l => l.Changes.Select(c => (l.Name, Change: c))))
            .Concat(catalogue.Strategies.SelectMany(s => s.Changes.Select(c => (s.Name, Change: c))))
            .Where(c => c.Change.Target == target)
            .Select(c => EvidenceLine.Of($"{c.Name}: {Size(c.Change)}", c.Change.Basis!))];

    internal static EvidencePage Page(string name, string kind, string title, IEnumerable<EvidenceSection> sections) =>
        new(name, kind, title, [.. sections.Where(s => s.Lines.Count > 0)]);

    internal static IReadOnlyList<EvidenceLine> Lines(IEnumerable<string> texts) => [.. texts.Select(t => new EvidenceLine(t))];

    internal static IReadOnlyList<EvidenceLine> Note(string? note) => note is null ? [] : [new EvidenceLine(note.Trim())];

    internal static EvidenceLine Change(ParameterChange change) => change.Basis is { } basis
        ? EvidenceLine.Of($"{change.Target}: {Size(change)}", basis) : new EvidenceLine($"{change.Target}: {Size(change)}");

    internal static IReadOnlyList<EvidenceLine> Facts(IEnumerable<PublishedFact> facts) => [.. facts.Select(f => new EvidenceLine(f.Text) { Citations = [f.Citation.Key] })];

    static string Size(ParameterChange change) => change.Kind switch
    {
        ChangeKind.Set => $"set to {EvidenceLine.Number(change.Value)}",
        ChangeKind.Multiply => $"times {EvidenceLine.Number(change.Value)}",
        _ => $"odds times {EvidenceLine.Number(change.Value)}",
    };

    static IReadOnlyList<EvidenceLine> Names(IEnumerable<string> names) => Lines(names);

    static string Text(ParameterDistribution distribution) => distribution switch
    {
        ParameterDistribution.Fixed => "the same in every patient",
        ParameterDistribution.LogNormal d => $"log-normal, SD {EvidenceLine.Number(d.Sd)} of the logarithm",
        ParameterDistribution.LogitNormal d => $"logit-normal, SD {EvidenceLine.Number(d.Sd)} of the logit",
        ParameterDistribution.Pareto d => $"Pareto, exponent {EvidenceLine.Number(d.Shape)}, the value is the median",
        ParameterDistribution.LogUniform d => $"log-uniform from {EvidenceLine.Number(d.From)} to {EvidenceLine.Number(d.To)}",
        _ => distribution.ToString()!,
    };

    static EvidencePage Mechanism(Catalogue catalogue, Mechanism m)
    {
        ModelPackage? package = catalogue.ModelWith(m.Parameters);
        Dictionary<string, double> values = package is null ? [] : TypicalValues.Of(package.Model);
        IEnumerable<EvidenceLine> parameters = m.Parameters.Select(p => package?.Parameters?.Find(p) is { } e
            ? EvidenceLine.Of($"{p} = {EvidenceLine.Number(values[p], e.Unit)}", e.Basis) : new EvidenceLine(p));
        return Page(m.Name, "mechanism", m.Title,
        [
            new("Definition", Note(m.Note)),
            new("Relapse class", Lines([m.RelapseClass])),
            new("In the reference population", Lines([m.Default switch { MechanismDefault.On => "on", MechanismDefault.Weak => "on, but weak", _ => "off" }])),
            new("Acts only together with", Lines(m.Needs)),
            new("Signals", Lines(m.Signals)),
            new("Seen at relapse", [.. catalogue.Identification.Columns.Where(c => c.Mechanisms.Contains(m.Name)).SelectMany(Signs)]),
            new("Published", Facts(m.Facts)),
            new($"Parameters of {package?.Name ?? "the model"}", [.. parameters]),
            new("Switched on by", [.. m.On.Select(Change)]),
            new("Switched off by", [.. m.Off.Select(Change)]),
            new("What its traits change", package is null ? [] : TraitEffects(catalogue.Populations[package.Name], m)),
            new(TermsHeading, package is null ? [] : Lines(ModelTerms.Of(package.Model, m.Parameters, Species(package, m)))),
            new("Strategies against it", Lines(catalogue.Countering(m.Name).Select(s => $"{s.Name}: {s.Title}").DefaultIfEmpty(NoStrategy))),
        ]);
    }

    /// <summary>Effects of the traits that a mechanism switches, as the first population that has one says.</summary>
    static IReadOnlyList<EvidenceLine> TraitEffects(IReadOnlyList<Population> populations, Mechanism m) =>
        [.. m.On.Concat(m.Off).Select(c => c.Target).Distinct()
            .Select(name => populations.SelectMany(p => p.Traits).FirstOrDefault(t => t.Name == name)).OfType<Trait>()
            .SelectMany(t => t.Effects.Select(e => EvidenceLine.Of($"{t.Name}: {Effect(e)}", t.Basis)))];

    /// <summary>The clones of a mechanism, and the site outside the marrow where one comes from there.</summary>
    static IReadOnlyCollection<string> Species(ModelPackage package, Mechanism mechanism)
    {
        Readouts readouts = package.Parameters!.Readouts;
        LeukaemiaClone[] clones = [.. readouts.Clones.Where(c => c.Mechanism == mechanism.Name)];
        return [.. clones.Select(c => c.Species), .. clones.Any(c => c.Seed == CloneSeed.Sanctuary) ? readouts.Sanctuaries : []];
    }

    static IEnumerable<EvidenceLine> Signs(RelapseColumn column) => column.Signs.Select(s => Sign(s.Key, s.Value)).Prepend(Sign("blasts", column.Blasts));

    static EvidenceLine Sign(string name, RelapseSign sign) =>
        EvidenceLine.Of($"{name}: {string.Join(" or ", sign.Usual)}" + (sign.Also.Count == 0 ? "" : $", may be {string.Join(" or ", sign.Also)}"), sign.Basis);

    static EvidencePage Product(Product p) => Page(p.Name, "product", p.Title,
    [
        new("Targets", Lines([string.Join(", ", p.Targets)])),
        new("Cells", Lines([$"{p.Cells.ToUpperInvariant()} cells"])),
        new("Costimulation", Lines([p.Costimulation])),
        new("Dose", [EvidenceLine.Of($"{EvidenceLine.Number(p.DoseCells)} CAR-T cells", p.DoseBasis)]),
        new("Manufacture", [EvidenceLine.Of($"fails with probability {EvidenceLine.Number(p.Manufacture.Fails)}" + (double.IsNaN(p.Manufacture.Days) ? "" : $", {EvidenceLine.Number(p.Manufacture.Days)} days{Spread(p.Manufacture.Spread)}"), p.Manufacture.Basis)]),
        new("Changes of the model", [.. p.Changes.Select(Change)]),
        new("Published", Facts(p.Facts)),
        new("Costs", StrategyPages.Costs(p.Costs)),
        new("Note", Note(p.Note)),
    ]);

    static string Spread(double spread) => spread == 0 ? "" : $" (median; log-normal, standard deviation {EvidenceLine.Number(spread)})";

    static EvidencePage Lymphodepletion(Lymphodepletion l) => Page(l.Name, "lymphodepletion", l.Title,
    [
        new("Changes of the model", [.. l.Changes.Select(Change)]),
        new("Evidence", [.. l.Evidence.Select(e => new EvidenceLine(e.Key) { Citations = [e.Key] })]),
        new("Note", Note(l.Note)),
    ]);

    static EvidencePage Assay(Assay a) => Page(a.Name, "assay", a.Title,
    [
        new("Reads", Lines([$"{a.Reads}, {(a.Unit.Text == "1" ? "a fraction" : a.Unit.Text)}"])),
        new("Limit", [EvidenceLine.Of($"{EvidenceLine.Number(a.Limit, a.Unit)}", a.LimitBasis)]),
        new("Highest", a.HighestBasis is { } h ? [EvidenceLine.Of($"{EvidenceLine.Number(a.Highest, a.Unit)}", h)] : []),
        new("Noise", [EvidenceLine.Of($"SD {EvidenceLine.Number(a.NoiseSd)} of the {(a.NoiseScale == NoiseScale.Log ? "logarithm" : "logit")}", a.NoiseBasis)]),
        new("Conversion", a.ConversionBasis is { } c ? [EvidenceLine.Of($"{EvidenceLine.Number(a.Baseline)} + {EvidenceLine.Number(a.Factor)} times the model's value", c)] : []),
        new("Sampling", a.Sampling is { } s ? [EvidenceLine.Of($"{EvidenceLine.Number(s.Events)} events, at least {EvidenceLine.Number(s.Least)} for a result", s.Basis)] : []),
        new("Cuts", [.. a.Thresholds.Select(t => EvidenceLine.Of($"{t.Key}: {EvidenceLine.Number(t.Value, a.Unit)}", a.ThresholdBases[t.Key]))]),
        new("Evidence", [.. a.Evidence.Select(e => new EvidenceLine(e.Key) { Citations = [e.Key] })]),
        new("Note", Note(a.Note)),
    ]);

    static EvidencePage Trial(PublishedTrial t) => Page(t.Name, "trial", t.Title,
    [
        new("Results", [.. t.Results.Select(Result)]),
    ]);

    static EvidenceLine Result(PublishedResult r)
    {
        string interval = r.Lower is { } lower ? $" ({EvidenceLine.Number(lower)} to {EvidenceLine.Number(r.Upper!.Value)})" : "";
        string counts = r.Events is { } events ? $", {events} of {r.Patients}" : r.Patients is { } patients ? $", {patients} patients" : "";
        string use = r.WhyNotCompared is { } why ? $"; listed only: {why}" : "";
        string estimate = double.IsNaN(r.Estimate) ? "" : $"{EvidenceLine.Number(r.Estimate)}{interval}{counts}; ";
        return new EvidenceLine($"{r.Id}: {estimate}{r.Cohort}{use}") { Citations = [r.Citation.Key], Note = r.Note };
    }

    static EvidencePage Model(ModelPackage m)
    {
        Dictionary<string, double> values = TypicalValues.Of(m.Model);
        return Page(m.Name, "model", $"the model {m.Name}",
        [
            new("Shares of its parameters", m.Parameters is { } t ? Lines([EvidenceShares.Of(t).ToString()]) : []),
            new("Parameters", [.. (m.Parameters?.Entries ?? []).Select(e => EvidenceLine.Of($"{e.Name} = {EvidenceLine.Number(values[e.Name], e.Unit)}", e.Basis))]),
        ]);
    }

    static EvidencePage Source(Catalogue catalogue, Citation c)
    {
        IEnumerable<string> users = catalogue.Sources().Where(s => s.Key == c.Key).Select(s => s.At.File).Distinct();
        return Page(c.Key, "source", c.Text,
        [
            new("Read", Lines([c.Read])),
            new("Address", c.Link is { } link ? Lines([link]) : []),
            new("Used in", Lines(users)),
        ]);
    }
}
