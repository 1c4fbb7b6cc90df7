using System.CommandLine;
using System.Globalization;

namespace Nadir.Cli;

/// <summary><c>nadir validate</c>: published results beside what is simulated for them.</summary>
sealed class ValidateCommand
{
    const int MostThreads = 1024;
    const int MostPatients = 1_000_000;

    readonly Option<string?> _patients = new("--patients") { HelpName = "N", Description = "virtual patients of each cohort and draw; the default is 1000" };
    readonly Option<string?> _seed = new("--seed") { HelpName = "S", Description = "seed of the virtual patients; the default is 2026" };
    readonly Option<string?> _threads = new("--threads") { HelpName = "T", Description = "worker threads; the default is one a processor. Results do not depend on it" };
    readonly Option<string?> _population = new("--population") { HelpName = "FILE", Description = "a population.yaml of nadir calibrate in the place of the calibration that ships; its draws give the uncertainty about the population" };
    readonly Option<bool> _uncalibrated = new("--uncalibrated") { Description = "holds the numbers of the model's own files, before any calibration, against the published results", Arity = ArgumentArity.Zero };
    readonly Option<string?> _draws = new("--draws") { HelpName = "N", Description = "draws of the calibration that are used; the default is 40" };
    readonly Option<string[]> _targets = new("--targets") { HelpName = "FILE", Description = "a file of published results of your own beside those that ship; may be repeated", Arity = ArgumentArity.OneOrMore };
    readonly Option<bool> _blind = new("--blind") { Description = "predicts the trials in studies/blind instead, whose outcomes are not known to the project", Arity = ArgumentArity.Zero };
    readonly Option<string?> _date = new("--date") { HelpName = "DATE", Description = "the day the blind predictions are made, as 2026-11-29" };
    readonly Option<string?> _out = new("--out") { HelpName = "DIR", Description = "the folder for validation.md and images/validation.svg; the default is nadir-out/validation" };
    readonly Option<string?> _library = new("--library") { HelpName = "DIR", Description = "a folder of your own products, strategies, trials, … beside what ships" };

    public static Command Create(Session session, Func<ValidateSettings, Session, int> run)
    {
        ValidateCommand validate = new();
        Command command = new("validate", "Holds the population against every published result; exit code 1 where a committed expectation is missed.")
        {
            validate._patients, validate._seed, validate._threads, validate._population, validate._uncalibrated, validate._draws, validate._targets, validate._blind, validate._date, validate._out, validate._library,
        };
        command.SetAction(parsed => run(validate.Read(parsed), session));
        return command;
    }

    ValidateSettings Read(ParseResult parsed)
    {
        OptionReader reader = new(parsed);
        bool uncalibrated = reader.Given(_uncalibrated);
        ValidateSettings settings = new()
        {
            Patients = reader.WholeNumber(_patients, 50, MostPatients) ?? 1000,
            Seed = reader.Seed(_seed) ?? 2026,
            Threads = reader.WholeNumber(_threads, 1, MostThreads) ?? Environment.ProcessorCount,
            Population = reader.Text(_population),
            Uncalibrated = uncalibrated,
            Draws = reader.WholeNumber(_draws, 1, 10_000) ?? 40,
            Targets = reader.Texts(_targets),
            Blind = reader.Given(_blind),
            Date = Date(reader),
            Out = reader.Text(_out),
            Library = reader.Text(_library),
        };
        if (uncalibrated)
        {
            reader.Refuse(_draws, "only a calibration has draws");
            reader.Refuse(_population, "it is a calibration");
        }

        if (settings.Blind)
        {
            reader.Refuse(_targets, "--blind predicts trials without results");
            reader.Refuse(_library, "the studies in studies/blind use what ships");
            reader.Refuse(_seed, "the studies have a seed of their own");
        }
        else
        {
            reader.Refuse(_date, "only blind predictions are dated");
        }

        if (settings.Blind && settings.Date is null && !reader.Given(_date))
        {
            reader.Add(new UsageProblem("--blind needs --date: predictions are worth what their date is") { Expected = "--date 2026-11-29" });
        }

        reader.ThrowIfAny();
        return settings;
    }

    string? Date(OptionReader reader)
    {
        string? text = reader.Text(_date);
        if (text is not null && !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            reader.Wrong(_date.Name, text, "a day as year-month-day, for example 2026-11-29");
            return null;
        }

        return text;
    }
}

/// <summary>What <c>nadir validate</c> was asked to do.</summary>
sealed record ValidateSettings
{
    /// <summary>Virtual patients of each cohort and draw.</summary>
    public required int Patients { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>Worker threads; results do not depend on it.</summary>
    public required int Threads { get; init; }

    /// <summary>A calibration; null for the one that ships.</summary>
    public string? Population { get; init; }

    /// <summary>Take the numbers of the model's own files.</summary>
    public bool Uncalibrated { get; init; }

    /// <summary>Draws of the population that are used.</summary>
    public required int Draws { get; init; }

    /// <summary>Files of published results beside those that ship.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Predict trials without known results.</summary>
    public bool Blind { get; init; }

    /// <summary>The day of blind predictions.</summary>
    public string? Date { get; init; }

    /// <summary>The folder; null for <c>nadir-out/validation</c>.</summary>
    public string? Out { get; init; }

    /// <summary>A folder of the user's own library files; null for none.</summary>
    public string? Library { get; init; }
}
