using Nadir.Numerics;
using Nadir.Survival;
using Nadir.Units;

namespace Nadir.Trials;

/// <summary>
/// How far the analyses of a transplant are from its true effect, and how much nearer than the naive one, with intervals. The analyses share their patients, so that their errors go together: patients are
/// drawn again with replacement, each with all that happened with and without the transplant, and everything is estimated anew (Efron 1979). Intervals are normal with the standard deviation over the draws.
/// </summary>
/// <param name="groups">The groups that are compared.</param>
/// <param name="courses">The patients in remission.</param>
sealed class TransplantGaps(TransplantGroups groups, TransplantCourse[] courses)
{
    /// <summary>How often patients are drawn again; the standard deviation then has an error of 5%.</summary>
    public const int Draws = 200;

    /// <summary>Draws that must have an estimate.</summary>
    const int FewestDraws = 180;

    static readonly uint _purpose = RandomStream.Purpose("transplant:bootstrap");

    static readonly TransplantAnalysis[] _analyses = [TransplantAnalysis.Naive, TransplantAnalysis.Landmark, TransplantAnalysis.LandmarkEligible, TransplantAnalysis.TimeDependent];

    /// <summary>The gaps of the naive, the two landmark and the time-dependent analyses.</summary>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="progress">Told the share done, 0 to 1; null for nobody.</param>
    /// <param name="cancellation">Stops it before the next draw.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public IReadOnlyList<TransplantGap> Of(ulong seed, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        TransplantSample sample = Sample(courses);
        IReadOnlyDictionary<TransplantAnalysis, double[]> found = Estimates(sample, Once(sample));
        IReadOnlyDictionary<TransplantAnalysis, double[]>[] draws = new IReadOnlyDictionary<TransplantAnalysis, double[]>[Draws];
        for (int d = 0; d < Draws; d++)
        {
            cancellation.ThrowIfCancellationRequested();
            draws[d] = Estimates(sample, Draw(sample, new RandomStream(seed, (ulong)d, _purpose)));
            progress?.Report((d + 1.0) / Draws);
        }

        return [.. _analyses.Select(a => new TransplantGap(
            a,
            Distance(found, draws, e => e[a].Zip(e[TransplantAnalysis.True], (x, t) => x - t)),
            a == TransplantAnalysis.Naive ? null : Distance(found, draws, e => Nearer(e, a))))];
    }

    /// <summary>Logarithm of the hazard ratio, difference of restricted means, then of risks; NaN for what is not estimable.</summary>
    internal IReadOnlyDictionary<TransplantAnalysis, double[]> Estimates(TransplantCourse[] patients)
    {
        TransplantSample sample = Sample(patients);
        return Estimates(sample, Once(sample));
    }

    Dictionary<TransplantAnalysis, double[]> Estimates(TransplantSample sample, int[] times) =>
        _analyses.Append(TransplantAnalysis.True).ToDictionary(a => a, a => Estimate(a, sample, times));

    TransplantSample Sample(TransplantCourse[] patients) => new(groups, patients, _analyses.Append(TransplantAnalysis.True));

    double[] Estimate(TransplantAnalysis analysis, TransplantSample sample, int[] times)
    {
        (RiskTable with, RiskTable without) = sample.Tables(analysis, times);
        double ratio = Cox.Compare([without, with]).TryGet(out CoxFit? fit) ? fit.Coefficients[0] : double.NaN;
        return analysis switch
        {
            TransplantAnalysis.TimeDependent => [ratio, double.NaN, .. groups.Months.Select(_ => double.NaN)],
            TransplantAnalysis.True => [ratio, .. Own(sample, times)],
            _ => [ratio, .. Curves(with, without)],
        };
    }

    double[] Own(TransplantSample sample, int[] times) =>
    [
        sample.MeanOfTransplanted(c => groups.FreeTime(c.Event) - groups.FreeTime(c.EventWithout), times),
        .. groups.Months.Select(m => sample.MeanOfTransplanted(c => (groups.HadEvent(c.Event, m) ? 1.0 : 0) - (groups.HadEvent(c.EventWithout, m) ? 1 : 0), times)),
    ];

    double[] Curves(RiskTable with, RiskTable without)
    {
        (SurvivalCurve mine, SurvivalCurve theirs) = (KaplanMeier.Estimate(with), KaplanMeier.Estimate(without));
        double mean = RestrictedMean.Difference(with, without, groups.MeanDays).TryGet(out Contrast? c) ? c.Difference.Value : double.NaN;
        return [mean, .. groups.Months.Select(m => theirs.At(m * Duration.DaysPerMonth).Value - mine.At(m * Duration.DaysPerMonth).Value)];
    }

    static IEnumerable<double> Nearer(IReadOnlyDictionary<TransplantAnalysis, double[]> e, TransplantAnalysis analysis) =>
        e[TransplantAnalysis.True].Select((t, i) => Math.Abs(e[TransplantAnalysis.Naive][i] - t) - Math.Abs(e[analysis][i] - t));

    static int[] Once(TransplantSample sample) => [.. Enumerable.Repeat(1, sample.Patients)];

    /// <summary>How often each patient is drawn.</summary>
    static int[] Draw(TransplantSample sample, RandomStream stream)
    {
        int[] times = new int[sample.Patients];
        for (int i = 0; i < times.Length; i++)
        {
            times[Math.Min(times.Length - 1, (int)(stream.NextUniform() * times.Length))]++;
        }

        return times;
    }

    TransplantDistance Distance(
        IReadOnlyDictionary<TransplantAnalysis, double[]> found,
        IReadOnlyDictionary<TransplantAnalysis, double[]>[] draws,
        Func<IReadOnlyDictionary<TransplantAnalysis, double[]>, IEnumerable<double>> quantity)
    {
        double[] values = [.. quantity(found)];
        double[][] again = [.. draws.Select(d => quantity(d).ToArray())];
        Estimable<Contrast>[] all = [.. values.Select((v, i) => WithError(v, [.. again.Select(a => a[i]).Where(double.IsFinite)]))];
        return new TransplantDistance
        {
            HazardRatio = all[0].Then(c => Estimable<Estimate>.Of(new Estimate(Elementary.Exp(c.Difference.Value), Elementary.Exp(c.Difference.Lower), Elementary.Exp(c.Difference.Upper)))),
            RestrictedMean = all[1],
            Risks = [.. groups.Months.Select((m, i) => new RiskDifference(m, all[2 + i]))],
        };
    }

    static Estimable<Contrast> WithError(double value, double[] draws)
    {
        if (!double.IsFinite(value) || draws.Length < FewestDraws)
        {
            return Estimable<Contrast>.Not(double.IsFinite(value) ? $"only {draws.Length} of {Draws} draws of the patients have an estimate" : "one of the two has no estimate");
        }

        double mean = draws.Average();
        return Estimable<Contrast>.Of(Contrast.Of(value, Math.Sqrt(draws.Sum(d => (d - mean) * (d - mean)) / (draws.Length - 1)), 0.95));
    }
}
