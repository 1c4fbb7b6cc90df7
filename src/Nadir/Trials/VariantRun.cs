using Nadir.Ensembles;

namespace Nadir.Trials;

/// <summary>An arm under one setting, with the patients it is simulated for.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="First">The number of its first patient; patients of the same number are the same patient under every setting.</param>
/// <param name="Patients">How many, at least 1.</param>
readonly record struct ArmVariant(ArmPlan Arm, int First, int Patients);

/// <summary>Simulates an arm under many settings, a few patients each.</summary>
static class VariantRun
{
    /// <summary>Settings that are simulated with one compilation; few enough to keep in memory, many enough to be worth it.</summary>
    const int Together = 2048;

    /// <summary>Simulates every setting. The results are the same bits at any number of threads.</summary>
    /// <param name="plan">The trial.</param>
    /// <param name="settings">How many settings there are.</param>
    /// <param name="setting">Makes a setting; called in order.</param>
    /// <param name="run">Threads, and who is told of progress.</param>
    /// <param name="consume">Receives the setting's number and its patients' fates, in order.</param>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public static void Run(TrialPlan plan, int settings, Func<int, ArmVariant> setting, VariantOptions run, Action<int, PatientFate[]> consume)
    {
        for (int from = 0; from < settings; from += Together)
        {
            int start = from;
            ArmVariant[] variants = [.. Enumerable.Range(start, Math.Min(Together, settings - start)).Select(i =>
            {
                run.Cancellation.ThrowIfCancellationRequested();
                return setting(i);
            })];
            IProgress<int>? part = run.Progress is { } progress ? new PartOf(progress, (double)start / settings, variants.Average(v => v.Patients) * settings) : null;
            Run(plan with { Arms = [.. variants.Select(v => v.Arm)], Design = TrialDesign.Counterfactual, Enrolment = null }, variants, run with { Patients = part }, (i, fates) => consume(start + i, fates));
        }
    }

    static void Run(TrialPlan plan, ArmVariant[] variants, VariantOptions run, Action<int, PatientFate[]> consume)
    {
        IReadOnlyList<TrialModel> models = TrialModel.OfArms(plan);
        int[] ends = Ends(variants);
        (int Arm, int Index) Patient(int number)
        {
            int found = Array.BinarySearch(ends, number + 1);
            int variant = found < 0 ? ~found : found;
            return (variant, variants[variant].First + variants[variant].Patients - (ends[variant] - number));
        }

        EnsembleWork<PatientSimulator, PatientRecord> work = new(
            ends[^1],
            run.Threads,
            () => new PatientSimulator(models),
            (simulator, number) => simulator.Simulate(Patient(number).Arm, Patient(number).Index))
        {
            Together = (simulator, first, results, stop) => simulator.Simulate(i => Patient(first + i), results, stop),
        };
        int variant = 0;
        List<PatientFate> fates = [];
        Ensemble.Run(
            work,
            record =>
            {
                fates.Add(PatientFate.Of(record.Outcome));
                if (fates.Count == variants[variant].Patients)
                {
                    consume(variant++, [.. fates]);
                    fates.Clear();
                }
            },
            run.Patients,
            run.Cancellation);
    }

    /// <summary>The number of patients up to and including each setting.</summary>
    static int[] Ends(ArmVariant[] variants)
    {
        int[] ends = new int[variants.Length];
        for (int i = 0; i < ends.Length; i++)
        {
            ends[i] = checked((i == 0 ? 0 : ends[i - 1]) + variants[i].Patients);
        }

        return ends;
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
