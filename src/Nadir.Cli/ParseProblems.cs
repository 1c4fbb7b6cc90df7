using System.CommandLine;
using System.CommandLine.Parsing;
using Nadir.Faults;

namespace Nadir.Cli;

/// <summary>Finds what the parser could not place and says it in the user's terms, with the nearest valid name.</summary>
static class ParseProblems
{
    public static void ThrowIfAny(ParseResult parsed)
    {
        List<UsageProblem> problems = [.. Find(parsed)];
        if (problems.Count == 0 && parsed.Errors.Count > 0)
        {
            problems.AddRange(parsed.Errors.Select(e => new UsageProblem(e.Message)));
        }

        if (problems.Count > 0)
        {
            throw new UsageException(Path(parsed.CommandResult), problems);
        }
    }

    /// <summary>The command as typed, for example <c>nadir model show</c>.</summary>
    public static string Path(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{Path(parent)} {result.Command.Name}" : "nadir";

    static IEnumerable<UsageProblem> Find(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        return command.Subcommands.Count > 0
            ? [MissingCommand(command, parsed.UnmatchedTokens)]
            : [.. UnknownOptions(parsed), .. ExtraArguments(parsed), .. WrongCounts(parsed)];
    }

    static UsageProblem MissingCommand(Command command, IReadOnlyList<string> unmatched)
    {
        string[] names = [.. command.Subcommands.Select(c => c.Name)];
        string expected = $"a command: {string.Join(", ", names)}";
        return unmatched switch
        {
            [] => new UsageProblem("a command is missing") { Expected = expected },
            [['-', ..] option, ..] => new UsageProblem("unknown option") { Found = option, Expected = expected, Hint = OptionHint(command, option) },
            [string word, ..] => new UsageProblem("unknown command") { Found = word, Expected = expected, Hint = NearestHint(word, names) },
        };
    }

    static IEnumerable<UsageProblem> UnknownOptions(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        return Unplaced(parsed)
            .Where(t => LooksLikeOption(t, parsed))
            .Select(t => new UsageProblem("unknown option") { Found = t, Hint = OptionHint(command, t) });
    }

    /// <summary>The parser gives an unknown option to an argument that still has room; here the two are told apart.</summary>
    static IEnumerable<string> Unplaced(ParseResult parsed) =>
        parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens.Select(t => t.Value)).Concat(parsed.UnmatchedTokens);

    static IEnumerable<UsageProblem> ExtraArguments(ParseResult parsed)
    {
        // What follows an unknown option is most likely its value, so it is not a problem of its own.
        bool optionsKnown = !UnknownOptions(parsed).Any();
        return optionsKnown ? parsed.UnmatchedTokens.Select(t => new UsageProblem("one argument too many") { Found = Quote(t) }) : [];
    }

    static IEnumerable<UsageProblem> WrongCounts(ParseResult parsed)
    {
        foreach (OptionResult option in parsed.CommandResult.Children.OfType<OptionResult>().Where(o => !o.Implicit))
        {
            string? swallowed = option.Tokens.Select(t => t.Value).FirstOrDefault(t => t.StartsWith("--", StringComparison.Ordinal));
            bool needsValue = option.Option.Arity.MinimumNumberOfValues > 0;
            if (needsValue && (swallowed is not null || option.Tokens.Count < option.IdentifierTokenCount))
            {
                yield return MissingValue(parsed, option.Option, swallowed);
            }
            else if (option.IdentifierTokenCount > 1 && option.Option.Arity.MaximumNumberOfValues == 1)
            {
                yield return new UsageProblem($"{option.Option.Name} is given more than once");
            }
        }

        foreach (ArgumentResult argument in parsed.CommandResult.Children.OfType<ArgumentResult>())
        {
            if (argument.Tokens.Count < argument.Argument.Arity.MinimumNumberOfValues)
            {
                yield return new UsageProblem($"{argument.Argument.Name} is missing") { Expected = argument.Argument.Description };
            }
        }
    }

    static UsageProblem MissingValue(ParseResult parsed, Option option, string? swallowed) =>
        new($"{option.Name} needs a value")
        {
            Found = swallowed,
            Expected = option.Description,
            Hint = swallowed is null ? null : OptionHint(parsed.CommandResult.Command, swallowed),
        };

    static bool LooksLikeOption(string token, ParseResult parsed) =>
        token.Length > 1 && token[0] == '-' && !Literals(parsed).Contains(token);

    /// <summary>After <c>--</c> a token is what it says, even with a leading dash.</summary>
    static IEnumerable<string> Literals(ParseResult parsed) =>
        parsed.Tokens.SkipWhile(t => t.Type != TokenType.DoubleDash).Skip(1).Select(t => t.Value);

    static string? OptionHint(Command command, string token)
    {
        string name = token.Split('=', ':')[0];
        return NearestHint(name, [.. command.Options.Select(o => o.Name)]);
    }

    static string? NearestHint(string name, IReadOnlyCollection<string> names) =>
        NearestName.Of(name, names) is { } nearest ? $"did you mean \"{nearest}\"?" : null;

    static string Quote(string text) => $"\"{text}\"";
}
