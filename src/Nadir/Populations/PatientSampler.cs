using Nadir.Expressions;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Numerics;

namespace Nadir.Populations;

/// <summary>Draws patients: parameters first, then traits in order, then covariates.</summary>
sealed partial class PatientSampler
{
    readonly PopulationDefinition _population;
    readonly string[] _names;
    readonly Dictionary<string, int> _index;
    readonly ParameterEntry?[] _entries;
    readonly uint[] _purposes;
    readonly double[] _typical;
    readonly TraitPlan[] _traits;
    readonly Part _whole;

    public PatientSampler(PopulationSource source)
    {
        _population = source.Definition;
        _names = [.. source.Model.Parameters.Select(p => p.Name)];
        _index = _names.Select((name, i) => (name, i)).Where(p => source.Typical.ContainsKey(p.name)).ToDictionary(p => p.name, p => p.i, StringComparer.Ordinal);
        _entries = [.. _names.Select(source.Table.Find)];
        _purposes = [.. _names.Select(n => RandomStream.Purpose("parameter:" + n))];
        _typical = [.. _names.Select(n => source.Typical.GetValueOrDefault(n, double.NaN))];
        _traits = [.. _population.Traits.Select(t => TraitPlan.Of(t, _index))];
        _whole = new Part([.. Enumerable.Range(0, _names.Length)], [.. Enumerable.Range(0, _traits.Length)]);
    }

    PatientSampler(PatientSampler other, double[] typical, TraitPlan[] traits)
    {
        (_population, _names, _index, _entries, _purposes, _whole) = (other._population, other._names, other._index, other._entries, other._purposes, other._whole);
        _typical = typical;
        _traits = traits;
    }

    public double Typical(string parameter) => _index.TryGetValue(parameter, out int i)
        ? _typical[i]
        : throw new ArgumentException($"the model gives no parameter \"{parameter}\" a number; {NearestName.Hint(parameter, _index.Keys)}", nameof(parameter));

    /// <summary>Whether a parameter is 0 in every patient: its typical value is, it has no spread, and no trait that anybody can have changes it.</summary>
    public bool IsAlwaysZero(string parameter) =>
        _index.TryGetValue(parameter, out int i)
        && _typical[i] == 0
        && _entries[i] is null or { Distribution: ParameterDistribution.Fixed }
        && !Array.Exists(_traits, t => !IsNever(t) && Array.Exists(t.Effects, e => e.Index == i));

    /// <summary>Whether a change would move anything: its trait is one that somebody can have, or its parameter another number.</summary>
    public bool IsMovedBy(ParameterChange change) => _index.TryGetValue(change.Target, out int i)
        ? change.Kind == ChangeKind.Set ? _typical[i] != change.Value : _typical[i] != 0 && change.Value != 1
        : Array.Find(_traits, t => t.Trait.Name == change.Target) is { } trait && !IsNever(trait);

    /// <summary>Whether nobody can have a trait: its probability is 0, or that of a trait that nobody can have, or its odds are.</summary>
    /// <exception cref="ArgumentException">The population has no such trait.</exception>
    public bool IsNever(string trait) => IsNever(Array.Find(_traits, t => t.Trait.Name == trait)
        ?? throw new ArgumentException($"the population has no trait \"{trait}\"; {NearestName.Hint(trait, [.. _traits.Select(t => t.Trait.Name)])}", nameof(trait)));

    bool IsNever(TraitPlan trait) => trait.Odds == 0 || (trait.Probability is { } set ? set == 0 : trait.Trait.Probability switch
    {
        NumberExpr number => number.Value == 0,
        SymbolExpr symbol => Array.Find(_traits, t => t.Trait.Name == symbol.Name) is { } other && IsNever(other),
        _ => false,
    });

    public VirtualPatient Draw(ulong seed, long patient)
    {
        Workspace drawn = new(this);
        Draw(seed, patient, _whole, drawn);
        return new VirtualPatient
        {
            Number = patient,
            Parameters = drawn.Values,
            Traits = drawn.Has,
            Covariates = [.. _population.Covariates.Select(c => ValueOf(c, drawn))],
        };
    }

    static double Uniform(ulong seed, long patient, uint purpose) => new RandomStream(seed, (ulong)patient, purpose).NextUniform();

    static double Finite(double value, string what) =>
        double.IsFinite(value) ? value : throw new ArithmeticException($"the formula of \"{what}\" has no finite value for this patient; expected one for all values within the parameters' bounds");

    static double Probability(TraitPlan trait, Func<string, double> symbol)
    {
        double p = trait.Probability ?? Finite(ExpressionEvaluator.Evaluate(trait.Trait.Probability, symbol), trait.Trait.Name);
        // Odds of 0 are nobody, whatever the probability was.
        return trait.Odds == 0 ? 0 : p is <= 0 or >= 1 ? p : p * trait.Odds / (1 - p + p * trait.Odds);
    }

    double Value(int i, ulong seed, long patient) => _entries[i] switch
    {
        null or { Distribution: ParameterDistribution.Fixed } => _typical[i],
        { } entry => entry.Value(_typical[i], Uniform(seed, patient, _purposes[i])),
    };

    double Has(string trait, bool[] has)
    {
        for (int t = 0; t < has.Length; t++)
        {
            if (_traits[t].Trait.Name == trait)
            {
                return has[t] ? 1 : 0;
            }
        }

        throw new ArgumentException($"the population's formulas use \"{trait}\", which is neither a parameter nor a trait", nameof(trait));
    }

    void Apply(TraitPlan trait, double[] values, ulong seed, long patient)
    {
        foreach (EffectPlan plan in trait.Effects)
        {
            double value = plan.Effect switch
            {
                TraitEffect.Multiplied m => values[plan.Index] * m.Factor,
                TraitEffect.Drawn d => d.Distribution.Value(d.Median, Uniform(seed, patient, plan.Purpose)),
                _ => throw new InvalidOperationException($"found an effect {plan.Effect.GetType().Name}; expected a known one"),
            };
            values[plan.Index] = _entries[plan.Index]?.Bound(value) ?? value;
        }
    }

    /// <summary>A trait with its streams and changes. <paramref name="Probability"/> replaces the formula when set.</summary>
    sealed record TraitPlan(Trait Trait, uint Purpose, EffectPlan[] Effects, double? Probability, double Odds)
    {
        public static TraitPlan Of(Trait trait, Dictionary<string, int> index) => new(
            trait,
            RandomStream.Purpose("trait:" + trait.Name),
            [.. trait.Effects.Select(e => new EffectPlan(e, index[e.Parameter], RandomStream.Purpose($"effect:{trait.Name}:{e.Parameter}")))],
            null,
            trait.Odds);
    }

    sealed record EffectPlan(TraitEffect Effect, int Index, uint Purpose);
}
