using MathNet.Numerics.Statistics;
using Nadir.Models;
using Nadir.Numerics;
using Nadir.Populations;
using Nadir.Protocols;

namespace Nadir.Tests.Populations;

public class ShippedPopulationTests
{
    const int Count = 8000;

    static readonly ModelPackage _ball = ModelPackage.LoadShipped("b-all").OrThrow();

    static readonly Population _children = PopulationSet.Read(_ball).OrThrow()["children-young-adults"];

    static readonly VirtualPatient[] _patients = [.. Enumerable.Range(0, Count).Select(i => _children.Draw(20261122, i))];

    static int IndexOf(string parameter) => _ball.Model.Parameters.Select(p => p.Name).ToList().IndexOf(parameter);

    static double[] Values(string parameter, Func<VirtualPatient, bool>? among = null) =>
        [.. _patients.Where(among ?? (_ => true)).Select(p => p.Parameters[IndexOf(parameter)])];

    static bool Has(VirtualPatient patient, string trait) => patient.Traits[_children.Traits.Select(t => t.Name).ToList().IndexOf(trait)];

    static double Share(Func<VirtualPatient, bool> of) => _patients.Count(of) / (double)Count;

    static double Error(double p, double n = Count) => 4 * Math.Sqrt(p * (1 - p) / n);

    [Theory]
    [InlineData("cart_effector_death", 0.434, 0.20)]
    [InlineData("engrafted_share", 0.0257, 0.10)]
    [InlineData("antigen_half_activation", 2.36e8, 0.56)]
    [InlineData("cart_memory_formation", 6.2e-4, 0.9)]
    [InlineData("b_cell_source", 2.35e6, 1.0)]
    public void Log_normal_parameters_have_the_reference_median_and_spread(string name, double median, double sd)
    {
        double[] logs = [.. Values(name).Select(x => Math.Log(x))];

        logs.Average().ShouldBe(Math.Log(median), 4 * sd / Math.Sqrt(Count));
        logs.StandardDeviation().ShouldBe(sd, 4 * sd / Math.Sqrt(2 * Count));
    }

    [Theory]
    [InlineData("cart_effector_proliferation", "weak_product", 0.376, 0.08, 0.91)]
    [InlineData("cart_memory_proliferation", "weak_product", 1.34, 0, 0.91)]
    [InlineData("apoptosis_sensitivity", "resistant_leukaemia", 1, 0, 0.31)]
    public void A_trait_multiplies_the_patients_own_value(string name, string trait, double median, double sd, double factor)
    {
        foreach ((bool has, double expected) in new[] { (false, median), (true, factor * median) })
        {
            double[] logs = [.. Values(name, p => Has(p, trait) == has).Select(x => Math.Log(x))];

            logs.Average().ShouldBe(Math.Log(expected), (4 * sd / Math.Sqrt(logs.Length)) + 1e-12);
            logs.StandardDeviation().ShouldBe(sd, (4 * sd / Math.Sqrt(2 * logs.Length)) + 1e-12);
        }
    }

    [Theory]
    [InlineData("leukaemia_at_infusion", 2.9e11, 1.20, 1e6, 9e11)]
    [InlineData("leukaemia_growth", 0.0716, 0.69, 0, 0.35)]
    [InlineData("cart_memory_death", 0.0233, 1.70, 0, 10)]
    public void Bounded_parameters_keep_their_median_and_pile_up_at_the_bound(string name, double median, double sd, double lower, double upper)
    {
        double[] values = Values(name);
        double atUpper = 1 - NormalDistribution.Cdf(Math.Log(upper / median) / sd);

        Math.Log(values.Median()).ShouldBe(Math.Log(median), 4 * 1.2533 * sd / Math.Sqrt(Count));
        values.ShouldAllBe(v => v >= lower && v <= upper);
        (values.Count(v => v == upper) / (double)Count).ShouldBe(atUpper, Error(atUpper) + 1e-4);
    }

    [Fact]
    public void The_memory_share_is_logit_normal_except_in_weak_products()
    {
        double[] logits = [.. Values("memory_share", p => !Has(p, "weak_product")).Select(x => Math.Log(x / (1 - x)))];

        logits.Average().ShouldBe(Math.Log(0.589 / 0.411), 4 / Math.Sqrt(logits.Length));
        logits.StandardDeviation().ShouldBe(1, 4 / Math.Sqrt(2.0 * logits.Length));
        Values("memory_share", p => Has(p, "weak_product")).Max().ShouldBeLessThan(0.4);
    }

    [Theory]
    [InlineData(1e-12)]
    [InlineData(1e-9)]
    [InlineData(1e-6)]
    [InlineData(1e-3)]
    [InlineData(0.0199)]
    public void The_cd19_negative_fraction_has_the_reference_tail(double x)
    {
        double tail = Math.Pow(6.3e-14 / x, 0.25);

        Share(p => p.Parameters[IndexOf("cd19neg_fraction")] > x).ShouldBe(tail, Error(tail));
    }

    [Fact]
    public void The_cd19_negative_fraction_starts_at_its_least_value_and_ends_at_its_cap()
    {
        Values("cd19neg_fraction").Min().ShouldBeInRange(6.3e-14, 6.4e-14);
        Values("cd19neg_fraction").Max().ShouldBe(0.02);
    }

    [Theory]
    [InlineData("weak_product", 0.115)]
    [InlineData("resistant_leukaemia", 0.093)]
    [InlineData("cd19_dim_clone", 0.10)]
    [InlineData("kmt2a_rearranged", 0.08)]
    public void Traits_are_as_frequent_as_in_the_reference(string trait, double share) =>
        Share(p => Has(p, trait)).ShouldBe(share, Error(share));

    [Fact]
    public void Sudden_loss_and_rejection_together_depend_on_burden_as_in_the_reference()
    {
        double expected = Values("leukaemia_at_infusion").Select(t => Math.Min(0.9, 0.344 * Math.Pow(t / 1e11, -0.238))).Average();

        Share(p => Has(p, "sudden_car_loss") || Has(p, "anti_car_rejection")).ShouldBe(expected, Error(expected));
        Share(p => Has(p, "anti_car_rejection")).ShouldBe(expected / 2, Error(expected / 2));
        _patients.ShouldAllBe(p => !(Has(p, "sudden_car_loss") && Has(p, "anti_car_rejection")));
    }

    [Theory]
    [InlineData("car_loss_induction", "sudden_car_loss")]
    [InlineData("immunity_priming", "anti_car_rejection")]
    public void Sudden_loss_and_rejection_are_as_fast_as_the_loss_of_the_reference(string rate, string trait)
    {
        double[] rates = [.. Values(rate, p => Has(p, trait)).Select(x => Math.Log(x))];

        rates.Average().ShouldBe(Math.Log(0.165), 4 * 0.8 / Math.Sqrt(rates.Length));
        Values(rate, p => !Has(p, trait)).ShouldAllBe(v => v == 0);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0)]
    public void A_less_immunogenic_binder_spares_rejection_and_nothing_else(double immunogenicity)
    {
        Population humanised = _children.With([new ParameterChange("binder_immunogenicity", ChangeKind.Set, immunogenicity)]);
        (VirtualPatient Murine, VirtualPatient Humanised)[] pairs = [.. _patients.Take(2000).Select(p => (p, humanised.Draw(20261122, p.Number)))];

        double rejected = pairs.Count(p => Has(p.Humanised, "anti_car_rejection"));
        rejected.ShouldBeLessThan((immunogenicity + 0.15) * pairs.Count(p => Has(p.Murine, "anti_car_rejection")) + 1);
        pairs.ShouldAllBe(p => Has(p.Murine, "anti_car_rejection") || !Has(p.Humanised, "anti_car_rejection"));
        pairs.ShouldAllBe(p => Has(p.Murine, "sudden_car_loss") == Has(p.Humanised, "sudden_car_loss"));
    }

    [Fact]
    public void Dim_and_switched_clones_are_there_only_in_patients_with_the_trait()
    {
        double[] dim = [.. Values("cd19dim_fraction", p => Has(p, "cd19_dim_clone")).Select(Math.Log10)];
        double decades = 8 / Math.Log(10);
        double[] switched = [.. Values("switched_fraction", p => Has(p, "kmt2a_rearranged")).Select(Math.Log10)];

        dim.Average().ShouldBe(-6, 4 * 6 / Math.Sqrt(12.0 * dim.Length));
        (dim.Min(), dim.Max()).ShouldSatisfyAllConditions(r => r.Item1.ShouldBeGreaterThan(-9), r => r.Item2.ShouldBeLessThan(-3));
        switched.Average().ShouldBe(-11, 4 * decades / Math.Sqrt(switched.Length));
        switched.StandardDeviation().ShouldBe(decades, 4 * decades / Math.Sqrt(2.0 * switched.Length));
        Values("cd19dim_fraction", p => !Has(p, "cd19_dim_clone")).ShouldAllBe(v => v == 0);
        Values("switched_fraction", p => !Has(p, "kmt2a_rearranged")).ShouldAllBe(v => v == 0);
    }

    [Fact]
    public void Covariates_say_what_the_patient_has()
    {
        foreach (VirtualPatient patient in _patients.Take(500))
        {
            double burden = patient.Parameters[IndexOf("leukaemia_at_infusion")];
            patient.Covariates[0].ShouldBe(Has(patient, "kmt2a_rearranged") ? 1 : 0);
            patient.Covariates[1].ShouldBe(100 * burden / (burden + 1e11), 1e-9);
            patient.Covariates[2].ShouldBe(Has(patient, "ph_positive") ? 1 : 0);
        }
    }

    [Fact]
    public void Fludarabine_keeps_every_patient_whose_cells_last_without_it()
    {
        Population without = _children.With(Lymphodepletion.LoadShipped("cyclophosphamide").OrThrow().Changes);
        (VirtualPatient With, VirtualPatient Without)[] pairs = [.. _patients.Take(2000).Select(p => (p, without.Draw(20261122, p.Number)))];

        pairs.ShouldAllBe(p => Has(p.With, "sudden_car_loss") == Has(p.Without, "sudden_car_loss"));
        pairs.ShouldAllBe(p => !Has(p.With, "anti_car_rejection") || Has(p.Without, "anti_car_rejection"));
        pairs.ShouldContain(p => !Has(p.With, "anti_car_rejection") && Has(p.Without, "anti_car_rejection"));
        pairs.ShouldAllBe(p => p.Without.Parameters[IndexOf("lymphodepletion_shortfall")] == 1);
        pairs.ShouldAllBe(p => p.Without.Parameters[IndexOf("leukaemia_growth")] == p.With.Parameters[IndexOf("leukaemia_growth")]);
    }

    [Fact]
    public void No_two_random_quantities_share_a_stream()
    {
        string[] names =
        [
            .. _ball.Model.Parameters.Select(p => "parameter:" + p.Name), .. _children.Traits.Select(t => "trait:" + t.Name),
            .. _children.Traits.SelectMany(t => t.Effects.Select(e => $"effect:{t.Name}:{e.Parameter}")),
        ];

        names.Select(RandomStream.Purpose).Distinct().Count().ShouldBe(names.Length);
    }
}
