using Nadir.Kernels;
using Nadir.Models;
using Nadir.Solvers;

namespace Nadir.Tests.Kernels;

public class AbsentPartsTests
{
    const string Chain = """
        model chain
          substanceOnly species seen, hidden, deeper, founded, infused
          seen = 100
          hidden = 0
          deeper = 0
          founders = 0
          founded = founders*seen
          infused = 0
          opening = 0
          growth = 0.3
          grow: seen => 2 seen; growth*seen
          open: seen => hidden; opening*seen
          go_deeper: hidden => deeper; growth*hidden
          come_back: deeper => seen; growth*deeper/(1 + hidden)
          grow_founded: founded => 2 founded; growth*founded
          lose: infused => ; growth*infused
          total := seen + hidden + deeper + founded + infused
        end
        """;

    static readonly Model _model = AntimonyReader.Read(Chain, "chain.ant").OrThrow();

    [Fact]
    public void Species_that_nothing_founds_and_nothing_brings_are_absent_with_their_parameters() =>
        AbsentParts.Of(_model, ["opening", "founders"], ["infused"]).Order().ShouldBe(["deeper", "founded", "founders", "hidden", "opening"]);

    [Fact]
    public void One_way_in_is_enough_to_be_there() =>
        AbsentParts.Of(_model, ["founders"], []).Order().ShouldBe(["founded", "founders", "infused"]);

    [Theory]
    [InlineData("a = 0; k = 0.1; b = 100; turn: a -> b; k*a - k*b")]
    [InlineData("a = 0; k = 0.1; b = 100; lose: a => ; k + 0*b")]
    public void What_a_law_of_either_sign_can_move_is_not_absent(string body)
    {
        Model model = AntimonyReader.Read($"model m; substanceOnly species a, b; {body}; end", "m.ant").OrThrow();
        AbsentParts.Of(model, [], []).ShouldNotContain("a");
    }

    [Fact]
    public void Nothing_is_absent_where_events_may_set_it()
    {
        Model model = AntimonyReader.Read("model m; substanceOnly species a; a = 0; drug = 0; grow: => a; drug; give: at (time > 5): drug = 1; end", "m.ant").OrThrow();
        AbsentParts.Of(model, ["drug"], []).ShouldBeEmpty();
    }

    [Fact]
    public void A_network_without_them_moves_as_the_whole_one()
    {
        Network whole = Network.Compile(_model);
        Network part = Network.Compile(_model, AbsentParts.Of(_model, ["opening", "founders"], ["infused"]));
        part.SlotNames.ShouldBe(whole.SlotNames);
        At(part, 10).ShouldBe(At(whole, 10), 1e-9);
        Instructions(part).ShouldBeLessThan(Instructions(whole) / 2);
    }

    [Fact]
    public void To_give_what_a_network_leaves_out_is_a_fault()
    {
        Network part = Network.Compile(_model, AbsentParts.Of(_model, ["opening", "founders"], ["infused"]));
        HybridTrajectory trajectory = HybridTrajectory.Create(part, new HybridOptions()).OrThrow();
        double[] slots = new double[part.SlotNames.Count];
        new InitialState(part).Fill(slots);
        trajectory.Begin(slots, 1, 1);
        Should.Throw<InvalidOperationException>(() => trajectory.Set(part.SlotOf("hidden"), 5)).Message.ShouldContain("hidden");
        slots[part.SlotOf("opening")] = 0.1;
        Should.Throw<InvalidOperationException>(() => trajectory.Begin(slots, 1, 1)).Message.ShouldContain("opening");
    }

    static int Instructions(Network network) =>
        network.Lower(network.Model.Reactions.Select(r => r.RateLaw)).Instructions.Count(i => i.Op is not (OpCode.Slot or OpCode.Constant));

    static double[] At(Network network, double day)
    {
        double[] slots = new double[network.SlotNames.Count];
        new InitialState(network).Fill(slots);
        HybridTrajectory trajectory = HybridTrajectory.Create(network, new HybridOptions()).OrThrow();
        trajectory.Begin(slots, 1, 1);
        trajectory.Advance(day);
        return [.. trajectory.Slots[..network.DynamicCount]];
    }
}
