using Nadir.Models;

namespace Nadir.Tests.Models;

public class AntimonyReaderSubmodelTests
{
    const string Sub = """
        model sub(T, k)
          species T = 5
          kill: Tumour + $T => $T; k*T*Tumour
          Tumour = 3; k = 1; j := 2*k
        end

        """;

    [Fact]
    public void A_submodel_is_flattened_and_its_values_overridden()
    {
        Model m = Reading.Model(Sub + "A: sub(); A.k = 7; x := A.j + A.kill");
        m.Species.Select(s => s.Name).ShouldBe(["A_T", "A_Tumour"]);
        m.Parameter("A_k").Value.Text().ShouldBe("7");
        m.Reaction("A_kill").RateLaw.Text().ShouldBe("A_k*A_T*A_Tumour");
        m.Rules.Select(r => $"{r.Variable} := {r.Formula.Text()}").ShouldBe(["A_j := 2*A_k", "x := A_j + A_kill"]);
    }

    [Fact]
    public void Arguments_connect_names_and_set_numbers()
    {
        Model m = Reading.Model(Sub + "species S = 9\nA: sub(S, 2e-9)");
        m.Species.Select(s => (s.Name, s.InitialAmount.Text())).ShouldBe([("S", "9"), ("A_Tumour", "3")]);
        m.Parameter("A_k").Value.Text().ShouldBe("2E-09");
        m.Reaction("A_kill").RateLaw.Text().ShouldBe("A_k*S*A_Tumour");
    }

    [Fact]
    public void Synchronised_names_become_the_right_one_and_keep_its_value()
    {
        Model m = Reading.Model(Sub + "A: sub(); B: sub(); A.T is B.T; A.k is q; species p; A.Tumour is p; q2 = 4; B.k is q2; A.T = 8");
        m.Species.Select(s => s.Name).ShouldBe(["B_T", "B_Tumour", "p"], ignoreOrder: true);
        m.Reaction("A_kill").RateLaw.Text().ShouldBe("q*B_T*p");
        m.Species("p").InitialAmount.Text().ShouldBe("3");
        m.Parameter("q").Value.Text().ShouldBe("1");
        m.Parameter("q2").Value.Text().ShouldBe("4");
        m.Species("B_T").InitialAmount.Text().ShouldBe("8");
    }

    [Fact]
    public void Submodels_nest_to_any_depth()
    {
        Model m = Reading.Model(Sub + "model mid()\n A: sub(); A.k is K; K = 2\nend\nB: mid(); B.A.T = 4; B.K = 6");
        m.Species("B_A_T").InitialAmount.Text().ShouldBe("4");
        m.Reaction("B_A_kill").RateLaw.Text().ShouldBe("B_K*B_A_T*B_A_Tumour");
        m.Parameter("B_K").Value.Text().ShouldBe("6");
    }

    [Fact]
    public void Delete_removes_a_symbol_with_its_reactions_and_formulas()
    {
        Model m = Reading.Model(Sub + "A: sub(); delete A.T");
        m.Reactions.ShouldBeEmpty();
        m.Species.Select(s => s.Name).ShouldBe(["A_Tumour"]);
    }

    [Fact]
    public void A_placed_submodel_places_its_species() =>
        Reading.Model(Sub + "compartment V = 2; A: sub() in V").Species.ShouldAllBe(s => s.Compartment == "V");

    [Fact]
    public void Clearing_a_rule_makes_room_for_a_value()
    {
        Model m = Reading.Model(Sub + "A: sub(); A.j := ; A.j = 3");
        m.Rules.ShouldBeEmpty();
        m.Parameter("A_j").Value.Text().ShouldBe("3");
    }
}
