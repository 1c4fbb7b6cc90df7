namespace Nadir.Survival;

/// <summary>Collects a curve's columns.</summary>
sealed class CurveBuilder(double start, int patients)
{
    readonly List<double> _times = [];
    readonly List<double> _values = [];
    readonly List<double> _lower = [];
    readonly List<double> _upper = [];
    readonly List<double> _standardErrors = [];
    readonly List<int> _atRisk = [];
    readonly List<int> _events = [];
    readonly List<int> _censored = [];

    public void Add(RiskRow row, int events, Estimate estimate, double standardError)
    {
        _times.Add(row.Days);
        _values.Add(estimate.Value);
        _lower.Add(estimate.Lower);
        _upper.Add(estimate.Upper);
        _standardErrors.Add(standardError);
        _atRisk.Add(row.AtRisk);
        _events.Add(events);
        _censored.Add(row.Censored);
    }

    public SurvivalCurve Build() => new()
    {
        Times = _times,
        Values = _values,
        Lower = _lower,
        Upper = _upper,
        StandardErrors = _standardErrors,
        AtRisk = _atRisk,
        Events = _events,
        Censored = _censored,
        Start = start,
        Patients = patients,
    };
}
