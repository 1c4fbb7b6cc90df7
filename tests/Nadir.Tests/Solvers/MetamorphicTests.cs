using Nadir.Ensembles;
using Nadir.Kernels;
using Nadir.Models;
using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

/// <summary>Changes of a simulation that must not change its result, or change it in a known way.</summary>
public sealed class MetamorphicTests
{
    const string Escape = """
        model escape
          substanceOnly species S, M, C
          S = 1e5; M = 0; C = 1
          grow: S => 2 S; 0.1*S
          kill: S => ; 0.4*C*S
          mutate: => M; 1e-6*S
          birth: M => 2 M; 0.12*M
          death: M => ; (0.1 + 0.01*C)*M
          fade: C => ; 0.03*C
        end
        """;

    static readonly DiscreteSpecies[] Clones = [new("S"), new("M")];

    [Fact]
    public void The_order_of_declarations_does_not_matter_to_the_equations()
    {
        string permuted = Escape.Replace("species S, M, C", "species C, M, S", StringComparison.Ordinal);
        double[] a = Runs.All(Networks.Model(Escape), Runs.Ode(50))[0][0];
        double[] b = Runs.All(Networks.Model(permuted), Runs.Ode(50))[0][0];
        b[2].ShouldBe(a[0], 1e-6 * a[0]);
        b[1].ShouldBe(a[1], 1e-6 * a[1]);
    }

    [Fact]
    public void The_order_of_declarations_does_not_matter_to_the_draws_of_a_clone()
    {
        string permuted = Escape.Replace("species S, M, C", "species C, M, S", StringComparison.Ordinal);
        const int n = 1000;
        double a = Runs.Extinct(Runs.Last(Escape, Runs.Hybrid(130, n, Clones), "M"));
        double b = Runs.Extinct(Runs.Last(permuted, Runs.Hybrid(130, n, Clones) with { Seed = 3 }, "M"));
        Runs.SharesShouldAgree(a, b, n, "extinction of M");
    }

    [Fact]
    public void A_species_that_nothing_happens_to_changes_no_bit()
    {
        string inert = Escape.Replace("species S, M, C", "species S, M, C, Z", StringComparison.Ordinal)
            .Replace("C = 1\n", "C = 1; Z = 0\n  rest: Z => ; 0*Z\n", StringComparison.Ordinal);
        double[][][] a = Runs.All(Networks.Model(Escape), Runs.Hybrid(100, 20, Clones));
        double[][][] b = Runs.All(Networks.Model(inert), Runs.Hybrid(100, 20, Clones));
        for (int i = 0; i < a.Length; i++)
        {
            b[i][0][..3].ShouldBe(a[i][0]);
            b[i][0][3].ShouldBe(0);
        }
    }

    [Fact]
    public void Another_unit_of_time_scales_the_equations_and_keeps_the_law()
    {
        // Hours instead of days: every rate is divided by 24.
        string hours = Escape.Replace("0.1*S", "0.1/24*S", StringComparison.Ordinal).Replace("0.4*C", "0.4/24*C", StringComparison.Ordinal)
            .Replace("1e-6*S", "1e-6/24*S", StringComparison.Ordinal).Replace("0.12*M", "0.12/24*M", StringComparison.Ordinal)
            .Replace("(0.1 + 0.01*C)", "(0.1 + 0.01*C)/24", StringComparison.Ordinal).Replace("0.03*C", "0.03/24*C", StringComparison.Ordinal);
        double[] a = Runs.All(Networks.Model(Escape), Runs.Ode(50))[0][0];
        double[] b = Runs.All(Networks.Model(hours), Runs.Ode(1200))[0][0];
        b[0].ShouldBe(a[0], 1e-4 * a[0]);
        const int n = 1000;
        Runs.SharesShouldAgree(
            Runs.Extinct(Runs.Last(Escape, Runs.Hybrid(130, n, Clones), "M")),
            Runs.Extinct(Runs.Last(hours, Runs.Hybrid(3120, n, Clones) with { Seed = 3 }, "M")), n, "extinction of M");
    }

    [Fact]
    public void Stopping_in_between_changes_the_equations_within_their_tolerance_only()
    {
        double[] whole = Runs.All(Networks.Model(Escape), Runs.Ode(60))[0][^1];
        double[] split = Runs.All(Networks.Model(Escape), Runs.Ode(0.001, 1, 7.3, 30, 59.9, 60))[0][^1];
        for (int i = 0; i < whole.Length; i++)
        {
            split[i].ShouldBe(whole[i], 2e-5 * whole[i]);
        }
    }

    [Fact]
    public void Stopping_in_between_keeps_the_law_of_the_hybrid_method()
    {
        const int n = 1000;
        SimulationSettings settings = Runs.Hybrid(130, n, Clones);
        double whole = Runs.Extinct(Runs.Last(Escape, settings, "M"));
        double split = Runs.Extinct(Runs.Last(Escape, settings with { Times = [.. Enumerable.Range(1, 130).Select(i => (double)i)], Seed = 3 }, "M"));
        Runs.SharesShouldAgree(whole, split, n, "extinction of M");
    }

    [Theory]
    [InlineData(SimulationMethod.Hybrid)]
    [InlineData(SimulationMethod.Ssa)]
    public void Results_have_the_same_bits_on_one_two_and_seven_threads(SimulationMethod method)
    {
        SimulationSettings settings = Settings(method, 40);
        string one = Bits(Runs.All(Networks.Model(Escape), settings with { Threads = 1 }));
        Bits(Runs.All(Networks.Model(Escape), settings with { Threads = 2 })).ShouldBe(one);
        Bits(Runs.All(Networks.Model(Escape), settings with { Threads = 7 })).ShouldBe(one);
    }

    [Theory]
    [InlineData("ode")]
    [InlineData("hybrid")]
    [InlineData("events")]
    [InlineData("ssa")]
    public void A_patient_alone_equals_the_same_patient_after_any_others_bit_for_bit(string method)
    {
        Network network = Networks.Compile(Escape.Replace("1e5", "2000", StringComparison.Ordinal));
        double[] initial = Networks.Initial(network);
        double[] broken = [.. initial];
        broken[network.SlotOf("C")] = double.NaN;
        Trajectory shared = Create(network, method);
        for (ulong patient = 0; patient < 5; patient++)
        {
            // A patient that fails in between, with other slots, must leave nothing behind.
            shared.Begin(broken, 1, patient);
            shared.Advance(30).ShouldBe(StopReason.Failed);
            string found = Course(shared, initial, patient);
            Course(Create(network, method), initial, patient).ShouldBe(found, $"patient {patient}");
        }
    }

    [Fact]
    public void Interpreted_and_compiled_networks_simulate_the_same_bits()
    {
        Model model = Networks.Model(Escape);
        Network compiled = Network.Compile(model);
        double[] initial = Networks.Initial(compiled);
        for (ulong patient = 0; patient < 5; patient++)
        {
            Course(Create(Network.Interpret(model), "hybrid"), initial, patient).ShouldBe(Course(Create(compiled, "hybrid"), initial, patient));
        }
    }

    [Fact]
    public void Scaling_the_numbers_of_a_linear_clone_scales_its_chance_to_die_out_as_a_power()
    {
        const int n = 4000;
        string Model(int founders) => $"model m\n substanceOnly species X\n X = {founders}\n X => 2 X; 0.1*X\n X => ; 0.2*exp(-time/30)*X\nend\n";
        double one = Runs.Extinct(Runs.Last(Model(1), Runs.Hybrid(150, n, new DiscreteSpecies("X")), "X"));
        double five = Runs.Extinct(Runs.Last(Model(5), Runs.Hybrid(150, n, new DiscreteSpecies("X")) with { Seed = 3 }, "X"));
        double error = Math.Sqrt((five * (1 - five) / n) + (25 * Math.Pow(one, 8) * one * (1 - one) / n));
        Math.Abs(five - Math.Pow(one, 5)).ShouldBeLessThan(3.5 * error);
    }

    static SimulationSettings Settings(SimulationMethod method, int count) => method switch
    {
        SimulationMethod.Ssa => Runs.Ssa(0.3, count) with { Times = [0.1, 0.2] },
        _ => Runs.Hybrid(100, count, Clones) with { Times = [10, 50, 100] },
    };

    static Trajectory Create(Network network, string method) => method switch
    {
        "ode" => Runs.Trajectory(network, new HybridOptions()),
        "hybrid" => Runs.Trajectory(network, new HybridOptions { Discrete = Clones }),
        "events" => Runs.Trajectory(network, new HybridOptions { Discrete = Clones, ForceEvents = true }),
        _ => DirectTrajectory.Exact(network, new HybridOptions()).OrThrow(),
    };

    static string Course(Trajectory patient, double[] initial, ulong number)
    {
        patient.Begin(initial, 1, number);
        List<string> course = [];
        foreach (double t in new double[] { 1, 5, 5.5, 20 })
        {
            patient.Advance(t).ShouldBe(StopReason.Time);
            course.Add(string.Join(' ', patient.Slots.ToArray().Select(BitConverter.DoubleToInt64Bits)));
        }

        return string.Join('\n', course.Append($"{patient.Steps}"));
    }

    static string Bits(double[][][] values) =>
        string.Join(' ', values.SelectMany(r => r).SelectMany(v => v).Select(BitConverter.DoubleToInt64Bits));
}
