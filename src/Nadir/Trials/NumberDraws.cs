using Nadir.Numerics;
using Nadir.Populations;

namespace Nadir.Trials;

/// <summary>
/// Draws the numbers of each replicate: one of the calibration's draws from the posterior, or each number from its prior where the population has no such draws. A draw that
/// an arm cannot have is thrown away and drawn again.
/// </summary>
sealed class NumberDraws(TrialPlan plan)
{
    const int MostTries = 1000;

    readonly IReadOnlyList<HyperParameter> _numbers = plan.Arms[0].Population.HyperParameters;
    readonly IReadOnlyList<IReadOnlyDictionary<string, double>> _posterior = plan.Calibration?.Draws ?? [];
    IReadOnlyDictionary<string, double> _values = new Dictionary<string, double>();
    int _drawn = -1;

    public int Numbers => _numbers.Count;

    /// <summary>Draws from the posterior to choose from; 0 where numbers come from their priors.</summary>
    public int Posterior => _posterior.Count;

    public int Refused { get; private set; }

    public ArmPlan Arm(int replicate, int arm)
    {
        if (replicate != _drawn)
        {
            (_values, _drawn) = (Draw(replicate), replicate);
        }

        return plan.Arms[arm] with { Population = plan.Arms[arm].Population.WithValues(_values) };
    }

    IReadOnlyDictionary<string, double> Draw(int replicate)
    {
        for (int attempt = 0; attempt < MostTries; attempt++)
        {
            IReadOnlyDictionary<string, double> values = _posterior.Count > 0
                ? CalibratedValues.KnownTo(plan.Arms[0].Population, _posterior[(int)(Uniform("", replicate, attempt) * _posterior.Count)])
                : _numbers.ToDictionary(n => n.Name, n => n.Prior.Quantile(Uniform(n.Name, replicate, attempt)), StringComparer.Ordinal);
            if (plan.Arms.All(a => a.Population.CheckValues(values).Count == 0))
            {
                return values;
            }

            Refused++;
        }

        throw new ArgumentException($"found no values of the population's {_numbers.Count} uncertain numbers that it can have in {MostTries} draws", nameof(replicate));
    }

    double Uniform(string number, int replicate, int attempt)
    {
        RandomStream stream = new(plan.Seed, (ulong)replicate, RandomStream.Purpose($"replicates:{number}"));
        for (int i = 0; i < attempt; i++)
        {
            stream.NextUniform();
        }

        return stream.NextUniform();
    }
}
