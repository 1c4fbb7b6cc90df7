using Nadir.Documents;
using Nadir.Faults;
using Nadir.Populations;
using Nadir.Protocols;

namespace Nadir.Tests.Protocols;

public class LymphodepletionTests
{
    [Fact]
    public void Cyclophosphamide_alone_falls_short()
    {
        Lymphodepletion regimen = Lymphodepletion.LoadShipped("cyclophosphamide").OrThrow();

        regimen.Changes.Select(c => (c.Target, c.Kind, c.Value)).ShouldBe([("lymphodepletion_shortfall", ChangeKind.Set, 1)]);
    }

    [Theory]
    [InlineData("name: a\ntitle: b\nevidence: []", "ND0020")]
    [InlineData("name: a\ntitle: b\nevidence: x\nchanges: []", "ND0022")]
    [InlineData("name: a\ntitle: b\nevidence: []\nchanges: [{target: x, set: 1}]", "ND0020")]
    public void A_bad_file_is_refused(string yaml, string code)
    {
        Checked<Lymphodepletion> read = Lymphodepletion.Read(new SourceText("l.yaml", yaml));

        read.Value.ShouldBeNull();
        read.Issues.ShouldContain(i => i.Code == code);
    }
}
