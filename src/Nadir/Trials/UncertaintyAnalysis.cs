using Nadir.Numerics;
using Nadir.Survival;

namespace Nadir.Trials;

/// <summary>Runs a trial many times over draws of the population's uncertain numbers, each time with patients of its own.</summary>
public static class UncertaintyAnalysis
{
    static readonly string[] _endpoints = ["remission", "relapse12", "relapse24", "rfs12", "rfs24", "efs12", "efs24", "os12", "os24", "aplasia6"];

    /// <summary>The endpoints that are shown where follow-up is long enough.</summary>
    /// <param name="horizonDays">Follow-up in days.</param>
    public static IReadOnlyList<TrialEndpoint> Endpoints(double horizonDays) => [.. _endpoints.Select(e => TrialEndpoint.Parse(e)!).Where(e => e.IsFollowed(horizonDays))];

    /// <summary>The most replicates of a trial: each has patients of its own, in a randomised design in every arm, and their numbers are limited.</summary>
    public static int MostReplicates(TrialPlan plan) => (int)(TrialPlan.MostPatientsPerArm / (plan.Design == TrialDesign.Counterfactual ? plan.PatientsPerArm : Sizes(plan).Sum(n => (long)n)));

    /// <summary>Patients of each arm, by its allocation.</summary>
    static int[] Sizes(TrialPlan plan) => [.. Enumerable.Range(0, plan.Arms.Count).Select(a => plan.PatientsPerArm * (plan.Randomised?.Allocation[a] ?? 1))];

    /// <summary>Runs the replicates.</summary>
    /// <param name="plan">The trial.</param>
    /// <param name="replicates">How many, from <see cref="VarianceParts.FewestReplicates"/> to <see cref="MostReplicates"/>.</param>
    /// <param name="threads">Threads, at least 1; the results do not depend on it.</param>
    /// <param name="progress">Told the share done, 0 to 1; null for nobody.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are too few or too many replicates.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public static Uncertainty Run(TrialPlan plan, int replicates, int threads, IProgress<double>? progress, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicates, VarianceParts.FewestReplicates);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(replicates, MostReplicates(plan));
        NumberDraws draws = new(plan);
        IReadOnlyList<TrialEndpoint> endpoints = Endpoints(plan.HorizonDays);
        int arms = plan.Arms.Count;
        int[] sizes = Sizes(plan);
        Replicate[] read = [.. Enumerable.Range(0, arms).SelectMany(a => endpoints.Select(e => new Replicate(e, a, null))), .. Enumerable.Range(1, arms - 1).SelectMany(a => endpoints.Select(e => new Replicate(e, a, 0)))];
        PatientFate[][] fates = new PatientFate[arms][];
        int failed = 0;
        VariantRun.Run(
            plan,
            replicates * arms,
            i => new ArmVariant(draws.Arm(i / arms, i % arms), First(plan, sizes, i / arms, i % arms), sizes[i % arms]),
            new VariantOptions(threads, progress, cancellation),
            (i, patients) =>
            {
                failed += patients.Count(f => !f.IsEvaluable);
                fates[i % arms] = patients;
                if (i % arms == arms - 1)
                {
                    foreach (Replicate replicate in read)
                    {
                        replicate.Add(fates, plan.Design);
                    }
                }
            });
        return new Uncertainty
        {
            Replicates = replicates,
            PatientsPerArm = plan.PatientsPerArm,
            ArmSizes = sizes,
            Numbers = draws.Numbers,
            Posterior = draws.Posterior,
            Refused = draws.Refused,
            FailedPatients = failed,
            Rows = [.. read.Select((r, i) => r.Row(plan, new RandomStream(plan.Seed, (ulong)i, RandomStream.Purpose("replicates:bootstrap"))))],
        };
    }

    /// <summary>Arms share their patients in a counterfactual design only.</summary>
    static int First(TrialPlan plan, int[] sizes, int replicate, int arm) =>
        plan.Design == TrialDesign.Counterfactual ? replicate * plan.PatientsPerArm : (replicate * sizes.Sum()) + sizes.Take(arm).Sum();

    /// <summary>One number over the replicates.</summary>
    sealed class Replicate(TrialEndpoint endpoint, int arm, int? reference)
    {
        readonly List<double> _values = [];
        readonly List<double> _variances = [];
        int _missing;

        public void Add(PatientFate[][] fates, TrialDesign design)
        {
            EndpointSample mine = EndpointSample.Of(endpoint, fates[arm]);
            EndpointSample? theirs = reference is { } other ? EndpointSample.Of(endpoint, fates[other]) : null;
            double value = mine.Value - (theirs?.Value ?? 0);
            if (!double.IsFinite(value) || mine.Pulls.Count < 2)
            {
                _missing++;
                return;
            }

            _values.Add(value);
            _variances.Add(theirs is null ? mine.Variance : design == TrialDesign.Counterfactual ? EndpointSample.Difference(mine, theirs).Variance : mine.Variance + theirs.Variance);
        }

        public UncertainEndpoint Row(TrialPlan plan, RandomStream stream) => new(
            endpoint,
            plan.Arms[arm].Name,
            reference is { } other ? plan.Arms[other].Name : null,
            _values.Count >= VarianceParts.FewestReplicates ? Estimable<VarianceParts>.Of(VarianceParts.Of(_values, _variances, stream))
                : Estimable<VarianceParts>.Not($"only {_values.Count} replicates have an estimate; at least {VarianceParts.FewestReplicates} are needed"),
            _missing);
    }
}
