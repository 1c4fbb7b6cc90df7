using Nadir.Documents;
using Nadir.Ensembles;
using Nadir.Kernels;
using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

/// <summary>A rate or trigger that follows the clock is not stepped over, however few output times are asked for.</summary>
public class ClockTests
{
    /// <summary>A pulse of killing around day 100, two days wide: exp(-0.7 √π) of the cells survive it.</summary>
    const string Pulse = "model m\n substanceOnly species A\n A = 500\n kill: A => ; 0.7*A*exp(-(time - 100)^2)\nend\n";

    /// <summary>Holds once a day, for a seventh of the day.</summary>
    const string Daily = "model m\n substanceOnly species N, A\n N = 0; A = 5\n rare: A => ; 1e-12*A\n touch: N => ; 0\n noon: at (sin(2*pi*time) > 0.9): N = N + 1\nend\n";

    static readonly double _survives = 500 * Math.Exp(-0.7 * Math.Sqrt(Math.PI));

    public static TheoryData<string> Methods =>
        [.. SolverCatalogue.All.SelectMany(s => new[] { $"ode {s.Name}", $"hybrid {s.Name}" }), .. ExactCatalogue.All.Select(e => $"ssa {e.Name}")];

    static SimulationSettings Settings(string method, int count, params double[] times)
    {
        string[] parts = method.Split(' ');
        SimulationSettings settings = new() { Method = Enum.Parse<SimulationMethod>(parts[0], ignoreCase: true), Times = times, Count = count, Threads = 1, Seed = 3 };
        return parts[0] == "ssa" ? settings with { Exact = Runs.Exact(parts[1]) }
            : settings with { Solver = SolverCatalogue.All.Single(s => s.Name == parts[1]), Discrete = parts[0] == "ode" ? [] : [new DiscreteSpecies("A")] };
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_short_pulse_is_met_when_only_the_end_is_asked_for(string method)
    {
        int count = method.StartsWith("ode", StringComparison.Ordinal) ? 1 : 40;
        double mean = Runs.Last(Pulse, Settings(method, count, 364), "A").Average();

        // A cell survives with a chance of 0.29.
        double error = count == 1 ? 0.01 : 4.5 * Math.Sqrt(_survives * (1 - (_survives / 500)) / count);
        mean.ShouldBe(_survives, error);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_trigger_fires_as_often_as_it_turns_true_when_only_the_end_is_asked_for(string method) =>
        Runs.Last(Daily, Settings(method, 1, 50), "N").ShouldBe([50]);

    [Fact]
    public void A_longest_step_that_was_set_stays()
    {
        SimulationSettings wide = Settings("ode tsit5", 1, 364) with { Tolerances = new Tolerances { MaxStep = 1000 } };

        Runs.Last(Pulse, wide, "A")[0].ShouldBe(500, 0.1, "a step as long as that misses the pulse, as the bound shows");
    }

    [Theory]
    [InlineData("A => ; A*(1 + sin(time))", true)]
    [InlineData("A => ; A*piecewise(1, time > 3, 2)", false)]
    [InlineData("A => ; A*piecewise(1, time - 1 > 3, 2)", true)]
    [InlineData("A => ; A*piecewise(1, 3 <= time, time)", true)]
    [InlineData("A => ; 0.5*A", false)]
    [InlineData("k := 2 + time/3; A => ; k*A", true)]
    [InlineData("at (time >= 3): A = 2", false)]
    [InlineData("at (cos(time) > 0.5): A = 2", true)]
    public void What_follows_the_clock_is_told_from_what_is_scheduled(string body, bool follows) =>
        TimeStops.FollowsClock(Networks.Compile($"model m\n substanceOnly species A\n A = 3\n {body}\nend\n")).ShouldBe(follows);

    [Fact]
    public void No_model_of_the_library_follows_the_clock_so_that_none_needs_the_bound()
    {
        string[] names = [.. ShippedLibrary.Names("library/models")];

        names.Length.ShouldBeGreaterThan(10);
        names.ShouldAllBe(n => !TimeStops.FollowsClock(Network.Compile(LibraryModel.With(n))));
    }
}
