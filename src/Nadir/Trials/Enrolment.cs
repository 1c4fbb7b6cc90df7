using Nadir.Designs;

namespace Nadir.Trials;

/// <summary>Who is enrolled into a randomised trial, in the order in which patients come, and to which arm each is randomised. A larger trial begins with the patients of a smaller one.</summary>
public sealed class Enrolment
{
    /// <summary>The most patients over all arms: their list is kept.</summary>
    public const int MostPatients = 1_000_000;

    readonly int[][] _numbers;

    Enrolment(int[] arms, int armCount, double[] days, double[] dropOuts)
    {
        (Arms, Days, DropOutDays) = (arms, days, dropOuts);
        _numbers = [.. Enumerable.Range(0, armCount).Select(a => arms.Index().Where(x => x.Item == a).Select(x => x.Index).ToArray())];
    }

    /// <summary>The arm of each patient.</summary>
    public IReadOnlyList<int> Arms { get; }

    /// <summary>The day of the trial on which each patient is enrolled.</summary>
    public IReadOnlyList<double> Days { get; }

    /// <summary>Days from enrolment after which each patient is lost; positive infinity for never.</summary>
    public IReadOnlyList<double> DropOutDays { get; }

    /// <summary>The patients of an arm, by their places in the order of enrolment.</summary>
    public IReadOnlyList<int> Of(int arm) => _numbers[arm];

    /// <summary>Enrols the patients of a plan.</summary>
    /// <exception cref="ArgumentException">The plan has no randomised design, or more than <see cref="MostPatients"/> patients.</exception>
    public static Enrolment Create(TrialPlan plan)
    {
        RandomisedDesign design = plan.Randomised ?? throw new ArgumentException("found a plan without a randomised design; expected one", nameof(plan));
        int patients = design.Total(plan.PatientsPerArm);
        if (patients > MostPatients)
        {
            throw new ArgumentException($"found {patients} patients; expected at most {MostPatients}", nameof(plan));
        }

        TrialDraw draw = new(design.Conduct, design.Allocation, plan.Seed);
        BlockRandomisation blocks = draw.Blocks(trial: 0);
        int[] arms = new int[patients];
        for (int i = 0; i < patients; i++)
        {
            int stratum = design.Conduct.Strata.Count == 0 ? 0 : design.Conduct.StratumOf(plan.Arms[0].Population.Draw(plan.Seed, plan.NumberAt(i)).Covariates);
            arms[i] = blocks.Next(stratum);
        }

        return new Enrolment(arms, plan.Arms.Count, draw.EnrolmentDays(patients, trial: 0), draw.DropOuts(patients, trial: 0));
    }
}
