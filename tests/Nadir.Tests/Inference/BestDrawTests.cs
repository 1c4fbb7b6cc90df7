using Nadir.Inference;

namespace Nadir.Tests.Inference;

public class BestDrawTests
{
    /// <summary>Published: 0 and 0, with variance 1 each; at least -1 for what comes third.</summary>
    static readonly SyntheticLikelihood _likelihood = new([0, 0], [[1, 0], [0, 1]], new Bound(-1, double.PositiveInfinity, 0.1));

    static Simulated At(double first, double second, double bounded = 10) => new([first, second, bounded], [0.1, 0.1, 0.1]);

    /// <summary>The fit likes the first draw better by 1, new patients the second by more.</summary>
    [Fact]
    public void New_patients_count_as_much_as_the_fit()
    {
        BestDraw.Of(_likelihood, [-1, -2], [At(3, 3), At(0, 0)]).ShouldBe(1);
        BestDraw.Of(_likelihood, [-1, -2], [At(0.1, 0.1), At(0, 0)]).ShouldBe(0);
    }

    [Fact]
    public void A_draw_that_misses_a_bound_loses_to_one_that_keeps_it() =>
        BestDraw.Of(_likelihood, [0, 0], [At(0, 0, -3), At(1, 1)]).ShouldBe(1);

    [Fact]
    public void A_draw_without_a_simulation_is_passed_over_and_one_that_misses_a_prediction_is_far_away()
    {
        BestDraw.Of(_likelihood, [0, 0, 0], [null, At(0, double.NaN), At(3, 3)]).ShouldBe(2);
        Should.Throw<ArgumentException>(() => BestDraw.Of(_likelihood, [0], [null])).Message.ShouldContain("found no draw");
        Should.Throw<ArgumentException>(() => BestDraw.Of(_likelihood, [0], [])).Message.ShouldContain("found 0 draws, expected 1");
    }
}
