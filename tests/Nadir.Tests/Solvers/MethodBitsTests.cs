using System.Security.Cryptography;
using Nadir.Ensembles;
using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

/// <summary>
/// Every method gives the same bits at any number of threads, and those that were written down: the tests run again with shorter vectors and without fused operations, where they must be the same.
/// </summary>
public class MethodBitsTests
{
    const string Model = """
        model clone
          substanceOnly species L, C, X
          L = 1e6; C = 1e5; X = 40
          grow: L => 2 L; 0.3*L
          kill: L => ; 2*C/(1e6 + C + 0.1*L)*L
          expand: C => 2 C; 0.8*L/(1e5 + L)*C
          die: C => ; 0.4*C
          mutate: => X; 1e-6*L
          divide_x: X => 2 X; 0.25*X
          die_x: X => ; (0.2 + C/(1e7 + C))*X
        end
        """;

    /// <summary>A small network that every method can solve.</summary>
    internal const string Few = """
        model few
          substanceOnly species A, B
          A = 30; B = 5
          split: A => 2 A; 0.2*A
          die: A => ; (0.15 + 0.001*B)*A
          turn: A => B; 0.05*A
          lose: B => ; 0.1*B
        end
        """;

    /// <summary>A network that an explicit method cannot go through in reasonable steps, so that the automatic choice has to switch.</summary>
    internal const string Stiff = """
        model stiff
          substanceOnly species L, C, S, X
          L = 1e6; C = 1e5; S = 10; X = 40
          grow: L => 2 L; 0.3*L
          kill: L => ; 2*C/(1e4 + C + 0.1*L)*L
          expand: C => 2 C; 0.8*L/(1e5 + L)*C
          die: C => ; 0.4*C
          signal: => S; 3000*L/(1e5 + L)
          clear: S => ; 3000*S*(1 + S)
          divide_x: X => 2 X; 0.25*X
          die_x: X => ; (0.2 + 0.1*S)*X
        end
        """;

    public static TheoryData<string, string> Methods => new()
    {
        { "ode tsit5", "4163B5D0D78E9BFB" }, { "ode dop853", "E7B4D4313CB09A8A" }, { "ode rodas5p", "F44830A601ACF7D9" }, { "ode rodas3p", "11806604FBEF7900" }, { "ode auto", "B78F68C186873FA3" },
        { "hybrid tsit5", "E3F78B8A976C0B9E" }, { "hybrid dop853", "E308C6693572C3A0" }, { "hybrid rodas5p", "96F41342429AAEDD" }, { "hybrid rodas3p", "8D5852389613BAAE" }, { "hybrid auto", "F69D1A937BE99196" },
        { "ssa direct", "458C4E82826BAC9D" }, { "ssa next-reaction", "D96CC1A697215364" }, { "extinction tsit5", "6EEC937F8CC73727" },
    };

    static string Bits(string method, int threads)
    {
        string[] parts = method.Split(' ');
        int count = parts[0] is "ode" or "extinction" ? 1 : 21;
        SimulationSettings settings = new() { Method = Enum.Parse<SimulationMethod>(parts[0], ignoreCase: true), Times = [1, 3, 10], Count = count, Threads = threads, Seed = 7 };
        settings = parts[0] == "ssa" ? settings with { Exact = Runs.Exact(parts[1]) }
            : settings with { Solver = SolverCatalogue.All.Single(s => s.Name == parts[1]), Discrete = parts[0] == "ode" ? [] : [new DiscreteSpecies("X")] };
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        SimulationJob.Create(Networks.Model(parts[0] == "ssa" ? Few : parts[1] == "auto" ? Stiff : Model), settings).OrThrow().Run(r =>
        {
            r.Status.ShouldBe(LaneStatus.Completed);
            foreach (double value in r.Values.SelectMany(v => v))
            {
                hash.AppendData(BitConverter.GetBytes(value));
            }
        });
        return Convert.ToHexString(hash.GetHashAndReset())[..16];
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_bits_are_those_written_down_at_1_2_and_7_threads(string method, string bits)
    {
        string one = Bits(method, 1);

        Bits(method, 2).ShouldBe(one);
        Bits(method, 7).ShouldBe(one);
        one.ShouldBe(bits);
    }

    [Fact]
    public void The_automatic_choice_has_to_switch_in_what_it_is_given()
    {
        SimulationSettings settings = new() { Method = SimulationMethod.Ode, Times = [10], Tolerances = new Tolerances { MaxSteps = 3000 } };
        LaneStatus Ends(Solver solver)
        {
            LaneStatus status = default;
            SimulationJob.Create(Networks.Model(Stiff), settings with { Solver = solver }).OrThrow().Run(r => status = r.Status);
            return status;
        }

        Ends(SolverCatalogue.Tsit5).ShouldBe(LaneStatus.StepLimit);
        Ends(SolverCatalogue.Auto).ShouldBe(LaneStatus.Completed);
    }

    [Fact]
    public void Every_method_is_here() =>
        Methods.Select(m => m.Data.Item1).ShouldBe(
            [
                .. SolverCatalogue.All.SelectMany(s => new[] { $"ode {s.Name}", $"hybrid {s.Name}" }),
                .. ExactCatalogue.All.Select(e => $"ssa {e.Name}"),
                "extinction tsit5",
            ],
            ignoreOrder: true);
}
