namespace Nadir.Tests.Solvers;

/// <summary>The model of Park, Mugundu and Singh 2025; the numbers were computed with another solver from the published equations.</summary>
public sealed class Park2025Tests
{
    static Course Run(double until, params (string Name, double Value)[] values) => Course.Of(LibraryModel.With("park-2025", values), until, 0.05);

    [Fact]
    public void Cells_follow_the_reference_solution()
    {
        Course course = Run(180);
        course.At("cart_per_ul", 0).ShouldBe(13.85, 0.005);
        course.Peak("cart_per_ul", from: 2).Value.ShouldBe(131.4, 0.05);
        course.Peak("cart_per_ul", from: 2).Day.ShouldBe(8.8, 0.06);
        course.At("cart_per_ul", 28).ShouldBe(7.47, 0.005);
        course.At("cart_per_ul", 60).ShouldBe(2.23, 0.005);
        course.LastDayAbove("cart_per_ul", 2.38).ShouldBe(54.8, 0.05);
        course.FirstDayBelow("cart_per_ul", 2.38).ShouldBe(2.1, 0.05);
        course.At("b_cells_per_ul", 90).ShouldBe(55.0, 0.05);
        course.At("b_cells_per_ul", 180).ShouldBe(161.9, 0.1);
    }

    [Fact]
    public void Recovery_that_waits_for_the_peak_loses_the_cells_of_days_2_to_4()
    {
        Course course = Run(180, ("recovery_from_day", 9));
        course.At("b_cells_recovered", 30).ShouldBe(0);
        course.At("b_cells_per_ul", 90).ShouldBe(52.252, 0.005);
        course.At("b_cells_per_ul", 180).ShouldBe(159.951, 0.005);
    }

    [Theory]
    [InlineData("host_cd4", 40.990895, 201.43372, 206.74134)]
    [InlineData("host_cd8", 19.950549, 345.40526, 353.68558)]
    [InlineData("neutrophils", 4167.9364, 180.80905, 7210.4622)]
    public void Host_cells_follow_the_reference_solution_under_lymphodepletion(string cells, double day3, double day10, double day28)
    {
        Course course = Run(28);
        course.At(cells, 3).ShouldBe(day3, 1e-5 * day3);
        course.At(cells, 10).ShouldBe(day10, 1e-5 * day10);
        course.At(cells, 28).ShouldBe(day28, 1e-5 * day28);
    }

    [Fact]
    public void Without_lymphodepletion_the_host_stays_as_it_is()
    {
        Course course = Run(100, ("lymphodepletion_dose", 0));
        course.At("host_cd4", 100).ShouldBe(210.18 / 1.02, 1e-6);
        course.At("host_cd8", 100).ShouldBe(525.59 / 1.49, 1e-6);
        course.At("neutrophils", 100).ShouldBe(5617.22, 1e-5);
    }

    [Fact]
    public void Without_a_product_no_CAR_T_cell_arises_and_B_cells_grow_freely()
    {
        Course course = Run(60, ("cart_dose_per_kg", 0));
        course.At("cart_total", 60).ShouldBe(0);
        course.At("complexes_marrow", 60).ShouldBe(0);
        double expected = 1.43e8 * 5 * Math.Exp(0.0193 * 60);
        course.At("b_cells_blood", 60).ShouldBe(expected, 1e-6 * expected);
    }

    [Fact]
    public void Weight_scales_cells_and_volumes_and_so_no_concentration()
    {
        Course child = Run(40, ("body_weight", 20));
        Course adult = Run(40);
        foreach (double day in new[] { 1.0, 9, 28, 40 })
        {
            child.At("cart_per_ul", day).ShouldBe(adult.At("cart_per_ul", day), 1e-5 * adult.At("cart_per_ul", day));
        }
    }
}
