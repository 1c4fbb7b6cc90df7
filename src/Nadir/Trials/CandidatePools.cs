using Nadir.Designs;

namespace Nadir.Trials;

/// <summary>Simulates the patients that trials are drawn from: each in every arm, with the same luck.</summary>
static class CandidatePools
{
    /// <summary>Simulates patients of a pool.</summary>
    /// <param name="plan">A plan with a randomised design.</param>
    /// <param name="block">Which patients.</param>
    /// <param name="threads">Threads, at least 1.</param>
    /// <param name="progress">Told how many patients over all arms are done; null for nobody.</param>
    /// <param name="cancellation">Stops the run.</param>
    public static CandidatePool Simulate(TrialPlan plan, PatientBlock block, int threads, IProgress<int>? progress, CancellationToken cancellation)
    {
        TrialPlan paired = plan with { Design = TrialDesign.Counterfactual, Enrolment = null, PatientsPerArm = block.First + block.Count };
        Candidates candidates = new(paired);
        List<(Candidate Candidate, bool Failed)>[] arms = [.. plan.Arms.Select(_ => new List<(Candidate, bool)>(block.Count))];
        TrialRun.Run(paired, block, threads, r => arms[r.Arm].Add((candidates.Of(r.Arm, r.Outcome), !r.Outcome.IsEvaluable)), progress, cancellation);
        int[] kept = [.. Enumerable.Range(0, block.Count).Where(i => !Array.Exists(arms, a => a[i].Failed))];
        return new CandidatePool([.. arms.Select(a => kept.Select(i => a[i].Candidate).ToArray())], block.Count - kept.Length);
    }

    /// <summary>Two pools as one.</summary>
    public static CandidatePool Join(CandidatePool first, CandidatePool second) =>
        new([.. first.Arms.Zip(second.Arms, (a, b) => (Candidate[])[.. a, .. b])], first.Failed + second.Failed);
}
