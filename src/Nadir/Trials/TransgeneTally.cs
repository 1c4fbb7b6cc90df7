namespace Nadir.Trials;

/// <summary>The transgene of an arm's patients on fixed days, for its geometric mean and the band around it. A day counts the patients whose cells are followed then.</summary>
sealed class TransgeneTally
{
    // 64 bins a doubling: a quantile is off by less than 1.6%, a tenth of what a reader sees on an axis of several decades.
    const int DroppedBits = 46;

    readonly List<(GeometricMean Mean, LogHistogram Values)> _days = [];

    /// <summary>For each day the mean and the values.</summary>
    public IReadOnlyList<(GeometricMean Mean, LogHistogram Values)> Days => _days;

    /// <summary>Adds one patient's values; NaN from the day on from which the cells are not followed.</summary>
    public void Add(IReadOnlyList<double> values)
    {
        for (int i = 0; i < values.Count && !double.IsNaN(values[i]); i++)
        {
            (GeometricMean mean, LogHistogram bins) = Day(i);
            mean.Add(values[i]);
            bins.Add(values[i]);
        }
    }

    public void Add(TransgeneTally other)
    {
        for (int i = 0; i < other._days.Count; i++)
        {
            (GeometricMean mean, LogHistogram bins) = Day(i);
            mean.Add(other._days[i].Mean);
            bins.Add(other._days[i].Values);
        }
    }

    /// <summary>The tallies of a day, by its place among the days.</summary>
    public (GeometricMean Mean, LogHistogram Values) Day(int index)
    {
        while (_days.Count <= index)
        {
            _days.Add((new GeometricMean(), new LogHistogram(DroppedBits)));
        }

        return _days[index];
    }
}
