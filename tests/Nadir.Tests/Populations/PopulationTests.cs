using Nadir.Faults;
using Nadir.Models;
using Nadir.Populations;
using Nadir.Tests.Models;

namespace Nadir.Tests.Populations;

public class PopulationTests
{
    const int Growth = 0;
    const int Share = 1;
    const int Total = 2;
    const int Rare = 3;
    const int Switch = 4;
    const int DoubleGrowth = 5;

    static readonly Population _population = SmallPopulation.Population;

    static VirtualPatient[] Draw(Population population, int count, ulong seed = 1) =>
        [.. Enumerable.Range(0, count).Select(i => population.Draw(seed, i))];

    static Population With(params ParameterChange[] changes) => _population.With(changes);

    static ParameterChange Set(string target, double value) => new(target, ChangeKind.Set, value);

    [Fact]
    public void Values_follow_the_model_order_and_leave_what_the_model_computes()
    {
        VirtualPatient patient = _population.Draw(7, 3);

        patient.Parameters.Count.ShouldBe(SmallModel.Model.Parameters.Count);
        patient.Parameters[Total].ShouldBe(double.NaN);
        patient.Parameters[DoubleGrowth].ShouldBe(double.NaN);
        patient.Parameters[Growth].ShouldBeGreaterThan(0);
        patient.Covariates[0].ShouldBe(patient.Traits[0] ? 1 : 0);
        patient.Covariates[1].ShouldBe(100 * patient.Parameters[Growth]);
    }

    [Fact]
    public void Seed_and_number_decide_a_patient()
    {
        _population.Draw(7, 3).Parameters.ShouldBe(_population.Draw(7, 3).Parameters);
        _population.Draw(7, 3).Parameters[Growth].ShouldNotBe(_population.Draw(7, 4).Parameters[Growth]);
        _population.Draw(7, 3).Parameters[Growth].ShouldNotBe(_population.Draw(8, 3).Parameters[Growth]);
        Should.Throw<ArgumentOutOfRangeException>(() => _population.Draw(7, -1));
    }

    [Fact]
    public void Random_quantities_are_independent()
    {
        VirtualPatient[] patients = Draw(_population, 4000);
        double[] growth = [.. patients.Select(p => Math.Log(p.Parameters[Growth] / (p.Traits[0] ? 0.5 : 1)))];
        double[] share = [.. patients.Select(p => Math.Log(p.Parameters[Share] / (1 - p.Parameters[Share])))];

        MathNet.Numerics.Statistics.Correlation.Pearson(growth, share).ShouldBe(0, 3 / Math.Sqrt(4000));
    }

    [Fact]
    public void Traits_come_as_often_as_their_formula_says()
    {
        VirtualPatient[] patients = Draw(_population, 20_000);
        VirtualPatient[] slow = [.. patients.Where(p => p.Traits[0])];

        (slow.Length / 20_000.0).ShouldBe(0.25, 4 * Math.Sqrt(0.25 * 0.75 / 20_000));
        slow.Average(p => p.Traits[1] ? 1 : 0).ShouldBe(0.7, 4 * Math.Sqrt(0.21 / 5000));
        patients.Where(p => !p.Traits[0]).Average(p => p.Traits[1] ? 1 : 0).ShouldBe(0.2, 4 * Math.Sqrt(0.16 / 15_000));
    }

    [Fact]
    public void A_drawn_effect_has_its_own_median_and_spread_and_others_keep_the_typical_value()
    {
        VirtualPatient[] patients = Draw(_population, 20_000);
        double[] drawn = [.. patients.Where(p => p.Traits[1]).Select(p => Math.Log(p.Parameters[Switch]))];

        drawn.Average().ShouldBe(Math.Log(2), 4 * 0.3 / Math.Sqrt(drawn.Length));
        MathNet.Numerics.Statistics.Statistics.StandardDeviation(drawn).ShouldBe(0.3, 4 * 0.3 / Math.Sqrt(2 * drawn.Length));
        patients.Where(p => !p.Traits[1]).ShouldAllBe(p => p.Parameters[Switch] == 0);
    }

    [Fact]
    public void Draws_stay_within_the_bounds()
    {
        double[] rare = [.. Draw(With(Set("rare", 1e-3)), 4000).Select(p => p.Parameters[Rare])];

        rare.Max().ShouldBe(0.02);
        rare.Count(r => r == 0.02).ShouldBeInRange(600, 1100);
    }

    [Fact]
    public void A_multiplied_typical_value_multiplies_every_patient_and_moves_nothing_else()
    {
        VirtualPatient[] before = Draw(_population, 200);
        VirtualPatient[] after = Draw(With(new ParameterChange("growth", ChangeKind.Multiply, 1.5)), 200);

        foreach ((VirtualPatient b, VirtualPatient a) in before.Zip(after))
        {
            a.Parameters[Growth].ShouldBe(1.5 * b.Parameters[Growth], 1e-12);
            a.Parameters[Share].ShouldBe(b.Parameters[Share]);
            a.Traits.ShouldBe(b.Traits);
        }
    }

    [Fact]
    public void Higher_odds_of_a_trait_keep_everyone_who_had_it()
    {
        VirtualPatient[] before = Draw(_population, 4000);
        VirtualPatient[] after = Draw(With(new ParameterChange("slow", ChangeKind.MultiplyOdds, 3)), 4000);

        before.Zip(after).ShouldAllBe(p => !p.First.Traits[0] || p.Second.Traits[0]);
        after.Average(p => p.Traits[0] ? 1 : 0).ShouldBe(0.5, 4 * 0.5 / Math.Sqrt(4000));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void A_trait_can_be_switched_off_or_on_for_everyone(double probability, double share) =>
        Draw(With(Set("slow", probability)), 300).Average(p => p.Traits[0] ? 1 : 0).ShouldBe(share);

    /// <summary>A mechanism that gives it to everybody and a product whose cells cannot have it: nobody has it, and the network may leave it out.</summary>
    [Fact]
    public void Odds_of_zero_are_nobody_whatever_the_probability_was() =>
        Draw(With(Set("slow", 1), new ParameterChange("slow", ChangeKind.MultiplyOdds, 0)), 300).ShouldAllBe(p => !p.Traits[0]);

    [Fact]
    public void Changes_are_applied_one_after_the_other()
    {
        Population changed = With(new ParameterChange("growth", ChangeKind.Multiply, 2), Set("growth", 0.3), new ParameterChange("growth", ChangeKind.Multiply, 3));

        changed.Typical("growth").ShouldBe(0.9, 1e-15);
        _population.Typical("growth").ShouldBe(0.2);
    }

    [Fact]
    public void Adding_a_parameter_and_a_trait_moves_no_other_draw()
    {
        Model model = SmallModel.Model with { Parameters = [new Parameter("extra", 1.0, SmallModel.Model.Parameters[0].At), .. SmallModel.Model.Parameters] };
        string table = SmallModel.Parameters.Replace("parameters:\n", "parameters:\n  extra: {unit: 1, distribution: {lognormal: {sd: 1}}, bounds: [0, 9], evidence: assumed, note: extra}\n");
        string population = SmallPopulation.Yaml.Replace("    traits:\n", "    traits:\n      first: {title: t, probability: 0.5, effects: {extra: {multiply: 2}}, evidence: assumed, note: n}\n");
        ModelPackage package = SmallModel.Package(population) with { Model = model, Parameters = ParameterTable.Read(new("p", table), model).OrThrow() };

        VirtualPatient bigger = PopulationSet.Read(package).OrThrow()["everyone"].Draw(5, 11);

        bigger.Parameters.Skip(1).ShouldBe(_population.Draw(5, 11).Parameters);
        bigger.Traits.Skip(1).ShouldBe(_population.Draw(5, 11).Traits);
    }

    [Theory]
    [InlineData("grwth", ChangeKind.Set, 1, "ND0314", "did you mean \"growth\"?")]
    [InlineData("total", ChangeKind.Set, 1, "ND0314", "a parameter of the model or a trait")]
    [InlineData("growth", ChangeKind.MultiplyOdds, 1, "ND0315", "use set or multiply")]
    [InlineData("growth", ChangeKind.Set, 11, "ND0315", "keep it from 0 to 10")]
    [InlineData("growth", ChangeKind.Set, double.NaN, "ND0315", "keep it from 0 to 10")]
    [InlineData("switch", ChangeKind.Set, 0, "ND0315", "change the trait")]
    [InlineData("slow", ChangeKind.Multiply, 2, "ND0315", "use set or odds")]
    [InlineData("slow", ChangeKind.Set, 1.5, "ND0315", "from 0 to 1")]
    [InlineData("slow", ChangeKind.MultiplyOdds, -1, "ND0315", "at least 0")]
    public void A_change_that_cannot_work_is_refused(string target, ChangeKind kind, double value, string code, string says)
    {
        ParameterChange change = new(target, kind, value);

        Issue issue = _population.Check([change]).Single();

        issue.Code.ShouldBe(code);
        issue.ToString().ShouldContain(says);
        Should.Throw<ArgumentException>(() => _population.With([change])).Message.ShouldContain(code);
    }

    [Fact]
    public void A_formula_without_a_value_is_not_taken_for_an_absent_trait()
    {
        Population broken = SmallPopulation.Read(SmallPopulation.Yaml.Replace("probability: 0.25", "probability: 0/switch")).OrThrow()["everyone"];

        Should.Throw<ArithmeticException>(() => broken.Draw(1, 0)).Message.ShouldContain("slow");
    }
}
