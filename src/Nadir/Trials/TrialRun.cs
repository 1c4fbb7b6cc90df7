using Nadir.Ensembles;

namespace Nadir.Trials;

/// <summary>Simulates every patient of every arm.</summary>
public static class TrialRun
{
    /// <summary>Runs a trial. The results are the same bits at any number of threads.</summary>
    /// <param name="plan">The trial.</param>
    /// <param name="block">Which patients of each arm; <see cref="PatientBlock.All"/> for all of them, and the only one for a plan with an enrolment.</param>
    /// <param name="threads">Number of threads, at least 1.</param>
    /// <param name="consume">Receives each patient's record, arm by arm and in order; null for nobody.</param>
    /// <param name="progress">Told how many patients over all arms are done; null for nobody.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <returns>For each arm the tally of its patients.</returns>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public static IReadOnlyList<ArmTally> Run(
        TrialPlan plan, PatientBlock block, int threads, Action<PatientRecord>? consume, IProgress<int>? progress, CancellationToken cancellation)
    {
        if (plan.Enrolment is not null && block != PatientBlock.All(plan))
        {
            throw new ArgumentException($"found a part, {block}; expected all patients, because a trial with an enrolment is analysed whole", nameof(block));
        }

        ArmTally[] tallies = [.. plan.Arms.Select(_ => new ArmTally())];
        PatientPairs pairs = new(plan, block);
        TransplantPairs transplants = new(plan, block);
        IReadOnlyList<TrialModel> models = TrialModel.OfArms(plan);
        Candidates? candidates = plan.Enrolment is null ? null : new Candidates(plan);
        int[] sizes = [.. Enumerable.Range(0, plan.Arms.Count).Select(a => plan.Enrolment is null ? block.Count : plan.PatientsIn(a))];
        EnsembleWork<PatientSimulator, PatientRecord> work = new(
            sizes.Aggregate(0, (n, size) => checked(n + size)),
            threads,
            () => new PatientSimulator(models),
            (simulator, number) => simulator.Simulate(Patient(number).Arm, Patient(number).Index))
        {
            Together = (simulator, first, results, stop) => simulator.Simulate(i => Patient(first + i), results, stop),
        };
        Ensemble.Run(
            work,
            record =>
            {
                ArmTally tally = tallies[record.Arm];
                pairs.Add(record.Arm, tally.Patients, record.Outcome, tally.Pairs);
                transplants.Add(record.Arm, tally.Patients, record.Outcome, tallies);
                tally.Add(block.First + tally.Patients, record.Outcome);
                if (candidates is not null)
                {
                    tally.Candidates.Add(candidates.Of(record.Arm, record.Outcome));
                }

                consume?.Invoke(record);
            },
            progress,
            cancellation);
        return tallies;

        (int Arm, int Index) Patient(int number)
        {
            int arm = 0;
            for (; number >= sizes[arm]; arm++)
            {
                number -= sizes[arm];
            }

            return (arm, block.First + number);
        }
    }
}
