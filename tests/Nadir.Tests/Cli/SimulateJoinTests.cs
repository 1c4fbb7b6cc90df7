using Nadir.Solvers;
using Nadir.Tests.Solvers;
using static Nadir.Tests.Cli.RealCommandLine;

namespace Nadir.Tests.Cli;

/// <summary>Parts of a simulation, simulated apart and put together, are the simulation in one piece.</summary>
public sealed class SimulateJoinTests : IDisposable
{
    readonly string _root = Directory.CreateTempSubdirectory("nadir-simulate-join-").FullName;

    public SimulateJoinTests() => File.WriteAllText(Path.Combine(_root, "few.ant"), MethodBitsTests.Few);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    string Place(string name) => Path.Combine(_root, name);

    string[] Simulate(string method) => ["simulate", Place("few.ant"), "--at", "1,5", .. method.Split(' ')];

    string Part(string method, int number, string name = "part")
    {
        string file = Place($"{name}{number}.csv");
        (int code, _, string error) = Run([.. Simulate(method), "--shard", $"{number}/3", "--out", file]);
        code.ShouldBe(0, error);
        return file;
    }

    /// <summary>Every method that there is; of those without draws two of the three parts are empty.</summary>
    public static TheoryData<string> Methods =>
    [
        .. SolverCatalogue.All.Select(m => $"--method ode --solver {m.Name} --wide"),
        .. SolverCatalogue.All.Select(m => $"--method hybrid --discrete B --count 20 --solver {m.Name}"),
        .. ExactCatalogue.All.Select(m => $"--method ssa --solver {m.Name} --count 20 --wide"),
        "--method hybrid --discrete A --discrete B --count 2",
        "--method extinction --discrete B",
    ];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Three_parts_joined_in_any_order_are_the_whole_to_the_byte(string method)
    {
        string[] parts = [Part(method, 1), Part(method, 2), Part(method, 3)];

        Run([.. Simulate(method), "--out", Place("whole.csv")]).Code.ShouldBe(0);
        Run("simulate", "--out", Place("joined.csv"), "--join", parts[2], parts[0], parts[1]).Code.ShouldBe(0);

        File.ReadAllBytes(Place("joined.csv")).ShouldBe(File.ReadAllBytes(Place("whole.csv")));
        Run(["simulate", "--join", .. parts]).Output.ShouldBe(File.ReadAllText(Place("whole.csv")));
    }

    [Fact]
    public void What_failed_in_the_parts_is_counted_when_they_are_joined()
    {
        const string method = "--method ssa --count 20 --max-steps 60";
        int[] codes = [.. Enumerable.Range(1, 3).Select(i => Run([.. Simulate(method), "--shard", $"{i}/3", "--out", Place($"failing{i}.csv")]).Code)];
        (int whole, _, string said) = Run([.. Simulate(method), "--out", Place("whole.csv")]);

        (int code, string output, string error) = Run(["simulate", "--join", .. Enumerable.Range(1, 3).Select(i => Place($"failing{i}.csv"))]);

        codes.ShouldContain(1);
        (code, whole).ShouldBe((1, 1));
        output.ShouldBe(File.ReadAllText(Place("whole.csv")));
        error.Trim().ShouldBe(said.Split('\n')[0].Trim());
        error.ShouldContain("StepLimit");
    }

    [Fact]
    public void Parts_that_are_missing_there_twice_changed_or_of_another_simulation_are_refused()
    {
        const string method = "--method ssa --count 20";
        string[] parts = [Part(method, 1), Part(method, 2), Part(method, 3)];
        string other = Part(method + " --seed 2", 3, "other");

        Refuses("part 2 of 3 is missing", parts[0], parts[2]);
        Refuses("part 1 of 3 is there 2 times", parts[0], parts[0], parts[1], parts[2]);
        Refuses("the parts differ in their settings", parts[0], parts[1], other);
        Refuses("no file of a part", parts[0], Place("few.ant"));
        File.AppendAllText(parts[1], "20,1,A,0\n");
        Refuses("changed after it was written", parts);
    }

    static void Refuses(string words, params string[] parts)
    {
        (int code, string output, string error) = Run(["simulate", "--join", .. parts]);

        code.ShouldBe(65);
        output.ShouldBeEmpty();
        error.ShouldContain(words);
    }
}
