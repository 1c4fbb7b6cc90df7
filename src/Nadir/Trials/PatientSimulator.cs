using Nadir.Kernels;
using Nadir.Solvers;

namespace Nadir.Trials;

/// <summary>Simulates patients of a trial, one alone or many at once, with the same result; a workspace for one thread.</summary>
sealed class PatientSimulator
{
    readonly IReadOnlyList<TrialModel> _models;
    readonly Dictionary<TrialModel, ArmSimulator> _simulators = [];

    public PatientSimulator(TrialPlan plan)
        : this(TrialModel.OfArms(plan))
    {
    }

    /// <param name="models">The model of each arm; threads may share them.</param>
    public PatientSimulator(IReadOnlyList<TrialModel> models) => _models = models;

    public Network Network => _models[0].Network;

    /// <inheritdoc cref="ArmSimulator.Simulate(int, int, IStepObserver?)"/>
    public PatientRecord Simulate(int arm, int index, IStepObserver? onlooker = null) => Of(_models[arm]).Simulate(arm, index, onlooker);

    /// <inheritdoc cref="ArmSimulator.Simulate(Func{int, ValueTuple{int, int}}, PatientRecord[], CancellationToken)"/>
    public void Simulate(Func<int, (int Arm, int Index)> patient, PatientRecord[] results, CancellationToken cancellation)
    {
        for (int first = 0, end; first < results.Length; first = end)
        {
            TrialModel model = _models[patient(first).Arm];
            end = first + 1;
            while (end < results.Length && ReferenceEquals(_models[patient(end).Arm], model))
            {
                end++;
            }

            PatientRecord[] part = new PatientRecord[end - first];
            int from = first;
            Of(model).Simulate(i => patient(from + i), part, cancellation);
            part.CopyTo(results, first);
        }
    }

    ArmSimulator Of(TrialModel model)
    {
        if (!_simulators.TryGetValue(model, out ArmSimulator? simulator))
        {
            simulator = new ArmSimulator(model);
            _simulators.Add(model, simulator);
        }

        return simulator;
    }
}
