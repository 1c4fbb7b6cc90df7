using System.CommandLine;
using Nadir.Solvers;
using Nadir.Studies;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Cli;

/// <summary><c>nadir trial</c>: simulates a study and reports it.</summary>
sealed class TrialCommand
{
    const int MostThreads = 1024;
    const int MostRows = 65_536;
    const int MostPatientsPerSetting = 10_000;
    const int MostReplicates = 100_000;

    const int MostTrials = 1_000_000;
    const int MostDraws = 10_000;
    const int SmallestPool = 100;
    const int LargestPool = 1_000_000;

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
    readonly Option<string?> _population = new("--population") { HelpName = "FILE", Description = "a population.yaml of nadir calibrate: in the place of the calibration that comes with the model; its point is simulated, its draws are what --replicates draws from" };
    readonly Option<bool> _knockOut = new("--knock-out") { Description = "runs the study again without each mechanism that is on in it, with the same patients: what each contributes to relapse", Arity = ArgumentArity.Zero };
    readonly Option<string?> _sensitivity = new("--sensitivity") { HelpName = "ENDPOINT", Description = "which uncertain numbers of the population drive an endpoint, such as relapse24, efs12:2 (of arm 2) or os24:3-1 (arm 3 less arm 1): a tornado and shares of the variance" };
    readonly Option<string?> _sensitivityRows = new("--sensitivity-rows") { HelpName = "N", Description = "rows of the design for --sensitivity; the default is 512" };
    readonly Option<string?> _sensitivityPatients = new("--sensitivity-patients") { HelpName = "N", Description = "patients at each setting of a row for --sensitivity; the default is 64" };
    readonly Option<string?> _sensitivityFactors = new("--sensitivity-factors") { HelpName = "N", Description = "how many numbers --sensitivity tells apart, the widest bars of the tornado; the default is 10, and the others are one factor together" };
    readonly Option<string?> _replicates = new("--replicates") { HelpName = "R", Description = "runs the study R times, with other parameters from the calibration's draws (or the priors) and other patients each time: uncertainty by kind; with --power the assurance, the power averaged over those parameters" };
    readonly Option<string?> _library = new("--library") { HelpName = "DIR", Description = "a folder of your own models, mechanisms, products, strategies, assays, … beside what ships" };
    readonly Option<bool> _json = new("--json") { Description = "prints one JSON document and nothing else; writes no folder unless --out is given", Arity = ArgumentArity.Zero };
    readonly Option<bool> _details = new("--details") { Description = "prints every estimate instead of a short table and the curves; the report has them all", Arity = ArgumentArity.Zero };
    readonly Option<bool> _pdf = new("--pdf") { Description = "also prints the report as PDF, with a Chromium or Chrome of this machine", Arity = ArgumentArity.Zero };
    readonly Option<bool> _sqlite = new("--sqlite") { Description = "also writes all tables into one SQLite file, results.sqlite", Arity = ArgumentArity.Zero };
    readonly Option<string?> _shard = new("--shard") { HelpName = "K/N", Description = "simulates the K-th of N parts only, for --join; the folder is nadir-out/<study>-<seed>.K-of-N" };
    readonly Option<string[]> _join = new("--join") { HelpName = "DIR…", Description = "puts the folders of all parts together instead of simulating", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = true };
    readonly Option<bool> _power = new("--power") { Description = "simulates many trials of a design with an analysis: power, type I error, duration, and the size it needs; the folder holds one such trial, and the report both", Arity = ArgumentArity.Zero };
    readonly Option<string?> _trials = new("--trials") { HelpName = "N", Description = "trials of each size for --power; the default is 2000" };
    readonly Option<string?> _pool = new("--pool") { HelpName = "N", Description = "virtual patients in each arm that --power draws trials from; by default as many as make its error no larger than that of the trials" };
    readonly Option<string?> _solver = new("--solver") { HelpName = "NAME", Description = $"method for the equations: {string.Join(", ", SolverCatalogue.All.Select(s => s.Name))}; the default is tsit5. For a stiff model of your own: auto or rodas5p" };
    readonly Option<string?> _rtol = new("--rtol") { HelpName = "X", Description = "relative error of a solver's step, 1e-14 to 0.1; the default is 1e-5" };
    readonly Option<string?> _atol = new("--atol") { HelpName = "X", Description = "absolute error of a solver's step in cells, 1e-300 to 1e300; the default is 1e-9" };
    readonly Option<string?> _maxSteps = new("--max-steps") { HelpName = "N", Description = "steps after which a patient is given up and counted as failed; the default is 1000000" };
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
            trial._knockOut,
            trial._sensitivity,
            trial._sensitivityRows,
            trial._sensitivityPatients,
            trial._sensitivityFactors,
            trial._replicates,
            trial._library,
            trial._json,
            trial._details,
            trial._pdf,
            trial._sqlite,
            trial._shard,
            trial._join,
            trial._power,
            trial._trials,
            trial._pool,
            trial._solver,
            trial._rtol,
            trial._atol,
            trial._maxSteps,
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
            KnockOut = reader.Given(_knockOut),
            Sensitivity = reader.Text(_sensitivity),
            SensitivityOptions = ReadSensitivity(reader),
            Replicates = reader.WholeNumber(_replicates, VarianceParts.FewestReplicates, MostReplicates),
            Library = reader.Text(_library),
            Json = reader.Given(_json),
            Details = reader.Given(_details),
            Pdf = reader.Given(_pdf),
            Sqlite = reader.Given(_sqlite),
            Shard = reader.Shard(_shard),
            Join = reader.Texts(_join),
            Power = Power(reader),
            Tolerances = ReadTolerances(reader),
            Solver = (Solver?)reader.OneOf(_solver, SolverCatalogue.All.ToDictionary(s => s.Name, s => (object)s)) ?? SolverCatalogue.Tsit5,
            TimeLimit = reader.TimeLimit(_timeLimit),
            Force = reader.Given(_force),
        };
        RefuseWithoutEffect(reader, settings);
        reader.ThrowIfAny();
        return settings;
    }

    Tolerances ReadTolerances(OptionReader reader)
    {
        Tolerances usual = TrialPlan.UsualTolerances;
        return usual with
        {
            Relative = reader.Within(_rtol, 1e-14, 0.1, "a number from 1e-14 to 0.1") ?? usual.Relative,
            Absolute = reader.Within(_atol, 1e-300, 1e300, "a number from 1e-300 to 1e300") ?? usual.Absolute,
            MaxSteps = reader.WholeNumber(_maxSteps, 1, int.MaxValue) ?? usual.MaxSteps,
        };
    }

    SensitivityOptions ReadSensitivity(OptionReader reader)
    {
        SensitivityOptions usual = new();
        return usual with
        {
            Rows = reader.WholeNumber(_sensitivityRows, 16, MostRows) ?? usual.Rows,
            PatientsPerSetting = reader.WholeNumber(_sensitivityPatients, 10, MostPatientsPerSetting) ?? usual.PatientsPerSetting,
            Factors = reader.WholeNumber(_sensitivityFactors, 1, SensitivityOptions.MostFactors) ?? usual.Factors,
        };
    }

    void RefuseWithoutEffect(OptionReader reader, TrialSettings settings)
    {
        if (settings.Json && settings.Out is null)
        {
            foreach (Option option in new Option[] { _force, _pdf, _sqlite })
            {
                reader.Refuse(option, "--json without --out writes no folder");
            }
        }

        if (settings.Json)
        {
            reader.Refuse(_details, "--json prints one document");
        }

        if (settings.Sensitivity is null)
        {
            foreach (Option option in new Option[] { _sensitivityRows, _sensitivityPatients, _sensitivityFactors })
            {
                reader.Refuse(option, "it says how --sensitivity is done");
            }
        }

        if (reader.Given(_shard))
        {
            foreach (Option option in new Option[] { _json, _details, _pdf, _sqlite, _knockOut, _sensitivity, _replicates })
            {
                reader.Refuse(option, "a part of a trial has no estimates; --join has them");
            }
        }

        if (settings.Join.Count > 0)
        {
            foreach (Option option in new Option[] { _patients, _seed, _threads, _with, _without, _population, _knockOut, _sensitivity, _replicates, _shard, _solver, _rtol, _atol, _maxSteps })
            {
                reader.Refuse(option, "--join simulates nothing and takes the trial from its parts");
            }

            if (settings.Study is not null)
            {
                reader.Add(new UsageProblem("STUDY does not apply: --join takes the trial from its parts") { Found = settings.Study });
            }
        }
    }

    PowerSettings? Power(OptionReader reader)
    {
        PowerSettings power = new();
        power = power with
        {
            Trials = reader.WholeNumber(_trials, 10, MostTrials) ?? power.Trials,
            Pool = reader.WholeNumber(_pool, SmallestPool, LargestPool),
            Draws = reader.WholeNumber(_replicates, VarianceParts.FewestReplicates, MostDraws),
        };
        bool asked = reader.Given(_power);
        foreach (Option option in asked ? new Option[] { _shard, _join, _knockOut, _sensitivity, _details } : [_trials, _pool])
        {
            reader.Refuse(option, asked ? "--power shows what many trials of the design do, and writes one of them; ask for more of that one without --power" : "it belongs to --power");
        }

        return asked ? power : null;
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
