using Nadir.Designs;
using Nadir.Documents;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Populations;
using Nadir.Protocols;
using Nadir.Trials;

namespace Nadir.Studies;

/// <summary>What mechanisms that a run switches on and off change.</summary>
/// <param name="On">Made to the population before products and strategies, which act on it.</param>
/// <param name="Off">Made last: what is off stays off whatever is given.</param>
/// <param name="SwitchedOff">Names of the mechanisms that the run switches off.</param>
sealed record MechanismChanges(IReadOnlyList<ParameterChange> On, IReadOnlyList<ParameterChange> Off, IReadOnlyList<string> SwitchedOff);

/// <summary>Turns an arm of a study into what is simulated: products, lymphodepletion and strategies loaded, their changes made, their rules checked.</summary>
sealed class ArmResolver(Library library, Study study, ModelPackage package, AssaySet assays, IssueList issues)
{
    readonly List<SourceReference> _sources = [];

    /// <summary>Sources named by the files of the arms resolved so far.</summary>
    public IReadOnlyList<SourceReference> Sources => _sources;

    public ArmPlan Resolve(StudyArm arm, Population population, MechanismChanges mechanisms)
    {
        Lymphodepletion? chemotherapy = Keep(Lymphodepletion.Load(library, arm.Lymphodepletion));
        Strategy[] strategies = [.. arm.Strategies.Select(Strategy).OfType<Strategy>()];
        Product[] products = [.. Known(Start(arm, strategies), strategies).Distinct().Select(p => Keep(Product.Load(library, p))).OfType<Product>()];
        Product[] later = [.. Known(Later(strategies), strategies).Distinct().Select(p => Keep(Product.Load(library, p))).OfType<Product>()];
        _sources.AddRange([.. strategies.SelectMany(s => s.Sources), .. products.Concat(later).SelectMany(p => p.Sources), .. chemotherapy?.Sources ?? []]);
        new ReplacementChecks(library, issues).Check(arm, strategies);
        new StrategyChecks(study, package, assays, issues).Check(arm, strategies, population);
        CheckPopulations(arm, [.. products, .. later]);
        if (chemotherapy is null || products.Length == 0)
        {
            return new ArmPlan(arm.Name, "", population, 1, []);
        }

        Product[] given = [.. products.Concat(later).Distinct()];
        ParameterChange[] Changes(Strategy? but) =>
        [
            .. mechanisms.On, .. given.SelectMany(p => p.Changes), .. chemotherapy.Changes, .. strategies.Where(s => s != but).SelectMany(s => s.Changes), .. mechanisms.Off,
        ];
        ParameterChange[] changes = Changes(null);
        IReadOnlyList<Issue> wrong = population.Check(changes);
        issues.AddRange(wrong);
        if (wrong.Count == 0)
        {
            new StrategyReach(library, mechanisms.SwitchedOff, issues).Check(arm, strategies, given, s => population.With(Changes(s)));
        }

        string description = string.Join("; ", [string.Join(" and ", products.Select(p => p.Title)), $"after {chemotherapy.Title}", .. strategies.Select(s => s.Title)]);
        return new ArmPlan(arm.Name, description, wrong.Count == 0 ? population.With(changes) : population, products[0].DoseCells, strategies)
        {
            Into = products[0].Into,
            Fails = products[0].Manufacture.Fails,
            VeinToVein = Time(products[0]),
            Beside = [.. products.Skip(1).Select(Dose)],
            Later = [.. later.Select(Dose)],
        };
    }

    static ProductDose Dose(Product product) => new(product.Name, product.Into, product.DoseCells) { Fails = product.Manufacture.Fails, VeinToVein = Time(product) };

    static VeinToVein? Time(Product product) => double.IsNaN(product.Manufacture.Days) ? null : new VeinToVein(product.Manufacture.Days, product.Manufacture.Spread);

    /// <summary>What is given on day 0: the arm's products, the first replaced where a strategy says so, and what strategies add.</summary>
    static IEnumerable<string> Start(StudyArm arm, IReadOnlyList<Strategy> strategies)
    {
        string? instead = strategies.Select(s => s.Instead).OfType<string>().FirstOrDefault();
        return arm.Products.Select((p, i) => i == 0 ? instead ?? p : p).Concat(strategies.SelectMany(s => s.Products));
    }

    static IEnumerable<string> Later(IEnumerable<Strategy> strategies) =>
        strategies.SelectMany(s => s.Actions).OfType<StrategyAction.Infuse>().Select(i => i.Product).OfType<string>();

    Strategy? Strategy(string name) => study.Policies.FirstOrDefault(p => p.Name == name) ?? Keep(Protocols.Strategy.Load(library, name));

    /// <summary>Products that strategies name; one that is not there is an issue (ND0527).</summary>
    IEnumerable<string> Known(IEnumerable<string> names, IReadOnlyList<Strategy> strategies)
    {
        IReadOnlyList<string> known = library.Names("library/products");
        foreach (string name in names)
        {
            if (known.Contains(name))
            {
                yield return name;
                continue;
            }

            Strategy by = strategies.First(s => s.Given.Contains(name));
            issues.Error("ND0527", by.At, $"\"{by.Name}\" gives a product that is not there", name, "the name of a product", NearestName.Hint(name, known));
        }
    }

    /// <summary>A model has room for as many CAR-T populations as it has symbols to infuse into.</summary>
    void CheckPopulations(StudyArm arm, IReadOnlyList<Product> products)
    {
        foreach (Product product in products.Where(p => package.Parameters?.Readouts.Find(p.Into) is null))
        {
            issues.Error("ND0508", arm.ProductAt, $"the model \"{package.Name}\" has no CAR-T population for the product \"{product.Name}\"", $"no {product.Into}", "a model whose parameters.yaml names it");
        }

        foreach (IGrouping<string, Product> same in products.Distinct().GroupBy(p => p.Into).Where(g => g.Count() > 1))
        {
            issues.Error("ND0508", arm.ProductAt, $"two products of the arm \"{arm.Name}\" would be the same CAR-T population of the model", string.Join(", ", same.Select(p => p.Name)), "products that bind different targets");
        }
    }

    T? Keep<T>(Checked<T> read)
        where T : class
    {
        issues.AddRange(read.Issues);
        return read.Value;
    }
}
