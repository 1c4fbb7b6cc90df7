using Nadir.Expressions;

namespace Nadir.Populations;

sealed partial class PatientSampler
{
    /// <summary>What some covariates and traits of a patient depend on, so that they come out as in the whole patient.</summary>
    public Part PartFor(IEnumerable<Covariate> covariates, IEnumerable<int> traits)
    {
        SortedSet<int> parameters = [];
        SortedSet<int> needed = [];
        foreach (string symbol in covariates.SelectMany(c => FreeSymbols.Of(c.Value)))
        {
            Need(symbol, parameters, needed);
        }

        foreach (int trait in traits)
        {
            NeedTrait(trait, parameters, needed);
        }

        return new Part([.. parameters], [.. needed]);
    }

    /// <summary>Draws a part of a patient.</summary>
    public void Draw(ulong seed, long patient, Part part, Workspace drawn)
    {
        foreach (int i in part.Parameters)
        {
            drawn.Values[i] = Value(i, seed, patient);
        }

        // A trait sees neither itself nor those below it.
        Array.Clear(drawn.Has);
        foreach (int t in part.Traits)
        {
            drawn.Has[t] = Uniform(seed, patient, _traits[t].Purpose) < Probability(_traits[t], drawn.Symbol);
            if (drawn.Has[t])
            {
                Apply(_traits[t], drawn.Values, seed, patient);
            }
        }
    }

    /// <summary>The value of a covariate of the patient who was drawn.</summary>
    public static double ValueOf(Covariate covariate, Workspace drawn) => Finite(ExpressionEvaluator.Evaluate(covariate.Value, drawn.Symbol), covariate.Name);

    /// <summary>Room for a patient that is drawn, used again for the next; for one thread.</summary>
    public sealed class Workspace
    {
        public Workspace(PatientSampler sampler)
        {
            Values = new double[sampler._typical.Length];
            Has = new bool[sampler._traits.Length];
            Symbol = name => sampler._index.TryGetValue(name, out int i) ? Values[i] : sampler.Has(name, Has);
        }

        /// <summary>Values of parameters, in the model's order.</summary>
        public double[] Values { get; }

        /// <summary>For each trait whether the patient has it.</summary>
        public bool[] Has { get; }

        /// <summary>The value of a symbol of the population's formulas.</summary>
        public Func<string, double> Symbol { get; }
    }

    /// <summary>The place of a trait; -1 where there is none.</summary>
    public int TraitIndex(string trait) => Array.FindIndex(_traits, t => t.Trait.Name == trait);

    /// <summary>The probability of a trait where it is the same for every patient; null where it is a formula.</summary>
    public double? FixedProbability(int trait) =>
        _traits[trait].Probability is not null || _traits[trait].Trait.Probability is NumberExpr ? Probability(_traits[trait], _ => double.NaN) : null;

    void Need(string symbol, SortedSet<int> parameters, SortedSet<int> traits)
    {
        if (!_index.TryGetValue(symbol, out int parameter))
        {
            NeedTrait(TraitIndex(symbol), parameters, traits);
            return;
        }

        if (parameters.Add(parameter))
        {
            for (int t = 0; t < _traits.Length; t++)
            {
                if (Array.Exists(_traits[t].Effects, e => e.Index == parameter))
                {
                    NeedTrait(t, parameters, traits);
                }
            }
        }
    }

    void NeedTrait(int trait, SortedSet<int> parameters, SortedSet<int> traits)
    {
        if (trait < 0 || !traits.Add(trait))
        {
            return;
        }

        foreach (string symbol in _traits[trait].Probability is null ? FreeSymbols.Of(_traits[trait].Trait.Probability) : [])
        {
            Need(symbol, parameters, traits);
        }
    }

    /// <summary>Which parameters and traits of a patient are drawn, each in ascending order.</summary>
    /// <param name="Parameters">Places among the model's parameters.</param>
    /// <param name="Traits">Places among the population's traits.</param>
    public sealed record Part(int[] Parameters, int[] Traits);
}
