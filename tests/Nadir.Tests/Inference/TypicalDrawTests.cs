using Nadir.Inference;

namespace Nadir.Tests.Inference;

public class TypicalDrawTests
{
    static Simulated At(params double[] places) => new(places, new double[places.Length]);

    /// <summary>Medians 0 and 10; the third draw is nearest in each, although the mean of all is far off.</summary>
    [Fact]
    public void The_draw_nearest_to_the_medians_is_the_point() =>
        TypicalDraw.Of([At(-1, 8), At(1, 9), At(0.1, 10), At(-2, 11), At(1000, 12)]).ShouldBe(2);

    /// <summary>The first target spreads a hundred times as widely; in its own widths the second draw is nearer.</summary>
    [Fact]
    public void Distances_are_in_widths_of_the_predictions() =>
        TypicalDraw.Of([At(0, 0.9), At(20, 0), At(-100, -1), At(100, 1), At(-90, -0.8)]).ShouldBe(1);

    [Fact]
    public void A_draw_that_misses_a_prediction_is_passed_over() =>
        TypicalDraw.Of([At(0, double.NaN), null, At(5, 5), At(-1, 0), At(0, 1)]).ShouldBe(4);

    [Fact]
    public void The_first_wins_a_tie_and_nothing_to_choose_from_is_refused()
    {
        TypicalDraw.Of([At(1), At(1)]).ShouldBe(0);
        Should.Throw<ArgumentException>(() => TypicalDraw.Of([null, At(double.NaN)]));
    }
}
