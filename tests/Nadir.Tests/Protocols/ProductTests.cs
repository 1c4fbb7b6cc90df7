using Nadir.Documents;
using Nadir.Faults;
using Nadir.Populations;
using Nadir.Protocols;

namespace Nadir.Tests.Protocols;

public class ProductTests
{
    const string Good = """
        name: a-product
        title: A product
        targets: [cd19]
        costimulation: 4-1BB
        dose: {cells: 1.5e8, evidence: assumed, note: n}
        manufacture: {fails: 0.1, days: 21, evidence: assumed, note: n}
        changes:
          - {target: growth, multiply: 1.2, evidence: assumed, note: n}
          - {target: slow, odds: 0.5, evidence: measured, source: majzner-2020}
        """;

    static Checked<Product> Read(string yaml) => Product.Read(new SourceText("product.yaml", yaml));

    [Fact]
    public void A_good_file_is_read_whole()
    {
        Product product = Read(Good).OrThrow();

        product.DoseCells.ShouldBe(1.5e8);
        product.Targets.ShouldBe(["cd19"]);
        product.Cells.ShouldBe("t");
        (product.Manufacture.Fails, product.Manufacture.Days, product.Into).ShouldBe((0.1, 21.0, "infusion-target"));
        product.Changes.Select(c => (c.Target, c.Kind, c.Value)).ShouldBe([("growth", ChangeKind.Multiply, 1.2), ("slow", ChangeKind.MultiplyOdds, 0.5)]);
        product.Sources.Single().Key.ShouldBe("majzner-2020");
    }

    [Theory]
    [InlineData("cells: 1.5e8", "cells: 0", "ND0023", 5)]
    [InlineData("cells: 1.5e8", "cells: \"1.5e8\"", "ND0022", 5)]
    [InlineData("multiply: 1.2", "multiply: 1.2, set: 3", "ND0315", 8)]
    [InlineData("multiply: 1.2, ", "", "ND0315", 8)]
    [InlineData("multiply: 1.2", "multiply: -1", "ND0023", 8)]
    [InlineData("odds: 0.5", "odd: 0.5", "ND0021", 9)]
    [InlineData("fails: 0.1", "fails: 1.1", "ND0023", 6)]
    [InlineData("targets: [cd19]\n", "targets: [cd19]\ninto: third-infusion-target\n", "ND0025", 4)]
    [InlineData("targets: [cd19]", "targets: cd19", "ND0022", 3)]
    [InlineData("targets: [cd19]\n", "targets: [cd19]\ncells: stem\n", "ND0025", 4)]
    [InlineData("source: majzner-2020", "citation: majzner-2020", "ND0305", 9)]
    public void A_bad_file_is_refused(string good, string bad, string code, int line)
    {
        Good.ShouldContain(good);

        Checked<Product> read = Read(Good.Replace(good, bad, StringComparison.Ordinal));

        read.Value.ShouldBeNull();
        read.Issues.ShouldContain(i => i.Code == code && i.Location.Line == line);
    }

    [Fact]
    public void A_product_that_does_not_ship_names_the_nearest() =>
        Should.Throw<ArgumentException>(() => Product.LoadShipped("cd19-41b")).Message.ShouldContain("cd19-41bb");
}
