using Nadir.Endpoints;
using Nadir.Ensembles;

namespace Nadir.Trials;

/// <summary>Simulates every patient of every arm.</summary>
public static class TrialRun
{
    /// <summary>Runs a trial. The results are the same bits at any number of threads.</summary>
    /// <param name="plan">The trial.</param>
    /// <param name="threads">Number of threads, at least 1.</param>
    /// <param name="consume">Receives each patient's record, arm by arm and in order; null for nobody.</param>
    /// <param name="progress">Told how many patients over all arms are done; null for nobody.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <returns>For each arm its patients' outcomes, in order.</returns>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public static IReadOnlyList<IReadOnlyList<PatientOutcome>> Run(
        TrialPlan plan, int threads, Action<PatientRecord>? consume, IProgress<int>? progress, CancellationToken cancellation)
    {
        List<PatientOutcome>[] outcomes = [.. plan.Arms.Select(_ => new List<PatientOutcome>(plan.PatientsPerArm))];
        EnsembleWork<PatientSimulator, PatientRecord> work = new(
            checked(plan.Arms.Count * plan.PatientsPerArm),
            threads,
            () => new PatientSimulator(plan),
            (simulator, index) => simulator.Simulate(index / plan.PatientsPerArm, index % plan.PatientsPerArm));
        Ensemble.Run(
            work,
            record =>
            {
                outcomes[record.Arm].Add(record.Outcome);
                consume?.Invoke(record);
            },
            progress,
            cancellation);
        return outcomes;
    }
}
