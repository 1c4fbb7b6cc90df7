using System.CommandLine;

namespace Nadir.Cli;

/// <summary><c>nadir evidence</c>: what stands behind each mechanism, strategy and number.</summary>
sealed class EvidenceCommand
{
    readonly Argument<string?> _name = new("NAME") { Description = "a mechanism, strategy, product, assay, trial, model or source; without it everything is listed", Arity = ArgumentArity.ZeroOrOne };
    readonly Option<string?> _parameter = new("--parameter") { HelpName = "NAME", Description = "shows a parameter of a model, or a trait of its populations, instead: value, unit, distribution, source, evidence level" };
    readonly Option<string?> _model = new("--model") { HelpName = "NAME", Description = "the model of --parameter; the default is b-all" };
    readonly Option<string?> _catalogue = new("--catalogue") { HelpName = "FILE", Description = "writes everything as one Markdown page, with its relapse map beside it as images/relapse-map.svg" };
    readonly Option<string?> _library = new("--library") { HelpName = "DIR", Description = "a folder of your own mechanisms, strategies, products, … beside what ships" };
    readonly Option<bool> _json = new("--json") { Description = "prints one JSON document and nothing else", Arity = ArgumentArity.Zero };

    public static Command Create(Session session, Func<EvidenceSettings, Session, int> run)
    {
        EvidenceCommand evidence = new();
        Command command = new("evidence", "Shows what is published behind each mechanism, strategy and number.")
        {
            evidence._name, evidence._parameter, evidence._model, evidence._catalogue, evidence._library, evidence._json,
        };
        command.SetAction(parsed => run(evidence.Read(parsed), session));
        return command;
    }

    EvidenceSettings Read(ParseResult parsed)
    {
        OptionReader reader = new(parsed);
        EvidenceSettings settings = new()
        {
            Name = reader.Text(_name),
            Parameter = reader.Text(_parameter),
            Model = reader.Text(_model),
            Catalogue = reader.Text(_catalogue),
            Library = reader.Text(_library),
            Json = reader.Given(_json),
        };
        if (settings.Parameter is null)
        {
            reader.Refuse(_model, "it names the model of --parameter");
        }

        if (settings.Name is not null)
        {
            reader.Refuse(_parameter, "a NAME is given");
            reader.Refuse(_catalogue, "it writes everything, and a NAME is given");
        }

        if (settings.Catalogue is not null)
        {
            reader.Refuse(_parameter, "--catalogue writes everything");
            reader.Refuse(_json, "--catalogue writes Markdown");
        }

        reader.ThrowIfAny();
        return settings;
    }
}

/// <summary>What <c>nadir evidence</c> is asked for.</summary>
sealed record EvidenceSettings
{
    public string? Name { get; init; }

    public string? Parameter { get; init; }

    public string? Model { get; init; }

    public string? Catalogue { get; init; }

    public string? Library { get; init; }

    public bool Json { get; init; }
}
