using Nadir.Documents;
using Nadir.Faults;

namespace Nadir.Tests.Documents;

public class MappingReaderTests
{
    sealed record Phase(string Name, int Days);

    sealed record Product(string Name, double DoseCells, string Target, bool Frozen, IReadOnlyList<Phase> Phases);

    static Checked<Product> Read(string text) => MappingReader.Read(new SourceText("p.yaml", text), root => new Product(
        root.Required("name").Text(),
        root.Optional("dose")?.Number(NumberRange.Positive) ?? 1e8,
        root.Required("target").OneOf("antigen", ["cd19", "cd22"]),
        root.Optional("frozen")?.Flag() ?? true,
        root.Required("phases").List(item => item.Mapping(phase => new Phase(
            phase.Required("name").Text(),
            phase.Required("days").WholeNumber(1, 365))))));

    const string Good = """
        name: tisagenlecleucel
        dose: 2.5e8
        target: cd19
        frozen: false
        phases:
          - {name: expansion, days: 10}
          - name: contraction
            days: 30
        """;

    [Fact]
    public void A_good_document_is_read_whole()
    {
        Product product = Read(Good).OrThrow();

        product.Name.ShouldBe("tisagenlecleucel");
        product.DoseCells.ShouldBe(2.5e8);
        product.Frozen.ShouldBeFalse();
        product.Phases.ShouldBe([new Phase("expansion", 10), new Phase("contraction", 30)]);
    }

    [Fact]
    public void Optional_keys_take_their_defaults() =>
        Read("name: a\ntarget: cd22\nphases: []").OrThrow().DoseCells.ShouldBe(1e8);

    [Theory]
    [InlineData("name: a", "", "ND0020", 1, "\"name\" is missing")]
    [InlineData("name: tisagenlecleucel", "nam: x", "ND0021", 1, "did you mean \"name\"?")]
    [InlineData("name: tisagenlecleucel", "name:", "ND0022", 1, "nothing")]
    [InlineData("name: tisagenlecleucel", "name: [a]", "ND0022", 1, "a list")]
    [InlineData("dose: 2.5e8", "dose: many", "ND0022", 2, "a number above 0")]
    [InlineData("dose: 2.5e8", "dose: \"5\"", "ND0022", 2, "remove the quotes")]
    [InlineData("dose: 2.5e8", "dose: -1", "ND0023", 2, "a number above 0")]
    [InlineData("dose: 2.5e8", "dose: 1e999", "ND0023", 2, "a number above 0")]
    [InlineData("dose: 2.5e8", "dose: NaN", "ND0023", 2, "a number above 0")]
    [InlineData("target: cd19", "target: cd18", "ND0025", 3, "did you mean \"cd19\"?")]
    [InlineData("frozen: false", "frozen: no", "ND0022", 4, "true or false")]
    [InlineData("days: 10", "days: 10.5", "ND0022", 6, "\"phases[1].days\" must be a whole number from 1 to 365")]
    [InlineData("days: 10", "days: 999999999999999999999999", "ND0023", 6, "\"phases[1].days\" is out of range")]
    [InlineData("days: 30", "day: 30", "ND0021", 8, "did you mean \"days\"?")]
    [InlineData("{name: expansion, days: 10}", "expansion", "ND0022", 6, "\"phases[1]\" must be a mapping")]
    public void Each_mistake_is_an_issue_with_its_line(string right, string wrong, string code, int line, string fragment)
    {
        string text = right == "name: a" ? Good[(Good.IndexOf('\n') + 1)..] : Good.Replace(right, wrong);
        Checked<Product> read = Read(text);

        read.Value.ShouldBeNull();
        Issue issue = read.Issues.First(i => i.Code == code);
        issue.Location.Line.ShouldBe(line);
        issue.ToString().ShouldContain(fragment);
    }

    [Fact]
    public void All_mistakes_are_reported_at_once_in_document_order()
    {
        Checked<Product> read = Read("target: cd18\ntarget: cd19\nphases: 3\ncolour: red\ndose: -1");

        read.Issues.Select(i => i.Code).ShouldBe(["ND0025", "ND0020", "ND0013", "ND0022", "ND0021", "ND0023"], ignoreOrder: true);
        read.Issues.Select(i => i.Location.Line).ShouldBeInOrder();
    }

    [Fact]
    public void A_missing_part_is_reported_once_and_not_for_each_of_its_keys()
    {
        Checked<string> read = MappingReader.Read(
            new SourceText("p.yaml", "a: 1"),
            root => root.Required("a").WholeNumber(0, 9) + root.Required("part").Mapping(p => p.Required("x").Text() + p.Required("y").Text()));

        read.Issues.ShouldHaveSingleItem().Message.ShouldContain("\"part\" is missing");
    }

    [Fact]
    public void A_file_of_another_kind_does_not_flood_the_reader_with_issues()
    {
        string text = string.Concat(Enumerable.Range(0, 100_000).Select(i => "key" + i + ": 1\n"));
        Checked<string> read = MappingReader.Read(new SourceText("p.yaml", text), root => root.Optional("name")?.Text() ?? "");

        read.Issues.Count.ShouldBe(21);
        read.Issues[20].Message.ShouldBe("99980 more unknown keys");
    }

    [Fact]
    public void A_key_that_stands_a_thousand_times_is_one_issue() =>
        YamlReader.Read(new SourceText("p.yaml", string.Concat(Enumerable.Repeat("a: 1\n", 1000)))).Issues.ShouldHaveSingleItem();

    [Fact]
    public void Keys_that_are_names_are_read_as_entries()
    {
        Checked<string> read = MappingReader.Read(
            new SourceText("p.yaml", "b: {unit: day}\na: {unit: cells}"),
            root => string.Join(' ', root.Entries().Select(e => e.Name + "=" + e.Value.Mapping(m => m.Required("unit").Text()))));

        read.OrThrow().ShouldBe("b=day a=cells");
    }

    [Fact]
    public void The_largest_seed_is_read_exactly() =>
        MappingReader.Read(new SourceText("s", "seed: 18446744073709551615"), r => $"{r.Required("seed").WholeNumber(0UL, ulong.MaxValue)}")
            .OrThrow().ShouldBe("18446744073709551615");
}
