namespace Nadir.Survival;

/// <summary>Collects a curve's columns.</summary>
sealed class CurveBuilder(double start, int patients)
{
    readonly List<double> _times = [];
    readonly List<double> _values = [];
    readonly List<double> _lower = [];
    readonly List<double> _upper = [];
    readonly List<int> _atRisk = [];
    readonly List<int> _events = [];
    readonly List<int> _censored = [];

    public void Add(TimeGroup group, int events, Estimate estimate)
    {
        _times.Add(group.Time);
        _values.Add(estimate.Value);
        _lower.Add(estimate.Lower);
        _upper.Add(estimate.Upper);
        _atRisk.Add(group.AtRisk);
        _events.Add(events);
        _censored.Add(group.Censored);
    }

    public SurvivalCurve Build() => new()
    {
        Times = _times,
        Values = _values,
        Lower = _lower,
        Upper = _upper,
        AtRisk = _atRisk,
        Events = _events,
        Censored = _censored,
        Start = start,
        Patients = patients,
    };
}
