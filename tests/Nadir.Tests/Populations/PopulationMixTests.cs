using Nadir.Faults;
using Nadir.Models;
using Nadir.Populations;

namespace Nadir.Tests.Populations;

/// <summary>Cohorts with shares of their own, of a small population with covariates that go together and of the shipped one.</summary>
public class PopulationMixTests
{
    const int Patients = 5000;

    static readonly SourceLocation _at = new("my-study.yaml", 4, 3);

    /// <summary>The small population with a covariate that goes with growth, and one that a trait decides with it.</summary>
    static readonly Population _small = SmallPopulation.Read(SmallPopulation.Yaml.Replace(
        "      GROWTH:",
        "      BOTH: {label: Growth in share, value: 100*growth*share, kind: number}\n      FAST: {label: Fast, value: growth > 0.15, kind: yes-no}\n      GROWTH:",
        StringComparison.Ordinal)).OrThrow()["everyone"];

    static readonly Population _children = PopulationSet.Read(ModelPackage.LoadShipped("b-all").OrThrow()).OrThrow()["children-young-adults"];

    static MixShare Covariate(string name, double share, double? atLeast = null, double? below = null) => new(name, share) { AtLeast = atLeast, Below = below, At = _at };

    static MixShare Trait(string name, double share) => new(name, share) { IsTrait = true, At = _at };

    static PopulationMix Mix(Population population, params MixShare[] shares)
    {
        IssueList issues = new();
        return PopulationMix.Create(population, shares, issues) ?? throw new InvalidOperationException(string.Join('\n', issues));
    }

    static VirtualPatient[] Cohort(PopulationMix mix, int patients, ulong seed = 1) =>
        [.. Enumerable.Range(0, patients).Select(i => mix.Population.Draw(seed, mix.Number(seed, i)))];

    static void ShouldBeShare(double found, double asked, int patients) => found.ShouldBe(asked, (4 * Math.Sqrt(asked * (1 - asked) / patients)) + 0.002);

    static double LogOddsRatio(IEnumerable<VirtualPatient> patients, Func<VirtualPatient, bool> first, Func<VirtualPatient, bool> second, out double standardError)
    {
        double[] cells = new double[4];
        foreach (VirtualPatient patient in patients)
        {
            cells[(first(patient) ? 1 : 0) + (second(patient) ? 2 : 0)]++;
        }

        standardError = Math.Sqrt(cells.Sum(c => 1 / c));
        return Math.Log(cells[0] * cells[3] / (cells[1] * cells[2]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void A_cohort_has_the_shares_asked_for(ulong seed)
    {
        PopulationMix mix = Mix(_children, Covariate("KMT2AR", 0.2), Covariate("BLASTPCT", 0.6, atLeast: 20), Covariate("FLUAUC", 0.4, below: 13.8), Trait("prior_blinatumomab", 0.3));
        int trait = _children.Traits.Index().Single(t => t.Item.Name == "prior_blinatumomab").Index;

        VirtualPatient[] cohort = Cohort(mix, Patients, seed);

        ShouldBeShare(cohort.Average(p => p.Covariates[0]), 0.2, Patients);
        ShouldBeShare(cohort.Average(p => p.Covariates[1] >= 20 ? 1.0 : 0), 0.6, Patients);
        ShouldBeShare(cohort.Average(p => p.Covariates[3] < 13.8 ? 1.0 : 0), 0.4, Patients);
        ShouldBeShare(cohort.Average(p => p.Traits[trait] ? 1.0 : 0), 0.3, Patients);
        mix.Members(seed, cohort.Select(p => p.Number)).ShouldBe(
        [
            cohort.Count(p => p.Covariates[0] == 1), cohort.Count(p => p.Covariates[1] >= 20), cohort.Count(p => p.Covariates[3] < 13.8), cohort.Count(p => p.Traits[trait]),
        ]);
    }

    [Fact]
    public void Two_cuts_of_one_covariate_make_three_classes()
    {
        VirtualPatient[] cohort = Cohort(Mix(_children, Covariate("BLASTPCT", 0.5, atLeast: 30), Covariate("BLASTPCT", 0.2, atLeast: 30, below: 50)), Patients);

        ShouldBeShare(cohort.Average(p => p.Covariates[1] < 30 ? 1.0 : 0), 0.5, Patients);
        ShouldBeShare(cohort.Average(p => p.Covariates[1] is >= 30 and < 50 ? 1.0 : 0), 0.2, Patients);
    }

    [Fact]
    public void Shares_of_0_and_1_are_criteria()
    {
        VirtualPatient[] cohort = Cohort(Mix(_children, Covariate("BLASTPCT", 1, atLeast: 50), Covariate("KMT2AR", 0), Trait("prior_inotuzumab", 1)), 500);
        int trait = _children.Traits.Index().Single(t => t.Item.Name == "prior_inotuzumab").Index;

        cohort.ShouldAllBe(p => p.Covariates[1] >= 50 && p.Covariates[0] == 0 && p.Traits[trait]);
    }

    [Fact]
    public void Covariates_go_together_as_they_do_in_the_population()
    {
        const int many = 40_000;
        static bool Grows(VirtualPatient p) => p.Covariates[3] >= 20;
        static bool Both(VirtualPatient p) => p.Covariates[1] >= 8;
        PopulationMix mix = Mix(_small, Covariate("GROWTH", 0.8, atLeast: 20), Covariate("BOTH", 0.3, atLeast: 8));
        VirtualPatient[] cohort = Cohort(mix, many);

        double own = LogOddsRatio(Enumerable.Range(0, many).Select(i => _small.Draw(2, i)), Grows, Both, out double ownError);
        double mixed = LogOddsRatio(cohort, Grows, Both, out double error);

        own.ShouldBeGreaterThan(10 * ownError);
        mixed.ShouldBe(own, 3 * Math.Sqrt((ownError * ownError) + (error * error)));
        ShouldBeShare(cohort.Average(p => Grows(p) ? 1.0 : 0), 0.8, many);
        ShouldBeShare(cohort.Average(p => Both(p) ? 1.0 : 0), 0.3, many);
    }

    [Fact]
    public void A_trait_takes_along_what_depends_on_it()
    {
        VirtualPatient[] cohort = Cohort(Mix(_small, Trait("slow", 0.6)), 20_000);

        ShouldBeShare(cohort.Average(p => p.Traits[0] ? 1.0 : 0), 0.6, 20_000);
        ShouldBeShare(cohort.Where(p => p.Traits[0]).Average(p => p.Traits[1] ? 1.0 : 0), 0.7, 12_000);
        ShouldBeShare(cohort.Where(p => !p.Traits[0]).Average(p => p.Traits[1] ? 1.0 : 0), 0.2, 8000);
    }

    [Fact]
    public void A_trait_and_a_covariate_that_it_moves_both_have_their_shares()
    {
        // Slow growth halves growth, so few who are slow are fast.
        PopulationMix mix = Mix(_small, Covariate("SLOW", 0.5), Covariate("FAST", 0.7));
        VirtualPatient[] cohort = Cohort(mix, 20_000);

        ShouldBeShare(cohort.Average(p => p.Covariates[0]), 0.5, 20_000);
        ShouldBeShare(cohort.Average(p => p.Covariates[2]), 0.7, 20_000);
        mix.InPopulation[0].ShouldBe(0.25);
        ShouldBeShare(mix.InPopulation[1], Enumerable.Range(0, 20_000).Average(i => _small.Draw(3, i).Covariates[2]), 20_000);
    }

    [Fact]
    public void A_mix_of_traits_alone_passes_nobody_over()
    {
        PopulationMix mix = Mix(_children, Covariate("KMT2AR", 0.2), Trait("prior_blinatumomab", 0.3));

        mix.Acceptance.ShouldBe(1);
        mix.InPopulation[1].ShouldBe(0);
        Enumerable.Range(0, 100).ShouldAllBe(i => mix.Number(1, i) == i);
    }

    [Fact]
    public void Who_is_accepted_keeps_the_number_and_who_is_passed_over_gives_the_place_to_another()
    {
        PopulationMix mix = Mix(_children, Covariate("BLASTPCT", 0.5, atLeast: 50));

        long[] numbers = [.. Enumerable.Range(0, Patients).Select(i => mix.Number(1, i))];

        ShouldBeShare(numbers.Index().Average(n => n.Item == n.Index ? 1.0 : 0), mix.Acceptance, Patients);
        numbers.Distinct().Count().ShouldBe(Patients);
        numbers.Index().ShouldAllBe(n => n.Item % 10_000_000_000_000 == n.Index);
    }

    [Fact]
    public void The_populations_own_shares_pass_hardly_anybody_over()
    {
        PopulationMix any = Mix(_children, Covariate("BLASTPCT", 0.5, atLeast: 20), Covariate("FLUAUC", 0.5, below: 13.8));

        PopulationMix own = Mix(_children, Covariate("BLASTPCT", any.InPopulation[0], atLeast: 20), Covariate("FLUAUC", any.InPopulation[1], below: 13.8));

        own.Acceptance.ShouldBeGreaterThan(0.98);
    }

    [Fact]
    public void A_rare_group_can_be_half_of_a_cohort()
    {
        PopulationMix own = Mix(_children, Covariate("FLUAUC", 0.5, below: 8.5));
        own.InPopulation[0].ShouldBeInRange(0.005, 0.03);

        VirtualPatient[] cohort = Cohort(own, 2000);

        cohort.Average(p => p.Covariates[3] < 8.5 ? 1.0 : 0).ShouldBe(0.5, 4 * Math.Sqrt(0.25 / 2000) + 0.01);
    }

    [Fact]
    public void Shares_of_traits_are_no_longer_uncertain_numbers()
    {
        Population mixed = Mix(_children, Trait("weak_product", 0.4)).Population;

        _children.HyperParameters.ShouldContain(h => h.Name == "weak_product");
        mixed.HyperParameters.ShouldNotContain(h => h.Name == "weak_product");
        Dictionary<string, double> other = new() { ["leukaemia_growth"] = 0.1 };
        mixed.WithValues(other).Sampler.FixedProbability(_children.Sampler.TraitIndex("weak_product")).ShouldBe(0.4);
    }
}
