using Nadir.Expressions;
using Nadir.Faults;
using Nadir.Models;

namespace Nadir.Cli;

/// <summary>Replaces values of a model: a parameter's value, a compartment's size or a species' initial amount.</summary>
static class ModelValues
{
    static readonly SourceLocation _at = new("--set", 0, 0);

    /// <summary>The model with the values replaced, or an issue for each name that cannot take one.</summary>
    public static Checked<Model> Set(Model model, IReadOnlyList<NamedValue> values)
    {
        IssueList issues = [];
        foreach (NamedValue value in values)
        {
            model = Set(model, value, issues);
        }

        return Checked<Model>.From(model, issues);
    }

    static Model Set(Model model, NamedValue value, IssueList issues)
    {
        NumberExpr number = new(value.Value);
        if (model.Rules.Any(r => r is AssignmentRule && r.Variable == value.Name))
        {
            issues.Error("ND0612", _at, "a rule of the model computes this at every instant, so no value can be set", value.Name, "a name the model gives a value", "set what the rule is made of");
        }
        else if (model.Parameters.Any(p => p.Name == value.Name))
        {
            return model with { Parameters = [.. model.Parameters.Select(p => p.Name == value.Name ? p with { Value = number } : p)] };
        }
        else if (model.Species.Any(s => s.Name == value.Name))
        {
            return model with { Species = [.. model.Species.Select(s => s.Name == value.Name ? s with { InitialAmount = number } : s)] };
        }
        else if (model.Compartments.Any(c => c.Name == value.Name))
        {
            return model with { Compartments = [.. model.Compartments.Select(c => c.Name == value.Name ? c with { Size = number } : c)] };
        }
        else
        {
            issues.Error("ND0611", _at, $"the model {model.Name} has no such value", value.Name, "a parameter, species or compartment", NearestName.Hint(value.Name, [.. Names(model)]));
        }

        return model;
    }

    static IEnumerable<string> Names(Model model) =>
        model.Parameters.Select(p => p.Name).Concat(model.Species.Select(s => s.Name)).Concat(model.Compartments.Select(c => c.Name));
}
