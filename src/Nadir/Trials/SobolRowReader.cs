using Nadir.Numerics;
using Nadir.Survival;

namespace Nadir.Trials;

/// <summary>
/// Gathers the endpoints of a design's settings into rows. With the same patients in all settings of a row, chance among them adds its own part to every square and product; each is
/// corrected by its own estimate of that part (<see cref="EndpointSample.UnbiasedProduct"/>), so that numerators and denominators of the shares are unbiased for shares of all patients, and nearly so for other endpoints.
/// </summary>
sealed class SobolRowReader(int settings)
{
    readonly EndpointSample?[] _row = new EndpointSample?[settings];
    readonly List<SobolRow> _rows = [];
    readonly List<SobolRow> _raw = [];
    readonly List<double> _values = [];
    int _filled;
    int _refused;
    int _notEstimable;

    /// <summary>Takes the endpoint of the next setting; null where a population cannot have the values.</summary>
    public void Add(EndpointSample? sample)
    {
        _row[_filled++] = sample;
        if (_filled == settings)
        {
            _filled = 0;
            AddRow();
        }
    }

    /// <summary>The rows so far, with chance taken out.</summary>
    public IReadOnlyList<SobolRow> Rows => _rows;

    /// <summary>The shares of the rows so far.</summary>
    public VarianceShares Shares(SobolDesign design, ulong seed)
    {
        int rows = _rows.Count + _refused + _notEstimable;
        SobolIndices? indices = _rows.Count < 2 ? null : SobolIndices.Of(_rows, new RandomStream(seed, 0, RandomStream.Purpose("sensitivity:bootstrap")));
        SobolIndices? raw = _rows.Count < 2 ? null : SobolIndices.Of(_raw, new RandomStream(seed, 0, RandomStream.Purpose("sensitivity:bootstrap")), resamples: 1);
        string? reason = indices is null ? "fewer than two rows of the design could be used"
            : !(indices.Variance.Lower > 0) ? "the endpoint's variance over the priors cannot be told from chance among the patients; use more rows or more patients"
            : null;
        return new VarianceShares
        {
            Rows = rows,
            PatientsPerSetting = 0,
            Refused = _refused,
            NotEstimable = _notEstimable,
            FailedPatients = 0,
            Mean = Mean(),
            Variance = indices?.Variance ?? new SobolIndex(double.NaN, double.NaN, double.NaN),
            Noise = indices is null ? double.NaN : 1 - (indices.Variance.Value / raw!.Variance.Value),
            Factors = reason is null ? Factors(design, indices!, raw!) : [],
            Reason = reason,
        };
    }

    static IReadOnlyList<FactorShare> Factors(SobolDesign design, SobolIndices indices, SobolIndices raw)
    {
        (string Name, string Title)[] names = [.. design.Chosen.Select(n => (n.Name, n.Title)), .. design.Others > 0 ? [($"{design.Others} others", $"the {design.Others} other numbers together")] : Array.Empty<(string, string)>()];
        return [.. names.Select((n, i) => new FactorShare(n.Name, n.Title, indices.First[i], indices.Total[i], raw.Total[i].Value)).OrderByDescending(f => f.Total.Value)];
    }

    void AddRow()
    {
        if (_row.Any(s => s is null))
        {
            _refused++;
            return;
        }

        if (_row.Any(s => !double.IsFinite(s!.Value) || s.Counted < SensitivityAnalysis.FewestCounted))
        {
            _notEstimable++;
            return;
        }

        EndpointSample a = _row[0]!;
        EndpointSample b = _row[1]!;
        EndpointSample[] mixed = [.. _row.Skip(2).Select(s => s!)];
        EndpointSample[] steps = [.. mixed.Select(m => EndpointSample.Difference(m, a))];
        _rows.Add(new SobolRow(
            (a.Value + b.Value) / 2,
            EndpointSample.Difference(a, b).UnbiasedSquare / 2,
            [.. steps.Select(s => s.Value)],
            [.. steps.Select(b.UnbiasedProduct)],
            [.. steps.Select(s => s.UnbiasedSquare / 2)]));
        _raw.Add(SobolRow.Exact(a.Value, b.Value, [.. mixed.Select(m => m.Value)]));
        _values.Add((a.Value + b.Value) / 2);
    }

    // Rows are independent, the two points of a row as well.
    Estimate Mean()
    {
        int n = _values.Count;
        if (n < 2)
        {
            return new Estimate(double.NaN, double.NaN, double.NaN);
        }

        double mean = _values.Average();
        double step = ProbabilityInterval.Quantile(0.95) * Math.Sqrt(_values.Sum(v => (v - mean) * (v - mean)) / ((double)n * (n - 1)));
        return new Estimate(mean, mean - step, mean + step);
    }
}
