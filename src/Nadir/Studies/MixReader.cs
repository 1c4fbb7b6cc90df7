using System.Globalization;
using Nadir.Documents;
using Nadir.Populations;

namespace Nadir.Studies;

/// <summary>Reads <c>patients.mix</c> of a study file: shares of groups of patients. The names in it meet the population later.</summary>
static class MixReader
{
    public static IReadOnlyList<MixShare> Read(ValueReader list)
    {
        IReadOnlyList<MixShare> shares = list.List(item => item.Mapping(ReadShare));
        if (list.IsList && shares.Count is 0 or > PopulationMix.MostGroups)
        {
            list.Error("ND0580", "a mix has too few groups or too many", shares.Count.ToString(CultureInfo.InvariantCulture), $"1 to {PopulationMix.MostGroups}", shares.Count == 0 ? "leave out the key" : null);
        }

        return shares;
    }

    static MixShare ReadShare(MappingReader map)
    {
        (ValueReader? covariate, ValueReader? trait) = (map.Optional("covariate"), map.Optional("trait"));
        if (covariate is null == trait is null)
        {
            map.Issues.Error("ND0580", map.At, "a group of the mix is one covariate or one trait", covariate is null ? "neither" : "both", "{covariate: NAME, share: …} or {trait: NAME, share: …}");
        }

        (double? from, double? to) = (map.Optional("at-least")?.Number(), map.Optional("below")?.Number());
        if (from >= to)
        {
            map.Issues.Error("ND0582", map.At, "a range of the mix is empty", string.Create(CultureInfo.InvariantCulture, $"at-least: {from}, below: {to}"), "at-least smaller than below");
        }

        if (trait is not null && covariate is null && (from ?? to) is not null)
        {
            map.Issues.Error("ND0582", map.At, "a trait is there or not and has no range", from is null ? "below" : "at-least", "{trait: NAME, share: …}");
        }

        return new MixShare((covariate ?? trait)?.Text() ?? "", map.Required("share").Number(NumberRange.Probability))
        {
            IsTrait = covariate is null,
            AtLeast = from,
            Below = to,
            At = map.At,
        };
    }
}
