using Nadir.Documents;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Populations;

namespace Nadir.Protocols;

/// <summary>How a product is made.</summary>
/// <param name="Fails">Probability that it cannot be made for a patient.</param>
/// <param name="Days">Median days from apheresis to infusion; NaN where they were not read.</param>
/// <param name="Spread">Standard deviation of the natural logarithm of the days between patients.</param>
/// <param name="Basis">What they rest on.</param>
public sealed record Manufacture(double Fails, double Days, double Spread, Basis Basis);

/// <summary>A CAR-T product, from <c>library/products/</c>: its dose and what it changes in the model.</summary>
public sealed record Product
{
    const string DefaultRole = "infusion-target";

    const string TCells = "t";

    /// <summary>T cells and natural killer cells.</summary>
    public static readonly IReadOnlyList<string> CellKinds = [TCells, "nk"];

    /// <summary>The roles that a product can be infused into.</summary>
    public static readonly IReadOnlyList<string> InfusionRoles = [DefaultRole, "second-infusion-target"];

    /// <summary>The product's name, for example <c>cd19-41bb</c>.</summary>
    public required string Name { get; init; }

    /// <summary>For people.</summary>
    public required string Title { get; init; }

    /// <summary>Antigens it binds, for example <c>cd19</c>.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>Costimulatory domain, for example <c>4-1BB</c>.</summary>
    public required string Costimulation { get; init; }

    /// <summary>The kind of cells that carry the CAR; one of <see cref="CellKinds"/>.</summary>
    /// <value>Default: <c>t</c>.</value>
    public string Cells { get; init; } = TCells;

    /// <summary>CAR-T cells infused on day 0, into the model's infusion target.</summary>
    public required double DoseCells { get; init; }

    /// <summary>What the dose rests on.</summary>
    public required Basis DoseBasis { get; init; }

    /// <summary>The role of the model's symbol that it is infused into: each CAR-T population of a model has one.</summary>
    /// <value>Default: <c>infusion-target</c>.</value>
    public string Into { get; init; } = DefaultRole;

    /// <summary>How it is made. It matters for a product that a strategy gives later, and, in a trial that begins at enrolment, for those given on day 0.</summary>
    public required Manufacture Manufacture { get; init; }

    /// <summary>What is published about it.</summary>
    public IReadOnlyList<PublishedFact> Facts { get; init; } = [];

    /// <summary>What it costs: manufacture that fails, days from apheresis to infusion, toxicity.</summary>
    public IReadOnlyList<StrategyCost> Costs { get; init; } = [];

    /// <summary>What the product changes before patients are drawn.</summary>
    public required IReadOnlyList<ParameterChange> Changes { get; init; }

    /// <summary>What a reader should know; null where nothing was said.</summary>
    public string? Note { get; init; }

    /// <summary>What each of its numbers rests on.</summary>
    public IEnumerable<Basis> Numbers => Changes.Select(c => c.Basis!).Prepend(Manufacture.Basis).Prepend(DoseBasis);

    /// <summary>The products that ship.</summary>
    public static IReadOnlyList<string> ShippedNames => ShippedLibrary.Names("library/products");

    /// <summary>Every source the file names.</summary>
    public IEnumerable<SourceReference> Sources => Facts.Select(f => f.Citation).Concat(Costs.SelectMany(c => c.Basis.Sources)).Concat(Numbers.SelectMany(b => b.Sources));

    /// <summary>Reads a product that ships.</summary>
    /// <exception cref="ArgumentException">No such product ships.</exception>
    public static Checked<Product> LoadShipped(string name) => Load(Library.Shipped, name);

    /// <summary>Reads a product of a library.</summary>
    /// <exception cref="ArgumentException">The library has no such product.</exception>
    public static Checked<Product> Load(Library library, string name) => Read(library.Read($"library/products/{name}.yaml"));

    /// <summary>Reads a product file.</summary>
    public static Checked<Product> Read(SourceText source) => MappingReader.Read(source, root =>
    {
        (double cells, Basis basis) = root.Required("dose").Mapping(d => (d.Required("cells").Number(NumberRange.Positive), Basis.Read(d)));
        return new Product
        {
            Name = root.Required("name").Text(),
            Title = root.Required("title").Text(),
            Targets = root.Required("targets").List(t => t.Text()),
            Costimulation = root.Required("costimulation").Text(),
            Cells = root.Optional("cells")?.OneOf("kind of cells", CellKinds) ?? TCells,
            DoseCells = cells,
            DoseBasis = basis,
            Changes = root.Required("changes").List(c => c.Mapping(ParameterChange.ReadWithBasis)),
            Into = root.Optional("into")?.OneOf("role", InfusionRoles) ?? DefaultRole,
            Manufacture = root.Required("manufacture").Mapping(ReadManufacture),
            Facts = root.Optional("facts")?.List(f => f.Mapping(m => new PublishedFact(m.Required("text").Text(), Basis.Reference(m.Required("citation"))))) ?? [],
            Costs = root.Optional("costs")?.List(c => c.Mapping(m => new StrategyCost(m.Required("text").Text(), Basis.Read(m)))) ?? [],
            Note = root.Optional("note")?.Text(),
        };
    });

    static Manufacture ReadManufacture(MappingReader map)
    {
        ValueReader? spread = map.Optional("spread");
        double days = map.Optional("days")?.Number(NumberRange.Positive) ?? double.NaN;
        if (spread is not null && double.IsNaN(days))
        {
            spread.Error("ND0421", "days that are not given cannot spread", Excerpt.Of(spread.Text()), "days beside the spread");
        }

        return new Manufacture(map.Required("fails").Number(NumberRange.Probability), days, spread?.Number(NumberRange.NotNegative) ?? 0, Basis.Read(map));
    }
}
