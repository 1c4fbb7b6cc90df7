using Nadir.Documents;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Monitoring;
using Nadir.Populations;
using Nadir.Protocols;

namespace Nadir.Evidence;

/// <summary>Everything a library knows, joined: mechanisms, strategies, products, lymphodepletions, assays, trials, models and their sources.</summary>
public sealed class Catalogue
{
    Catalogue()
    {
    }

    /// <summary>Every source.</summary>
    public required CitationTable Citations { get; init; }

    /// <summary>Relapse mechanisms, by name.</summary>
    public required IReadOnlyList<Mechanism> Mechanisms { get; init; }

    /// <summary>Strategies, by name.</summary>
    public required IReadOnlyList<Strategy> Strategies { get; init; }

    /// <summary>CAR-T products, by name.</summary>
    public required IReadOnlyList<Product> Products { get; init; }

    /// <summary>Lymphodepletions, by name.</summary>
    public required IReadOnlyList<Lymphodepletion> Lymphodepletions { get; init; }

    /// <summary>Assays, by name.</summary>
    public required IReadOnlyList<Assay> Assays { get; init; }

    /// <summary>Published trials, by name.</summary>
    public required IReadOnlyList<PublishedTrial> Trials { get; init; }

    /// <summary>Models, by name.</summary>
    public required IReadOnlyList<ModelPackage> Models { get; init; }

    /// <summary>The populations of each model, by the model's name; empty for a model without.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<Population>> Populations { get; init; }

    /// <summary>What is seen at relapse under each cause.</summary>
    public required IdentificationTable Identification { get; init; }

    /// <summary>Every name that <see cref="EvidencePages.Of"/> can show.</summary>
    public IReadOnlyList<string> Names =>
    [
        .. Mechanisms.Select(m => m.Name), .. Strategies.Select(s => s.Name), .. Products.Select(p => p.Name), .. Lymphodepletions.Select(l => l.Name),
        .. Assays.Select(a => a.Name), .. Trials.Select(t => t.Name), .. Models.Select(m => m.Name), .. Citations.All.Select(c => c.Key),
    ];

    /// <summary>What each number of the library rests on, those of the models' parameters and populations aside.</summary>
    public IEnumerable<Basis> Numbers => Products.SelectMany(p => p.Numbers)
        .Concat(Mechanisms.SelectMany(m => m.On).Select(c => c.Basis!))
        .Concat(Lymphodepletions.SelectMany(l => l.Changes).Select(c => c.Basis!))
        .Concat(Strategies.SelectMany(s => s.Numbers))
        .Concat(Assays.SelectMany(a => a.Numbers));

    /// <summary>Loads a library; the issues are those of its files and of <see cref="Check()"/>.</summary>
    public static Checked<Catalogue> Load(Library library)
    {
        IssueList issues = new();
        IReadOnlyList<T> All<T>(string folder, Func<string, Checked<T>> load)
            where T : class
        {
            List<T> items = [];
            foreach (string name in library.Names($"library/{folder}"))
            {
                Checked<T> read = load(name);
                issues.AddRange(read.Issues);
                items.AddRange(read.Value is { } item ? [item] : []);
            }

            return items;
        }

        Checked<CitationTable> citations = CitationTable.Load(library);
        issues.AddRange(citations.Issues);
        Checked<IdentificationTable> identification = IdentificationTable.LoadShipped();
        issues.AddRange(identification.Issues);
        if (citations.Value is not { } table || identification.Value is null)
        {
            return new Checked<Catalogue>(null, issues);
        }

        IReadOnlyList<ModelPackage> models = All("models", n => ModelPackage.Load(library, n));
        Dictionary<string, IReadOnlyList<Population>> populations = [];
        foreach (ModelPackage package in models)
        {
            Checked<PopulationSet> read = PopulationSet.Read(package);
            issues.AddRange(read.Issues);
            populations[package.Name] = read.Value is { } set ? [.. set.Names.Select(n => set[n])] : [];
        }

        Catalogue catalogue = new()
        {
            Citations = table,
            Identification = identification.Value,
            Mechanisms = All("mechanisms", n => Mechanism.Load(library, n)),
            Strategies = All("strategies", n => Strategy.Load(library, n)),
            Products = All("products", n => Product.Load(library, n)),
            Lymphodepletions = All("lymphodepletion", n => Lymphodepletion.Load(library, n)),
            Assays = All("assays", n => Assay.Load(library, n)),
            Trials = All("trials", n => PublishedTrial.Load(library, n)),
            Models = models,
            Populations = populations,
        };
        issues.AddRange(catalogue.Check());
        return Checked<Catalogue>.From(catalogue, issues);
    }

    /// <summary>The strategies meant to counter a mechanism.</summary>
    public IReadOnlyList<Strategy> Countering(string mechanism) => [.. Strategies.Where(s => s.Counters.Contains(mechanism))];

    /// <summary>The first model, <c>b-all</c> before others, that has all these parameters; null where there is none.</summary>
    public ModelPackage? ModelWith(IReadOnlyCollection<string> parameters) => Models
        .Where(m => m.Parameters is { } table && parameters.All(p => table.Find(p) is not null))
        .OrderBy(m => m.Name == "b-all" ? 0 : 1).FirstOrDefault();

    /// <summary>
    /// References that lead nowhere: citations (ND0401), mechanisms that strategies counter (ND0414), products they give (ND0415), assays they look at (ND0416),
    /// parameters that mechanisms own (ND0417).
    /// </summary>
    public IReadOnlyList<Issue> Check()
    {
        IssueList issues = new();
        issues.AddRange(Citations.Check(Sources()));
        foreach (Strategy s in Strategies)
        {
            Check(s.Needs?.Mechanisms ?? [], [.. Mechanisms.Select(m => m.Name)], "ND0414", $"the strategy \"{s.Name}\" needs a mechanism that is not there", s.At, issues);
            Check(s.Counters, [.. Mechanisms.Select(m => m.Name)], "ND0414", $"the strategy \"{s.Name}\" counters a mechanism that is not there", s.At, issues);
            Check(s.Given, [.. Products.Select(p => p.Name)], "ND0415", $"the strategy \"{s.Name}\" gives a product that is not there", s.At, issues);
            Check(s.InPlaceOf, [.. Products.Select(p => p.Name)], "ND0415", $"the strategy \"{s.Name}\" replaces a product that is not there", s.At, issues);
            Check(s.Rules.SelectMany(r => r.Trigger.Observed).Select(o => o.Assay), [.. Assays.Select(a => a.Name)], "ND0416", $"the strategy \"{s.Name}\" looks at an assay that is not there", s.At, issues);
        }

        string[] parameters = [.. Models.SelectMany(m => m.Parameters?.Entries ?? []).Select(e => e.Name).Distinct()];
        foreach (Mechanism m in Mechanisms)
        {
            Check(m.Needs, [.. Mechanisms.Select(other => other.Name)], "ND0414", $"the mechanism \"{m.Name}\" needs a mechanism that is not there", m.Off[0].At!, issues);
            Check(m.Parameters, parameters, "ND0417", $"the mechanism \"{m.Name}\" owns a parameter that no model has", m.Off[0].At!, issues);
        }

        return issues;
    }

    /// <summary>Every reference to a source, each where it stands.</summary>
    public IEnumerable<SourceReference> Sources() => Citations.Taxonomy.Concat(Identification.Sources).Concat(Mechanisms.SelectMany(m => m.Sources))
        .Concat(Strategies.SelectMany(s => s.Sources)).Concat(Products.SelectMany(p => p.Sources)).Concat(Lymphodepletions.SelectMany(l => l.Sources))
        .Concat(Assays.SelectMany(a => a.Sources)).Concat(Trials.SelectMany(t => t.Results).Select(r => r.Citation))
        .Concat(Models.SelectMany(m => m.Parameters?.Entries ?? []).SelectMany(e => e.Basis.Sources))
        .Concat(Models.SelectMany(m => m.Parameters?.Readouts.Stripping?.GateBasis.Sources ?? []))
        .Concat(Populations.Values.SelectMany(p => p).SelectMany(p => p.Sources));

    static void Check(IEnumerable<string> names, string[] known, string code, string message, SourceLocation at, IssueList issues)
    {
        foreach (string name in names.Where(n => !known.Contains(n)).Distinct())
        {
            issues.Error(code, at, message, name, hint: NearestName.Hint(name, known));
        }
    }
}
