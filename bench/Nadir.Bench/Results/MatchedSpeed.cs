namespace Nadir.Bench.Results;

/// <summary>Speed of an engine at a given error: log speed interpolated over log error along its sweep of tolerances.</summary>
static class MatchedSpeed
{
    /// <summary>The error at which engines are compared.</summary>
    public const double Error = 1e-5;

    /// <summary>
    /// Patients per second at <see cref="Error"/>, with the absolute tolerance that serves the engine best; NaN where no sweep crosses
    /// that error. In each sweep the crossing after which the error stays below counts.
    /// </summary>
    public static double Of(IEnumerable<ScoredRun> runs) =>
        runs.GroupBy(r => r.Run.Absolute).Select(g => Along([.. g.OrderByDescending(r => double.Parse(r.Run.Relative, System.Globalization.CultureInfo.InvariantCulture))]))
            .Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max();

    static double Along(IReadOnlyList<ScoredRun> sweep)
    {
        int last = sweep.ToList().FindLastIndex(r => r.Percentile95 > Error);
        if (last == sweep.Count - 1 || sweep[last + 1].Percentile95 <= 0)
        {
            return double.NaN;
        }

        if (last < 0)
        {
            return sweep[0].Run.PatientsPerSecond;
        }

        (ScoredRun a, ScoredRun b) = (sweep[last], sweep[last + 1]);
        double share = double.IsInfinity(a.Percentile95) ? 1 : Math.Log(a.Percentile95 / Error) / Math.Log(a.Percentile95 / b.Percentile95);
        return a.Run.PatientsPerSecond * Math.Pow(b.Run.PatientsPerSecond / a.Run.PatientsPerSecond, share);
    }
}
