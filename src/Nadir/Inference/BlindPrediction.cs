using System.Globalization;
using System.Text;
using System.Text.Json;
using Nadir.Documents;
using Nadir.Evidence;
using Nadir.Numerics;
using Nadir.Populations;
using Nadir.Studies;
using Nadir.Trials;

namespace Nadir.Inference;

/// <summary>One predicted number of a trial whose outcome is not known to the project.</summary>
/// <param name="Trial">The study file's name.</param>
/// <param name="Quantity">What is predicted, for example <c>efs12</c>.</param>
/// <param name="Median">The median.</param>
/// <param name="Lower90">Lower end of the 90% predictive interval, for a trial of the published size.</param>
/// <param name="Upper90">Upper end of it.</param>
public sealed record BlindPrediction(string Trial, string Quantity, double Median, double Lower90, double Upper90);

/// <summary>Predicts trials from their designs alone.</summary>
public static class BlindPredictions
{
    const double Z90 = 1.6448536269514722;

    /// <summary>The study files that are predicted.</summary>
    public static IReadOnlyList<string> Studies => ShippedLibrary.Names("studies/blind");

    /// <summary>Predicts every study of <see cref="Studies"/>.</summary>
    /// <param name="draws">Values of the hyper-parameters; one empty set for the population as it stands.</param>
    /// <param name="patients">Virtual patients of each study and draw.</param>
    /// <param name="threads">Threads; predictions do not depend on it.</param>
    /// <param name="progress">Told the share done; null for nobody.</param>
    /// <param name="cancellation">Stops the run.</param>
    public static IReadOnlyList<BlindPrediction> Run(
        IReadOnlyList<IReadOnlyDictionary<string, double>> draws, int patients, int threads, IProgress<double>? progress, CancellationToken cancellation)
    {
        List<BlindPrediction> predictions = [];
        foreach ((string study, int i) in Studies.Select((s, i) => (s, i)))
        {
            predictions.AddRange(Of(study, draws, patients, threads, cancellation));
            progress?.Report((i + 1.0) / Studies.Count);
        }

        return predictions;
    }

    static IEnumerable<BlindPrediction> Of(string name, IReadOnlyList<IReadOnlyDictionary<string, double>> draws, int patients, int threads, CancellationToken cancellation)
    {
        TrialJob job = TrialJob.Create(ShippedLibrary.Read($"studies/blind/{name}.yaml"), new TrialOverrides()).OrThrow();
        // Each draw has patients of its own, so that chance among them averages out over draws.
        TrialPlan plan = job.Plan with { Design = TrialDesign.Randomised, PatientsPerArm = patients, Arms = [.. draws.Select(d => job.Plan.Arms[0] with { Population = With(job.Plan.Arms[0].Population, d) })] };
        List<PatientRecord>[] records = [.. draws.Select(_ => new List<PatientRecord>())];
        TrialRun.Run(plan, PatientBlock.All(plan), threads, r => records[r.Arm].Add(r), null, cancellation);
        return Quantities(plan, name).Select(q => Predict(name, q.Name, [.. records.Select(q.Of)], job.Study.PatientsPerArm)).Where(p => double.IsFinite(p.Median));
    }

    static Population With(Population population, IReadOnlyDictionary<string, double> values) => population.WithValues(CalibratedValues.KnownTo(population, values));

    static IEnumerable<(string Name, Func<List<PatientRecord>, Statistic> Of)> Quantities(TrialPlan plan, string study)
    {
        CohortCovariates places = CohortCovariates.Of(plan.Arms[0].Population);
        Func<List<PatientRecord>, Statistic> Published(string quantity, double? month = null) => records =>
            new CohortStatistics(records.Select(r => CohortPatient.Of(r, places))).Of(Asked(quantity, month));
        if (study.StartsWith("reinfusion", StringComparison.Ordinal))
        {
            yield return ("aplasia-regained", records => Reinfusion.Regained(records, plan));
            yield return ("cir24-if-regained", records => Reinfusion.Relapse(records, plan, regained: true));
            yield return ("cir24-if-not", records => Reinfusion.Relapse(records, plan, regained: false));
            yield break;
        }

        yield return ("remission", Published("morphologicRemission"));
        foreach (string curve in new[] { "efs", "rfs", "os" })
        {
            foreach (int month in new[] { 6, 12, 18, 24 })
            {
                yield return (FormattableString.Invariant($"{curve}{month}"), Published(curve, month));
            }
        }

        yield return ("relapse-share-cd19-positive", Published("relapseShareCd19Positive"));
        yield return ("relapse-share-cd19-negative", Published("relapseShareCd19Negative"));
        yield return ("crs-grade3", Published("crsGrade3"));
    }

    static PublishedResult Asked(string quantity, double? month) => new()
    {
        Quantity = quantity,
        Month = month,
        Cohort = "predicted",
        Estimate = double.NaN,
        Citation = new Models.SourceReference("", new Faults.SourceLocation("", 0, 0)),
        Verified = false,
        At = new Faults.SourceLocation("", 0, 0),
    };

    /// <summary>Chance in a trial of the published size: the share of its patients that the quantity is about is the simulated one.</summary>
    static BlindPrediction Predict(string trial, string quantity, Statistic[] draws, int size)
    {
        Statistic[] known = [.. draws.Where(s => double.IsFinite(s.Place) && s.Size > 0)];
        if (known.Length == 0)
        {
            return new BlindPrediction(trial, quantity, double.NaN, double.NaN, double.NaN);
        }

        double median = Quantiles.Of([.. known.Select(s => s.Place)], 0.5);
        double mean = known.Average(s => s.Place);
        double between = known.Average(s => (s.Place - mean) * (s.Place - mean));
        double share = Math.Min(1, known.Average(s => s.Share));
        double variance = ValidationRow.Spread(between, known.Average(s => s.Variance), known.Length) + (known.Average(s => s.UnitVariance) / Math.Max(1, size * share));
        double At(double z) => Math.Round(TargetScales.From(TargetScale.Logit, median + (z * Math.Sqrt(variance))), 3);
        return new BlindPrediction(trial, quantity, At(0), At(-Z90), At(Z90));
    }

    /// <summary>The predictions as a JSON array.</summary>
    public static string Json(IReadOnlyList<BlindPrediction> predictions)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartArray();
            foreach (BlindPrediction p in predictions)
            {
                json.WriteStartObject();
                json.WriteString("trial", p.Trial);
                json.WriteString("quantity", p.Quantity);
                json.WriteNumber("median", p.Median);
                json.WriteNumber("lower90", p.Lower90);
                json.WriteNumber("upper90", p.Upper90);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    /// <summary>The predictions as Markdown.</summary>
    /// <param name="predictions">The predictions.</param>
    /// <param name="population">What was simulated, in words.</param>
    /// <param name="date">The day they are made, as year-month-day.</param>
    public static string Markdown(IReadOnlyList<BlindPrediction> predictions, string population, string date)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Blind predictions

            Made on {date} by `nadir validate --blind --date {date} --out docs`, before any of these outcomes was known to the project. Research use only. Study files, with design facts only: `studies/blind/`.

            Simulated: {population}. The interval holds 90% of what a trial of the published size would show. Remission is complete remission whatever MRD shows. Products other than the reference one rest on
            assumed changes of parameters, so their predictions test those too. For reinfusion, aplasia is regained where a visit after it shows B cells below the threshold again, and relapse is counted for 24
            months from infusion among patients reinfused. It is regained at a visit free of relapse 49 days or more after the one that triggered the cells, so that who relapses before counts as not regained:
            that time is immortal for those who regained it, and the difference between the two groups is larger than what regaining does. Fewer patients than in the trial are reinfused among its virtual patients, and the interval is for its number.

            """);
        foreach (IGrouping<string, BlindPrediction> trial in predictions.GroupBy(p => p.Trial))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {trial.Key}\n\n| quantity | median | 90% |\n|---|---|---|\n");
            foreach (BlindPrediction p in trial)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {p.Quantity} | {p.Median:0.000} | {p.Lower90:0.000} to {p.Upper90:0.000} |\n");
            }
        }

        return text.ToString();
    }
}
