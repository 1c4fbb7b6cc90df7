namespace Nadir.Trials;

/// <summary>Simulates the arm or the two arms of a target under many settings of the population's numbers and reads the endpoint off each.</summary>
sealed class TargetReader(TrialPlan plan, SensitivityTarget target)
{
    readonly ArmPlan[] _arms = [plan.Arms[target.Arm], .. target.Reference is { } reference ? new[] { plan.Arms[reference] } : []];

    /// <summary>Patients whose simulation failed so far.</summary>
    public int FailedPatients { get; private set; }

    /// <summary>Simulates settings.</summary>
    /// <param name="settings">How many.</param>
    /// <param name="values">The numbers of a setting, by name.</param>
    /// <param name="first">The first patient of a setting.</param>
    /// <param name="patients">Patients of each.</param>
    /// <param name="run">Threads and progress.</param>
    /// <param name="consume">Receives the setting's number and the endpoint, in order; null where a population cannot have the values.</param>
    public void Run(int settings, Func<int, IReadOnlyDictionary<string, double>> values, Func<int, int> first, int patients, VariantOptions run, Action<int, EndpointSample?> consume)
    {
        bool[] refused = new bool[settings];
        EndpointSample? ofArm = null;
        VariantRun.Run(
            plan,
            settings * _arms.Length,
            i =>
            {
                ArmPlan arm = _arms[i % _arms.Length];
                int setting = i / _arms.Length;
                IReadOnlyDictionary<string, double> numbers = values(setting);

                // A setting that cannot be is simulated as it stands, so that all settings have the same patients, and thrown away.
                refused[setting] |= arm.Population.CheckValues(numbers).Count > 0;
                return new ArmVariant(refused[setting] ? arm : arm with { Population = arm.Population.WithValues(numbers) }, first(setting), patients);
            },
            run,
            (i, fates) =>
            {
                FailedPatients += fates.Count(f => !f.IsEvaluable);
                EndpointSample sample = EndpointSample.Of(target.Endpoint, fates);
                if (i % _arms.Length == 0)
                {
                    ofArm = sample;
                }

                if (i % _arms.Length == _arms.Length - 1)
                {
                    int setting = i / _arms.Length;
                    consume(setting, refused[setting] ? null : _arms.Length == 1 ? sample : EndpointSample.Difference(ofArm!, sample));
                }
            });
    }
}
