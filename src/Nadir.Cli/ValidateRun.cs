using Nadir.Documents;
using Nadir.Evidence;
using Nadir.Faults;
using Nadir.Inference;
using Nadir.Models;
using Nadir.Populations;

namespace Nadir.Cli;

/// <summary>Carries out <c>nadir validate</c>.</summary>
static class ValidateRun
{
    static readonly IReadOnlyDictionary<string, double> _asItStands = new Dictionary<string, double>();

    public static int Execute(ValidateSettings settings, Session session)
    {
        string folder = settings.Out ?? Path.Combine("nadir-out", "validation");
        (IReadOnlyList<IReadOnlyDictionary<string, double>> draws, string population) = Population(settings);
        return settings.Blind ? Predict(settings, folder, draws, population, session) : Validate(settings, folder, draws, population, session);
    }

    static int Validate(ValidateSettings settings, string folder, IReadOnlyList<IReadOnlyDictionary<string, double>> draws, string population, Session session)
    {
        Library library = CalibrateRun.Library(settings.Library);
        TargetSet targets = Targets(settings, library, session);
        Check(settings, targets);
        PopulationSimulator simulator = new(targets) { Patients = settings.Patients, Seed = settings.Seed, Threads = settings.Threads, SharesPatients = false };
        Validation validation = ProgressBar.Show(session, $"{targets.Targets.Count} published results", progress => Inference.Validation.Run(targets, simulator, draws, progress, session.Cancellation));
        string command = $"nadir validate{(settings.Uncalibrated ? " --uncalibrated" : "")}{(settings.Population is null ? "" : $" --population {settings.Population}")}";
        AtomicFile.WriteText(Path.Combine(folder, "images", "validation.svg"), ValidationForest.Write(validation));
        AtomicFile.WriteText(Path.Combine(folder, "validation.md"), ValidationMarkdown.Write(validation, population, command, "images/validation.svg"));
        session.Output.WriteLine(FormattableString.Invariant($"{ValidationMarkdown.Summary(validation)}; {validation.Listed.Count} listed only, with the reason, in validation.md"));
        foreach (ValidationRow row in validation.Rows.Where(r => !r.Inside || r.Target.Result.IsBorderline))
        {
            session.Output.WriteLine(Line(row));
        }

        if (validation.Rows.Any(r => !r.Inside && r.Target.Result.Origin != IntervalOrigin.Published))
        {
            session.Output.WriteLine(IntervalMarks.Legend);
        }

        ValidationRow[] unexpected = [.. validation.Rows.Where(r => !r.AsExpected)];
        foreach (ValidationRow row in unexpected)
        {
            session.Error.WriteLine($"not as committed: {row.Target.Name} {(!row.IsEstimated ? $"has {Inference.Validation.NoEstimate}" : row.Inside ? "lies inside, and its file says that it misses" : "lies outside")} ({row.Target.Result.At})");
        }

        session.Error.WriteLine($"results: {folder}");
        return unexpected.Length == 0 ? ExitCode.Ok : ExitCode.NotConverged;
    }

    static string Line(ValidationRow row)
    {
        string committed = row.Target.Result.IsBorderline ? ", borderline" : row.AsExpected ? ", as committed" : "";
        string simulated = row.IsEstimated ? FormattableString.Invariant($"simulated {row.Median:G3}") : Inference.Validation.NoEstimate;
        return FormattableString.Invariant($"{(row.Inside ? "inside" : "outside")}: {row.Target.Name}, published {row.Target.Result.Estimate:G3}{IntervalMarks.Of(row.Target.Result.Origin)}, {simulated}{committed}");
    }

    /// <summary>The user's file names what the populations have and can be, as a trial asks of it.</summary>
    static void Check(ValidateSettings settings, TargetSet targets)
    {
        IReadOnlyList<Issue> wrong = settings.Population is not null && Calibration(settings) is { } values ? targets.Check(values) : [];
        if (wrong.Count > 0)
        {
            throw new InvalidInputException(wrong);
        }
    }

    static int Predict(ValidateSettings settings, string folder, IReadOnlyList<IReadOnlyDictionary<string, double>> draws, string population, Session session)
    {
        Check(settings, TargetSet.Shipped(Documents.Library.Shipped).OrThrow());
        IReadOnlyList<BlindPrediction> predictions = ProgressBar.Show(session, "blind predictions", progress => BlindPredictions.Run(draws, settings.Patients, settings.Threads, progress, session.Cancellation));
        AtomicFile.WriteText(Path.Combine(folder, "blind-predictions.json"), BlindPredictions.Json(predictions));
        AtomicFile.WriteText(Path.Combine(folder, "blind-predictions.md"), BlindPredictions.Markdown(predictions, population, settings.Date!));
        session.Output.WriteLine(FormattableString.Invariant($"{predictions.Count} predictions for {predictions.Select(p => p.Trial).Distinct().Count()} trials"));
        session.Error.WriteLine($"results: {folder}");
        return ExitCode.Ok;
    }

    /// <summary>The draws that are simulated, spread evenly over those of the file, and what they are in words.</summary>
    static (IReadOnlyList<IReadOnlyDictionary<string, double>> Draws, string Words) Population(ValidateSettings settings)
    {
        if ((settings.Uncalibrated ? null : Calibration(settings)) is not { } values)
        {
            return ([_asItStands], "the populations with the numbers of the model's own files, before any calibration");
        }

        IReadOnlyList<IReadOnlyDictionary<string, double>> all = values.Draws.Count == 0 ? [values.Point] : values.Draws;
        int count = Math.Min(settings.Draws, all.Count);
        return ([.. Enumerable.Range(0, count).Select(i => all[(int)((long)i * all.Count / count)])], FormattableString.Invariant($"the populations under {count} draws of the calibration in {values.File}"));
    }

    /// <summary>The user's file, or what comes with the model of the published studies.</summary>
    static CalibratedValues? Calibration(ValidateSettings settings) => settings.Population is { } file
        ? CalibratedValues.Read(SourceText.Load(file).OrThrow()).OrThrow()
        : CalibratedValues.Of(ModelPackage.Load(CalibrateRun.Library(settings.Library), TargetCohort.Model).OrThrow())?.OrThrow();

    static TargetSet Targets(ValidateSettings settings, Library library, Session session)
    {
        Checked<TargetSet> read = TargetSet.Create(
            [
                .. library.Names("library/trials").Select(n => PublishedTrial.Load(library, n)),
                .. settings.Targets.Select(f => SourceText.Load(f) is { Value: { } text } ? PublishedTrial.Read(text) : new Checked<PublishedTrial>(null, SourceText.Load(f).Issues)),
            ],
            library);
        TargetSet targets = read.OrThrow();
        IssueText.Write(read.Issues, session.Error);
        return targets;
    }
}
