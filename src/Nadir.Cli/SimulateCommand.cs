using System.CommandLine;
using Nadir.Ensembles;
using Nadir.Solvers;

namespace Nadir.Cli;

/// <summary><c>nadir simulate</c>: trajectories of one model as CSV.</summary>
sealed class SimulateCommand
{
    const double DefaultUntil = 365;
    const int DefaultSteps = 365;
    const int MostSteps = 1_000_000;
    const int MostReplicates = 10_000_000;
    const int MostThreads = 1024;

    readonly Argument<string?> _model = new("MODEL") { Description = "an Antimony file, or the name of a library model", Arity = ArgumentArity.ZeroOrOne };
    readonly Option<string[]> _set = new("--set") { HelpName = "NAME=VALUE", Description = "replaces a value of the model; may be repeated", Arity = ArgumentArity.OneOrMore };
    readonly Option<string?> _until = new("--until") { HelpName = "TIME", Description = "the last time, in the model's unit; the default is 365" };
    readonly Option<string?> _steps = new("--steps") { HelpName = "N", Description = "equal output steps from 0 to --until; the default is 365" };
    readonly Option<string?> _at = new("--at") { HelpName = "T1,T2", Description = "output times, ascending, instead of --until and --steps" };
    readonly Option<string?> _method = new("--method") { HelpName = "ode|hybrid|ssa|extinction", Description = "ode, hybrid, ssa (exact) or extinction (chances by formula); the default is hybrid where clones are discrete, else ode" };
    readonly Option<string?> _solver = new("--solver") { HelpName = "NAME", Description = $"method for the equations: {string.Join(", ", SolverCatalogue.All.Select(s => s.Name))}; the default is auto, for hybrid tsit5. For ssa: {string.Join(", ", ExactCatalogue.All.Select(e => e.Name))}; the default is direct" };
    readonly Option<string?> _rtol = new("--rtol") { HelpName = "X", Description = "relative error of a step, 1e-14 to 0.1; the default is 1e-6" };
    readonly Option<string?> _atol = new("--atol") { HelpName = "X", Description = "absolute error of a step (cells); the default is 1e-9" };
    readonly Option<string?> _maxSteps = new("--max-steps") { HelpName = "N", Description = "steps after which a replicate is given up; the default is 1000000. For ssa: firings, 100000000" };
    readonly Option<string?> _maxStep = new("--max-step") { HelpName = "TIME", Description = "longest step of the equations, in the model's unit; the default is unlimited, and 0.25 where a rate or trigger follows the clock" };
    readonly Option<string[]> _discrete = new("--discrete") { HelpName = "NAME[:THRESHOLD]", Description = "a clone that is a whole number of cells below the threshold; may be repeated", Arity = ArgumentArity.OneOrMore };
    readonly Option<string?> _count = new("--count") { HelpName = "N", Description = "replicates; the default is 1" };
    readonly Option<string?> _seed = new("--seed") { HelpName = "S", Description = "seed of every random stream; the default is 1" };
    readonly Option<string?> _out = new("--out") { HelpName = "FILE", Description = "the CSV file to write; the default is standard output" };
    readonly Option<string?> _plot = new("--plot") { HelpName = "FILE.html", Description = "writes a figure of the trajectories; then rows are written only with --out" };
    readonly Option<bool> _wide = new("--wide") { Description = "one column a variable instead of one row", Arity = ArgumentArity.Zero };
    readonly Option<string?> _shard = new("--shard") { HelpName = "K/N", Description = "simulates the K-th of N parts of the replicates only, for --join; FILE.part.json beside --out says which" };
    readonly Option<string[]> _join = new("--join") { HelpName = "FILE…", Description = "puts the files of all parts together instead of simulating", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = true };
    readonly Option<string?> _threads = new("--threads") { HelpName = "T", Description = "worker threads; the default is one a processor. Results do not depend on it" };
    readonly Option<string?> _timeLimit = new("--time-limit") { HelpName = "TIME", Description = "stops the run after this time by the clock, for example 90s; then nothing is written" };

    public static Command Create(Session session, Func<SimulateSettings, Session, int> run)
    {
        SimulateCommand simulate = new();
        Command command = new("simulate", "Simulates a model and prints amounts (cells), or chances of extinction, as CSV: replicate,time,variable,value.")
        {
            simulate._model,
            simulate._set,
            simulate._until,
            simulate._steps,
            simulate._at,
            simulate._method,
            simulate._solver,
            simulate._rtol,
            simulate._atol,
            simulate._maxSteps,
            simulate._maxStep,
            simulate._discrete,
            simulate._count,
            simulate._seed,
            simulate._out,
            simulate._plot,
            simulate._wide,
            simulate._shard,
            simulate._join,
            simulate._threads,
            simulate._timeLimit,
        };
        command.SetAction(parsed => run(simulate.Read(parsed), session));
        return command;
    }

    SimulateSettings Read(ParseResult parsed)
    {
        OptionReader reader = new(parsed);
        object? chosen = reader.OneOf(_solver, Solvers());
        SimulateSettings settings = new()
        {
            Model = reader.Text(_model) ?? "",
            Set = SimulateValues.Assignments(reader, _set),
            Times = Times(reader),
            Method = Method(reader),
            Solver = chosen as Solver,
            Exact = chosen as ExactMethod,
            Relative = reader.Within(_rtol, 1e-14, 0.1, "a number from 1e-14 to 0.1"),
            Absolute = reader.Within(_atol, 1e-300, 1e300, "a number from 1e-300 to 1e300 (cells)"),
            MaxSteps = reader.WholeNumber(_maxSteps, 1, int.MaxValue),
            MaxStep = reader.Positive(_maxStep, "the model's unit of time"),
            Discrete = SimulateValues.Clones(reader, _discrete),
            Count = reader.WholeNumber(_count, 1, MostReplicates),
            Seed = reader.Seed(_seed),
            Threads = reader.WholeNumber(_threads, 1, MostThreads) ?? Environment.ProcessorCount,
            Out = reader.Text(_out),
            Plot = reader.Text(_plot),
            TimeLimit = reader.TimeLimit(_timeLimit),
            Shape = reader.Given(_wide) ? CsvShape.Wide : CsvShape.Tidy,
            Shard = reader.Shard(_shard),
            Join = reader.Texts(_join),
        };
        RefuseWithoutEffect(reader, settings);
        if (settings.Plot is not null && settings.Out is null)
        {
            reader.Refuse(_wide, "--plot without --out writes no rows");
        }

        if (settings.Method is { } method)
        {
            reader.AddRange(settings.WithoutEffect(method));
        }

        reader.ThrowIfAny();
        return settings;
    }

    void RefuseWithoutEffect(OptionReader reader, SimulateSettings settings)
    {
        if (settings.Join.Count == 0)
        {
            if (!reader.Given(_model))
            {
                reader.Add(new UsageProblem("MODEL is missing") { Expected = _model.Description });
            }

            if (reader.Given(_shard))
            {
                reader.Refuse(_plot, "a part has no figure");
                if (settings.Out is null)
                {
                    reader.Add(new UsageProblem("--shard needs --out: a part is a file, with another beside it that says which part it is") { Expected = "--out FILE" });
                }
            }

            return;
        }

        foreach (Option option in new Option[] { _set, _until, _steps, _at, _method, _solver, _rtol, _atol, _maxSteps, _maxStep, _discrete, _count, _seed, _plot, _wide, _threads, _shard })
        {
            reader.Refuse(option, "--join simulates nothing and takes the simulation from its parts");
        }

        if (reader.Given(_model))
        {
            reader.Add(new UsageProblem("MODEL does not apply: --join takes the simulation from its parts") { Found = settings.Model });
        }
    }

    OutputTimes Times(OptionReader reader)
    {
        double until = reader.Positive(_until, "the model's unit of time") ?? DefaultUntil;
        int steps = reader.WholeNumber(_steps, 1, MostSteps) ?? DefaultSteps;
        if (!reader.Given(_at))
        {
            return OutputTimes.Even(until, steps);
        }

        reader.Refuse(_steps, "--at gives the output times");
        reader.Refuse(_until, "--at gives the output times, the last of them ends the run");
        return SimulateValues.Times(reader, _at);
    }

    static Dictionary<string, object> Solvers() =>
        SolverCatalogue.All.Select(s => (s.Name, Method: (object)s)).Concat(ExactCatalogue.All.Select(e => (e.Name, Method: (object)e))).ToDictionary(p => p.Name, p => p.Method);

    SimulationMethod? Method(OptionReader reader) =>
        reader.Choice(_method, new Dictionary<string, SimulationMethod>
        {
            ["ode"] = SimulationMethod.Ode,
            ["hybrid"] = SimulationMethod.Hybrid,
            ["ssa"] = SimulationMethod.Ssa,
            ["extinction"] = SimulationMethod.Extinction,
        });
}
