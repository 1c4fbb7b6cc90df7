using Nadir.Survival;

namespace Nadir.Trials;

/// <summary>
/// An endpoint of some patients with each patient's pull on it: the derivative of the estimate by the patient's weight, times the number of patients (the infinitesimal jackknife,
/// Efron 1982, chapter 6). The error of the endpoint, and that of its difference between treatments of the same patients, follow from the pulls.
/// </summary>
public sealed record EndpointSample
{
    readonly double[] _pulls;

    EndpointSample(double value, double[] pulls, int counted) => (Value, _pulls, Counted) = (value, pulls, counted);

    /// <summary>Patients who count; of a difference the fewer of the two.</summary>
    public int Counted { get; }

    /// <summary>The estimate; NaN where no patient counts.</summary>
    public double Value { get; }

    /// <summary>One pull a patient, in the patients' order; their sum is 0. A patient that does not count pulls with 0.</summary>
    public IReadOnlyList<double> Pulls => _pulls;

    /// <summary>The variance of <see cref="Value"/> over samples of so many patients; NaN with fewer than two.</summary>
    public double Variance => SumOfSquares(_pulls) / Freedom(_pulls.Length);

    /// <summary>The estimate with its 95% interval: Wilson's of a share, so that 0 of a hundred is not known to be 0; the normal one of what is read off a curve, within 0 and 1.</summary>
    public Estimate Interval()
    {
        double step = ProbabilityInterval.Quantile(0.95) * Math.Sqrt(Variance);
        return !IsShare || Counted == 0 ? new Estimate(Value, Math.Max(0, Value - step), Math.Min(1, Value + step)) : Wilson.Interval(Math.Round(Value * Counted), Counted);
    }

    /// <summary>Whether it is a share of the patients that count.</summary>
    bool IsShare { get; init; }

    /// <summary>Estimates an endpoint.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="patients">The patients; those that failed numerically do not count.</param>
    public static EndpointSample Of(TrialEndpoint endpoint, ReadOnlySpan<PatientFate> patients) =>
        endpoint.IsCurve ? Kept(endpoint, patients) : Share(endpoint, patients);

    /// <summary>The difference of two estimates of the same patients.</summary>
    /// <param name="first">What is subtracted from.</param>
    /// <param name="second">What is subtracted.</param>
    /// <exception cref="ArgumentException">They do not have the same number of patients.</exception>
    public static EndpointSample Difference(EndpointSample first, EndpointSample second)
    {
        if (first._pulls.Length != second._pulls.Length)
        {
            throw new ArgumentException($"Found {first._pulls.Length} and {second._pulls.Length} patients; expected the same patients twice.", nameof(second));
        }

        return new EndpointSample(first.Value - second.Value, [.. first._pulls.Zip(second._pulls, (a, b) => a - b)], Math.Min(first.Counted, second.Counted));
    }

    /// <summary>The estimate with its normal interval as a difference; not estimable where no two patients differ.</summary>
    /// <param name="level">Level of the two-sided interval; default 0.95.</param>
    public Estimable<Contrast> AsContrast(double level = 0.95) =>
        double.IsNaN(Value) ? Estimable<Contrast>.Not("nobody counts for it")
        : Variance > 0 ? Estimable<Contrast>.Of(Contrast.Of(Value, Math.Sqrt(Variance), level))
        : Estimable<Contrast>.Not("no two patients fared differently from each other under the two treatments, so that the variance has no estimate");

    /// <summary>The square of the endpoint of all patients there are; see <see cref="UnbiasedProduct"/>.</summary>
    public double UnbiasedSquare => UnbiasedProduct(this);

    /// <summary>
    /// The product of two endpoints of all patients there are: the observed product less the part that chance among these patients adds on average, as the pulls estimate it; it can be negative.
    /// For shares of all patients and their differences it is the mean over pairs of different patients, which is exactly unbiased. Where only some of the patients count (in remission, at risk), or for
    /// the Kaplan-Meier share, an endpoint is a ratio or a product of ratios, and a bias of the order of one over the number of patients stays.
    /// </summary>
    /// <param name="other">An endpoint, or a difference, of the same patients.</param>
    /// <exception cref="ArgumentException">It does not have the same number of patients.</exception>
    public double UnbiasedProduct(EndpointSample other)
    {
        if (other._pulls.Length != _pulls.Length)
        {
            throw new ArgumentException($"Found {_pulls.Length} and {other._pulls.Length} patients; expected the same patients twice.", nameof(other));
        }

        double sum = 0;
        for (int i = 0; i < _pulls.Length; i++)
        {
            sum += _pulls[i] * other._pulls[i];
        }

        return (Value * other.Value) - (sum / Freedom(_pulls.Length));
    }

    static EndpointSample Share(TrialEndpoint endpoint, ReadOnlySpan<PatientFate> patients)
    {
        int counted = 0;
        int so = 0;
        foreach (PatientFate fate in patients)
        {
            (bool counts, bool isSo) = endpoint.Of(fate);
            counted += counts ? 1 : 0;
            so += counts && isSo ? 1 : 0;
        }

        double value = (double)so / counted;
        double[] pulls = new double[patients.Length];
        for (int i = 0; i < pulls.Length && counted > 0; i++)
        {
            (bool counts, bool isSo) = endpoint.Of(patients[i]);
            pulls[i] = counts ? ((isSo ? 1 : 0) - value) * pulls.Length / counted : 0;
        }

        return new EndpointSample(value, pulls, counted) { IsShare = true };
    }

    /// <summary>Kaplan-Meier; the squares of the pulls give Greenwood's variance.</summary>
    static EndpointSample Kept(TrialEndpoint endpoint, ReadOnlySpan<PatientFate> patients)
    {
        EventTable table = new(causes: 1);
        foreach (PatientFate fate in patients)
        {
            if (fate.InRemission)
            {
                table.Add(endpoint.Time(fate));
            }
        }

        // At each loss: the day, and what a patient at risk and a patient who loses it add to the logarithm.
        List<(double Day, double AtRisk, double Loss)> steps = [];
        double kept = table.Patients == 0 ? double.NaN : 1;
        int atRisk = table.Patients;
        foreach (EventRow row in table.Rows.Where(r => r.Days <= endpoint.Days))
        {
            double lost = row.Counts[1];
            if (lost > 0)
            {
                steps.Add((row.Days, lost / (atRisk * (atRisk - lost)), 1 / (atRisk - lost)));
                kept *= 1 - (lost / atRisk);
            }

            atRisk -= row.Counts[0] + row.Counts[1];
        }

        double[] pulls = new double[patients.Length];
        for (int i = 0; i < pulls.Length && kept > 0; i++)
        {
            pulls[i] = patients[i].InRemission ? kept * pulls.Length * Logarithm(steps, endpoint.Time(patients[i])) : 0;
        }

        return new EndpointSample(kept, pulls, table.Patients);
    }

    static double Logarithm(List<(double Day, double AtRisk, double Loss)> steps, CompetingTime time)
    {
        double sum = 0;
        foreach ((double day, double atRisk, double loss) in steps)
        {
            if (day > time.Time)
            {
                break;
            }

            sum += atRisk - (day == time.Time && time.Cause == 1 ? loss : 0);
        }

        return sum;
    }

    static double SumOfSquares(double[] values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value * value;
        }

        return sum;
    }

    // The pulls' own mean, 0 by construction, takes one degree of freedom.
    static double Freedom(int patients) => patients < 2 ? double.NaN : (double)patients * (patients - 1);
}
