using Nadir.Endpoints;
using Nadir.Expressions;
using Nadir.Kernels;
using Nadir.Monitoring;
using Nadir.Numerics;
using Nadir.Solvers;

namespace Nadir.Tests.Endpoints;

/// <summary>Against the closed form of a curve with one exponential rise and one exponential fall, and by the cuts of the assay that ships.</summary>
public class CytokineReleaseTests
{
    const double Rise = 0.35;
    const double Fall = 0.05;

    static readonly Network _network = Networks.Compile(FormattableString.Invariant($"""
        model curve
          substanceOnly species x, y
          x = 1000
          y = 0
          moves: x => y; {Rise}*x
          goes: y => ; {Fall}*y
        end
        """));

    static readonly Assay _assay = Assay.LoadShipped("il-6").OrThrow();

    static double Curve(double t) => 1000 * Rise / (Rise - Fall) * (Math.Exp(-Fall * t) - Math.Exp(-Rise * t));

    static CytokineRelease Follow(double? given, params IReadOnlyList<double> stops)
    {
        HybridTrajectory trajectory = HybridTrajectory.Create(_network, new HybridOptions { Recorded = [new SymbolExpr("y")] }).Value.ShouldNotBeNull();
        double[] slots = Networks.Initial(_network);
        CytokineRelease release = new(_assay);
        release.Begin();
        trajectory.Recorder = release;
        trajectory.Begin(slots, 1, 0);
        foreach (double stop in stops)
        {
            trajectory.Advance(stop);
            if (stop == given)
            {
                int y = _network.SlotOf("y");
                trajectory.Set(y, trajectory.Slots[y] + 1000);
                release.Given(stop);
            }
        }

        return release;
    }

    [Theory]
    [InlineData(new double[] { 100 })]
    [InlineData(new double[] { 6.4, 28, 100 })]
    public void The_highest_value_is_that_of_the_curve(double[] stops)
    {
        double peak = Math.Log(Rise / Fall) / (Rise - Fall);

        (Follow(null, stops).Highest / Curve(peak)).ShouldBe(1, 1e-2);
    }

    [Fact]
    public void Only_a_month_after_cells_counts_and_a_second_infusion_opens_another()
    {
        Follow(null, 60, 100).Highest.ShouldBeLessThan(1000);
        Follow(60, 60, 100).Highest.ShouldBe(1000 + Curve(60), 1e-2);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(289, 0)]
    [InlineData(290, 1)]
    [InlineData(900, 2)]
    [InlineData(1000, 3)]
    [InlineData(1e6, 4)]
    public void The_grade_is_the_number_of_cuts_reached(double level, int grade) => CytokineRelease.GradeOf(_assay, level).ShouldBe(grade);

    [Fact]
    public void What_the_assay_shows_is_the_highest_value_in_its_unit()
    {
        CytokineRelease release = Follow(null, 100);
        RandomStream stream = new(1, 1, 1);
        (double seen, int grade) = release.Grade(ref stream);

        seen.ShouldBeInRange(3 * Math.Exp(-4 * _assay.NoiseSd), (3 + (_assay.Factor * release.Highest)) * Math.Exp(4 * _assay.NoiseSd));
        grade.ShouldBe(0);
    }
}
