using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

/// <summary>Extinction of clones through the whole hybrid method, against probabilities that are known exactly.</summary>
public sealed class ExtinctionTests
{
    /// <summary>Above this ratio of variance to squared mean the sample mean says little.</summary>
    const double HeavyTail = 100;

    [Fact]
    public void Birth_and_death_at_constant_rates_die_out_as_often_as_the_closed_form_says()
    {
        foreach (BirthDeathRow row in ExtinctionReference.BirthDeath())
        {
            CheckBirthDeath(row, 400, Unlimited);
        }
    }

    [Fact]
    public void A_clone_under_a_fading_kill_rate_dies_out_as_often_as_Kendalls_formula_says()
    {
        foreach (KendallRow row in ExtinctionReference.Kendall())
        {
            CheckKendall(row, 200, Unlimited);
        }
    }

    [Fact]
    public void Mutants_of_a_shrinking_population_arrive_and_survive_as_often_as_the_closed_form_says()
    {
        foreach (ImmigrationRow row in ExtinctionReference.Immigration())
        {
            CheckImmigration(row, 400, Unlimited);
        }
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(0)]
    [InlineData(25)]
    public void Extinction_does_not_depend_on_the_step_size(int steps)
    {
        Tolerances Limited(double until) => steps == 0 ? new Tolerances() : new Tolerances { MaxStep = until / steps };
        foreach (BirthDeathRow row in ExtinctionReference.BirthDeath())
        {
            CheckBirthDeath(row, 20_000, Limited);
        }

        foreach (KendallRow row in ExtinctionReference.Kendall())
        {
            CheckKendall(row, 20_000, Limited);
        }

        foreach (ImmigrationRow row in ExtinctionReference.Immigration())
        {
            CheckImmigration(row, 20_000, Limited);
        }
    }

    [Theory]
    [InlineData("direct")]
    [InlineData("next-reaction")]
    public void Exact_simulation_of_a_fading_kill_rate_agrees_with_Kendalls_formula(string method)
    {
        const int n = 400;
        foreach (KendallRow row in ExtinctionReference.Kendall().Where(r => r.N0 <= 10 && r.Mean < 50))
        {
            double[] cells = Runs.Last(ClonesInClosedForm.Kendall(row), Runs.Ssa(method, row.T, n), "X");
            Runs.ShareShouldBe(Runs.Extinct(cells), row.Extinct, n, row.ToString());
        }
    }

    static void CheckBirthDeath(BirthDeathRow row, int n, Func<double, Tolerances> limit)
    {
        double[] cells = Runs.Last(ClonesInClosedForm.BirthDeath(row), Runs.Hybrid(row.T, n, new DiscreteSpecies("X")) with { Tolerances = limit(row.T) }, "X");
        Judge(cells, row.Extinct, row.Mean, row.Variance, row.ToString());
    }

    static void CheckKendall(KendallRow row, int n, Func<double, Tolerances> limit)
    {
        double[] cells = Runs.Last(ClonesInClosedForm.Kendall(row), Runs.Hybrid(row.T, n, new DiscreteSpecies("X")) with { Tolerances = limit(row.T) }, "X");
        Judge(cells, row.Extinct, row.Mean, row.Variance, row.ToString());
    }

    static void CheckImmigration(ImmigrationRow row, int n, Func<double, Tolerances> limit)
    {
        double[] cells = Runs.Last(ClonesInClosedForm.Mutants(row), Runs.Hybrid(row.T, n, new DiscreteSpecies("M")) with { Tolerances = limit(row.T) }, "M");
        Judge(cells, 1 - row.AtLeastOne, row.Mean, row.Variance, row.ToString());
    }

    static void Judge(double[] cells, double extinct, double mean, double variance, string row)
    {
        Runs.ShareShouldBe(Runs.Extinct(cells), extinct, cells.Length, row);
        if (variance < HeavyTail * mean * mean)
        {
            // The deterministic part above the threshold has its own small error, and skewness widens the sample mean's spread.
            Math.Abs(cells.Average() - mean).ShouldBeLessThan((4.5 * Math.Sqrt(variance / cells.Length)) + (1e-4 * mean), row);
        }
    }

    static Tolerances Unlimited(double until) => new();
}
