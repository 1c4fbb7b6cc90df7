using System.Xml.Linq;
using Nadir.Reports;

namespace Nadir.Tests.Reports;

public class SimulationPageTests
{
    static readonly double[] _times = [.. Enumerable.Range(0, 1001).Select(i => i / 10.0)];

    static string Page(int replicates, Func<int, double, double> value, ValueScale scale = ValueScale.Logarithmic)
    {
        SimulationPage page = new(new SimulationHeading("<decay>", "Hybrid, seed 1", scale), ["B", "C & D"], _times);
        for (int r = 0; r < replicates; r++)
        {
            page.Add([.. _times.Select(t => (IReadOnlyList<double>)[value(r, t), 3])]);
        }

        return page.Write();
    }

    static IEnumerable<XElement> Strokes(string page, string title) =>
        XDocument.Parse(page[page.IndexOf("<html", StringComparison.Ordinal)..]).Descendants("svg").Single(s => s.Attribute("aria-label")?.Value == title)
            .Elements("path").Where(p => p.Attribute("fill")?.Value == "none");

    [Fact]
    public void A_single_run_is_one_line_a_panel_and_all_text_is_escaped()
    {
        string page = Page(1, (_, t) => 1e9 * Math.Exp(-t));

        Strokes(page, "B").ShouldHaveSingleItem();
        Strokes(page, "C & D").ShouldHaveSingleItem();
        page.ShouldContain("Simulation of &lt;decay&gt;");
        page.ShouldContain("One run.");
        page.ShouldNotContain("http");
    }

    [Fact]
    public void Replicates_are_thin_lines_under_the_median_and_the_page_says_what_it_left_out()
    {
        string page = Page(250, (r, t) => (r + 1) * (t + 1));

        Strokes(page, "B").Count().ShouldBe(61);
        Strokes(page, "B").Last().Attribute("stroke-width")!.Value.ShouldBe("2");
        page.ShouldContain("the first 200 of 250 replicates");
        page.Length.ShouldBeLessThan(200_000);
    }

    [Fact]
    public void A_clone_that_dies_out_ends_in_the_row_of_zeros() =>
        Strokes(Page(1, (_, t) => t < 50 ? 1000 : 0), "B").Single().Attribute("d")!.Value.ShouldEndWith(" 210");

    [Fact]
    public void A_failed_replicate_ends_where_it_failed()
    {
        string path = Strokes(Page(1, (_, t) => t <= 50 ? 10 : double.NaN), "B").Single().Attribute("d")!.Value;

        path.ShouldMatch(@"^M54 [\d.]+L(199|200)[\d.]* [\d.]+$");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(1e-300)]
    [InlineData(double.NaN)]
    [InlineData(1.7e308)]
    public void Any_value_can_be_drawn(double value)
    {
        Strokes(Page(2, (_, _) => value), "B").ShouldAllBe(p => !p.Attribute("d")!.Value.Contains("NaN"));
        Page(2, (_, _) => value, ValueScale.Linear).ShouldContain("</svg>");
    }
}
