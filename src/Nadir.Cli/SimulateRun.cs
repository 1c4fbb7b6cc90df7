using System.Text;
using Nadir.Documents;
using Nadir.Ensembles;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Solvers;

namespace Nadir.Cli;

/// <summary>Carries out <c>nadir simulate</c> once the model is read.</summary>
static class SimulateRun
{
    /// <summary>Reads the model, then simulates it.</summary>
    public static int Execute(SimulateSettings settings, Session session)
    {
        Checked<ModelPackage> package = ModelSource.Find(settings.Model);
        ModelPackage read = package.OrThrow();
        IssueText.Write(package.Issues, session.Error);
        return Execute(read.Model, Listed(read.Parameters?.Discrete), settings, session);
    }

    /// <summary>Simulates a model that was read.</summary>
    /// <param name="model">The model.</param>
    /// <param name="listed">Clones that the model's own files call discrete; empty for a file without such.</param>
    /// <param name="settings">What was asked.</param>
    /// <param name="session">Where it goes.</param>
    public static int Execute(Model model, IReadOnlyList<DiscreteSpecies> listed, SimulateSettings settings, Session session)
    {
        SimulationSettings simulation = Settings(listed, settings);
        Checked<SimulationJob> job = SimulationJob.Create(ModelValues.Set(model, settings.Set).OrThrow(), simulation);
        SimulationJob ready = job.OrThrow();
        IssueText.Write(job.Issues, session.Error);

        FailureCount failures = new();
        if (settings.Out is null)
        {
            Write(ready, settings, session, session.Output, failures);
        }
        else
        {
            AtomicFile.Write(settings.Out, stream =>
            {
                using StreamWriter writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
                Write(ready, settings, session, writer, failures);
            });
        }

        return failures.Report(simulation.Count, session);
    }

    static DiscreteSpecies[] Listed(DiscreteClones? clones) =>
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
                Tolerances = Tolerances(settings),
                Count = settings.Count ?? 1,
                Seed = settings.Seed ?? 1,
                Threads = settings.Threads,
            };
    }

    static Tolerances Tolerances(SimulateSettings settings)
    {
        Tolerances usual = new();
        return usual with
        {
            Relative = settings.Relative ?? usual.Relative,
            Absolute = settings.Absolute ?? usual.Absolute,
            MaxSteps = settings.MaxSteps ?? usual.MaxSteps,
            MaxFirings = settings.MaxSteps ?? usual.MaxFirings,
        };
    }

    static void Write(SimulationJob job, SimulateSettings settings, Session session, TextWriter writer, FailureCount failures)
    {
        TrajectoryCsv csv = new(writer, job.Variables, settings.Shape);
        // Rows on a terminal show by themselves how far the run is.
        Session shown = settings.Out is null && session.OutputWidth is not null ? session with { ErrorIsTerminal = false } : session;
        int count = settings.Count ?? 1;
        ProgressBar.Show(shown, "simulating", progress =>
        {
            job.Run(replicate => Keep(replicate, csv, failures), new Share(progress, count), session.Cancellation);
            return 0;
        });
    }

    static void Keep(Replicate replicate, TrajectoryCsv csv, FailureCount failures)
    {
        failures.Add(replicate.Status);
        for (int i = 0; i < replicate.Times.Count; i++)
        {
            csv.Write(replicate.Index + 1, replicate.Times[i], replicate.Values[i]);
        }
    }

    /// <summary>Replicates done as a share of all.</summary>
    sealed class Share(IProgress<double> progress, int count) : IProgress<int>
    {
        public void Report(int value) => progress.Report((double)value / count);
    }
}
