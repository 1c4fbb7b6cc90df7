using Nadir.Faults;
using Nadir.Models;
using Nadir.Tests.Architecture;

namespace Nadir.Tests.Models;

public class AntimonyWriterTests
{
    const string Rich = """
        function hill(x, n); x^n/(1 + x^n); end
        model sub(T)
          species T = 5; q = 3
          kill: T => ; q*T
        end
        model *main()
          unit per_day = 1/86400 second; unit substance
          compartment V = 2 ml, W = 1 + k, U; U := 2*k; V is "marrow"
          substanceOnly species $S in V = 3, U2 in V, X in V; species C in W = 4, D in W, E in W; species F = 6, G
          U2 = 4/V; X = 2*k; C = 7; D = n0/W; E = n0; G = k; n0 = 12; k = 2e-9 per_day; n = 2
          r1 in V: 2 S + U2 + n S -> n U2 + 0.5 X; k*S*hill(U2, 2)
          r2: => F; r1 + time; r2 is "inflow \"; r3: F => ; -F
          x := k + r1; y' = -y; y = 1; F' = 3; unused has litre/second
          A: sub(C)
          e: at 2 after x > 5 && S < 3 || y > 1, t0=false, priority=3, fromTrigger=false: U2 = 5,
            k = 2
          at true, persistent=false: y = -1
          k description "text", "more"; k.mean = 2; C notes ```two
        lines with "quotes"```
          model.sboTerm = 5; model description "d"
        end
        main is "a name"
        """;

    [Fact]
    public void A_rich_model_reads_back_as_the_same_model()
    {
        Model m = Reading.Model(Rich);
        m.Species.Count.ShouldBe(8);
        string text = AntimonyWriter.Write(m);
        Checked<Model> again = AntimonyReader.Read(text, "again");
        again.Issues.Where(i => i.Severity == Severity.Error).ShouldBeEmpty(text);
        Shape(again.OrThrow()).ShouldBe(Shape(m), text);
    }

    [Fact]
    public void A_small_model_is_written_plainly() =>
        AntimonyWriter.Write(Reading.Model("compartment V = 2; substanceOnly species X in V = 100/V; k = 0.1; Birth: X => 2 X; k*X")).ShouldBe(
            "model __main()\n  compartment V = 2;\n  substanceOnly species X in V = 100/V;\n  formula k = 0.1;\n  Birth: X => 2 X; k*X;\nend\n");

    [Fact]
    public void A_text_that_cannot_be_written_is_misuse()
    {
        Model m = new() { Name = "m", Annotations = [new Annotation("model", "notes", ["a \" and ```"])] };
        Should.Throw<ArgumentException>(() => AntimonyWriter.Write(m)).Message.ShouldContain("backticks");
    }

    [Theory]
    [MemberData(nameof(ConformanceModelsTests.Cases), MemberType = typeof(ConformanceModelsTests))]
    public void Conformance_models_read_back_as_the_same_models(string name)
    {
        string path = Repository.Shared($"conformance/dsmts/{name}/model.ant");
        Assert.SkipUnless(File.Exists(path), $"{path} is not there");
        Model m = AntimonyReader.Read(File.ReadAllText(path), path).OrThrow();
        Checked<Model> again = AntimonyReader.Read(AntimonyWriter.Write(m), "again");
        again.Issues.ShouldBeEmpty();
        Shape(again.OrThrow()).ShouldBe(Shape(m));
    }

    /// <summary>Everything a model says, without the places where it says it.</summary>
    static List<string> Shape(Model m) =>
    [
        m.Name,
        .. m.Compartments.Select(c => $"{c.Name} {c.Size.Text()} {c.Constant} {c.Unit} {c.DisplayName}"),
        .. m.Species.Select(s => $"{s.Name} {s.Compartment} {s.InitialAmount.Text()} {s.SubstanceOnly} {s.Boundary} {s.Unit} {s.DisplayName}"),
        .. m.Parameters.Select(p => $"{p.Name} {p.Value.Text()} {p.Constant} {p.Unit} {p.DisplayName}"),
        .. m.Reactions.Select(r => $"{r.Name} {r.Sides()} {r.RateLaw.Text()} {r.Reversible} {r.DisplayName}"),
        .. m.Rules.Select(r => $"{r.GetType().Name} {r.Variable} {r.Formula.Text()}"),
        .. m.Events.Select(e => $"{e.Name} {e.Trigger.Text()} {e.Delay.Text()} {e.Priority.Text()} {e.InitiallyTrue} {e.Persistent} {e.ValuesFromTrigger} {string.Join(",", e.Assignments.Select(a => $"{a.Variable}={a.Formula.Text()}"))}"),
        .. m.Units.OrderBy(u => u.Key, StringComparer.Ordinal).Select(u => $"{u.Key}={u.Value}"),
        .. m.Annotations.Select(a => $"{a.Subject} {a.Qualifier} {string.Join("|", a.Texts)}"),
    ];
}
