using System.Diagnostics;
using System.Globalization;
using Nadir.Ensembles;
using Nadir.Kernels;
using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

/// <summary>One workspace for patient after patient: no memory, no trace of the one before, and how fast it is.</summary>
[Collection(nameof(Undisturbed))]
public sealed class ExactWorkspaceTests(ITestOutputHelper output)
{
    const string Chain = """
        model chain
          substanceOnly species A, B, C
          A = 300; B = 40; C = 5; k = 0.3
          total := A + B + C
          make: => A; 20
          birth: A => 2 A; 0.1*A*100/(100 + total)
          forth: A => B; k*A
          back: B => A; 0.2*B
          on: B => C; 0.05*B
          loss: C => ; 0.1*C
        end
        """;

    const string Moving = """
        model moving
          substanceOnly species A, B
          A = 300; B = 0; x = 1
          x' = -0.1*x
          forth: A => B; (1 + 0.5*sin(time))*A
          back: B => A; x*B
          loss: B => ; 0.1*B
        end
        """;

    /// <summary>Every exact method on rates that stand still and on rates that move.</summary>
    public static TheoryData<string, string> Cases =>
        [.. ExactCatalogue.All.SelectMany(_ => new[] { Chain, Moving }, (method, model) => (method.Name, model))];

    [Theory]
    [InlineData("direct", Chain)]
    [InlineData("next-reaction", Chain)]
    [InlineData("next-reaction", Moving)]
    public void Nothing_is_allocated_from_firing_to_firing_and_from_patient_to_patient(string method, string model)
    {
        Network network = Networks.Compile(model);
        double[] initial = Networks.Initial(network);
        Trajectory patient = Runs.Exact(method).Create(network, new HybridOptions()).OrThrow();
        Allocated.Least(() => Simulate(patient, initial, 3, 50)).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_patient_does_not_depend_on_the_one_before(string method, string model)
    {
        Network network = Networks.Compile(model);
        double[] initial = Networks.Initial(network);
        Trajectory used = Runs.Exact(method).Create(network, new HybridOptions()).OrThrow();
        Simulate(used, initial, 0, 5);
        Trajectory fresh = Runs.Exact(method).Create(network, new HybridOptions()).OrThrow();
        Simulate(fresh, initial, 4, 1);
        used.Slots.ToArray().ShouldBe(fresh.Slots.ToArray());
        used.Steps.ShouldBe(fresh.Steps);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Results_do_not_depend_on_threads(string method, string model)
    {
        SimulationSettings settings = Runs.Ssa(method, 3, 40);
        double[][][] one = Runs.All(Networks.Model(model), settings with { Threads = 1 });
        double[][][] seven = Runs.All(Networks.Model(model), settings with { Threads = 7 });
        one.SelectMany(r => r[0]).ShouldBe(seven.SelectMany(r => r[0]));
    }

    [Theory]
    [Trait("Category", "Slow")]
    [MemberData(nameof(Cases))]
    public void Firings_a_second_are_counted(string method, string model)
    {
        Network network = Networks.Compile(model);
        double[] initial = Networks.Initial(network);
        Trajectory patient = Runs.Exact(method).Create(network, new HybridOptions()).OrThrow();
        Simulate(patient, initial, 0, 200);
        long steps = 0;
        TimeSpan start = Process.GetCurrentProcess().TotalProcessorTime;
        for (ulong i = 0; i < 1000; i++)
        {
            Simulate(patient, initial, i, 1);
            steps += patient.Steps;
        }

        double rate = steps / (Process.GetCurrentProcess().TotalProcessorTime - start).TotalSeconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{method}, {network.Model.Name}: {rate / 1e6:F2} million steps a second of processor time"));
        rate.ShouldBeGreaterThan(1e5);
    }

    static void Simulate(Trajectory patient, double[] initial, ulong first, int count)
    {
        for (ulong i = first; i < first + (ulong)count; i++)
        {
            patient.Begin(initial, 1, i);
            patient.Advance(10);
            patient.Advance(20);
        }
    }
}

/// <summary>Tests that measure the whole process run alone.</summary>
[CollectionDefinition(nameof(Undisturbed), DisableParallelization = true)]
public sealed class Undisturbed;
