using Nadir.Numerics;
using Nadir.Populations;

namespace Nadir.Trials;

/// <summary>Draws the numbers of each replicate from their priors; a draw that an arm cannot have is thrown away and drawn again.</summary>
sealed class NumberDraws(TrialPlan plan)
{
    const int MostTries = 1000;

    readonly IReadOnlyList<HyperParameter> _numbers = plan.Arms[0].Population.HyperParameters;
    IReadOnlyDictionary<string, double> _values = new Dictionary<string, double>();
    int _drawn = -1;

    public int Numbers => _numbers.Count;

    public int Refused { get; private set; }

    public ArmPlan Arm(int replicate, int arm)
    {
        if (replicate != _drawn)
        {
            (_values, _drawn) = (Draw(replicate), replicate);
        }

        return plan.Arms[arm] with { Population = plan.Arms[arm].Population.WithValues(_values) };
    }

    Dictionary<string, double> Draw(int replicate)
    {
        for (int attempt = 0; attempt < MostTries; attempt++)
        {
            Dictionary<string, double> values = _numbers.ToDictionary(n => n.Name, n => n.Prior.Quantile(Uniform(n, replicate, attempt)), StringComparer.Ordinal);
            if (plan.Arms.All(a => a.Population.CheckValues(values).Count == 0))
            {
                return values;
            }

            Refused++;
        }

        throw new ArgumentException($"found no values of the population's {_numbers.Count} uncertain numbers that it can have in {MostTries} draws from their priors; narrow the priors", nameof(replicate));
    }

    double Uniform(HyperParameter number, int replicate, int attempt)
    {
        RandomStream stream = new(plan.Seed, (ulong)replicate, RandomStream.Purpose($"replicates:{number.Name}"));
        for (int i = 0; i < attempt; i++)
        {
            stream.NextUniform();
        }

        return stream.NextUniform();
    }
}
