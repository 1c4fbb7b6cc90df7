namespace Nadir.Trials;

/// <summary>The shares that a study asks its patients to have, beside those that they have.</summary>
/// <param name="Groups">The groups, in the order of the study file.</param>
/// <param name="Acceptance">The share of the population's patients that is accepted; 1 where nobody is passed over.</param>
public sealed record CohortMix(IReadOnlyList<MixedGroup> Groups, double Acceptance)
{
    /// <summary>The mix of a plan's patients; null where it has none. Patients of all arms count where each arm has its own. Shares are those before treatment.</summary>
    public static CohortMix? Of(TrialPlan plan)
    {
        if (plan.Mix is not { } mix)
        {
            return null;
        }

        bool shared = plan.Design == TrialDesign.Counterfactual && plan.Enrolment is null;
        int[] sizes = [.. Enumerable.Range(0, shared ? 1 : plan.Arms.Count).Select(plan.PatientsIn)];
        IReadOnlyList<int> members = mix.Members(plan.Seed, sizes.Index().SelectMany(arm => Enumerable.Range(0, arm.Item).Select(i => plan.PatientNumber(arm.Index, i))));
        return new CohortMix([.. mix.Asked.Select((a, g) => new MixedGroup
        {
            Name = a.Name,
            Label = mix.Labels[g],
            IsTrait = a.IsTrait,
            AtLeast = a.AtLeast,
            Below = a.Below,
            Asked = a.Share,
            InPopulation = mix.InPopulation[g],
            Members = members[g],
            Patients = sizes.Sum(),
        })], mix.Acceptance);
    }
}

/// <summary>A group of a mix.</summary>
public sealed record MixedGroup
{
    /// <summary>The covariate or trait.</summary>
    public required string Name { get; init; }

    /// <summary>For people, with the range.</summary>
    public required string Label { get; init; }

    /// <summary>Whether <see cref="Name"/> is a trait.</summary>
    public bool IsTrait { get; init; }

    /// <summary>The least value of the covariate in the group; null for none.</summary>
    public double? AtLeast { get; init; }

    /// <summary>The value of the covariate that the group stays below; null for none.</summary>
    public double? Below { get; init; }

    /// <summary>The share asked for.</summary>
    public required double Asked { get; init; }

    /// <summary>The share of the population itself.</summary>
    public required double InPopulation { get; init; }

    /// <summary>The cohort's patients in the group.</summary>
    public required int Members { get; init; }

    /// <summary>The cohort's patients.</summary>
    public required int Patients { get; init; }

    /// <summary>The share that the cohort has.</summary>
    public double Share => (double)Members / Patients;
}
