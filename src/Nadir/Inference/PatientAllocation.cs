using Nadir.Faults;

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
    /// <exception cref="InvalidInputException">Not even the most patients give a target (ND0434).</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public static IReadOnlyList<int> Of(TargetSet targets, PopulationSimulator simulator, double heterogeneity, CancellationToken cancellation)
    {
        IReadOnlyList<Statistic> pilot = simulator.Statistics([simulator.Present], null, cancellation)[0];
        if (pilot.Any(s => !double.IsFinite(s.Place)))
        {
            Refuse(targets, simulator.Renewed(0, (int)Most).Statistics([simulator.Present], null, cancellation)[0]);
        }

        double[] needed = [.. targets.Cohorts.Select(_ => Least)];
        foreach ((Target target, int i) in targets.Targets.Select((t, i) => (t, i)))
        {
            needed[target.Cohort] = Math.Max(needed[target.Cohort], Share(target, pilot[i].Variance, heterogeneity));
        }

        return [.. needed.Select(n => (int)(Math.Min(Most, Math.Ceiling(2 * n) / 2) * simulator.Patients))];
    }

    /// <summary>Refuses targets that simulations with the most patients do not give.</summary>
    static void Refuse(TargetSet targets, IReadOnlyList<Statistic> simulated)
    {
        Issue[] wrong =
        [
            .. targets.Targets.Zip(simulated).Where(t => !double.IsFinite(t.Second.Place)).Select(t => new Issue("ND0434", Severity.Error, t.First.Result.At, $"the virtual cohort of \"{t.First.Trial}\" does not give \"{t.First.Result.Id}\": none of its patients tell")
            {
                Found = t.First.Result.Id,
                Expected = "a quantity that the population shows before a calibration",
                Hint = "more patients, a design in which it happens, or no role",
            }),
        ];
        if (wrong.Length > 0)
        {
            throw new InvalidInputException(wrong);
        }
    }

    /// <summary>Patients that a target needs, as a share of those that gave it a variance; the most where it could not be estimated.</summary>
    internal static double Share(Target target, double variance, double heterogeneity)
    {
        double tolerated = target.IsBound ? OfBound : OfPublished * Math.Sqrt((target.Sd * target.Sd) + (heterogeneity * heterogeneity));
        return double.IsFinite(variance) ? Math.Min(Most, variance / (tolerated * tolerated)) : Most;
    }
}
