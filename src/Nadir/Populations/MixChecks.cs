using System.Globalization;
using Nadir.Faults;

namespace Nadir.Populations;

/// <summary>Checks whether a population can give the shares of a mix.</summary>
static class MixChecks
{
    /// <summary>Groups that are too rare, or that leave too few outside (ND0585), and pairs of shares that cannot be (ND0586).</summary>
    public static void Check(IReadOnlyList<MixGroup> groups, MixCounts counts, IssueList issues)
    {
        int before = issues.Count;
        foreach ((int g, MixGroup group) in groups.Index())
        {
            CheckShare(group, counts.Share(g), issues);
        }

        if (issues.Count > before)
        {
            return;
        }

        for (int second = 1; second < groups.Count; second++)
        {
            for (int first = 0; first < second; first++)
            {
                CheckPair((groups[first], first), (groups[second], second), counts, issues);
            }
        }
    }

    /// <summary>Whether the weights give the shares (else ND0586) and leave enough patients (else ND0587).</summary>
    public static bool CheckWeights(IReadOnlyList<MixGroup> groups, Raking.Factors[] factors, double largest, IssueList issues)
    {
        int worst = Array.FindIndex(factors, f => !(f.Error <= Raking.Tolerance));
        if (worst >= 0)
        {
            issues.Error("ND0586", groups[worst].Asked.At, "the shares of the mix contradict each other", $"{groups[worst].Words}: {Percent(groups[worst].Asked.Share)}", "shares that patients of the population can have together", $"the mix also has {string.Join(", ", groups.Where((_, g) => g != worst).Select(g => $"{g.Words}: {Percent(g.Asked.Share)}"))}");
            return false;
        }

        if (largest > 1 / PopulationMix.LeastShare)
        {
            issues.Error("ND0587", groups[0].Asked.At, "the mix is too far from the population", string.Create(CultureInfo.InvariantCulture, $"1 patient in {largest:0} would be accepted"), string.Create(CultureInfo.InvariantCulture, $"at least 1 in {1 / PopulationMix.LeastShare:0}"), "ask for less extreme shares, or fewer together");
            return false;
        }

        return true;
    }

    static void CheckShare(MixGroup group, double share, IssueList issues)
    {
        bool lacksMembers = group.Asked.Share > 0 && share < PopulationMix.LeastShare;
        bool lacksOthers = group.Asked.Share < 1 && 1 - share < PopulationMix.LeastShare;
        if (lacksMembers || lacksOthers)
        {
            string who = share == 0 ? "nobody" : share == 1 ? "everybody" : lacksMembers ? "hardly anybody" : "almost everybody";
            string expected = lacksMembers ? "a group that at least 1 in 1000 patients of the population is in, or share: 0" : "a group that at least 1 in 1000 patients of the population is not in, or share: 1";
            issues.Error("ND0585", group.Asked.At, $"the population cannot give this share: {who} in it has {group.Words}", Percent(group.Asked.Share), expected);
        }
    }

    /// <summary>Two groups of which nobody is in one and not in the other, in both, or in neither.</summary>
    static void CheckPair((MixGroup Group, int Place) first, (MixGroup Group, int Place) second, MixCounts counts, IssueList issues)
    {
        (double a, double b) = (first.Group.Asked.Share, second.Group.Asked.Share);
        bool Nobody(bool inFirst, bool inSecond) => !counts.Any((first.Place, inFirst), (second.Place, inSecond));
        string? expected =
            Nobody(true, false) && a > b ? $"at least {Percent(a)}, because all with {first.Group.Words} have it" :
            Nobody(false, true) && b > a ? $"at most {Percent(a)}, because all of them have {first.Group.Words}" :
            Nobody(true, true) && a + b > 1 ? $"at most {Percent(1 - a)}, because nobody has both" :
            Nobody(false, false) && a + b < 1 ? $"at least {Percent(1 - a)}, because everybody has one of them" : null;
        if (expected is not null)
        {
            issues.Error("ND0586", second.Group.Asked.At, "two shares of the mix contradict each other", $"{second.Group.Words}: {Percent(b)}, beside {first.Group.Words}: {Percent(a)}", expected);
        }
    }

    static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.##}%");
}
