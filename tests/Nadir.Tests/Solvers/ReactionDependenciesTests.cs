using Nadir.Kernels;
using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

/// <summary>Which rates read what.</summary>
public sealed class ReactionDependenciesTests
{
    const string Model = """
        model m
          compartment V = 2
          species A in V
          substanceOnly species B, C, D
          A = 1; B = 1; C = 1; D = 1; x = 1; k = 1
          x' = -x
          total := B + C
          plain: A => B; k*A
          through_rule: B => C; k/(1 + total)
          through_name: C => D; 0.1*through_rule
          clock: D => ; (1 + sin(time))*D
          variable: D => ; x*D
          constant: => A; k
        end
        """;

    [Fact]
    public void A_rate_is_read_off_its_formula_through_rules_concentrations_and_names()
    {
        Network network = Networks.Compile(Model);
        ReactionDependencies found = new(network);
        Names(network, found.Readers(network.SlotOf("A"))).ShouldBe(["plain"]);
        Names(network, found.Readers(network.SlotOf("V"))).ShouldBe(["plain"]);
        Names(network, found.Readers(network.SlotOf("B"))).ShouldBe(["through_rule", "through_name"]);
        Names(network, found.Readers(network.SlotOf("C"))).ShouldBe(["through_rule", "through_name"]);
        Names(network, found.Readers(network.SlotOf("D"))).ShouldBe(["clock", "variable"]);
        Names(network, found.Readers(network.SlotOf("k"))).ShouldBe(["plain", "through_rule", "through_name", "constant"]);
    }

    [Fact]
    public void The_clock_and_variables_under_rate_rules_make_a_rate_move_in_time()
    {
        Network network = Networks.Compile(Model);
        ReactionDependencies found = new(network);
        found.AnyMovesInTime.ShouldBeTrue();
        Names(network, [.. Enumerable.Range(0, found.MovesInTime.Count).Where(r => found.MovesInTime[r])]).ShouldBe(["clock", "variable"]);
    }

    static string[] Names(Network network, ReadOnlySpan<int> reactions) => [.. reactions.ToArray().Select(r => network.Model.Reactions[r].Name)];
}
