using System.Text.RegularExpressions;
using System.Xml.Linq;
using Nadir.Documents;
using Nadir.Evidence;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Reports;
using Nadir.Tests.Architecture;

namespace Nadir.Tests.Evidence;

/// <summary>The catalogue: every reference leads somewhere, every number rests on a source or says that it is assumed, and the committed page is what the command writes.</summary>
public sealed class CatalogueTests : IDisposable
{
    static readonly Catalogue _catalogue = Catalogue.Load(Library.Shipped).OrThrow();

    readonly string _folder = Directory.CreateTempSubdirectory("nadir-catalogue-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    Catalogue? With(string path, string text, out IReadOnlyList<Issue> issues)
    {
        string file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        Checked<Catalogue> read = Catalogue.Load(Library.With(_folder).OrThrow());
        issues = read.Issues;
        return read.Value;
    }

    [Fact]
    public void The_shipped_catalogue_has_no_reference_that_leads_nowhere() => _catalogue.Check().ShouldBeEmpty();

    [Fact]
    public void Every_number_rests_on_a_source_or_is_assumed_with_a_reason()
    {
        Basis[] numbers = [.. _catalogue.Numbers, .. _catalogue.Models.SelectMany(m => m.Parameters?.Entries ?? []).Select(e => e.Basis)];

        numbers.Length.ShouldBeGreaterThan(300);
        numbers.ShouldAllBe(b => b.Level == EvidenceLevel.Assumed ? b.Note != null : b.Sources.Count > 0);
    }

    [Fact]
    public void Every_source_stands_behind_something() => _catalogue.Citations.Unused(_catalogue.Sources()).ShouldBeEmpty("cite it where it supports something, or remove it");

    [Fact]
    public void The_page_says_where_mechanisms_and_strategies_come_from_and_how_far_that_was_read()
    {
        CitationTable citations = _catalogue.Citations;

        citations.Taxonomy.Count.ShouldBeGreaterThan(4);
        citations.Find(citations.Taxonomy[0].Key)!.ShouldSatisfyAllConditions(c => c.Pmid.ShouldBe("35989682"), c => c.Read.ShouldBe("abstract"));
        CatalogueMarkdown.Write(_catalogue).ShouldContain("of which only the abstract was read");
    }

    [Theory]
    [InlineData("evidence: [xu-2021]", "evidence: [xuu-2021]", "ND0401", "\"xu-2021\"")]
    [InlineData("counters: [exhaustion]", "counters: [exhaustin]", "ND0414", "\"exhaustion\"")]
    [InlineData("infuse: cd22-41bb", "infuse: cd22-41b", "ND0415", "\"cd22-41bb\"")]
    [InlineData("assay: flow-mrd", "assay: flow-mdr", "ND0416", "\"flow-mrd\"")]
    public void A_reference_that_leads_nowhere_is_named_with_the_nearest(string good, string bad, string code, string nearest)
    {
        string yaml = """
            name: my-strategy
            title: Mine
            trigger: {visit: 90, status: remission, observed: [{assay: flow-mrd, is: detected}]}
            delay: 7
            still: remission
            timing: {evidence: assumed, note: n}
            actions:
              - {infuse: cd22-41bb, evidence: assumed, note: n}
            counters: [exhaustion]
            evidence: [xu-2021]
            """;
        With("strategies/my-strategy.yaml", yaml, out IReadOnlyList<Issue> none).ShouldNotBeNull();
        none.ShouldBeEmpty();

        With("strategies/my-strategy.yaml", yaml.Replace(good, bad), out IReadOnlyList<Issue> issues).ShouldBeNull();

        Issue issue = issues.ShouldHaveSingleItem();
        (issue.Code, issue.Hint!.Contains(nearest)).ShouldBe((code, true));
    }

    [Fact]
    public void A_number_without_a_basis_is_refused()
    {
        With("products/my-product.yaml", ShippedLibrary.Read("library/products/cd19-cd28.yaml").Text.Replace("    evidence: assumed\n", ""), out IReadOnlyList<Issue> issues).ShouldBeNull();

        issues.ShouldContain(i => i.Code == "ND0020" && i.Message.Contains("evidence"));
    }

    [Fact]
    public void A_mechanism_shows_class_signals_facts_parameters_terms_and_strategies()
    {
        EvidencePage page = EvidencePages.Of(_catalogue, "lost-persistence").ShouldHaveSingleItem();
        IReadOnlyList<EvidenceLine> Of(string heading) => page.Sections.Single(s => s.Heading == heading).Lines;

        Of("Relapse class").ShouldHaveSingleItem().Text.ShouldBe("cd19-positive");
        Of("Seen at relapse").ShouldContain(l => l.Text == "b-cells: back" && l.Citations.Contains("dourthe-2021") && l.Level == "measured");
        Of("Published").ShouldContain(l => l.Text.Contains("21.7") && l.Citations.Contains("dourthe-2021"));
        Of("Parameters of b-all").ShouldContain(l => l.Text == "cart_memory_death = 0.0233 1/day" && l.Level == "assumed");
        Of("Terms of the model").ShouldContain(l => l.Text == "memory_death: cart_memory => ; cart_memory_death*cart_memory");
        Of("Strategies against it").ShouldContain(l => l.Text.StartsWith("reinfusion-at-haematogones:"));
    }

    [Fact]
    public void A_mechanism_shows_every_number_that_its_traits_change()
    {
        EvidencePage page = EvidencePages.Of(_catalogue, "prior-cd19-therapy").ShouldHaveSingleItem();

        page.Sections.Single(s => s.Heading == "What its traits change").Lines.Select(l => l.Text).ShouldBe(
        [
            "prior_blinatumomab: cd19neg_fraction times 100", "prior_blinatumomab: antigen_density_normal times 0.5",
            "prior_inotuzumab: b_cells_at_infusion times 0.1", "prior_inotuzumab: second_antigen_density_normal times 0.5", "prior_inotuzumab: cart_memory_proliferation times 0.97",
        ]);
    }

    [Fact]
    public void A_mechanism_that_no_strategy_counters_says_so_on_its_page_in_the_table_and_on_the_map()
    {
        string[] without = [.. _catalogue.Mechanisms.Where(m => _catalogue.Countering(m.Name).Count == 0).Select(m => m.Name)];
        string page = CatalogueMarkdown.Write(_catalogue);

        without.ShouldContain("host-inflammation");
        without.ShouldAllBe(m => EvidencePages.Of(_catalogue, m)[0].Sections.Single(s => s.Heading == "Strategies against it").Lines.Single().Text == "none known");
        without.ShouldAllBe(m => page.Split('\n').Single(l => l.StartsWith($"| [{m}](")).EndsWith("| none known |"));
        Regex.Count(RelapseMapSvg.Write(_catalogue), ">none known<").ShouldBe(without.Length);
    }

    [Theory]
    [InlineData("epitope-masking", "masked_kill: leukaemia_masked => ; kill_masked*leukaemia_masked")]
    [InlineData("lineage-switch", "switched_kill: leukaemia_switched => ; kill_switched*leukaemia_switched")]
    [InlineData("sanctuary", "sanctuary_death: leukaemia_sanctuary => ; (leukaemia_growth*leukaemia_turnover + graft_versus_leukaemia)*leukaemia_sanctuary")]
    public void Terms_of_a_mechanism_hold_every_reaction_of_its_clone(string mechanism, string term)
    {
        EvidencePage page = EvidencePages.Of(_catalogue, mechanism).ShouldHaveSingleItem();

        string[] terms = [.. page.Sections.Single(s => s.Heading == "Terms of the model").Lines.Select(l => l.Text)];
        terms.ShouldContain(term);
        terms.ShouldBeUnique();
    }

    [Fact]
    public void A_parameter_shows_value_unit_distribution_source_and_level()
    {
        ModelPackage model = _catalogue.Models.Single(m => m.Name == "b-all");
        string text = EvidenceText.Plain(EvidencePages.Parameter(_catalogue, model, "antigen_half_density"), _catalogue.Citations);

        new[] { "2000 molecules/cell [derived; Blood 2018;132 suppl:963 (cd19-density-2018)]", "the same in every patient", "antigen-low-escape", "cd19-cd28: set to 500 [assumed; Majzner 2020" }
            .ShouldAllBe(part => text.Contains(part));
    }

    [Fact]
    public void Every_name_has_a_page_and_every_page_a_name()
    {
        _catalogue.Names.ShouldAllBe(n => EvidencePages.Of(_catalogue, n).All(p => p.Name == n && p.Sections.Count > 0));
        _catalogue.Names.Distinct().Sum(n => EvidencePages.Of(_catalogue, n).Count).ShouldBe(_catalogue.Names.Count, "a published model and its source may share a name");
        EvidencePages.Of(_catalogue, "nothing").ShouldBeEmpty();
    }

    [Fact]
    public void Shares_are_counted()
    {
        Basis Of(EvidenceLevel level) => new(level, [], "n");

        EvidenceShares.Of([Of(EvidenceLevel.Measured), Of(EvidenceLevel.Assumed), Of(EvidenceLevel.Assumed), Of(EvidenceLevel.Derived)]).ToString()
            .ShouldBe("1 (25%) measured, 1 (25%) derived, 2 (50%) assumed");
    }

    [Fact]
    public void The_committed_catalogue_is_what_the_command_writes()
    {
        Repository.Read("docs/catalogue.md").ShouldBe(CatalogueMarkdown.Write(_catalogue), "run nadir evidence --catalogue docs/catalogue.md");
        Repository.Read($"docs/images/{CatalogueMarkdown.MapFile}").ShouldBe(RelapseMapSvg.Write(_catalogue), "run nadir evidence --catalogue docs/catalogue.md");
    }

    [Fact]
    public void The_relapse_map_shows_every_mechanism_in_words_without_overlap()
    {
        XElement svg = XDocument.Parse(RelapseMapSvg.Write(_catalogue)).Root!;
        XNamespace ns = "http://www.w3.org/2000/svg";
        string all = string.Concat(svg.Elements(ns + "text").Select(t => t.Value.Replace(" ", "")));
        double[] tops = [.. svg.Elements(ns + "rect").Where(r => (double?)r.Attribute("x") == 30).Select(r => (double)r.Attribute("y")!)];
        double[] heights = [.. svg.Elements(ns + "rect").Where(r => (double?)r.Attribute("x") == 30).Select(r => (double)r.Attribute("height")!)];

        _catalogue.Mechanisms.ShouldAllBe(m => all.Contains(m.Title.Replace(" ", "")) && all.Contains(m.Signals[0].Replace(" ", "")));
        tops.Length.ShouldBe(_catalogue.Mechanisms.Count);
        tops.Zip(heights).Zip(tops.Skip(1)).ShouldAllBe(p => p.First.First + p.First.Second < p.Second);
        svg.Elements(ns + "text").Select(t => (double)t.Attribute("font-size")!).Min().ShouldBeGreaterThan(12);
    }

    [Fact]
    public void Nothing_recalled_or_held_back_is_a_fact()
    {
        string[] held = [.. _catalogue.Citations.All.Where(c => c.Text.Contains("held for blind validation")).Select(c => c.Key)];

        held.Length.ShouldBeGreaterThan(8);
        _catalogue.Strategies.SelectMany(s => s.Facts).Concat(_catalogue.Products.SelectMany(p => p.Facts)).Concat(_catalogue.Mechanisms.SelectMany(m => m.Facts))
            .Where(f => held.Contains(f.Citation.Key)).Select(f => $"{f.Citation.Key}: {f.Text}").ShouldBe(
            [
                "reinfusion-2024: 40 of 63 reinfusions for B-cell recovery were given after recovery in blood",
                "reinfusion-2024: 23 of 63 reinfusions for B-cell recovery were given at haematogones",
                "carpall-2019: the CAR with a fast off-rate proliferated and killed better than the usual one in the laboratory",
            ]);
        _catalogue.Trials.ShouldAllBe(t => t.Results.All(r => !held.Contains(r.Citation.Key)));
    }

    [Fact]
    public void Links_inside_the_page_lead_to_its_headings()
    {
        string page = CatalogueMarkdown.Write(_catalogue);
        HashSet<string> headings = [.. Regex.Matches(page, "^### (.+)$", RegexOptions.Multiline).Select(m => m.Groups[1].Value)];

        Regex.Matches(page, @"\]\(#([^)]+)\)").Select(m => m.Groups[1].Value).Distinct().ShouldAllBe(a => headings.Contains(a));
    }
}
