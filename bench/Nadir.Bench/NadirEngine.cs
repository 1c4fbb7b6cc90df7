using Nadir.Bench.Jobs;
using Nadir.Kernels;
using Nadir.Solvers;

namespace Nadir.Bench;

/// <summary>Nadir's side of the comparison: how a cohort is simulated to its output days. Everything else is independent of the engine.</summary>
sealed class NadirEngine(Network network, Solver solver)
{
    /// <summary>Engines by the name the table gives them.</summary>
    public static IReadOnlyDictionary<string, Solver> Solvers { get; } = SolverCatalogue.All.ToDictionary(s => $"nadir-{s.Name}");

    /// <summary>Integrates all patients on the calling thread.</summary>
    /// <param name="job">Patients and output days.</param>
    /// <param name="tolerances">Accuracy.</param>
    /// <param name="output">Receives the states [patient][day][state], NaN from a failure on.</param>
    /// <param name="patients">How many of the job's patients, from the first.</param>
    public EngineCounts Run(Job job, Tolerances tolerances, double[] output, int patients)
    {
        HybridTrajectory trajectory = HybridTrajectory.Create(network, new HybridOptions { Tolerances = tolerances, Solver = solver }).OrThrow();
        int row = job.Days.Length * job.States;
        long steps = 0;
        int failed = 0;
        output.AsSpan().Fill(double.NaN);
        for (int i = 0; i < patients; i++)
        {
            trajectory.Begin(job.Patient(i), seed: 1, (ulong)i);
            for (int k = 0; k < job.Days.Length && trajectory.Advance(job.Days[k]) == StopReason.Time; k++)
            {
                trajectory.Slots[..job.States].CopyTo(output.AsSpan((i * row) + (k * job.States)));
            }

            failed += trajectory.Status == LaneStatus.Completed ? 0 : 1;
            steps += trajectory.Steps;
        }

        return new EngineCounts(steps, 0, 0, failed);
    }
}

/// <summary>What an engine counted over a cohort.</summary>
/// <param name="Steps">Steps, with the rejected ones where these are not counted apart.</param>
/// <param name="Rejected">Rejected steps; 0 where not counted apart.</param>
/// <param name="Evaluations">Right-hand sides; 0 where not counted.</param>
/// <param name="Failed">Patients that did not reach the last day.</param>
sealed record EngineCounts(long Steps, long Rejected, long Evaluations, int Failed);
