using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

public sealed class Tsit5Tests
{
    [Fact]
    public void Order_of_convergence_is_five()
    {
        double order = Order(h => FixedStepError(new Oscillator(), h, 8));
        order.ShouldBeInRange(4.8, 5.5);
    }

    [Fact]
    public void Dense_output_converges_with_order_four()
    {
        double order = Order(h => DenseError(new Oscillator(), h));
        order.ShouldBeInRange(3.8, 5.3);
    }

    [Theory]
    [InlineData(1e-4)]
    [InlineData(1e-7)]
    [InlineData(1e-10)]
    public void Error_follows_the_tolerance(double tolerance)
    {
        Oscillator system = new();
        Tsit5 solver = new(system, new Tolerances { Relative = tolerance, Absolute = tolerance });
        solver.Begin(0, [1, 0]);
        while (solver.Time < 20)
        {
            solver.Step(20).ShouldBe(LaneStatus.Completed);
        }

        Math.Abs(solver.State[0] - Math.Cos(20)).ShouldBeLessThan(60 * tolerance);
    }

    [Fact]
    public void A_step_that_reaches_the_end_stops_there_exactly()
    {
        Tsit5 solver = new(new Oscillator(), new Tolerances());
        solver.Begin(0, [1, 0]);
        while (solver.Time < 0.7)
        {
            solver.Step(0.7);
        }

        solver.Time.ShouldBe(0.7);
    }

    [Fact]
    public void A_decaying_population_stays_above_zero()
    {
        Tsit5 solver = new(new Decay(), new Tolerances { Relative = 1e-3, Absolute = 1e-3 }, nonNegative: [true]);
        solver.Begin(0, [1e6]);
        while (solver.Time < 1000)
        {
            solver.Step(1000).ShouldBe(LaneStatus.Completed);
            solver.State[0].ShouldBeGreaterThanOrEqualTo(0);
        }
    }

    [Fact]
    public void A_shortened_step_of_a_population_never_undershoots_zero_and_keeps_its_interpolant()
    {
        int undershoots = 0;
        for (double theta = 0.05; theta < 1; theta += 0.05)
        {
            Tsit5 solver = new(new Decay(), new Tolerances { Relative = 0.1, Absolute = 1e6 }, nonNegative: [true]);
            solver.Begin(0, [1]);
            solver.NextStep = 3.4;
            solver.Step(10);
            double end = solver.Interpolate(1, 0);
            undershoots += solver.Interpolate(theta, 0) < 0 ? 1 : 0;

            solver.Truncate(theta);

            solver.State[0].ShouldBeGreaterThanOrEqualTo(0);
            solver.Interpolate(1, 0).ShouldBe(end);
        }

        undershoots.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_solution_that_blows_up_ends_with_a_status()
    {
        Tsit5 solver = new(new Explosion(), new Tolerances());
        solver.Begin(0, [1]);
        LaneStatus status = LaneStatus.Completed;
        while (status == LaneStatus.Completed && solver.Time < 2)
        {
            status = solver.Step(2);
        }

        status.ShouldBeOneOf(LaneStatus.NotFinite, LaneStatus.StepTooSmall);
        solver.Time.ShouldBeInRange(0.99, 1.0001);
    }

    [Fact]
    public void The_step_limit_ends_a_patient()
    {
        Tsit5 solver = new(new Oscillator(), new Tolerances { MaxSteps = 5, MaxStep = 0.01 });
        solver.Begin(0, [1, 0]);
        LaneStatus status = LaneStatus.Completed;
        for (int i = 0; i < 6 && status == LaneStatus.Completed; i++)
        {
            status = solver.Step(10);
        }

        status.ShouldBe(LaneStatus.StepLimit);
    }

    [Fact]
    public void Steps_allocate_nothing()
    {
        Tsit5 solver = new(new Oscillator(), new Tolerances { Relative = 1e-9 });
        solver.Begin(0, [1, 0]);

        Allocated.Least(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                solver.Step(1000);
            }
        }).ShouldBe(0);
    }

    [Theory]
    [InlineData(0.0, 1e-9, "Relative")]
    [InlineData(1e-6, -1.0, "Absolute")]
    [InlineData(1e-6, double.NaN, "Absolute")]
    public void Tolerances_out_of_range_are_refused_by_name(double relative, double absolute, string name) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new Tsit5(new Oscillator(), new Tolerances { Relative = relative, Absolute = absolute }))
            .ParamName.ShouldBe(name);

    static double Order(Func<double, double> error)
    {
        double[] steps = [0.2, 0.1, 0.05];
        double[] errors = [.. steps.Select(error)];
        return (Math.Log2(errors[0] / errors[1]) + Math.Log2(errors[1] / errors[2])) / 2;
    }

    static double FixedStepError(Oscillator system, double h, double end)
    {
        Tsit5 solver = Fixed(system);
        double worst = 0;
        for (double t = h; t < end + (h / 2); t += h)
        {
            solver.NextStep = h;
            solver.Step(t);
            worst = Math.Max(worst, Math.Abs(solver.State[0] - Math.Cos(solver.Time)));
        }

        return worst;
    }

    static double DenseError(Oscillator system, double h)
    {
        Tsit5 solver = Fixed(system);
        double worst = 0;
        for (double t = h; t < 4; t += h)
        {
            solver.NextStep = h;
            solver.Step(t);
            foreach (double theta in new[] { 0.21, 0.5, 0.83 })
            {
                double at = solver.PreviousTime + (theta * (solver.Time - solver.PreviousTime));
                worst = Math.Max(worst, Math.Abs(solver.Interpolate(theta, 0) - Math.Cos(at)));
            }
        }

        return worst;
    }

    static Tsit5 Fixed(Oscillator system)
    {
        Tsit5 solver = new(system, new Tolerances { Relative = 0.1, Absolute = 1e6 });
        solver.Begin(0, [1, 0]);
        return solver;
    }

    sealed class Oscillator : IOdeSystem
    {
        public int Dimension => 2;

        public void Derivatives(double t, ReadOnlySpan<double> y, Span<double> dy) => (dy[0], dy[1]) = (-y[1], y[0]);
    }

    sealed class Decay : IOdeSystem
    {
        public int Dimension => 1;

        public void Derivatives(double t, ReadOnlySpan<double> y, Span<double> dy) => dy[0] = -y[0];
    }

    sealed class Explosion : IOdeSystem
    {
        public int Dimension => 1;

        public void Derivatives(double t, ReadOnlySpan<double> y, Span<double> dy) => dy[0] = y[0] * y[0];
    }
}
