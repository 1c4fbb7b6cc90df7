using System.CommandLine;
using Nadir.Inference;

namespace Nadir.Cli;

/// <summary><c>nadir calibrate</c>: fits a population to published results.</summary>
sealed class CalibrateCommand
{
    const int MostThreads = 1024;
    const int MostPatients = 100_000;
    const int MostParticles = 100_000;

    readonly Option<string?> _patients = new("--patients") { HelpName = "N", Description = "virtual patients of a cohort in every simulation, from half of it to six times as many by what its targets need; the default is 500" };
    readonly Option<string?> _particles = new("--particles") { HelpName = "N", Description = "particles, an even number; the default is 256" };
    readonly Option<string?> _seed = new("--seed") { HelpName = "S", Description = "seed of the sampler and of the virtual patients; the default is 1" };
    readonly Option<string?> _threads = new("--threads") { HelpName = "T", Description = "worker threads; the default is one a processor. Results do not depend on it" };
    readonly Option<string[]> _targets = new("--targets") { HelpName = "FILE", Description = "a file of published results of your own, instead of those that ship; may be repeated", Arity = ArgumentArity.OneOrMore };
    readonly Option<string[]> _numbers = new("--number") { HelpName = "NAME", Description = "calibrates this number only, and others so named; all others keep the values of the calibration that ships", Arity = ArgumentArity.OneOrMore };
    readonly Option<string?> _out = new("--out") { HelpName = "DIR", Description = "the folder for the results and the checkpoint; the default is nadir-out/calibration-<seed>" };
    readonly Option<string?> _library = new("--library") { HelpName = "DIR", Description = "a folder of your own products, strategies, … beside what ships" };

    public static Command Create(Session session, Func<CalibrateSettings, Session, int> run)
    {
        CalibrateCommand calibrate = new();
        Command command = new("calibrate", "Fits the numbers of a population to published results; goes on from the last round where it was stopped.")
        {
            calibrate._patients, calibrate._particles, calibrate._seed, calibrate._threads, calibrate._targets, calibrate._numbers, calibrate._out, calibrate._library,
        };
        command.SetAction(parsed => run(calibrate.Read(parsed), session));
        return command;
    }

    CalibrateSettings Read(ParseResult parsed)
    {
        OptionReader reader = new(parsed);
        SamplerSettings defaults = new();
        CalibrateSettings settings = new()
        {
            Patients = reader.WholeNumber(_patients, 50, MostPatients) ?? 500,
            Particles = reader.WholeNumber(_particles, 20, MostParticles) ?? defaults.Particles,
            Seed = reader.Seed(_seed) ?? 1,
            Threads = reader.WholeNumber(_threads, 1, MostThreads) ?? Environment.ProcessorCount,
            Targets = reader.Texts(_targets),
            Numbers = reader.Texts(_numbers),
            Out = reader.Text(_out),
            Library = reader.Text(_library),
        };
        if (settings.Particles % 2 != 0)
        {
            reader.Wrong(_particles.Name, $"{settings.Particles}", "an even number, since two islands share them");
        }

        reader.ThrowIfAny();
        return settings;
    }
}

/// <summary>What <c>nadir calibrate</c> was asked to do.</summary>
sealed record CalibrateSettings
{
    /// <summary>Virtual patients of each cohort.</summary>
    public required int Patients { get; init; }

    public required int Particles { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>Worker threads; results do not depend on it.</summary>
    public required int Threads { get; init; }

    /// <summary>Files of published results; empty for those that ship.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Numbers to calibrate; empty for all.</summary>
    public IReadOnlyList<string> Numbers { get; init; } = [];

    /// <summary>The folder; null for <c>nadir-out/calibration-&lt;seed&gt;</c>.</summary>
    public string? Out { get; init; }

    /// <summary>A folder of the user's own library files; null for none.</summary>
    public string? Library { get; init; }
}
