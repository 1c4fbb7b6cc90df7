using Nadir.Reports;

namespace Nadir.Tests.Reports;

public class LayoutTests
{
    [Theory]
    [InlineData(24, "0 3 6 9 12 15 18 21 24")]
    [InlineData(12, "0 2 4 6 8 10 12")]
    [InlineData(36, "0 6 12 18 24 30 36")]
    [InlineData(3, "0 1 2 3")]
    [InlineData(0.5, "0")]
    public void Month_ticks_are_few_and_round(double months, string labels) =>
        string.Join(' ', Axis.Months(months * 30.4375, 0, 300).Ticks.Select(t => t.Label)).ShouldBe(labels);

    [Fact]
    public void Decades_are_labelled_as_far_apart_as_their_height_asks()
    {
        Axis axis = Axis.Decades(12, 100, 0);

        axis.Ticks.Select(t => t.Label).ShouldBe(["10⁰", "10²", "10⁴", "10⁶", "10⁸", "10¹⁰", "10¹²"]);
        axis.At(6).ShouldBe(50);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    [InlineData(5e11, 12)]
    public void Decades_hold_the_greatest_value(double most, int decades) => Axis.DecadesFor(most).ShouldBe(decades);

    [Theory]
    [InlineData(0.72, 1.02)]
    [InlineData(0.4, 2.1)]
    [InlineData(0.9, 1.1)]
    [InlineData(0.02, 30)]
    public void An_axis_of_ratios_has_1_and_others_apart_from_each_other(double least, double most)
    {
        Axis axis = RatioAxis.Of(Math.Log10(least), Math.Log10(most), 160, 304);

        axis.Ticks.Select(t => t.Label).ShouldContain("1");
        axis.Ticks.Count.ShouldBeGreaterThan(2);
        axis.Ticks.Zip(axis.Ticks.Skip(1)).ShouldAllBe(t => axis.At(t.Second.Value) - axis.At(t.First.Value) >= 26);
    }

    [Fact]
    public void A_thinned_line_keeps_its_corners_and_drops_what_lies_on_it()
    {
        Pixel[] line = [.. Enumerable.Range(0, 101).Select(i => new Pixel(i, i <= 50 ? i : 100 - i))];

        Polyline.Simplify(line, 0.3).ShouldBe([new(0, 0), new(50, 50), new(100, 0)]);
    }

    [Fact]
    public void A_thinned_line_that_comes_back_to_its_start_keeps_its_excursion() =>
        Polyline.Simplify([new(0, 0), new(5, 9), new(0, 0)], 0.3).Count.ShouldBe(3);

    [Fact]
    public void The_name_of_a_limit_goes_where_no_curve_and_no_other_name_is()
    {
        Axis x = new(0, 100, 0, 300, []);
        Pixel[] aboveRight = [.. Enumerable.Range(200, 100).Select(i => new Pixel(i, 45))];

        LabelBox free = LabelBox.Freest(50, 50, x, [], []);
        LabelBox below = LabelBox.Freest(50, 50, x, aboveRight, []);
        LabelBox besides = LabelBox.Freest(50, 50, x, aboveRight, [below]);

        free.ShouldBe(new LabelBox(248, 50, 47));
        below.ShouldBe(new LabelBox(248, 50, 61));
        besides.ShouldBe(new LabelBox(125, 50, 47));
    }

    [Fact]
    public void A_text_is_broken_at_spaces_and_cut_with_an_ellipsis()
    {
        TextWidth.Wrap("one two three", 10, 40).ShouldBe(["one two", "three"]);
        TextWidth.Wrap("one two three four five", 10, 40, most: 2)[1].ShouldEndWith("…");
        TextWidth.Wrap("", 10, 40).ShouldBe([""]);
    }

    [Fact]
    public void Markup_escapes_text_and_attributes_and_notices_what_is_left_open()
    {
        new Markup().Element("a", "<&>", ("b", "\"'\u0007")).ToString().ShouldBe("<a b=\"&quot;&#39;\uFFFD\">&lt;&amp;&gt;</a>\n");
        Should.Throw<InvalidOperationException>(() => new Markup().Open("a").ToString());
    }
}
