using Nadir.Documents;
using Nadir.Evidence;
using Nadir.Faults;

namespace Nadir.Tests.Evidence;

public class CitationTableTests
{
    const string Good = """
        citations:
          maude-2018:
            short: Maude 2018
            text: Maude SL et al. N Engl J Med 2018;378:439
            year: 2018
            doi: 10.1056/NEJMoa1709866
            pmid: 12345678
            read: abstract
          abstract-only:
            short: an abstract
            text: an abstract without number
            read: abstract
        """;

    static Checked<CitationTable> Read(string yaml) => CitationTable.Read(new SourceText("citations.yaml", yaml));

    [Fact]
    public void A_citation_links_to_its_publication()
    {
        CitationTable table = Read(Good).OrThrow();

        table.All.Count.ShouldBe(2);
        table.Find("maude-2018")!.ShouldSatisfyAllConditions(c => c.Year.ShouldBe(2018), c => c.Link.ShouldBe("https://doi.org/10.1056/NEJMoa1709866"));
        table.Find("abstract-only")!.Link.ShouldBeNull();
        table.Find("nobody").ShouldBeNull();
    }

    [Fact]
    public void A_dangling_key_names_the_nearest()
    {
        SourceLocation at = new("parameters.yaml", 7, 13);

        IReadOnlyList<Issue> issues = Read(Good).OrThrow().Check([new("maude-2018", at), new("maud-2018", at)]);

        issues.Single().ShouldSatisfyAllConditions(i => i.Code.ShouldBe("ND0401"), i => i.Location.ShouldBe(at), i => i.Hint!.ShouldContain("maude-2018"));
    }

    [Fact]
    public void A_source_that_nothing_names_is_unused()
    {
        SourceLocation at = new("parameters.yaml", 7, 13);
        CitationTable table = Read(Good + "\ntaxonomy: [abstract-only]").OrThrow();

        table.Unused([new("maude-2018", at)]).ShouldBe(["abstract-only"]);
        table.Unused([new("maude-2018", at), .. table.Taxonomy]).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("doi: 10.1056/NEJMoa1709866", "doi: https://doi.org/10.1056/x", "ND0402", 6)]
    [InlineData("pmid: 12345678", "pmid: PMC12345678", "ND0402", 7)]
    [InlineData("year: 2018", "year: 18", "ND0023", 5)]
    [InlineData("    text: an abstract without number\n", "", "ND0020", 10)]
    [InlineData("doi:", "DOI:", "ND0021", 6)]
    public void A_bad_citation_is_refused(string good, string bad, string code, int line)
    {
        Checked<CitationTable> read = Read(Good.Replace(good, bad, StringComparison.Ordinal));

        read.Value.ShouldBeNull();
        read.Issues.ShouldContain(i => i.Code == code && i.Location.Line == line);
    }
}
