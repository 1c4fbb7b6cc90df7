using System.Xml.Linq;
using Nadir.Reports;

namespace Nadir.Tests.Reports;

public sealed class OverviewSvgTests
{
    [Fact]
    public void Picture_is_a_file_of_its_own_with_both_figures()
    {
        XElement picture = XElement.Parse(OverviewSvg.Write(SampleResult.Create()));
        picture.Name.NamespaceName.ShouldBe("http://www.w3.org/2000/svg");
        string[] titles = [.. picture.Descendants().Where(e => e.Name.LocalName == "title").Select(e => e.Value)];
        titles.Length.ShouldBe(2);
        titles[0].ShouldBe("Relapse-free survival");
    }

    [Fact]
    public void Picture_is_as_tall_as_its_taller_figure()
    {
        XElement picture = XElement.Parse(OverviewSvg.Write(SampleResult.Create()));
        double[] heights = [.. picture.Descendants().Where(e => e.Name.LocalName == "svg").Select(e => (double)e.Attribute("height")!)];
        ((double)picture.Attribute("height")!).ShouldBeGreaterThan(heights.Max());
    }
}
