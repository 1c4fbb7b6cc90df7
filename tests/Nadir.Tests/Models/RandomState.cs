using Nadir.Expressions;
using Nadir.Models;
using Nadir.Numerics;

namespace Nadir.Tests.Models;

/// <summary>States of a model over many orders of magnitude, and formulas evaluated in them.</summary>
sealed class RandomState
{
    readonly Model _model;
    readonly Dictionary<string, double> _values = new(StringComparer.Ordinal);
    readonly Dictionary<string, Expr> _rules;
    RandomStream _stream = new(1, 0, RandomStream.Purpose("state"));

    public RandomState(Model model)
    {
        _model = model;
        _rules = model.Rules.OfType<AssignmentRule>().ToDictionary(r => r.Variable, r => r.Formula, StringComparer.Ordinal);
        foreach (Parameter p in model.Parameters.Where(p => !_rules.ContainsKey(p.Name)))
        {
            _values[p.Name] = ExpressionEvaluator.Evaluate(p.Value!, Value);
        }

        Next();
    }

    public double this[string name]
    {
        set => _values[name] = value;
    }

    public void Next()
    {
        foreach (Species s in _model.Species)
        {
            // The loss signal alone is a share.
            _values[s.Name] = s.Name == "car_loss_signal" ? _stream.NextUniform() : Math.Pow(10, -2 + 15 * _stream.NextUniform());
        }
    }

    public double Evaluate(Expr e) => ExpressionEvaluator.Evaluate(e, Value);

    public double Without(string species, Expr e)
    {
        double kept = _values[species];
        _values[species] = 0;
        double value = Evaluate(e);
        _values[species] = kept;
        return value;
    }

    double Value(string name) => _rules.TryGetValue(name, out Expr? rule) ? Evaluate(rule) : _values[name];
}
