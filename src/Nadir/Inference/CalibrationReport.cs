using System.Globalization;
using System.Text;

namespace Nadir.Inference;

/// <summary>A calibration as Markdown.</summary>
public static class CalibrationReport
{
    const int MostCorrelations = 15;

    const double LeastCorrelation = 0.4;

    /// <summary>A few lines for a terminal.</summary>
    public static string Summary(CalibrationResult result)
    {
        PredictiveCheck[] targets = [.. result.Checks.Where(c => !c.Target.IsBound)];
        PredictiveCheck[] bounds = [.. result.Checks.Where(c => c.Target.IsBound)];
        int inside = targets.Count(c => c.Target.Holds(c.AtPoint));
        int before = targets.Count(c => c.Target.Holds(c.Before));
        int informed = result.Marginals.Count(m => m.Contraction >= Marginal.Informed);
        return string.Create(CultureInfo.InvariantCulture, $"""
            {(result.Diagnostics.HasConverged ? "Converged" : "NOT converged")} after {result.State.Round} rounds.
            {inside} of {targets.Length} targets inside their 95% interval with new patients ({before} before).
            {(bounds.Length == 0 ? "No structural result was given." : string.Create(CultureInfo.InvariantCulture, $"{bounds.Count(c => c.Target.Holds(c.AtPoint))} of {bounds.Length} structural results hold with new patients."))}
            {informed} of {result.Marginals.Count} hyper-parameters informed by the targets; the others keep their prior.
            """);
    }

    /// <summary>The whole report.</summary>
    public static string Text(CalibrationResult result)
    {
        StringBuilder text = new();
        text.Append("# Calibration\n\nResearch use only. How it was done: docs/methods/calibration.md.\n\n").Append(Summary(result)).Append("\n\n");
        Convergence(text, result);
        Marginals(text, result);
        Correlations(text, result);
        Checks(text, result);
        return text.ToString();
    }

    static void Convergence(StringBuilder text, CalibrationResult result)
    {
        Diagnostics d = result.Diagnostics;
        text.Append("## Convergence\n\n");
        foreach (string complaint in d.Complaints)
        {
            text.Append(CultureInfo.InvariantCulture, $"- **Not converged**: {complaint}. No population.yaml was written.\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"""
            - Between islands: {d.BetweenIslands.Max():0.000} at most (limit {Diagnostics.MostBetweenIslands}).
            - Second half of the last {result.Calibration.Settings.FinalMoves} moves against the first: means {d.Drift.Means.Max():0.00} posterior SD apart at most (limit {Drift.MostOfMeans}), log-likelihood {d.Drift.LogLikelihood:0.00} SD (limit {Drift.MostOfLogLikelihood}).
            - What the last move simulated against what the emulators had said: {d.Off:0.00} standard deviations of a target apart at most, on average (limit {Diagnostics.MostOff}).
            - Patients that failed numerically: {result.Failed}; in no estimate.
            - Patients of each cohort: {string.Join(", ", result.Calibration.Targets.Cohorts.Select((c, i) => string.Create(CultureInfo.InvariantCulture, $"{c.Name} {result.Calibration.Simulator.PatientsOf(i)}")))}; a {PopulationSimulator.ScreenDivisor}th of them, at least {PopulationSimulator.FewestOfScreen}, before the full likelihood.

            | round | power | effective | moved | mean log-likelihood |
            |---|---|---|---|---|

            """);
        foreach ((RoundReport r, int i) in result.State.Rounds.Select((r, i) => (r, i)))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {i + 1} | {r.Temperature:0.#####} | {r.Effective:0} | {r.Moved:0.00} | {r.MeanLogLikelihood:0.0} |\n");
        }
    }

    static void Marginals(StringBuilder text, CalibrationResult result)
    {
        text.Append(CultureInfo.InvariantCulture, $"""

            ## Prior and posterior

            Contraction is 1 minus the ratio of posterior to prior variance, on the scale on which the prior is normal. From {Marginal.Informed} on the targets inform a number; below it the number is
            mostly what was assumed.

            | number | unit | prior range | before | posterior median (90%) | contraction | |
            |---|---|---|---|---|---|---|

            """);
        foreach (Marginal m in result.Marginals.OrderByDescending(m => m.Contraction).ThenBy(m => m.Parameter.Name, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{m.Parameter.Name}` | {m.Parameter.Unit.Text} | {Short(m.Parameter.Prior.Lower)} to {Short(m.Parameter.Prior.Upper)} | {Short(result.Calibration.Simulator.Present[m.Parameter.Name])} | {Short(m.Median)} ({Short(m.Lower)} to {Short(m.Upper)}) | {m.Contraction:0.00} | {(m.Contraction >= Marginal.Informed ? "informed" : "prior")} |\n");
        }
    }

    static void Correlations(StringBuilder text, CalibrationResult result)
    {
        IReadOnlyList<Particle> particles = result.State.Particles;
        int d = result.Marginals.Count;
        double[] mean = [.. Enumerable.Range(0, d).Select(k => particles.Average(p => p.Z[k]))];
        double[] sd = [.. Enumerable.Range(0, d).Select(k => Math.Sqrt(particles.Average(p => (p.Z[k] - mean[k]) * (p.Z[k] - mean[k]))))];
        (int I, int J, double R)[] strongest = [.. from i in Enumerable.Range(0, d)
            from j in Enumerable.Range(0, i)
            where sd[i] > 0 && sd[j] > 0
            let r = particles.Average(p => (p.Z[i] - mean[i]) * (p.Z[j] - mean[j])) / (sd[i] * sd[j])
            where Math.Abs(r) >= LeastCorrelation
            orderby Math.Abs(r) descending
            select (i, j, r)];
        text.Append("\n## Correlations\n\n");
        text.Append(strongest.Length == 0 ? FormattableString.Invariant($"No two numbers correlate by {LeastCorrelation} or more.\n") : "| number | number | correlation |\n|---|---|---|\n");
        foreach ((int i, int j, double r) in strongest.Take(MostCorrelations))
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{result.Marginals[j].Parameter.Name}` | `{result.Marginals[i].Parameter.Name}` | {r:0.00} |\n");
        }
    }

    static void Checks(StringBuilder text, CalibrationResult result)
    {
        text.Append(CultureInfo.InvariantCulture, $"""

            ## Posterior predictive check

            *Posterior* is the median and 90% over the draws, with as many new patients as in the calibration. The point is the draw that fits best in the fit and on these. *At the point* and *before* are on {CalibrationResult.CheckFactor} times as many others, on which nothing was chosen.

            | target | published (95%) | posterior (90%) | at the point | before | |
            |---|---|---|---|---|---|

            """);
        foreach (PredictiveCheck c in result.Checks)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {c.Target.Name} | {Published(c.Target)} | {Short(c.Median)} ({Short(c.Lower)} to {Short(c.Upper)}) | {Short(c.AtPoint)} | {Short(c.Before)} | {(c.Target.Holds(c.AtPoint) ? "inside" : "**outside**")} |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n{IntervalMarks.Legend}\n");
    }

    static string Published(Target target) => target switch
    {
        { IsBound: false, Interval: var (lower, upper) } => $"{Short(target.Result.Estimate)} ({Short(lower)} to {Short(upper)}){IntervalMarks.Of(target.Result.Origin)}",
        { Result.AtLeast: { } least } => $"at least {Short(least)}",
        _ => $"at most {Short(target.Result.AtMost!.Value)}",
    };

    static string Short(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
