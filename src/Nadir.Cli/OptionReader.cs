using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using Nadir.Faults;
using Nadir.Studies;

namespace Nadir.Cli;

/// <summary>Turns option texts into typed values and collects every problem, so that a user sees them all at once.</summary>
sealed class OptionReader(ParseResult parsed)
{
    readonly List<UsageProblem> _problems = [];

    public bool Given(Argument argument) => parsed.GetResult(argument) is { Tokens.Count: > 0 };

    public bool Given(Option option) => parsed.GetResult(option) is { Implicit: false };

    public void Add(UsageProblem problem) => _problems.Add(problem);

    public void AddRange(IEnumerable<UsageProblem> problems) => _problems.AddRange(problems);

    /// <summary>An option that would change nothing is an error; silence would let the user believe otherwise.</summary>
    public void Refuse(Option option, string reason)
    {
        if (Given(option))
        {
            Add(new UsageProblem($"{option.Name} does not apply: {reason}"));
        }
    }

    public void ThrowIfAny()
    {
        if (_problems.Count > 0)
        {
            throw new UsageException(ParseProblems.Path(parsed.CommandResult), _problems);
        }
    }

    public int? WholeNumber(Option<string?> option, int least, int most) =>
        Number(option, least, most, NumberStyles.AllowLeadingSign, $"a whole number from {least} to {most}");

    public ulong? Seed(Option<string?> option) =>
        Number(option, ulong.MinValue, ulong.MaxValue, NumberStyles.None, $"a whole number from 0 to {ulong.MaxValue}");

    public double? Positive(Option<string?> option, string unit) =>
        Number(option, double.Epsilon, double.MaxValue, NumberStyles.Float, $"a number above 0 ({unit})");

    public double? Within(Option<string?> option, double least, double most, string expected) =>
        Number(option, least, most, NumberStyles.Float, expected);

    public T? Choice<T>(Option<string?> option, IReadOnlyDictionary<string, T> choices)
        where T : struct => Find(option, choices, out T choice) ? choice : null;

    public T? OneOf<T>(Option<string?> option, IReadOnlyDictionary<string, T> choices)
        where T : class => Find(option, choices, out T? choice) ? choice : null;

    public string? Text(Option<string?> option) => NotBlank(option.Name, parsed.GetValue(option));

    public string? Text(Argument<string?> argument) => NotBlank(argument.Name, parsed.GetValue(argument));

    public TimeLimit? TimeLimit(Option<string?> option)
    {
        string? text = parsed.GetValue(option);
        TimeLimit? limit = text is null ? null : Cli.TimeLimit.Parse(text);
        if (text is not null && limit is null)
        {
            Wrong(option.Name, text, Cli.TimeLimit.Expected);
        }

        return limit;
    }

    /// <summary>A part of something, K/N.</summary>
    public Shard? Shard(Option<string?> option)
    {
        if (Text(option) is not { } text)
        {
            return null;
        }

        string[] parts = text.Split('/');
        if (parts.Length == 2 && IsNumber(parts[0], out int number) && IsNumber(parts[1], out int of) && number >= 1 && number <= of && of <= Studies.Shard.Most)
        {
            return new Shard(number, of);
        }

        Wrong(option.Name, text, $"K/N with K from 1 to N and N up to {Studies.Shard.Most}, for example 2/3");
        return null;

        static bool IsNumber(string digits, out int value) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    public IReadOnlyList<string> Texts(Option<string[]> option) => parsed.GetValue(option) ?? [];

    public void Wrong(string option, string found, string expected, string? hint = null) =>
        Add(new UsageProblem($"{option} cannot use this value") { Found = $"\"{found}\"", Expected = expected, Hint = hint });

    bool Find<T>(Option<string?> option, IReadOnlyDictionary<string, T> choices, [MaybeNullWhen(false)] out T choice)
    {
        choice = default;
        string? text = parsed.GetValue(option);
        if (text is null)
        {
            return false;
        }

        if (choices.TryGetValue(text, out choice))
        {
            return true;
        }

        string? nearest = NearestName.Of(text, choices.Keys);
        Wrong(option.Name, text, string.Join(", ", choices.Keys), nearest is null ? null : $"did you mean \"{nearest}\"?");
        return false;
    }

    string? NotBlank(string name, string? text)
    {
        if (text is not null && string.IsNullOrWhiteSpace(text))
        {
            Wrong(name, text, "a text that is not blank");
        }

        return text;
    }

    T? Number<T>(Option<string?> option, T least, T most, NumberStyles style, string expected)
        where T : struct, INumber<T>
    {
        string? text = parsed.GetValue(option);
        if (text is null)
        {
            return null;
        }

        if (T.TryParse(text, style, CultureInfo.InvariantCulture, out T value) && value >= least && value <= most)
        {
            return value;
        }

        Wrong(option.Name, text, expected);
        return null;
    }
}
