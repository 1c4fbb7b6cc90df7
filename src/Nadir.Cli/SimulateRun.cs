using System.Text;
using Nadir.Documents;
using Nadir.Ensembles;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Reports;
using Nadir.Solvers;

namespace Nadir.Cli;

/// <summary>Carries out <c>nadir simulate</c> once the model is read.</summary>
static class SimulateRun
{
    /// <summary>Reads the model, then simulates it.</summary>
    public static int Execute(SimulateSettings settings, Session session) =>
        TimeLimit.Run(settings.TimeLimit, session, limited => settings.Join.Count > 0 ? SimulateJoin.Execute(settings, limited) : Read(settings, limited));

    static int Read(SimulateSettings settings, Session session)
    {
        Checked<ModelPackage> package = ModelSource.Find(settings.Model);
        ModelPackage read = package.OrThrow();
        IssueText.Write(package.Issues, session.Error);
        FailureCount failures = Simulate(read.Model, Listed(read.Parameters?.Discrete), settings, session);
        if (settings.Shard is not null)
        {
            SimulationPart.Written(read.Hash, settings, failures.ByStatus).Write(settings.Out!);
        }

        return failures.Report(settings.Range.Count, session);
    }

    /// <summary>Simulates a model that was read.</summary>
    /// <param name="model">The model.</param>
    /// <param name="listed">Clones that the model's own files call discrete; empty for a file without such.</param>
    /// <param name="settings">What was asked.</param>
    /// <param name="session">Where it goes.</param>
    public static int Execute(Model model, IReadOnlyList<DiscreteSpecies> listed, SimulateSettings settings, Session session) =>
        Simulate(model, listed, settings, session).Report(settings.Range.Count, session);

    static FailureCount Simulate(Model model, IReadOnlyList<DiscreteSpecies> listed, SimulateSettings settings, Session session)
    {
        SimulationSettings simulation = Settings(listed, settings);
        Checked<SimulationJob> job = SimulationJob.Create(ModelValues.Set(model, settings.Set).OrThrow(), simulation);
        SimulationJob ready = job.OrThrow();
        IssueText.Write(job.Issues, session.Error);

        SimulationHeading heading = Heading(model, simulation);
        SimulationPage? page = settings.Plot is null ? null : new SimulationPage(heading, ready.Variables, simulation.Times);
        FailureCount failures = new(ready.Variables);
        Watchers watchers = new(failures, page);
        if (settings.Out is not null)
        {
            AtomicFile.Write(settings.Out, stream =>
            {
                using StreamWriter writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
                Write(ready, settings, session, writer, watchers);
            });
        }
        else if (page is not null)
        {
            Write(ready, settings, session, TextWriter.Null, watchers);
        }
        else
        {
            WriteOutput(ready, settings, session, watchers);
        }

        if (page is not null)
        {
            AtomicFile.WriteText(settings.Plot!, page.Write());
            session.Error.WriteLine($"figure: {Path.GetFullPath(settings.Plot!)}");
        }

        return failures;
    }

    static SimulationHeading Heading(Model model, SimulationSettings simulation)
    {
        (string method, ValueScale scale) = simulation.Method switch
        {
            SimulationMethod.Ode => ("Ordinary differential equations", ValueScale.Logarithmic),
            SimulationMethod.Hybrid => ($"Hybrid of equations and whole cells, seed {simulation.Seed}", ValueScale.Logarithmic),
            SimulationMethod.Ssa => ($"Exact stochastic simulation, seed {simulation.Seed}", ValueScale.Logarithmic),
            _ => ("Chances of extinction by formula", ValueScale.Linear),
        };
        return new SimulationHeading(model.Name, method, scale);
    }

    /// <summary>The clones that a model's own files call discrete.</summary>
    public static DiscreteSpecies[] Listed(DiscreteClones? clones) =>
        clones is null ? [] : [.. clones.Clones.Select(c => new DiscreteSpecies(c.Species, clones.Threshold, c.Initial))];

    static SimulationSettings Settings(IReadOnlyList<DiscreteSpecies> listed, SimulateSettings settings)
    {
        IReadOnlyList<DiscreteSpecies> discrete = settings.Discrete.Count > 0 ? settings.Discrete : listed;
        SimulationMethod method = settings.Method ?? (discrete.Count > 0 ? SimulationMethod.Hybrid : SimulationMethod.Ode);
        List<UsageProblem> problems = [.. settings.WithoutEffect(method)];
        if (method is (SimulationMethod.Hybrid or SimulationMethod.Extinction) && discrete.Count == 0)
        {
            string name = method == SimulationMethod.Hybrid ? "hybrid needs a clone that turns discrete" : "extinction needs a clone that can die out";
            problems.Add(new UsageProblem($"--method {name}") { Expected = "--discrete NAME, or a model that lists its clones" });
        }

        if (method == SimulationMethod.Extinction && settings.Times.Values.Count > SimulationJob.MostTimesOfExtinction)
        {
            problems.Add(new UsageProblem("--method extinction takes fewer output times")
            {
                Found = settings.Times.Values.Count.ToString(System.Globalization.CultureInfo.InvariantCulture),
                Expected = $"at most {SimulationJob.MostTimesOfExtinction} times, the one at 0 counted",
            });
        }

        return problems.Count > 0
            ? throw new UsageException("nadir simulate", problems)
            : new SimulationSettings
            {
                Method = method,
                Discrete = method is SimulationMethod.Hybrid or SimulationMethod.Extinction ? discrete : [],
                Times = settings.Times.Values,
                Solver = settings.Solver,
                Exact = settings.Exact,
                Tolerances = Tolerances(settings, method),
                First = settings.Range.First,
                Count = Math.Max(1, settings.Range.Count),
                Seed = settings.Seed ?? 1,
                Threads = settings.Threads,
            };
    }

    static Tolerances Tolerances(SimulateSettings settings, SimulationMethod method)
    {
        Tolerances usual = new();
        return usual with
        {
            Relative = settings.Relative ?? usual.Relative,
            Absolute = settings.Absolute ?? usual.Absolute,
            MaxSteps = settings.MaxSteps ?? usual.MaxSteps,
            MaxFirings = method == SimulationMethod.Ssa ? settings.MaxSteps ?? usual.MaxFirings : usual.MaxFirings,
            MaxStep = settings.MaxStep ?? usual.MaxStep,
        };
    }

    /// <summary>A run that may be stopped at its time limit shows its rows when it is whole.</summary>
    static void WriteOutput(SimulationJob job, SimulateSettings settings, Session session, Watchers watchers)
    {
        if (settings.TimeLimit is null)
        {
            Write(job, settings, session, session.Output, watchers);
            return;
        }

        using FileStream spool = new(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        using (StreamWriter writer = new(spool, leaveOpen: true))
        {
            Write(job, settings, session, writer, watchers);
        }

        Show(spool, session.Output);
    }

    /// <summary>Copies a file of rows from its start.</summary>
    internal static void Show(FileStream spool, TextWriter output)
    {
        spool.Position = 0;
        using StreamReader reader = new(spool, leaveOpen: true);
        char[] buffer = new char[1 << 16];
        for (int read; (read = reader.Read(buffer)) > 0;)
        {
            output.Write(buffer, 0, read);
        }
    }

    static void Write(SimulationJob job, SimulateSettings settings, Session session, TextWriter writer, Watchers watchers)
    {
        TrajectoryCsv? csv = writer == TextWriter.Null ? null : new(writer, job.Variables, settings.Shape);
        // Rows on a terminal show by themselves how far the run is.
        Session shown = settings.Out is null && session.OutputWidth is not null ? session with { ErrorIsTerminal = false } : session;
        int count = settings.Range.Count;
        if (count == 0)
        {
            return;
        }

        ProgressBar.Show(shown, "simulating", progress =>
        {
            job.Run(replicate => Keep(replicate, csv, watchers), new Share(progress, count), session.Cancellation);
            return 0;
        });
    }

    static void Keep(Replicate replicate, TrajectoryCsv? csv, Watchers watchers)
    {
        watchers.Failures.Add(replicate);
        watchers.Page?.Add(replicate.Values);
        for (int i = 0; csv is not null && i < replicate.Times.Count; i++)
        {
            csv.Write(replicate.Index + 1, replicate.Times[i], replicate.Values[i]);
        }
    }

    /// <summary>Who else is shown each replicate.</summary>
    sealed record Watchers(FailureCount Failures, SimulationPage? Page);

    /// <summary>Replicates done as a share of all.</summary>
    sealed class Share(IProgress<double> progress, int count) : IProgress<int>
    {
        public void Report(int value) => progress.Report((double)value / count);
    }
}
