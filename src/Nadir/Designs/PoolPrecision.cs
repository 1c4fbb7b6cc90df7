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

    readonly double _standardError;
    readonly int _events;

    PoolPrecision(double standardError, int events) => (_standardError, _events) = (standardError, events);

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
        return Estimable<PoolPrecision>.Of(new PoolPrecision(Math.Sqrt((Blocks - 1.0) / Blocks * parts.Sum(z => (z - mean) * (z - mean))), events));
    }

    /// <summary>Standard error of a power that comes from the pool being finite.</summary>
    /// <param name="power">The power.</param>
    /// <param name="trialEvents">Events of a trial.</param>
    public double ErrorOf(double power, double trialEvents)
    {
        if (power is <= 0 or >= 1)
        {
            return 0;
        }

        // The power is Φ(drift - bound), so that its slope in the drift is the density there.
        double z = NormalDistribution.Quantile(power);
        return Elementary.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI) * _standardError * Math.Sqrt(trialEvents / _events);
    }

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
