using Nadir.Faults;
using Nadir.Models;
using Nadir.Populations;

namespace Nadir.Tests.Populations;

/// <summary>The numbers of the reference population that a calibration moves.</summary>
public class HyperParameterTests
{
    static readonly PopulationSet _set = PopulationSet.Read(ModelPackage.LoadShipped("b-all").OrThrow()).OrThrow();

    static Population Children => _set["children-young-adults"];

    static Dictionary<string, double> Present(Population population) => population.HyperParameters.ToDictionary(h => h.Name, h => h.Value);

    static double[] Parameter(Population population, string name, int patients = 400)
    {
        int i = Index(name);
        return [.. Enumerable.Range(0, patients).Select(p => population.Draw(5, p).Parameters[i])];
    }

    static int Index(string name) => ModelPackage.LoadShipped("b-all").OrThrow().Model.Parameters.Select(p => p.Name).ToList().IndexOf(name);

    [Fact]
    public void Names_are_unique_and_every_present_value_lies_inside_its_range()
    {
        foreach (Population population in _set.Names.Select(n => _set[n]))
        {
            population.HyperParameters.Select(h => h.Name).ShouldBeUnique();
            population.HyperParameters.ShouldAllBe(h => h.Prior.Contains(h.Value));
        }
    }

    [Fact]
    public void The_present_values_change_no_patient_beyond_rounding()
    {
        Population same = Children.WithValues(Present(Children));

        for (int p = 0; p < 200; p++)
        {
            VirtualPatient before = Children.Draw(7, p);
            VirtualPatient after = same.Draw(7, p);
            after.Traits.ShouldBe(before.Traits);
            for (int i = 0; i < before.Parameters.Count; i++)
            {
                if (!double.IsNaN(before.Parameters[i]))
                {
                    Math.Abs(after.Parameters[i] - before.Parameters[i]).ShouldBeLessThanOrEqualTo(1e-12 * Math.Abs(before.Parameters[i]));
                }
            }
        }
    }

    /// <summary>Another typical value, on the same random numbers, multiplies every patient's value that no bound catches.</summary>
    [Fact]
    public void A_typical_value_shifts_every_patient_alike()
    {
        double[] before = Parameter(Children, "b_cell_source");
        double[] after = Parameter(Children.WithValues(new Dictionary<string, double> { ["b_cell_source"] = 2 * Children.Typical("b_cell_source") }), "b_cell_source");

        after.Zip(before, (a, b) => a / b).ShouldAllBe(ratio => Math.Abs(ratio - 2) < 1e-12);
    }

    [Fact]
    public void A_spread_stretches_the_logarithms_about_the_typical_value()
    {
        double typical = Children.Typical("b_cell_source");
        double[] before = Parameter(Children, "b_cell_source");
        double[] after = Parameter(Children.WithValues(new Dictionary<string, double> { ["b_cell_source.sd"] = 0.5 }), "b_cell_source");

        after.Zip(before, (a, b) => (Math.Log(a / typical), Math.Log(b / typical))).ShouldAllBe(p => Math.Abs(p.Item1 - (0.5 * p.Item2)) < 1e-9);
    }

    /// <summary>Share of patients, expected from the binomial within five standard errors.</summary>
    [Theory]
    [InlineData("weak_product", 0.25, 0.25)]
    [InlineData("resistant_leukaemia", 0.04, 0.04)]
    public void A_share_is_how_many_have_the_trait(string trait, double value, double expected)
    {
        const int patients = 4000;
        Population changed = Children.WithValues(new Dictionary<string, double> { [trait] = value });
        int t = Children.Traits.Select(x => x.Name).ToList().IndexOf(trait);

        double share = Enumerable.Range(0, patients).Count(p => changed.Draw(3, p).Traits[t]) / (double)patients;

        share.ShouldBe(expected, 5 * Math.Sqrt(expected * (1 - expected) / patients));
    }

    /// <summary>The combinations are what their formulas say of the model's own numbers, whatever values they get.</summary>
    [Fact]
    public void Combinations_are_solved_for_the_numbers_of_the_model()
    {
        Population changed = Children.WithValues(new Dictionary<string, double> { ["memory_gain_late"] = 0.3, ["memory_gain_early"] = 1.7, ["cart_memory_activation"] = 0.9 });
        (double proliferation, double activation, double boost) = (changed.Typical("cart_memory_proliferation"), changed.Typical("cart_memory_activation"), changed.Typical("lymphopenia_boost"));

        (proliferation - activation).ShouldBe(0.3, 1e-12);
        ((proliferation * (1 + boost)) - activation).ShouldBe(1.7, 1e-12);
        activation.ShouldBe(0.9);
    }

    /// <summary>Values given earlier stay, also those of combinations that no typical value shows.</summary>
    [Fact]
    public void Values_given_are_the_present_ones()
    {
        Dictionary<string, double> values = new() { ["car_loss_odds"] = 2, ["memory_gain_late"] = 0.3, ["leukaemia_growth.sd"] = 0.5, ["mortality.after-failure"] = 10 };

        Population changed = Children.WithValues(values).WithValues(new Dictionary<string, double> { ["weak_product"] = 0.2 });

        foreach ((string name, double value) in values)
        {
            changed.HyperParameters.Single(h => h.Name == name).Value.ShouldBe(value, 1e-12);
        }
    }

    /// <summary>Higher odds of sudden loss take it from nobody who had it.</summary>
    [Fact]
    public void Odds_move_both_kinds_of_sudden_loss()
    {
        int[] losses = [.. Children.Traits.Select((t, i) => (t.Name, i)).Where(t => t.Name is "sudden_car_loss" or "anti_car_rejection").Select(t => t.i)];
        int Lost(Population population) => Enumerable.Range(0, 2000).Count(p => losses.Any(i => population.Draw(3, p).Traits[i]));

        int fewer = Lost(Children.WithValues(new Dictionary<string, double> { ["car_loss_odds"] = 0.4 }));
        int more = Lost(Children.WithValues(new Dictionary<string, double> { ["car_loss_odds"] = 2.5 }));

        fewer.ShouldBeLessThan(Lost(Children) - 100);
        more.ShouldBeGreaterThan(Lost(Children) + 100);
    }

    /// <summary>What a product multiplies is multiplied again, whatever came first.</summary>
    [Fact]
    public void Changes_of_an_arm_act_on_the_new_values()
    {
        ParameterChange[] product = [new("cart_effector_death", ChangeKind.Multiply, 1.5), new("cart_memory_death", ChangeKind.Set, 0.05)];
        Dictionary<string, double> values = new() { ["cart_effector_death"] = 0.3, ["cart_memory_death"] = 0.01 };

        Population changed = Children.With(product).WithValues(values);

        changed.Typical("cart_effector_death").ShouldBe(0.45, 1e-12);
        changed.Typical("cart_memory_death").ShouldBe(0.05);
        changed.Draw(1, 1).Parameters.ShouldBe(Children.WithValues(values).With(product).Draw(1, 1).Parameters);
    }

    [Fact]
    public void Mortality_is_a_number_of_its_population()
    {
        Population adults = _set["adults"].WithValues(new Dictionary<string, double> { ["adults.mortality.in-remission"] = 0.07, ["adults.leukaemia_at_infusion"] = 3e10 });

        adults.Mortality.InRemissionPerYear.ShouldBe(0.07);
        adults.Typical("leukaemia_at_infusion").ShouldBe(3e10);
        adults.HyperParameters.ShouldNotContain(h => h.Name == "leukaemia_at_infusion" || h.Name == "mortality.in-remission");
        Children.HyperParameters.ShouldContain(h => h.Name == "mortality.in-remission");
    }

    [Theory]
    [InlineData("leukaemia_grwth", 0.1, "ND0322", "leukaemia_growth")]
    [InlineData("leukaemia_growth", 7, "ND0323", null)]
    [InlineData("weak_product", 1.5, "ND0323", null)]
    [InlineData("leukaemia_growth", double.NaN, "ND0323", null)]
    [InlineData("memory_gain_early", -1, "ND0323", null)]
    public void A_wrong_value_is_an_issue_and_misuse(string name, double value, string code, string? hint)
    {
        Dictionary<string, double> values = new() { [name] = value };

        Issue issue = Children.CheckValues(values).ShouldHaveSingleItem();

        issue.Code.ShouldBe(code);
        (issue.Hint ?? "").ShouldContain(hint ?? "");
        Should.Throw<ArgumentException>(() => Children.WithValues(values));
    }

    [Fact]
    public void Without_a_prior_nothing_can_be_calibrated() => SmallPopulation.Population.HyperParameters.ShouldBeEmpty();
}
