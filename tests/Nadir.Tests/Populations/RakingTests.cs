using Nadir.Populations;

namespace Nadir.Tests.Populations;

public class RakingTests
{
    /// <summary>Two groups that come together: neither, the first alone, the second alone, both.</summary>
    static readonly (uint, double)[] _joint = [(0, 0.4), (1, 0.1), (2, 0.2), (3, 0.3)];

    static double[] Raked((uint Groups, double Share)[] cells, params double[] asked)
    {
        Raking.Factors[] factors = Raking.Of(cells, asked);
        return [.. cells.Select(c => c.Share * Raking.Weight(c.Groups, factors))];
    }

    [Fact]
    public void The_margins_become_those_asked_for()
    {
        double[] raked = Raked(_joint, 0.7, 0.2);

        raked.Sum().ShouldBe(1, 1e-12);
        (raked[1] + raked[3]).ShouldBe(0.7, 1e-10);
        (raked[2] + raked[3]).ShouldBe(0.2, 1e-10);
    }

    [Fact]
    public void The_odds_ratio_stays()
    {
        double[] raked = Raked(_joint, 0.7, 0.2);

        (raked[0] * raked[3] / (raked[1] * raked[2])).ShouldBe(0.4 * 0.3 / (0.1 * 0.2), 1e-9);
    }

    [Fact]
    public void Margins_that_are_there_already_change_nothing() =>
        Raking.Of(_joint, [0.4, 0.5]).ShouldAllBe(f => Math.Abs(f.In - 1) < 1e-12 && Math.Abs(f.Out - 1) < 1e-12);

    [Fact]
    public void Interactions_of_three_groups_stay()
    {
        (uint Groups, double Share)[] cells = [(0, 0.2), (1, 0.05), (2, 0.1), (3, 0.15), (4, 0.1), (5, 0.1), (6, 0.05), (7, 0.25)];
        static double Interaction(double[] p) => p[7] * p[4] / (p[5] * p[6]) / (p[3] * p[0] / (p[1] * p[2]));

        Interaction(Raked(cells, 0.3, 0.8, 0.5)).ShouldBe(Interaction([.. cells.Select(c => c.Share)]), 1e-8);
    }

    [Fact]
    public void Nobody_and_everybody_can_be_asked_for()
    {
        Raked(_joint, 0, 0.5).ShouldBe([0.5, 0, 0.5, 0], 1e-12);
        Raked(_joint, 1, 0.5).ShouldBe([0, 0.5, 0, 0.5], 1e-12);
    }

    [Fact]
    public void Shares_that_cannot_be_leave_an_error_that_shows()
    {
        // Nobody is in the second group and not in the first.
        (uint, double)[] nested = [(0, 0.5), (1, 0.3), (3, 0.2)];

        Raking.Of(nested, [0.2, 0.6]).Max(f => f.Error).ShouldBeGreaterThan(0.1);
        Raking.Of(nested, [0.6, 0.2]).Max(f => f.Error).ShouldBeLessThan(1e-9);
        Raking.Of(nested, [0.5, 0.5]).Max(f => f.Error).ShouldBeLessThan(Raking.Tolerance);
    }
}
