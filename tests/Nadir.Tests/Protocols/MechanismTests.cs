using Nadir.Documents;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Populations;
using Nadir.Protocols;

namespace Nadir.Tests.Protocols;

public class MechanismTests
{
    const string Good = """
        name: a-mechanism
        title: A mechanism
        class: lineage-switch
        off: [{target: growth, set: 0}]
        parameters: [growth]
        signals: [blasts]
        facts: [{text: it happens, citation: gardner-2016}]
        note: made up
        """;

    static Checked<Mechanism> Read(string yaml) => Mechanism.Read(new SourceText("m.yaml", yaml));

    [Fact]
    public void A_good_file_is_read_whole()
    {
        Mechanism mechanism = Read(Good).OrThrow();

        mechanism.RelapseClass.ShouldBe("lineage-switch");
        mechanism.Off.Single().ShouldSatisfyAllConditions(c => c.Target.ShouldBe("growth"), c => c.Kind.ShouldBe(ChangeKind.Set), c => c.Value.ShouldBe(0));
        mechanism.Sources.Single().Key.ShouldBe("gardner-2016");
    }

    [Theory]
    [InlineData("class: lineage-switch", "class: lineage", "ND0025", 3)]
    [InlineData("off: [{target: growth, set: 0}]", "off: []", "ND0409", 4)]
    [InlineData("set: 0", "seet: 0", "ND0021", 4)]
    [InlineData("citation: gardner-2016", "source: gardner-2016", "ND0020", 7)]
    [InlineData("note: made up", "note:", "ND0022", 8)]
    public void A_bad_file_is_refused(string good, string bad, string code, int line)
    {
        Checked<Mechanism> read = Read(Good.Replace(good, bad, StringComparison.Ordinal));

        read.Value.ShouldBeNull();
        read.Issues.ShouldContain(i => i.Code == code && i.Location.Line == line);
    }

    [Fact]
    public void Every_mechanism_is_a_cause_of_relapse_or_said_to_be_a_modifier()
    {
        Readouts readouts = ModelPackage.LoadShipped("b-all").OrThrow().Parameters.ShouldNotBeNull().Readouts;
        CauseReadouts causes = readouts.Causes.ShouldNotBeNull();
        string[] named = [.. readouts.Clones.Select(c => c.Mechanism).OfType<string>(), .. causes.Mechanisms, .. causes.Resistance.Select(r => r.Mechanism)];
        string[] modifiers = [.. causes.Modifiers.Select(m => m.Mechanism)];

        named.Intersect(modifiers).ShouldBeEmpty();
        named.Concat(modifiers).Distinct().Order(StringComparer.Ordinal).ShouldBe(Mechanism.ShippedNames.Order(StringComparer.Ordinal));
    }
}
