using System.Globalization;
using Nadir.Expressions;
using Nadir.Faults;

namespace Nadir.Populations;

/// <summary>A group of a mix, its name resolved against a population.</summary>
/// <param name="Asked">What the study says.</param>
/// <param name="Label">For people.</param>
/// <param name="Covariate">The covariate whose value decides; null where a trait does.</param>
/// <param name="Trait">The place of the trait that decides; -1 where a covariate does.</param>
sealed record MixGroup(MixShare Asked, string Label, Covariate? Covariate, int Trait)
{
    /// <summary>The group as a study file would name it.</summary>
    public string Words => Asked.Name + Range(Asked);

    /// <summary>Whether the patient who was drawn is one of the group.</summary>
    public bool Has(PatientSampler.Workspace drawn)
    {
        if (Covariate is null)
        {
            return drawn.Has[Trait];
        }

        double value = PatientSampler.ValueOf(Covariate, drawn);
        return Covariate.IsYesNo ? value >= 0.5 : value >= (Asked.AtLeast ?? double.NegativeInfinity) && value < (Asked.Below ?? double.PositiveInfinity);
    }

    /// <summary>Groups of a population. A name that is not there (ND0581), a range that does not fit (ND0582), a trait whose probability is a formula (ND0583) and a group that stands twice (ND0584) are issues.</summary>
    public static IReadOnlyList<MixGroup> Of(Population population, IReadOnlyList<MixShare> shares, IssueList issues)
    {
        List<MixGroup> groups = [];
        foreach (MixShare share in shares)
        {
            if ((share.IsTrait ? OfTrait(population, share, issues) : OfCovariate(population, share, issues)) is not { } group)
            {
                continue;
            }

            if (groups.Find(g => g.IsSameAs(group)) is { } same)
            {
                issues.Error("ND0584", share.At, "a group of the mix stands twice", group.Words, $"a group other than {same.Words} of line {same.Asked.At.Line}", "keep it once");
                continue;
            }

            groups.Add(group);
        }

        return groups;
    }

    bool IsSameAs(MixGroup other) => Trait == other.Trait && Covariate == other.Covariate && (Trait >= 0 || (Asked.AtLeast == other.Asked.AtLeast && Asked.Below == other.Asked.Below));

    static MixGroup? OfTrait(Population population, MixShare share, IssueList issues)
    {
        int index = population.Sampler.TraitIndex(share.Name);
        string[] settable = [.. population.Traits.Select(t => t.Name).Where(t => population.Sampler.FixedProbability(population.Sampler.TraitIndex(t)) is not null)];
        if (index < 0)
        {
            issues.Error("ND0581", share.At, $"the population \"{population.Name}\" has no trait \"{share.Name}\"", share.Name, "a trait of the population", NearestName.Hint(share.Name, settable));
            return null;
        }

        if (!settable.Contains(share.Name))
        {
            issues.Error("ND0583", share.At, $"who has \"{share.Name}\" follows from other characteristics and the treatment", share.Name, $"one of {string.Join(", ", settable)}", "give the shares of what it follows from");
            return null;
        }

        return new MixGroup(share, population.Traits[index].Title, null, index);
    }

    static MixGroup? OfCovariate(Population population, MixShare share, IssueList issues)
    {
        if (population.Covariates.FirstOrDefault(c => c.Name == share.Name) is not { } covariate)
        {
            string[] known = [.. population.Covariates.Select(c => c.Name)];
            bool isTrait = population.Sampler.TraitIndex(share.Name) >= 0;
            issues.Error("ND0581", share.At, $"the population \"{population.Name}\" has no covariate \"{share.Name}\"", share.Name, $"one of {string.Join(", ", known)}", isTrait ? $"it is a trait: {{trait: {share.Name}, …}}" : NearestName.Hint(share.Name, known));
            return null;
        }

        if (covariate.IsYesNo != (share.AtLeast is null && share.Below is null))
        {
            issues.Error(
                "ND0582", share.At, covariate.IsYesNo ? $"{share.Name} is yes or no and has no range" : $"{share.Name} is a number and needs a range", share.Name + Range(share),
                covariate.IsYesNo ? $"{{covariate: {share.Name}, share: …}}" : $"{{covariate: {share.Name}, at-least: …, share: …}}, or below: …, or both");
            return null;
        }

        // A covariate that is a trait and nothing else has the trait's probability.
        int trait = covariate is { IsYesNo: true, Value: SymbolExpr symbol } ? population.Sampler.TraitIndex(symbol.Name) : -1;
        bool isSettable = trait >= 0 && population.Sampler.FixedProbability(trait) is not null;
        return new MixGroup(share, covariate.Label + Range(share), isSettable ? null : covariate, isSettable ? trait : -1);
    }

    static string Range(MixShare share) => (share.AtLeast, share.Below) switch
    {
        ({ } from, { } to) => string.Create(CultureInfo.InvariantCulture, $" from {from} to below {to}"),
        ({ } from, null) => string.Create(CultureInfo.InvariantCulture, $" at least {from}"),
        (null, { } to) => string.Create(CultureInfo.InvariantCulture, $" below {to}"),
        _ => "",
    };
}
