using Nadir.Ensembles;

namespace Nadir.Trials;

/// <summary>An arm under one setting, with the patients it is simulated for.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="First">The number of its first patient; patients of the same number are the same patient under every setting.</param>
readonly record struct ArmVariant(ArmPlan Arm, int First);

/// <summary>Simulates an arm under many settings, a few patients each.</summary>
static class VariantRun
{
    /// <summary>Settings that are simulated with one compilation; few enough to keep in memory, many enough to be worth it.</summary>
    const int Together = 2048;

    /// <summary>Simulates every setting. The results are the same bits at any number of threads.</summary>
    /// <param name="plan">The trial.</param>
    /// <param name="settings">How many settings there are.</param>
    /// <param name="setting">Makes a setting; called in order.</param>
    /// <param name="patients">Patients of each.</param>
    /// <param name="run">Threads, and who is told of progress.</param>
    /// <param name="consume">Receives the setting's number and its patients' fates, in order.</param>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public static void Run(TrialPlan plan, int settings, Func<int, ArmVariant> setting, int patients, VariantOptions run, Action<int, PatientFate[]> consume)
    {
        for (int from = 0; from < settings; from += Together)
        {
            int start = from;
            ArmVariant[] variants = [.. Enumerable.Range(start, Math.Min(Together, settings - start)).Select(i =>
            {
                run.Cancellation.ThrowIfCancellationRequested();
                return setting(i);
            })];
            IProgress<int>? part = run.Progress is { } progress ? new PartOf(progress, (double)start / settings, (double)settings * patients) : null;
            Run(plan with { Arms = [.. variants.Select(v => v.Arm)], Design = TrialDesign.Counterfactual, Enrolment = null }, variants, patients, run with { Patients = part }, (i, fates) => consume(start + i, fates));
        }
    }

    static void Run(TrialPlan plan, ArmVariant[] variants, int patients, VariantOptions run, Action<int, PatientFate[]> consume)
    {
        IReadOnlyList<TrialModel> models = TrialModel.OfArms(plan);
        (int Arm, int Index) Patient(int number) => (number / patients, variants[number / patients].First + (number % patients));
        EnsembleWork<PatientSimulator, PatientRecord> work = new(
            checked(variants.Length * patients),
            run.Threads,
            () => new PatientSimulator(models),
            (simulator, number) => simulator.Simulate(Patient(number).Arm, Patient(number).Index))
        {
            Together = (simulator, first, results, stop) => simulator.Simulate(i => Patient(first + i), results, stop),
        };
        PatientFate[] fates = new PatientFate[patients];
        int done = 0;
        Ensemble.Run(
            work,
            record =>
            {
                fates[done % patients] = PatientFate.Of(record.Outcome);
                done++;
                if (done % patients == 0)
                {
                    consume((done / patients) - 1, fates);
                }
            },
            run.Patients,
            run.Cancellation);
    }

    sealed class PartOf(IProgress<double> progress, double before, double all) : IProgress<int>
    {
        public void Report(int value) => progress.Report(before + (value / all));
    }
}

/// <summary>How settings are simulated.</summary>
/// <param name="Threads">Threads, at least 1.</param>
/// <param name="Progress">Told the share done, 0 to 1; null for nobody.</param>
/// <param name="Cancellation">Stops the run.</param>
readonly record struct VariantOptions(int Threads, IProgress<double>? Progress, CancellationToken Cancellation)
{
    public IProgress<int>? Patients { get; init; }
}
