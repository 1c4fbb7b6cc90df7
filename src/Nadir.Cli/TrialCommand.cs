using System.CommandLine;
using System.Globalization;
using Nadir.Studies;

namespace Nadir.Cli;

/// <summary><c>nadir trial</c>: simulates a study and reports it.</summary>
sealed class TrialCommand
{
    const int MostThreads = 1024;

    readonly Argument<string?> _study = new("STUDY")
    {
        Description = "a study file; without it the built-in study of B-ALL",
        Arity = ArgumentArity.ZeroOrOne,
    };

    readonly Option<string?> _patients = new("--patients") { HelpName = "N", Description = "patients in each arm, instead of the study's" };
    readonly Option<string?> _seed = new("--seed") { HelpName = "S", Description = "seed of every random stream, instead of the study's" };
    readonly Option<string?> _threads = new("--threads") { HelpName = "T", Description = "worker threads; the default is one a processor. Results do not depend on it" };
    readonly Option<string?> _out = new("--out") { HelpName = "DIR", Description = "the folder for the results; the default is nadir-out/<study>-<seed>" };
    readonly Option<string[]> _with = new("--with") { HelpName = "MECHANISM", Description = "switches on a relapse mechanism that is off or weak in the population; may be repeated", Arity = ArgumentArity.OneOrMore };
    readonly Option<string[]> _without = new("--without") { HelpName = "MECHANISM", Description = "switches a relapse mechanism off; may be repeated", Arity = ArgumentArity.OneOrMore };
    readonly Option<string?> _population = new("--population") { HelpName = "FILE", Description = "a population.yaml of nadir calibrate: its point takes the place of the population's own numbers" };
    readonly Option<string?> _library = new("--library") { HelpName = "DIR", Description = "a folder of your own models, mechanisms, products, strategies, assays, … beside what ships" };
    readonly Option<bool> _json = new("--json") { Description = "prints one JSON document and nothing else; writes no folder unless --out is given", Arity = ArgumentArity.Zero };
    readonly Option<string?> _shard = new("--shard") { HelpName = "K/N", Description = "simulates the K-th of N parts only, for --join; the folder is nadir-out/<study>-<seed>.K-of-N" };
    readonly Option<string[]> _join = new("--join") { HelpName = "DIR…", Description = "puts the folders of all parts together instead of simulating", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = true };
    readonly Option<string?> _timeLimit = new("--time-limit") { HelpName = "TIME", Description = "stops the run after this time by the clock, for example 10min; then nothing is written" };
    readonly Option<bool> _force = new("--force") { Description = "replaces a result folder that holds something else", Arity = ArgumentArity.Zero };

    public static Command Create(Session session, Func<TrialSettings, Session, int> run)
    {
        TrialCommand trial = new();
        Command command = new("trial", "Simulates a virtual trial: who relapses, when, and by which mechanism.")
        {
            trial._study,
            trial._patients,
            trial._seed,
            trial._threads,
            trial._out,
            trial._with,
            trial._without,
            trial._population,
            trial._library,
            trial._json,
            trial._shard,
            trial._join,
            trial._timeLimit,
            trial._force,
        };
        command.SetAction(parsed => run(trial.Read(parsed), session));
        return command;
    }

    TrialSettings Read(ParseResult parsed)
    {
        OptionReader reader = new(parsed);
        TrialSettings settings = new()
        {
            Study = reader.Text(_study),
            Patients = reader.WholeNumber(_patients, 1, Study.MaxPatientsPerArm),
            Seed = reader.Seed(_seed),
            Threads = reader.WholeNumber(_threads, 1, MostThreads) ?? Environment.ProcessorCount,
            Out = reader.Text(_out),
            With = Mechanisms(reader, _with),
            Without = Mechanisms(reader, _without),
            Population = reader.Text(_population),
            Library = reader.Text(_library),
            Json = reader.Given(_json),
            Shard = Shard(reader),
            Join = reader.Texts(_join),
            TimeLimit = reader.TimeLimit(_timeLimit),
            Force = reader.Given(_force),
        };
        RefuseWithoutEffect(reader, settings);
        reader.ThrowIfAny();
        return settings;
    }

    void RefuseWithoutEffect(OptionReader reader, TrialSettings settings)
    {
        if (settings.Json && settings.Out is null)
        {
            reader.Refuse(_force, "--json without --out writes no folder");
        }

        if (reader.Given(_shard))
        {
            reader.Refuse(_population, "the parts of a trial are joined from the study file, which does not hold it");
            reader.Refuse(_json, "a part of a trial has no estimates; --join prints them");
        }

        if (settings.Join.Count > 0)
        {
            foreach (Option option in new Option[] { _patients, _seed, _threads, _with, _without, _population, _shard })
            {
                reader.Refuse(option, "--join simulates nothing and takes the trial from its parts");
            }

            if (settings.Study is not null)
            {
                reader.Add(new UsageProblem("STUDY does not apply: --join takes the trial from its parts") { Found = settings.Study });
            }
        }
    }

    Shard? Shard(OptionReader reader)
    {
        if (reader.Text(_shard) is not { } text)
        {
            return null;
        }

        string[] parts = text.Split('/');
        if (parts.Length == 2 && IsNumber(parts[0], out int number) && IsNumber(parts[1], out int of) && number >= 1 && number <= of && of <= Studies.Shard.Most)
        {
            return new Shard(number, of);
        }

        reader.Wrong(_shard.Name, text, $"K/N with K from 1 to N and N up to {Studies.Shard.Most}, for example 2/3");
        return null;

        static bool IsNumber(string digits, out int value) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    static IReadOnlyList<string> Mechanisms(OptionReader reader, Option<string[]> option)
    {
        IReadOnlyList<string> names = reader.Texts(option);
        foreach (string blank in names.Where(string.IsNullOrWhiteSpace))
        {
            reader.Wrong(option.Name, blank, "the name of a mechanism");
        }

        foreach (string name in names.GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key))
        {
            reader.Add(new UsageProblem($"{option.Name} {name} is given more than once"));
        }

        return names;
    }
}
