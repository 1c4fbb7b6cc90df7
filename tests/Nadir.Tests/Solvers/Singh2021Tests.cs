namespace Nadir.Tests.Solvers;

/// <summary>The model of Singh et al. 2021; the numbers were computed with another solver from the published equations.</summary>
public sealed class Singh2021Tests
{
    [Theory]
    [InlineData(5e7, 37445, 16.3)]
    [InlineData(1.5e8, 36537, 15.25)]
    [InlineData(4.5e8, 35774, 14.2)]
    [InlineData(8e8, 35498, 13.6)]
    public void Expansion_hardly_depends_on_the_dose(double dose, double peak, double day)
    {
        Course course = Course.Of(LibraryModel.With("singh-2021", ("cart_dose", dose)), 100, 0.05);
        (double value, double at) = course.Peak("transgene", from: 1);
        value.ShouldBe(peak, 0.5);
        at.ShouldBe(day, 0.03);
        double nadir = 100 * ((course.Low("m_protein").Value / course.At("m_protein", 0)) - 1);
        nadir.ShouldBeInRange(-92.55, -92.25);
    }

    [Fact]
    public void Blood_markers_start_in_balance_and_stay_there_without_treatment()
    {
        Course course = Course.Of(LibraryModel.With("singh-2021", ("cart_dose", 0), ("tumour_growth", 0)), 100, 1);
        course.At("m_protein", 100).ShouldBe(12.1e-12 * 2.5e9 / 0.117, 1e-9);
        course.At("soluble_bcma", 100).ShouldBe(0.175e-6 * 2.5e9 / 0.7, 1e-5);
        course.At("tumour_cells", 100).ShouldBe(2.5e9 * 3.65, 1);
    }

    /// <summary>The source has no such floor: complexes never use up the receptors or the antigen there.</summary>
    [Fact]
    public void The_floor_of_free_receptors_and_antigens_is_never_reached()
    {
        Course course = Course.Of(LibraryModel.With("singh-2021"), 400, 0.1);
        course["free_antigens"].Min().ShouldBeGreaterThan(0);
        course["free_cars"].Skip(1).Min().ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Complexes_stay_close_to_the_balance_of_binding()
    {
        Course course = Course.Of(LibraryModel.With("singh-2021"), 30, 0.5);
        double binding = 7.103e4 * 86400 / 6.023e23 / 3.65;
        for (double day = 1; day <= 30; day++)
        {
            double expected = binding * course.At("free_cars", day) * course.At("free_antigens", day) / (2.385e-3 * 86400);
            course.At("complexes", day).ShouldBe(expected, 0.01 * expected);
        }
    }

    [Fact]
    public void Few_antigens_on_a_cell_cost_killing_more_than_expansion()
    {
        double[] densities = [12590, 1259];
        Course[] courses = [.. densities.Select(d => Course.Of(LibraryModel.With("singh-2021", ("antigens_per_tumour_cell", d)), 200, 0.5))];
        double expansion = courses[1].Peak("transgene", from: 1).Value / courses[0].Peak("transgene", from: 1).Value;
        double survival = courses[1].Low("tumour_cells").Value / courses[0].Low("tumour_cells").Value;
        survival.ShouldBeGreaterThan(10);
        expansion.ShouldBeGreaterThan(1 / survival);
    }

    [Fact]
    public void A_tumour_far_below_one_cell_dies_out_as_whole_cells()
    {
        double[] cells = Runs.Last(LibraryModel.With("singh-2021", ("tumour_per_litre", 2.5e10)), Runs.Hybrid(400, 4, new Nadir.Solvers.DiscreteSpecies("tumour_cells", 1000)), "tumour_cells");
        cells.ShouldAllBe(c => c == 0);
    }
}
