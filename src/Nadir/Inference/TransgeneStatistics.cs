using Nadir.Numerics;

namespace Nadir.Inference;

/// <summary>Kinetics of the transgene in a virtual cohort, without assay noise.</summary>
sealed class TransgeneStatistics(IReadOnlyList<CohortPatient> all, IReadOnlyList<CohortPatient> remissions)
{
    static readonly double _halving = Elementary.Log(2);

    public Statistic Of(string quantity) => quantity switch
    {
        "transgeneCmax" => Mean(Logs(all, p => p.Outcome.TransgeneCmax)),
        "transgeneTmax" => Mean(Logs(all, p => p.Outcome.TransgeneTmax)),
        "transgeneDoubling" => Mean(Logs(all, Doubling)),
        "transgeneHalfLife" => Mean(Logs(all, HalfLife)),
        "transgeneCmaxLogSd" => Spread(Logs(all, p => p.Outcome.TransgeneCmax)),
        "transgeneTmaxLogSd" => Spread(Logs(all, p => p.Outcome.TransgeneTmax)),
        "cmaxResponderRatio" => Ratio(p => p.Outcome.TransgeneCmax),
        "aucResponderRatio" => Ratio(p => p.Outcome.TransgeneAuc28),
        _ => throw new ArgumentException($"found the quantity \"{quantity}\", expected one that a virtual cohort gives", nameof(quantity)),
    };

    /// <summary>The shortest doubling time between neighbouring visits up to day 12, days.</summary>
    static double Doubling(CohortPatient p)
    {
        double steepest = double.NaN;
        for (int i = 1; i < p.Transgene.Count && p.Transgene[i].Day <= 12; i++)
        {
            double slope = Elementary.Log(p.Transgene[i].Value / p.Transgene[i - 1].Value) / (p.Transgene[i].Day - p.Transgene[i - 1].Day);
            steepest = slope > steepest || double.IsNaN(steepest) ? slope : steepest;
        }

        return _halving / steepest;
    }

    /// <summary>The half-life between days 14 and 28, days.</summary>
    static double HalfLife(CohortPatient p)
    {
        double At(double day) => p.Transgene.Where(t => t.Day == day).Select(t => t.Value).FirstOrDefault(double.NaN);
        return _halving * 14 / Elementary.Log(At(14) / At(28));
    }

    /// <summary>Logarithms of what is there and above 0.</summary>
    static double[] Logs(IEnumerable<CohortPatient> of, Func<CohortPatient, double> value) =>
        [.. of.Select(value).Where(v => v > 0 && double.IsFinite(v)).Select(v => Elementary.Log(v))];

    /// <summary>The typical value: the median, whose variance is that of a normal sample's median.</summary>
    static Statistic Mean(double[] logs) => logs.Length < 2
        ? Statistic.None
        : new Statistic(Quantiles.Of(logs, 0.5), Math.PI / 2 * Variance(logs), logs.Length);

    static Statistic Spread(double[] logs) => logs.Length < 3
        ? Statistic.None
        : new Statistic(Elementary.Log(Math.Sqrt(Variance(logs))), 0.5, logs.Length);

    Statistic Ratio(Func<CohortPatient, double> value)
    {
        HashSet<CohortPatient> responders = [.. remissions];
        double[] with = Logs(remissions, value);
        double[] without = Logs(all.Where(p => !responders.Contains(p)), value);
        return with.Length < 2 || without.Length < 2
            ? Statistic.None
            : new Statistic(
                with.Average() - without.Average(),
                ((Variance(with) / with.Length) + (Variance(without) / without.Length)) * (with.Length + without.Length),
                with.Length + without.Length);
    }

    static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1);
    }
}
