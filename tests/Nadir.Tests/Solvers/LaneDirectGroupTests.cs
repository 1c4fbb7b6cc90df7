using System.Globalization;
using System.Text;
using Nadir.Kernels;
using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

/// <summary>Replicates of an exact simulation whose rates are computed at once are, bit for bit, the replicates alone.</summary>
public class LaneDirectGroupTests
{
    const int Count = 30;

    /// <summary>A ring of species that divide, die and turn into the next, with an infusion, and one that is depleted.</summary>
    static string Ring(string more)
    {
        StringBuilder text = new("model ring\n");
        for (int i = 0; i < 12; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  substanceOnly species S{i}\n  S{i} = {5 + i}.5\n");
        }

        for (int i = 0; i < 12; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  S{i} => 2 S{i}; 0.3*S{i}/(1 + 0.01*S{(i + 1) % 12})\n  S{i} => ; 0.3*S{i}\n  S{i} => S{(i + 1) % 12}; 0.05*S{i}\n");
        }

        return text.Append(more).Append("\nend\n").ToString();
    }

    static Cohort Run(TrajectoryGroup group)
    {
        Cohort cohort = new();
        group.Run(cohort, default);
        return cohort;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void A_replicate_among_others_is_the_replicate_alone_bit_for_bit(int lanes)
    {
        Network network = Networks.Compile(Ring("  at (time >= 3): S2 = S2 + 40.5\n  at (S0 > 12): S0 = 3\n  at 0.5 after (S4 < 6): S4 = S4 + 2"));
        HybridOptions options = new();
        TrajectoryGroup alone = TrajectoryGroup.Of(ExactCatalogue.Direct.Create(network, options).OrThrow());

        Run(TrajectoryGroup.CreateDirect(network, options, lanes).ShouldNotBeNull()).Seen.ShouldBe(Run(alone).Seen);
    }

    [Theory]
    [InlineData("  S3 => ; 1", LaneStatus.NegativeAmount)]
    [InlineData("  S3 => ; 2 - S5", LaneStatus.NegativeRate)]
    [InlineData("  S3 => ; 1/(S5 - 10)", LaneStatus.NotFinite)]
    public void A_replicate_that_fails_is_alone_in_failing(string reaction, LaneStatus status)
    {
        Network network = Networks.Compile(Ring(reaction));
        HybridOptions options = new();
        TrajectoryGroup alone = TrajectoryGroup.Of(ExactCatalogue.Direct.Create(network, options).OrThrow());

        Cohort together = Run(TrajectoryGroup.CreateDirect(network, options, 8).ShouldNotBeNull());

        together.Seen.ShouldBe(Run(alone).Seen);
        together.Seen.Count(s => s[^2] == (long)status).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Firings_allocate_nothing()
    {
        TrajectoryGroup group = TrajectoryGroup.CreateDirect(Networks.Compile(Ring("")), new HybridOptions(), 8).ShouldNotBeNull();
        Run(group);
        long firings = 0;

        long allocated = Allocated.Least(() =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Cohort again = new();
            long made = GC.GetAllocatedBytesForCurrentThread() - before;
            group.Run(again, default);
            firings = again.Firings;
            return made + again.Own;
        });

        allocated.ShouldBeLessThan(firings / 10);
    }

    [Fact]
    public void Small_networks_and_rates_that_change_in_time_are_left_to_one_replicate_at_a_time()
    {
        TrajectoryGroup.CreateDirect(Networks.Compile("model m\n substanceOnly species A\n A = 3\n A => ; 0.1*A\nend\n"), new HybridOptions(), 8).ShouldBeNull();
        TrajectoryGroup.CreateDirect(Networks.Compile(Ring("  S1 => ; 0.1*S1*(1 + sin(time))")), new HybridOptions(), 8).ShouldBeNull();
    }

    /// <summary>What is seen of each replicate at its stops is kept as bits; the last two are status and firings.</summary>
    sealed class Cohort : IPatientFeed
    {
        static readonly double[] _stops = [1, 4, 6];

        readonly (Trajectory Trajectory, int Replicate, int Stop)[] _places = new (Trajectory, int, int)[8];
        double[]? _initial;
        int _next;

        public List<long>[] Seen { get; } = [.. Enumerable.Range(0, Count).Select(_ => new List<long>(64))];

        public long Firings { get; private set; }

        /// <summary>Bytes that the test itself allocated in the callbacks.</summary>
        public long Own { get; private set; }

        public bool TryBegin(int place, Trajectory trajectory, out double until)
        {
            until = _stops[0];
            if (_next == Count)
            {
                return false;
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            _initial ??= [.. Enumerable.Range(0, 12).Select(i => 5.5 + i), .. new double[trajectory.Slots.Length - 12]];
            Own += GC.GetAllocatedBytesForCurrentThread() - before;
            _places[place] = (trajectory, _next++, 0);
            trajectory.Begin(_initial, 5, (ulong)_places[place].Replicate);
            return true;
        }

        public bool Reached(int place, StopReason reason, out double until)
        {
            (Trajectory trajectory, int replicate, int stop) = _places[place];
            long before = GC.GetAllocatedBytesForCurrentThread();
            foreach (double value in trajectory.Slots)
            {
                Seen[replicate].Add(BitConverter.DoubleToInt64Bits(value));
            }

            Seen[replicate].Add((long)trajectory.Status);
            Seen[replicate].Add(trajectory.Steps);
            Own += GC.GetAllocatedBytesForCurrentThread() - before;
            _places[place].Stop = ++stop;
            bool goesOn = stop < _stops.Length && reason != StopReason.Failed;
            Firings += goesOn ? 0 : trajectory.Steps;
            until = goesOn ? _stops[stop] : 0;
            return goesOn;
        }
    }
}
