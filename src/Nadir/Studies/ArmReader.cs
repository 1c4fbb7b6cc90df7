using Nadir.Documents;
using Nadir.Faults;

namespace Nadir.Studies;

/// <summary>Reads the arms of a study file.</summary>
static class ArmReader
{
    const int MostAllocation = 20;

    public static IReadOnlyList<StudyArm> Read(ValueReader list, StudyNames valid)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        IReadOnlyList<StudyArm> arms = list.List(item => item.Mapping(arm => ReadArm(arm, names, valid)));
        if (list.IsList && arms.Count == 0)
        {
            list.Error("ND0507", "the study has no arms", "an empty list", "at least one arm with a name and a product");
        }

        return arms;
    }

    static StudyArm ReadArm(MappingReader arm, HashSet<string> names, StudyNames valid)
    {
        ValueReader product = arm.Required("product");
        ValueReader? strategies = arm.Optional("strategies");
        ValueReader? allocation = arm.Optional("allocation");
        ValueReader? time = arm.Optional("vein-to-vein");
        List<SourceLocation> places = [];
        return new StudyArm(
            ReadName(arm.Required("name"), names),
            ReadProducts(product, valid),
            arm.Optional("lymphodepletion")?.OneOf("lymphodepletion", valid.Lymphodepletions) ?? StudyFile.DefaultLymphodepletion,
            strategies is null ? [] : StudyFile.ReadNames(strategies, "strategy", valid.Strategies, places))
        {
            Allocation = allocation?.WholeNumber(1, MostAllocation) ?? 1,
            AllocationAt = allocation?.At,
            VeinToVein = time is null ? null : ConductReader.ReadTime(time),
            VeinToVeinAt = time?.At,
            ProductAt = product.At,
            StrategiesAt = places,
        };
    }

    static string ReadName(ValueReader value, HashSet<string> names)
    {
        string name = value.Text().Trim();
        if (name.Length > 0 && !names.Add(name))
        {
            value.Error("ND0506", "two arms have the same name", Excerpt.Of(name), "a different name for each arm");
        }

        return name;
    }

    static IReadOnlyList<string> ReadProducts(ValueReader value, StudyNames valid)
    {
        if (!value.IsList)
        {
            return [value.OneOf("product", valid.Products)];
        }

        IReadOnlyList<string> products = StudyFile.ReadNames(value, "product", valid.Products);
        if (products.Count is 0 or > 2)
        {
            value.Error("ND0508", products.Count == 0 ? "an arm needs a product" : "an arm has at most two CAR-T populations", products.Count == 0 ? "an empty list" : $"{products.Count} products", "one product, or two that are given together");
        }

        return products;
    }
}
