using Nadir.Faults;
using Nadir.Models;

namespace Nadir.Tests.Models;

public class AntimonyReaderTests
{
    const string BirthDeath = """
        // cells divide and die
        model birth_death()
          compartment marrow = 2;
          substanceOnly species X in marrow;
          X = 100/marrow;
          lambda = 0.1; mu = 0.11;
          Birth: X => 2 X; lambda*X;
          Death: X => ; mu*X;
        end
        """;

    [Fact]
    public void A_birth_and_death_model_is_read()
    {
        Checked<Model> result = Reading.Check(BirthDeath);
        result.Issues.ShouldBeEmpty();
        Model m = result.OrThrow();
        m.Name.ShouldBe("birth_death");
        m.Compartments.ShouldHaveSingleItem().Size.Text().ShouldBe("2");
        Species x = m.Species.ShouldHaveSingleItem();
        (x.Name, x.Compartment, x.InitialAmount.Text(), x.SubstanceOnly, x.Boundary).ShouldBe(("X", "marrow", "100", true, false));
        m.Parameters.Select(p => (p.Name, p.Value.Text(), p.Constant)).ShouldBe([("lambda", "0.1", true), ("mu", "0.11", true)]);
        m.Reactions.Select(r => (r.Name, r.Sides(), r.RateLaw.Text(), r.Reversible))
            .ShouldBe([("Birth", "1 X > 2 X", "lambda*X", false), ("Death", "1 X > ", "mu*X", false)]);
        (m.Rules.Count, m.Events.Count).ShouldBe((0, 0));
        m.Reaction("Death").At.ShouldBe(new SourceLocation("m.ant", 8, 3));
    }

    [Theory]
    [InlineData("species S in V; S = 5", "5*V")]
    [InlineData("species S in V = 5", "5*V")]
    [InlineData("species S in V; S = -5", "-5*V")]
    [InlineData("species S in V; S = 5 ml", "5*V")]
    [InlineData("species S in V; S = 0", "0")]
    [InlineData("species S in V; S = 200/V", "200")]
    [InlineData("species S in V; S = n0/V", "n0")]
    [InlineData("species S in V; S = 2*n0/V", "2*n0")]
    [InlineData("species S in V; S = n0", "n0*V")]
    [InlineData("species S in V; S = n0/W", "n0/W*V")]
    [InlineData("substanceOnly species S in V; S = 5", "5*V")]
    [InlineData("substanceOnly species S in V; S = 200/V", "200")]
    [InlineData("substanceOnly species S in V; S = n0/V", "n0/V")]
    [InlineData("substanceOnly species S in V; S = n0", "n0")]
    [InlineData("species S; S = 5", "5")]
    [InlineData("species S; S = n0", "n0")]
    [InlineData("species S; S = 200/default_compartment", "200")]
    [InlineData("species S in V; S := n0", "null")]
    [InlineData("species S in V; S = 3; S' = 1", "3*V")]
    public void An_initial_value_becomes_an_amount(string text, string amount) =>
        Reading.Model($"compartment V = 4, W = 3; n0 = 7; {text}").Species("S").InitialAmount.Text().ShouldBe(amount);

    [Theory]
    [InlineData("A => B; 1", "1 A > 1 B", false)]
    [InlineData("A -> B; 1", "1 A > 1 B", true)]
    [InlineData("A <==> B; 1", "1 A > 1 B", true)]
    [InlineData("=> B; 1", " > 1 B", false)]
    [InlineData("-> B; 1", " > 1 B", true)]
    [InlineData("A => ; 1", "1 A > ", false)]
    [InlineData("A + A + 2 B => B; 1", "2 A + 2 B > 1 B", false)]
    [InlineData("0.5 A => 2 E1; 1", "0.5 A > 2 E1", false)]
    [InlineData("n A => B; 1", "n A > 1 B", false)]
    [InlineData("$A => B; 1", "1 A > 1 B", false)]
    [InlineData("2 $A => B; 1", "2 A > 1 B", false)]
    [InlineData("2E1 A => B; 1", "20 A > 1 B", false)]
    public void Reactions_have_sides_numbers_and_a_direction(string text, string sides, bool reversible)
    {
        Reaction r = Reading.Model($"n = 3; {text}").Reactions.ShouldHaveSingleItem();
        (r.Name, r.Sides(), r.Reversible).ShouldBe(("_J0", sides, reversible));
    }

    [Fact]
    public void A_dollar_const_or_rule_makes_a_boundary_species()
    {
        Model m = Reading.Model("const species A; species $B, C; $D => E; 1; F = 1; const F; C = 1; species F; G := 2; species G; H = 1; H' = 2; species H; var species I = 1");
        m.Species.Select(s => (s.Name, s.Boundary)).ShouldBe([("A", true), ("B", true), ("C", false), ("D", true), ("E", false), ("F", true), ("G", true), ("H", true), ("I", false)]);
    }

    [Fact]
    public void A_law_may_be_set_from_outside_and_a_reaction_name_is_its_rate()
    {
        Model m = Reading.Model("A => B; 1*A\n kill: A => ; k*A\n kill = 2*A\n k = 3\n grow: => A; 2*kill\n dead: B => ;\n dead := A");
        m.Reaction("kill").RateLaw.Text().ShouldBe("2*A");
        m.Reaction("grow").RateLaw.Text().ShouldBe("2*kill");
        m.Reaction("dead").RateLaw.Text().ShouldBe("A");
    }

    [Fact]
    public void Rules_and_values_are_told_apart()
    {
        Model m = Reading.Model("x = 3; y = 2*x; z := x + time; w = 1; w' = -w");
        m.Parameters.Select(p => (p.Name, p.Value.Text(), p.Constant)).ShouldBe([("x", "3", true), ("y", "2*x", true), ("z", "null", false), ("w", "1", false)]);
        m.Rules.Select(r => (r.GetType().Name, r.Variable, r.Formula.Text())).ShouldBe([("AssignmentRule", "z", "x + time"), ("RateRule", "w", "-w")]);
    }

    [Fact]
    public void Declarations_take_lists_places_values_and_units()
    {
        Model m = Reading.Model("compartment V = 5 ml, W; const species Virus in V, IL6 in W = 3, Z in V := 2; formula k = 2 per_day, j has per_day; j = 1; var compartment U = 1; W = 1; U' = 1");
        m.Species.Select(s => (s.Name, s.Compartment, s.Boundary)).ShouldBe([("Virus", "V", true), ("IL6", "W", true), ("Z", "V", true)]);
        m.Compartments.Select(c => (c.Name, c.Size.Text(), c.Constant, c.Unit)).ShouldBe([("V", "5", true, "ml"), ("W", "1", true, null), ("U", "1", false, null)]);
        m.Parameters.Select(p => (p.Name, p.Unit)).ShouldBe([("k", "per_day"), ("j", "per_day")]);
    }

    [Fact]
    public void Undeclared_species_live_where_their_reaction_is_placed_else_in_the_implicit_compartment()
    {
        Model m = Reading.Model("compartment V = 2, W = 3; r in V: A => B; 1; B => C; 1 in W; D => ; 1; species B in V");
        m.Species.Select(s => (s.Name, s.Compartment)).ShouldBe([("A", "V"), ("B", "V"), ("C", "W"), ("D", "default_compartment")]);
        m.Compartments.Select(c => (c.Name, c.Size.Text())).ShouldBe([("V", "2"), ("W", "3"), ("default_compartment", "1")]);
    }

    [Fact]
    public void Events_have_their_options_and_defaults()
    {
        Model m = Reading.Model("""
            x = 1; k = 2; species S = 1
            dose: at (time >= 1), t0=false: S = S + 2e6
            crs: at 2 after (x > 5 && true), priority=5*k, persistent=false, fromTrigger = FALSE:
              x = x + 1,
              k = 0.5*k
            at k > 1: k = 0
            """);
        m.Events.Select(e => e.Name).ShouldBe(["dose", "crs", "_E0"]);
        ModelEvent dose = m.Events[0], crs = m.Events[1];
        (dose.Trigger.Text(), dose.Delay.Text(), dose.Priority.Text(), dose.InitiallyTrue, dose.Persistent, dose.ValuesFromTrigger)
            .ShouldBe(("time >= 1", "null", "null", false, true, true));
        (crs.Trigger.Text(), crs.Delay.Text(), crs.Priority.Text(), crs.InitiallyTrue, crs.Persistent, crs.ValuesFromTrigger)
            .ShouldBe(("x > 5 && 1", "2", "5*k", true, false, false));
        crs.Assignments.Select(a => (a.Variable, a.Formula.Text())).ShouldBe([("x", "x + 1"), ("k", "0.5*k")]);
        m.Parameters.ShouldAllBe(p => !p.Constant);
    }

    [Fact]
    public void Functions_are_put_in_whatever_their_order()
    {
        Model m = Reading.Model("""
            function twice(f); 2*half(f, f) ; end
            function half(a, b)
              a
                /(a + b)
            end
            x = 3
            y := twice(x + 1) + exp(0)
            """);
        m.Rules.ShouldHaveSingleItem().Formula.Text().ShouldBe("2*((x + 1)/(x + 1 + (x + 1))) + exp(0)");
    }

    [Fact]
    public void Units_names_and_annotations_are_kept()
    {
        Model m = Reading.Model("""
            model car_t()
              unit cell = item;  unit per_day = 1/86400 second; unit substance
              k = 2e-9 per_day; k is "killing rate"
              CART identity "http://identifiers.org/cl/CL:0000084",
                 "http://identifiers.org/ncit/C62633"
              k description "https://identifiers.org/doi/10.1000/example"
              CART.sboTerm = SBO:0000245
              CART notes ```two
            lines```
              species CART = 1; CART is "CAR-positive T cell"
              k.mean = 2; k.confidenceInterval = {1, 3}; k.distribution = normal(2, 0.3); k.distribution is "uri"
              model description "https://identifiers.org/pubmed/12345678"
              model creator1.name "A. Person"
              model.sboTerm = 231
            end
            car_t taxon "human"
            """);
        m.Units.ShouldBe(new Dictionary<string, string> { ["cell"] = "item", ["per_day"] = "1/86400 second", ["substance"] = "" }, ignoreOrder: true);
        (m.Parameter("k").Unit, m.Parameter("k").DisplayName, m.Species("CART").DisplayName).ShouldBe(("per_day", "killing rate", "CAR-positive T cell"));
        m.Annotations.Select(a => $"{a.Subject} {a.Qualifier} {string.Join("|", a.Texts)}").ShouldBe(
        [
            "CART identity http://identifiers.org/cl/CL:0000084|http://identifiers.org/ncit/C62633",
            "k description https://identifiers.org/doi/10.1000/example",
            "CART sboTerm SBO:0000245",
            "CART notes two\nlines",
            "k mean 2", "k confidenceInterval {1, 3}", "k distribution normal(2, 0.3)", "k distribution \"uri\"",
            "model description https://identifiers.org/pubmed/12345678",
            "model creator1.name A. Person",
            "model sboTerm 231",
            "model taxon human",
        ]);
    }

    [Theory]
    [InlineData("model a() x = 1; end\nmodel b() y = 1; end", "b")]
    [InlineData("model *a() x = 1; end\nmodel b() y = 1; end", "a")]
    [InlineData("module a\nx = 1; end\nz = 1", "__main")]
    [InlineData("z = 1\nmodel *a(x)\n x = 1; end", "a")]
    public void The_main_model_is_the_starred_then_the_outer_then_the_last(string text, string name) => Reading.Model(text).Name.ShouldBe(name);

    [Theory]
    [InlineData("x = 1 // comment\ny = 2")]
    [InlineData("x = 1 # comment\r\ny = 2")]
    [InlineData("x = /* a ; b \n c */ 1\ry = 2")]
    [InlineData("x = \\\n 1;;; y \\\r\n = 2;")]
    [InlineData("\uFEFFx=1;y=2")]
    public void Comments_line_ends_and_joins_are_understood(string text) =>
        Reading.Model(text).Parameters.Select(p => (p.Name, p.Value.Text())).ShouldBe([("x", "1"), ("y", "2")]);

    [Fact]
    public void Words_that_are_special_only_in_place_are_names()
    {
        Model m = Reading.Model("t0 = 1; priority = 2; persistent = 3; fromTrigger = 4; timeconv = 5; identity = 6; description = 7; e = 8; t = 9; o = 10; mean = 11");
        m.Parameters.Count.ShouldBe(11);
    }

    [Fact]
    public void Interactions_are_accepted_and_change_nothing()
    {
        Model m = Reading.Model("prolif: A => 2 A; k*A*IL6/I\nk = 1\nIL6 -o prolif;\nI -| prolif\n species IL6 = 1, I = 1, A = 1\nI -( prolif");
        m.Reactions.ShouldHaveSingleItem().RateLaw.Text().ShouldBe("k*A*IL6/I");
    }

    [Fact]
    public void Piecewise_and_infix_words_are_read_anywhere()
    {
        Model m = Reading.Model("x = 1; y := piecewise(1, x > 2 and (x < 3), 2, not (x == 1) or x < 0, 3)");
        m.Rules[0].Formula.Text().ShouldBe("piecewise(1, x > 2 && x < 3, 2, !(x == 1) || x < 0, 3)");
    }
}
