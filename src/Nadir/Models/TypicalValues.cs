using Nadir.Expressions;

namespace Nadir.Models;

/// <summary>The parameters that a model gives a number: not those under a rule, nor those whose value is a formula of others.</summary>
static class TypicalValues
{
    /// <summary>Name to number, in the model's order.</summary>
    public static Dictionary<string, double> Of(Model model)
    {
        HashSet<string> ruled = [.. model.Rules.Select(r => r.Variable)];
        Dictionary<string, double> values = new(StringComparer.Ordinal);
        foreach (Parameter p in model.Parameters)
        {
            if (!ruled.Contains(p.Name) && p.Value is { } value && IsNumber(value))
            {
                values[p.Name] = ExpressionEvaluator.Evaluate(value, name => throw new ArgumentException(name));
            }
        }

        return values;
    }

    static bool IsNumber(Expr e) => e switch
    {
        NumberExpr => true,
        UnaryExpr u => IsNumber(u.Operand),
        BinaryExpr b => IsNumber(b.Left) && IsNumber(b.Right),
        _ => false,
    };
}
