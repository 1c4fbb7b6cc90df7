using System.Collections.Frozen;

namespace Nadir.Expressions;

/// <summary>Words that cannot be identifiers.</summary>
static class ReservedWords
{
    /// <summary>Keywords of the model language, exactly this case.</summary>
    public static readonly FrozenSet<string> Keywords = FrozenSet.ToFrozenSet(
    [
        "model", "module", "end", "species", "formula", "reaction", "compartment", "const", "var", "ext", "substanceOnly", "in", "is", "has", "import",
        "at", "after", "event", "function", "unit", "delete", "constraint", "maximize", "minimize", "DNA", "gene", "operator",
    ]);

    /// <summary>Constants and what they stand for. <c>time</c> has no fixed value and is not among them.</summary>
    public static readonly FrozenDictionary<string, double> Constants = Values().ToFrozenDictionary();

    /// <summary>The name of the model's time.</summary>
    public const string Time = "time";

    /// <summary>Infix words for <c>&amp;&amp;</c>, <c>||</c> and <c>!</c>.</summary>
    public static readonly FrozenSet<string> Operators = FrozenSet.ToFrozenSet(["and", "or", "not"]);

    /// <summary>Constants that are Boolean.</summary>
    public static readonly FrozenSet<string> Booleans = FrozenSet.ToFrozenSet(["true", "True", "TRUE", "false", "False", "FALSE"]);

    /// <summary>Functions that draw a random number.</summary>
    public static readonly FrozenSet<string> Draws = FrozenSet.ToFrozenSet(
    [
        "normal", "uniform", "exponential", "gamma", "poisson", "lognormal", "laplace", "cauchy", "rayleigh", "chisquare", "bernoulli", "binomial",
    ]);

    /// <summary>Whether <paramref name="word"/> cannot name a symbol of a model.</summary>
    public static bool Contains(string word) =>
        Keywords.Contains(word) || Constants.ContainsKey(word) || word == Time || Operators.Contains(word) || FunctionTable.Contains(word) || Draws.Contains(word)
        || word is "rateOf" or "delay";

    /// <summary>What kind of reserved word it is, for a message.</summary>
    public static string KindOf(string word) =>
        Keywords.Contains(word) ? "a keyword"
        : Constants.ContainsKey(word) || word == Time ? "a built-in constant"
        : Operators.Contains(word) ? "an operator"
        : "a built-in function";

    static IEnumerable<KeyValuePair<string, double>> Values()
    {
        foreach (string name in (string[])["true", "True", "TRUE"])
        {
            yield return new(name, 1);
        }

        foreach (string name in (string[])["false", "False", "FALSE"])
        {
            yield return new(name, 0);
        }

        foreach (string name in (string[])["inf", "INF", "infinity"])
        {
            yield return new(name, double.PositiveInfinity);
        }

        foreach (string name in (string[])["nan", "NaN", "NAN", "notanumber"])
        {
            yield return new(name, double.NaN);
        }

        yield return new("pi", Math.PI);
        yield return new("exponentiale", Math.E);

        // The value SBML Level 3 fixes for its symbol, not the 2019 definition.
        yield return new("avogadro", 6.02214179e23);
    }
}
