using Nadir.Kernels;
using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

/// <summary>A clone below its threshold stays continuous only where arrivals fill it before chance has a say.</summary>
public class FillingCloneTests
{
    static int Empty(string model, double day, int patients)
    {
        Network network = Networks.Compile(model);
        HybridTrajectory trajectory = HybridTrajectory.Create(network, new HybridOptions { Discrete = [new DiscreteSpecies("c")] }).Value.ShouldNotBeNull();
        double[] slots = Networks.Initial(network);
        int empty = 0;
        for (int i = 0; i < patients; i++)
        {
            trajectory.Begin(slots, 3, (ulong)i);
            trajectory.Advance(day).ShouldBe(StopReason.Time);
            empty += trajectory.Slots[network.SlotOf("c")] == 0 ? 1 : 0;
        }

        return empty;
    }

    [Fact]
    public void A_trickle_into_a_growing_clone_that_hardly_dies_is_still_counted()
    {
        const int Patients = 2000;
        double expected = Math.Exp(-0.002 * 100);
        double spread = Math.Sqrt(Patients * expected * (1 - expected));

        int empty = Empty("""
            model trickle
              substanceOnly species c
              c = 0
              arrives: => c; 0.002
              divides: c => 2 c; 0.1*c
              dies: c => ; 1e-6*c
            end
            """, 100, Patients);

        ((double)empty).ShouldBe(Patients * expected, 4 * spread);
    }

    [Fact]
    public void A_source_with_few_cells_left_fills_nothing()
    {
        const int Patients = 2000;

        // Two cells leave at 24 a day for a clone in which each dies at 0.01: by day 60 both are dead with chance (1 - e^-0.6)^2.
        double dead = Math.Pow(1 - Math.Exp(-0.01 * 60), 2);
        double spread = Math.Sqrt(Patients * dead * (1 - dead));

        int empty = Empty("""
            model last_cells
              substanceOnly species s, c
              s = 2
              c = 0
              move: s => c; 24*s
              die: c => ; 0.01*c
            end
            """, 60, Patients);

        ((double)empty).ShouldBe(Patients * dead, (4 * spread) + (0.03 * Patients));
    }
}
