namespace Nadir.Inference;

/// <summary>
/// How many virtual patients each cohort needs: as many as make the error of its worst target small beside what is published, within limits. A ratio of rare relapses between subgroups needs thousands where a
/// share of all patients needs hundreds.
/// </summary>
public static class PatientAllocation
{
    /// <summary>Simulation's standard error that a target may have, in standard deviations of the published result with what differs between studies.</summary>
    const double OfPublished = 1;

    /// <summary>Simulation's standard error that the logarithm or logit of a bounded result may have.</summary>
    const double OfBound = 0.2;

    const double Least = 0.5;

    const double Most = 6;

    /// <summary>Patients of each cohort, from a simulation of the population as it stands: half to six times as many as that simulation has, in steps of half.</summary>
    /// <param name="targets">The targets.</param>
    /// <param name="simulator">Simulates them, with as many patients in each cohort.</param>
    /// <param name="heterogeneity">Standard deviation on a target's scale for what differs between studies.</param>
    /// <param name="cancellation">Stops the run.</param>
    public static IReadOnlyList<int> Of(TargetSet targets, PopulationSimulator simulator, double heterogeneity, CancellationToken cancellation)
    {
        IReadOnlyList<Statistic> pilot = simulator.Statistics([simulator.Present], null, cancellation)[0];
        double[] needed = [.. targets.Cohorts.Select(_ => Least)];
        foreach ((Target target, int i) in targets.Targets.Select((t, i) => (t, i)))
        {
            needed[target.Cohort] = Math.Max(needed[target.Cohort], Share(target, pilot[i].Variance, heterogeneity));
        }

        return [.. needed.Select(n => (int)(Math.Min(Most, Math.Ceiling(2 * n) / 2) * simulator.Patients))];
    }

    /// <summary>Patients that a target needs, as a share of those that gave it a variance; the most where it could not be estimated.</summary>
    internal static double Share(Target target, double variance, double heterogeneity)
    {
        double tolerated = target.IsBound ? OfBound : OfPublished * Math.Sqrt((target.Sd * target.Sd) + (heterogeneity * heterogeneity));
        return double.IsFinite(variance) ? Math.Min(Most, variance / (tolerated * tolerated)) : Most;
    }
}
