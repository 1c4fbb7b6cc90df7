using System.Collections.Frozen;

namespace Nadir.Units;

/// <summary>The units the field uses, each as a number of a normal unit.</summary>
static class KnownUnits
{
    static readonly FrozenDictionary<string, UnitProduct> _units = new Dictionary<string, UnitProduct>
    {
        ["dimensionless"] = UnitProduct.Number(1),
        ["%"] = UnitProduct.Number(0.01),
        ["percent"] = UnitProduct.Number(0.01),
        ["cell"] = UnitProduct.Of(1, "cell"),
        ["cells"] = UnitProduct.Of(1, "cell"),
        ["molecule"] = UnitProduct.Of(1, "molecule"),
        ["molecules"] = UnitProduct.Of(1, "molecule"),
        ["copy"] = UnitProduct.Of(1, "copy"),
        ["copies"] = UnitProduct.Of(1, "copy"),
        ["second"] = UnitProduct.Of(1.0 / 86400, "day"),
        ["seconds"] = UnitProduct.Of(1.0 / 86400, "day"),
        ["minute"] = UnitProduct.Of(1.0 / 1440, "day"),
        ["minutes"] = UnitProduct.Of(1.0 / 1440, "day"),
        ["hour"] = UnitProduct.Of(1.0 / 24, "day"),
        ["hours"] = UnitProduct.Of(1.0 / 24, "day"),
        ["h"] = UnitProduct.Of(1.0 / 24, "day"),
        ["day"] = UnitProduct.Of(1, "day"),
        ["days"] = UnitProduct.Of(1, "day"),
        ["d"] = UnitProduct.Of(1, "day"),
        ["week"] = UnitProduct.Of(7, "day"),
        ["weeks"] = UnitProduct.Of(7, "day"),
        ["month"] = UnitProduct.Of(Duration.DaysPerMonth, "day"),
        ["months"] = UnitProduct.Of(Duration.DaysPerMonth, "day"),
        ["year"] = UnitProduct.Of(Duration.DaysPerYear, "day"),
        ["years"] = UnitProduct.Of(Duration.DaysPerYear, "day"),
        ["kg"] = UnitProduct.Of(1e9, "µg"),
        ["g"] = UnitProduct.Of(1e6, "µg"),
        ["mg"] = UnitProduct.Of(1e3, "µg"),
        ["µg"] = UnitProduct.Of(1, "µg"),
        ["ug"] = UnitProduct.Of(1, "µg"),
        ["ng"] = UnitProduct.Of(1e-3, "µg"),
        ["pg"] = UnitProduct.Of(1e-6, "µg"),
        ["L"] = UnitProduct.Of(1e6, "µL"),
        ["dL"] = UnitProduct.Of(1e5, "µL"),
        ["mL"] = UnitProduct.Of(1e3, "µL"),
        ["µL"] = UnitProduct.Of(1, "µL"),
        ["uL"] = UnitProduct.Of(1, "µL"),
        ["m"] = UnitProduct.Of(1, "m"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Names => _units.Keys;

    /// <summary>The unit of this name, or null. The Greek letter mu counts as the micro sign.</summary>
    public static UnitProduct? Find(string name) => _units.GetValueOrDefault(name.Replace('\u03BC', '\u00B5'));
}
