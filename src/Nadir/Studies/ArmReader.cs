using Nadir.Documents;

namespace Nadir.Studies;

/// <summary>Reads the arms of a study file.</summary>
static class ArmReader
{
    public static IReadOnlyList<StudyArm> Read(ValueReader list, StudyNames valid)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        IReadOnlyList<StudyArm> arms = list.List(item => item.Mapping(arm => new StudyArm(
            ReadName(arm.Required("name"), names),
            ReadProducts(arm.Required("product"), valid),
            arm.Optional("lymphodepletion")?.OneOf("lymphodepletion", valid.Lymphodepletions) ?? StudyFile.DefaultLymphodepletion,
            arm.Optional("strategies") is { } strategies ? StudyFile.ReadNames(strategies, "strategy", valid.Strategies) : [])));
        if (list.IsList && arms.Count == 0)
        {
            list.Error("ND0507", "the study has no arms", "an empty list", "at least one arm with a name and a product");
        }

        return arms;
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
        IReadOnlyList<string> products = value.OneOrList(item => item.OneOf("product", valid.Products));
        if (value.IsList && products.Count == 0)
        {
            value.Error("ND0508", "an arm needs a product", "an empty list", "the name of a product");
        }
        else if (products.Count > 1)
        {
            value.Error(
                "ND0508",
                "two CAR-T products in one arm (two CAR-T populations) are not supported yet",
                string.Join(", ", products.Where(p => p.Length > 0)),
                "one product",
                "give each product an arm of its own");
        }

        return products;
    }
}
