using Nadir.Endpoints;
using Nadir.Expressions;
using Nadir.Kernels;
using Nadir.Solvers;

namespace Nadir.Tests.Endpoints;

/// <summary>Against the closed form of a curve with one exponential rise and one exponential fall.</summary>
public class TransgeneKineticsTests
{
    const double Dose = 1000;
    const double Rise = 0.35;
    const double Fall = 0.05;

    static readonly Network _network = Networks.Compile(FormattableString.Invariant($"""
        model curve
          substanceOnly species x, y
          x = {Dose}
          y = 0
          moves: x => y; {Rise}*x
          goes: y => ; {Fall}*y
        end
        """));

    static double Scale => Dose * Rise / (Rise - Fall);

    static double Curve(double t) => Scale * (Math.Exp(-Fall * t) - Math.Exp(-Rise * t));

    static double AreaTo(double t) => Scale * (((1 - Math.Exp(-Fall * t)) / Fall) - ((1 - Math.Exp(-Rise * t)) / Rise));

    static readonly double[] _days = [1, 7, 10.5, 28, 99, 100, 101, 150];

    static TransgeneKinetics Follow(double area, params IReadOnlyList<double> stops)
    {
        HybridTrajectory trajectory = HybridTrajectory.Create(_network, new HybridOptions { Recorded = [new SymbolExpr("y")] }).Value.ShouldNotBeNull();
        double[] slots = Networks.Initial(_network);
        TransgeneKinetics kinetics = new(_network.Kernel([new SymbolExpr("y")]), slots.Length, area, _days);
        kinetics.Begin();
        trajectory.Recorder = kinetics;
        trajectory.Begin(slots, 1, 0);
        foreach (double stop in stops)
        {
            trajectory.Advance(stop);
        }

        return kinetics;
    }

    [Theory]
    [InlineData(new double[] { 100 })]
    [InlineData(new double[] { 28, 60, 100 })]
    [InlineData(new double[] { 6.4, 6.5, 27.9, 28.1, 100 })]
    public void Peak_and_area_are_right_to_a_thousandth_wherever_visits_are(double[] stops)
    {
        TransgeneKinetics found = Follow(28, stops);
        double peak = Math.Log(Rise / Fall) / (Rise - Fall);

        (found.Tmax / peak).ShouldBe(1, 1e-3);
        (found.Cmax / Curve(peak)).ShouldBe(1, 1e-5);
        (found.Area / AreaTo(28)).ShouldBe(1, 1e-4);
        found.AreaIsWhole.ShouldBeTrue();
    }

    [Theory]
    [InlineData(new double[] { 100 })]
    [InlineData(new double[] { 6.9, 7, 28, 100 })]
    public void Values_on_fixed_days_are_those_of_the_curve_and_missing_after_its_end(double[] stops)
    {
        IReadOnlyList<double> found = Follow(28, stops).OnDays;

        found.Count.ShouldBe(_days.Length);
        foreach ((int i, double day) in _days.Index())
        {
            if (day <= 100)
            {
                (found[i] / Curve(day)).ShouldBe(1, 1e-4, $"day {day}");
            }
            else
            {
                found[i].ShouldBe(double.NaN);
            }
        }
    }

    [Fact]
    public void The_area_ends_on_its_day_inside_a_step()
    {
        foreach (double day in new[] { 0.01, 1.3, 7.77, 28, 61.2 })
        {
            (Follow(day, 100).Area / AreaTo(day)).ShouldBe(1, 1e-4, $"day {day}");
        }
    }

    [Fact]
    public void Follow_up_that_ends_before_the_peak_has_its_highest_point_at_the_end()
    {
        TransgeneKinetics found = Follow(28, 3);

        found.AreaIsWhole.ShouldBeFalse();
        found.Tmax.ShouldBe(3, 1e-9);
        (found.Cmax / Curve(3)).ShouldBe(1, 1e-5);
    }

    [Fact]
    public void A_new_patient_starts_from_nothing()
    {
        TransgeneKinetics kinetics = Follow(28, 50);
        kinetics.Begin();

        (kinetics.Cmax, kinetics.Tmax, kinetics.Area, kinetics.AreaIsWhole).ShouldBe((0, 0, 0, false));
    }
}
