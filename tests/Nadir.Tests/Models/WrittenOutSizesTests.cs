using System.Globalization;
using System.Text;
using Nadir.Ensembles;
using Nadir.Faults;
using Nadir.Models;

namespace Nadir.Tests.Models;

/// <summary>Short files that stand for endless formulas.</summary>
public sealed class WrittenOutSizesTests
{
    [Theory]
    [InlineData("x{0} := x{1} + x{1}")]
    [InlineData("x{0}: => S; x{1} + x{1}")]
    public void A_chain_that_doubles_with_every_link_is_refused_where_it_grows_too_large(string link)
    {
        Checked<Model> found = Reading.Check(Chain(60, link));
        found.Value.ShouldBeNull();
        Issue issue = found.Issues.First(i => i.Severity == Severity.Error);
        (issue.Code, issue.Location.Line).ShouldBe(("ND0249", 17), issue.ToString());
    }

    [Fact]
    public void A_chain_of_rules_as_long_as_the_file_is_refused_and_ends_no_program() =>
        Reading.Check(Chain(20_000, "x{0} := x{1} + 1")).Issues.ShouldContain(i => i.Code == "ND0249");

    [Theory]
    [InlineData(20_000, "x{0} = x{1} + 1", 20_001)]
    [InlineData(1000, "x{0} = x{1} + x{1}", 1.0715086071862673e301)]
    public void A_chain_of_initial_values_is_followed_to_its_end(int links, string link, double last)
    {
        Kernels.InitialStateTests.ValueOf(Chain(links, link), Line($"x{links}")).ShouldBe(last);
    }

    [Fact]
    public void Many_formulas_that_are_large_together_are_refused_once()
    {
        string file = Chain(13, "x{0} := x{1} + x{1}") + string.Concat(Enumerable.Range(0, 100).Select(i => Line($"y{i} := x13 + x13\n")));
        Issue issue = Reading.Check(file).Issues.ShouldHaveSingleItem();
        issue.Code.ShouldBe("ND0249");
        issue.Message.ShouldContain("the formulas of the model");
    }

    [Theory]
    [InlineData("x{0} := x{1} + x{1}")]
    [InlineData("x{0} = x{1} + x{1}")]
    public void What_is_just_small_enough_runs_and_gives_the_right_value(string link)
    {
        Model model = Networks.Model(Chain(14, link) + "y = 0; y' = x14\nspecies A; A = 1; A => ; x14*A*1e-9\n");
        double[] end = Solvers.Runs.All(model, new SimulationSettings { Times = [2] })[0][0];
        string[] names = [.. SimulationJob.Create(model, new SimulationSettings { Times = [2] }).OrThrow().Variables];
        end[Array.IndexOf(names, "y")].ShouldBe(2 * 16384, 1e-6);
    }

    [Fact]
    public void Every_shipped_model_is_far_from_the_limit() =>
        ModelPackage.ShippedNames.ShouldAllBe(name => ModelPackage.LoadShipped(name).Issues.All(i => i.Code != "ND0249"));

    static string Chain(int links, string link)
    {
        StringBuilder text = new("x0 = 1\n");
        for (int i = 1; i <= links; i++)
        {
            text.AppendFormat(CultureInfo.InvariantCulture, link, i, i - 1).Append('\n');
        }

        return text.ToString();
    }

    static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
