using Nadir.Numerics;
using Nadir.Survival;

namespace Nadir.Designs;

/// <summary>
/// How far a finite pool can be off: a trial's power is that under the effect in the pool, and the pool's effect has an error of its own. The error of the statistic that compares
/// the arms' whole pools comes from the jackknife over blocks of patients, so that it counts that the arms hold the same patients; in a trial it is smaller by the root of the ratio of the events.
/// </summary>
public sealed class PoolPrecision
{
    const int Blocks = 20;

    readonly double _statistic;
    readonly double _standardError;
    readonly double _critical;
    readonly int _events;

    PoolPrecision(double statistic, double standardError, double critical, int events) =>
        (_statistic, _standardError, _critical, _events) = (statistic, standardError, critical, events);

    /// <summary>Assesses a pool.</summary>
    /// <param name="design">What is compared.</param>
    /// <param name="pool">The pool.</param>
    /// <returns>Not estimable where the comparison is not, in the pool or in a part of it.</returns>
    public static Estimable<PoolPrecision> Of(RandomisedDesign design, CandidatePool pool)
    {
        int events = new[] { design.Analysis.Arm, design.Analysis.Reference }.Sum(a => pool.Arms[a].Count(c => c.Time is { Cause: 1 }));
        double[] parts = new double[Blocks];
        for (int b = 0; b < Blocks; b++)
        {
            int first = (int)((long)b * pool.Count / Blocks);
            CandidatePool part = pool.Without(first, (int)((b + 1L) * pool.Count / Blocks) - first);
            if (!Statistic(design, part).TryGet(out double z))
            {
                return Estimable<PoolPrecision>.Not("the arms of the pool cannot be compared: it has too few events");
            }

            parts[b] = z * Math.Sqrt((double)pool.Count / part.Count);
        }

        double mean = parts.Average();
        double error = Math.Sqrt((Blocks - 1.0) / Blocks * parts.Sum(z => (z - mean) * (z - mean)));
        double critical = NormalDistribution.Quantile(1 - (design.Analysis.Alpha / (design.Analysis.Sides == BoundarySides.Two ? 2 : 1)));
        return Statistic(design, pool).Then(z => Estimable<PoolPrecision>.Of(new PoolPrecision(z, error, critical, events)));
    }

    /// <summary>Standard error of the power of a size that comes from the pool being finite. Where all trials or none show the arm to be better it is judged at the centre of Wilson's interval, which is neither 0 nor 1.</summary>
    /// <param name="found">Trials of a size.</param>
    public double ErrorOf(OperatingCharacteristics found)
    {
        double z = ProbabilityInterval.Quantile(0.95);
        return ErrorOf(((found.Trials * found.Benefit.Value) + (z * z / 2)) / (found.Trials + (z * z)), found.EventsSeen.Value);
    }

    /// <summary>Standard error of a power that comes from the pool being finite.</summary>
    /// <param name="power">The power, above 0 and below 1.</param>
    /// <param name="trialEvents">Events of a trial.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="power"/> is not between 0 and 1.</exception>
    // The power is Φ(drift - bound), so that its slope in the drift is the density there.
    public double ErrorOf(double power, double trialEvents) => power is > 0 and < 1
        ? NormalDistribution.Density(NormalDistribution.Quantile(power)) * DriftError(trialEvents)
        : throw new ArgumentOutOfRangeException(nameof(power), power, "A power of 0 or 1 does not say how it depends on the effect; give one between them.");

    /// <summary>The same at a power, for trials as large as have it under the effect in the pool; infinite where the pool shows no benefit.</summary>
    /// <param name="power">The power, between 0 and 1.</param>
    public double ErrorAt(double power)
    {
        double height = NormalDistribution.Quantile(power);
        return _statistic > 0 ? NormalDistribution.Density(height) * (height + _critical) * _standardError / _statistic : double.PositiveInfinity;
    }

    /// <summary>Standard error of the mean statistic of a trial that comes from the pool being finite.</summary>
    /// <param name="trialEvents">Events of a trial.</param>
    internal double DriftError(double trialEvents) => _standardError * Math.Sqrt(trialEvents / _events);

    static Estimable<double> Statistic(RandomisedDesign design, CandidatePool pool)
    {
        List<(int, int, FollowUp)> known = [];
        foreach (int arm in new[] { design.Analysis.Reference, design.Analysis.Arm })
        {
            foreach (Candidate c in pool.Arms[arm])
            {
                if (c.Time is { } t)
                {
                    known.Add((arm, c.Stratum, FollowUp.FromOrigin(t.Days, t.Cause)));
                }
            }
        }

        return ArmComparison.Statistic(design.Analysis, design.Conduct.StratumCount, known);
    }
}
