using Nadir.Kernels;

namespace Nadir.Tests.Kernels;

/// <summary>Values at time 0 that are formulas of one another.</summary>
public sealed class InitialStateTests
{
    [Fact]
    public void Values_that_depend_on_one_another_are_computed_in_the_order_they_need()
    {
        Network network = Networks.Compile("z = 2*y; y = x + w; x = 3; w := 2*x; species S; S = z; A => S; z");
        double[] slots = Networks.Initial(network);
        slots[network.SlotOf("y")].ShouldBe(9);
        slots[network.SlotOf("z")].ShouldBe(18);
        slots[network.SlotOf("S")].ShouldBe(18);
    }

    [Fact]
    public void A_concentration_in_a_computed_volume_is_that_of_the_computed_volume()
    {
        Network network = Networks.Compile("v = 4; compartment C; C = v; species S in C; substanceOnly species T in C; S = 5; T = 3; p = S; q = T; species U in C; U = S + 1; r = U");
        double[] slots = Networks.Initial(network);
        slots[network.SlotOf("S")].ShouldBe(20);
        slots[network.SlotOf("p")].ShouldBe(5);
        slots[network.SlotOf("q")].ShouldBe(12);
        slots[network.SlotOf("U")].ShouldBe(24);
        slots[network.SlotOf("r")].ShouldBe(6);
    }

    /// <summary>The initial value of one name.</summary>
    internal static double ValueOf(string antimony, string name)
    {
        Network network = Networks.Compile(antimony);
        return Networks.Initial(network)[network.SlotOf(name)];
    }

    [Fact]
    public void A_patients_own_value_takes_the_place_of_the_models_and_carries_through()
    {
        Network network = Networks.Compile("k = 2; a = 3*k; b = a + k");
        InitialState start = new(network, new HashSet<string> { "a" });
        double[] slots = new double[start.Count];
        start.Fill(slots, [(network.SlotOf("a"), 10)]);
        slots[network.SlotOf("b")].ShouldBe(12);
    }
}
