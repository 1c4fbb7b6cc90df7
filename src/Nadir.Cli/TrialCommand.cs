using System.CommandLine;
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
    readonly Option<string[]> _without = new("--without") { HelpName = "MECHANISM", Description = "switches a relapse mechanism off; may be repeated", Arity = ArgumentArity.OneOrMore };
    readonly Option<bool> _json = new("--json") { Description = "prints one JSON document and nothing else; writes no folder unless --out is given", Arity = ArgumentArity.Zero };
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
            trial._without,
            trial._json,
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
            Without = Mechanisms(reader),
            Json = reader.Given(_json),
            Force = reader.Given(_force),
        };
        if (settings.Json && settings.Out is null)
        {
            reader.Refuse(_force, "--json without --out writes no folder");
        }

        reader.ThrowIfAny();
        return settings;
    }

    IReadOnlyList<string> Mechanisms(OptionReader reader)
    {
        IReadOnlyList<string> names = reader.Texts(_without);
        foreach (string blank in names.Where(string.IsNullOrWhiteSpace))
        {
            reader.Wrong(_without.Name, blank, "the name of a mechanism");
        }

        foreach (string name in names.GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key))
        {
            reader.Add(new UsageProblem($"{_without.Name} {name} is given more than once"));
        }

        return names;
    }
}
