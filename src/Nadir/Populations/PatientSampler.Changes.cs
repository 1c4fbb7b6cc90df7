using System.Globalization;
using Nadir.Faults;
using Nadir.Models;

namespace Nadir.Populations;

sealed partial class PatientSampler
{
    static readonly SourceLocation _nowhere = new("change", 0, 0);

    /// <summary>A sampler with the changes made; refused ones are issues and leave no trace.</summary>
    public PatientSampler With(IEnumerable<ParameterChange> changes, IssueList issues)
    {
        double[] typical = [.. _typical];
        TraitPlan[] traits = [.. _traits];
        foreach (ParameterChange change in changes)
        {
            int trait = Array.FindIndex(traits, t => t.Trait.Name == change.Target);
            if (_index.TryGetValue(change.Target, out int i))
            {
                typical[i] = Changed(change, typical[i], _entries[i], issues);
            }
            else if (trait >= 0)
            {
                traits[trait] = Changed(change, traits[trait], issues);
            }
            else
            {
                string[] known = [.. _index.Keys, .. traits.Select(t => t.Trait.Name)];
                issues.Error("ND0314", change.At ?? _nowhere, $"there is no parameter or trait \"{change.Target}\"", change.Target, "a parameter of the model or a trait of the population", NearestName.Hint(change.Target, known));
            }
        }

        return new PatientSampler(this, typical, traits);
    }

    double Changed(ParameterChange change, double old, ParameterEntry? entry, IssueList issues)
    {
        double value = change.Kind == ChangeKind.Set ? change.Value : old * change.Value;
        string? refusal =
            change.Kind == ChangeKind.MultiplyOdds ? "odds belong to traits; use set or multiply" :
            DrawnBy(change.Target) is { } trait ? $"the trait \"{trait}\" draws it for the patients who have it; change the trait" :
            entry is not null && !(value >= entry.Lower && value <= entry.Upper) ? string.Create(CultureInfo.InvariantCulture, $"keep it from {entry.Lower} to {entry.Upper}") :
            double.IsFinite(value) ? null : "use a finite number";
        return Accept(change, refusal, issues) ? value : old;
    }

    static TraitPlan Changed(ParameterChange change, TraitPlan trait, IssueList issues)
    {
        string? refusal =
            change.Kind == ChangeKind.Multiply ? "a trait's probability is set, or its odds are multiplied; use set or odds" :
            change.Kind == ChangeKind.Set && change.Value is not (>= 0 and <= 1) ? "a probability lies from 0 to 1" :
            change.Value is >= 0 and < double.PositiveInfinity ? null : "odds are finite numbers of at least 0";
        if (!Accept(change, refusal, issues))
        {
            return trait;
        }

        return change.Kind == ChangeKind.Set
            ? trait with { Probability = change.Value, Odds = 1 }
            : trait with { Odds = trait.Odds * change.Value };
    }

    static bool Accept(ParameterChange change, string? refusal, IssueList issues)
    {
        if (refusal is not null)
        {
            issues.Error("ND0315", change.At ?? _nowhere, $"\"{change.Target}\" cannot change like this", string.Create(CultureInfo.InvariantCulture, $"{change.Kind} {change.Value}"), hint: refusal);
        }

        return refusal is null;
    }

    string? DrawnBy(string parameter) =>
        _traits.FirstOrDefault(t => t.Effects.Any(e => e.Effect is TraitEffect.Drawn && e.Effect.Parameter == parameter))?.Trait.Name;
}
