using Nadir.Kernels;
using Nadir.Models;
using Nadir.Numerics;
using Nadir.Solvers;
using Nadir.Tests.Architecture;

namespace Nadir.Tests.Solvers;

/// <summary>
/// Clones that fall below one cell and grow back, on the model of the speed comparison. With an absolute tolerance of 1e-3 cells
/// variable-order implicit codes get them wrong and return negative cells; with Nadir's default tolerances neither may happen.
/// </summary>
public sealed class RegrowthAccuracyTests
{
    const int Patients = 15;
    const int Until = 365;
    const double WorstError = 0.01;

    static readonly (string Parameter, double Median, double Spread)[] Variation =
    [
        ("leukaemia_at_infusion", 2e11, 1.0),
        ("leukaemia_growth", 0.08, 0.3),
        ("dim_fraction", 3e-3, 2.0),
        ("dim_growth", 0.12, 0.2),
        ("dim_kill_rate", 0.2, 0.2),
        ("kill_rate", 1.2, 0.3),
        ("effector_division_rate", 1.3, 0.1),
        ("memory_death_rate", 0.003, 0.8),
    ];

    [Theory]
    [InlineData("auto", 1)]
    [InlineData("tsit5", 1)]
    [InlineData("dop853", 1)]
    [InlineData("rodas5p", 1)]
    [InlineData("auto", 0.01)]
    public void A_clone_that_falls_below_one_cell_grows_back_right_and_nothing_turns_negative(string solver, double killHalfSaturationFactor)
    {
        Network network = Network.Compile(AntimonyReader.Read(Repository.Read("bench/models/car-t.ant"), "car-t.ant").OrThrow());
        int clone = network.SlotOf("dim_clone");
        Trajectory tested = Runs.Trajectory(network, new HybridOptions { Solver = SolverCatalogue.All.Single(s => s.Name == solver) });
        Trajectory reference = Runs.Trajectory(network, Tight(killHalfSaturationFactor == 1 ? SolverCatalogue.DormandPrince853 : SolverCatalogue.Rodas5P));
        double worst = 0;
        int regrown = 0;
        for (int patient = 0; patient < Patients; patient++)
        {
            double[] slots = Draw(network, (ulong)patient, killHalfSaturationFactor);
            (double lowest, double last) = Follow(reference, slots, clone, mayBeNegative: true);
            (_, double found) = Follow(tested, slots, clone, mayBeNegative: false);
            if (lowest < 1 && last > 1)
            {
                regrown++;
                worst = Math.Max(worst, Math.Abs(found - last) / last);
            }
        }

        regrown.ShouldBeGreaterThan(2);
        worst.ShouldBeLessThan(WorstError);
    }

    static HybridOptions Tight(Solver solver) => new() { Solver = solver, Tolerances = new() { Relative = 1e-9, Absolute = 1e-20 } };

    static double[] Draw(Network network, ulong patient, double killHalfSaturationFactor)
    {
        RandomStream stream = new(20261123, patient, RandomStream.Purpose("regrowth"));
        InitialState start = new(network, Variation.Select(v => v.Parameter).Append("kill_half_saturation").ToHashSet());
        (int, double)[] values = new (int, double)[Variation.Length + 1];
        for (int i = 0; i < Variation.Length; i++)
        {
            values[i] = (network.SlotOf(Variation[i].Parameter), Variation[i].Median * Elementary.Exp(Variation[i].Spread * Draws.Normal(ref stream)));
        }

        values[^1] = (network.SlotOf("kill_half_saturation"), 1.5e9 * killHalfSaturationFactor);
        double[] slots = new double[start.Count];
        start.Fill(slots, values);
        return slots;
    }

    /// <summary>The clone's lowest amount on any day, and that of the last day.</summary>
    static (double Lowest, double Last) Follow(Trajectory trajectory, double[] slots, int clone, bool mayBeNegative)
    {
        trajectory.Begin(slots, seed: 1, patient: 0);
        double lowest = double.PositiveInfinity;
        for (int day = 1; day <= Until; day++)
        {
            trajectory.Advance(day).ShouldBe(StopReason.Time);
            lowest = Math.Min(lowest, trajectory.Slots[clone]);
            (mayBeNegative || !trajectory.Slots.ContainsAnyInRange(double.NegativeInfinity, -double.Epsilon)).ShouldBeTrue();
        }

        return (lowest, trajectory.Slots[clone]);
    }
}
