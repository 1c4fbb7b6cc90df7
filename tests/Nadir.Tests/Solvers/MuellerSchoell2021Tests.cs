namespace Nadir.Tests.Solvers;

/// <summary>The model of Mueller-Schoell et al. 2021; the numbers were computed with another solver from the published equations.</summary>
public sealed class MuellerSchoell2021Tests
{
    static Course Run(params (string Name, double Value)[] values) => Course.Of(LibraryModel.With("mueller-schoell-2021", values), 60, 0.01);

    [Fact]
    public void The_reference_patient_follows_the_reference_solution()
    {
        Course course = Run();
        course.Peak("cart_total").Value.ShouldBe(7.18, 0.005);
        course.Peak("cart_total").Day.ShouldBe(16.3, 0.05);
        course.Area("cart_total", 28).ShouldBe(139.3, 0.05);
        course.At("tumour_volume", 28).ShouldBe(18.41, 0.005);
    }

    [Fact]
    public void An_earlier_transplant_expands_more()
    {
        Course course = Run(("previous_transplant", 1));
        course.Peak("cart_total").Value.ShouldBe(22.25, 0.005);
        course.Peak("cart_total").Day.ShouldBe(8.4, 0.05);
        course.Area("cart_total", 28).ShouldBe(350.8, 0.05);
    }

    [Theory]
    [InlineData(1000, 78.6, 6.4, 0.05)]
    [InlineData(3555, 264.4, 5.2, 0.05)]
    public void A_larger_tumour_expands_more_and_earlier(double volume, double peak, double day, double tolerance)
    {
        Course course = Run(("tumour_at_infusion", volume));
        course.Peak("cart_total").Value.ShouldBe(peak, tolerance);
        course.Peak("cart_total").Day.ShouldBe(day, tolerance);
    }

    [Fact]
    public void The_class_of_low_expansion_never_rises_above_its_start() =>
        Run(("expansion_maximum", 0.0007)).Peak("cart_total").ShouldBe((0.4, 0));

    [Fact]
    public void More_CD4_cells_act_as_a_lower_expansion_rate() =>
        Run(("cd4_cd8_ratio", 8.94)).At("cart_total", 28).ShouldBe(Run(("expansion_maximum", 0.00846 * Math.Pow(8.94, -0.385))).At("cart_total", 28), 1e-7);
}
