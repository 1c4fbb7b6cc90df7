namespace Nadir.Survival;

/// <summary>A number with a 95% interval (unless said otherwise). NaN bounds mean not estimable.</summary>
public readonly record struct Estimate(double Value, double Lower, double Upper);

/// <summary>A time to event or censoring.</summary>
/// <param name="Time">Days from the endpoint's origin.</param>
/// <param name="Event">True for an event, false for censoring.</param>
public readonly record struct SurvivalTime(double Time, bool Event);

/// <summary>A time with competing causes.</summary>
/// <param name="Time">Days from the endpoint's origin.</param>
/// <param name="Cause">0 for censoring, else the cause's number from 1.</param>
public readonly record struct CompetingTime(double Time, int Cause);

/// <summary>A right-continuous step function with intervals and counts, one entry for each distinct time.</summary>
public sealed record SurvivalCurve
{
    /// <summary>Distinct event and censoring times in days, ascending; the curve's value before the first is 1 (survival) or 0 (incidence).</summary>
    public required IReadOnlyList<double> Times { get; init; }

    /// <summary>Estimate from that time on.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>Lower bound of the interval (95% unless said otherwise); NaN where it has no value.</summary>
    public required IReadOnlyList<double> Lower { get; init; }

    /// <summary>Upper bound of the interval; NaN where it has no value.</summary>
    public required IReadOnlyList<double> Upper { get; init; }

    /// <summary>Standard error of the estimate on its own scale; NaN where survival has reached 0.</summary>
    public required IReadOnlyList<double> StandardErrors { get; init; }

    /// <summary>Number at risk just before that time.</summary>
    public required IReadOnlyList<int> AtRisk { get; init; }

    /// <summary>Events (of this curve's cause) at that time.</summary>
    public required IReadOnlyList<int> Events { get; init; }

    /// <summary>Censored at that time.</summary>
    public required IReadOnlyList<int> Censored { get; init; }

    /// <summary>The value before the first time: 1 for survival, 0 for incidence.</summary>
    public required double Start { get; init; }

    /// <summary>Patients at the origin.</summary>
    public required int Patients { get; init; }

    /// <summary>
    /// Estimate with interval at <paramref name="timeDays"/>. Before the first time it is <see cref="Start"/> and its bounds are NaN, but at the origin itself
    /// it is certain. NaN after the last time when a patient was censored then (nobody was followed that long) and where there are no patients.
    /// </summary>
    public Estimate At(double timeDays)
    {
        int index = IndexAt(timeDays);
        if (Times.Count == 0 || (timeDays > Times[^1] && Censored[^1] > 0))
        {
            return new Estimate(double.NaN, double.NaN, double.NaN);
        }

        return (index, timeDays) switch
        {
            ( < 0, <= 0) => new Estimate(Start, Start, Start),
            ( < 0, _) => new Estimate(Start, double.NaN, double.NaN),
            _ => new Estimate(Values[index], Lower[index], Upper[index]),
        };
    }

    /// <summary>Standard error at <paramref name="timeDays"/>; 0 before the first time, NaN where <see cref="At"/> has no estimate.</summary>
    public double StandardErrorAt(double timeDays)
    {
        int index = IndexAt(timeDays);
        return double.IsNaN(At(timeDays).Value) ? double.NaN : index < 0 ? 0 : StandardErrors[index];
    }

    /// <summary>Patients still at risk at <paramref name="timeDays"/> (event or censoring at or after that time).</summary>
    public int AtRiskAt(double timeDays)
    {
        for (int i = 0; i < Times.Count; i++)
        {
            if (Times[i] >= timeDays)
            {
                return AtRisk[i];
            }
        }

        return 0;
    }

    int IndexAt(double timeDays)
    {
        int low = 0;
        int high = Times.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = Times[middle] <= timeDays ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }
}
