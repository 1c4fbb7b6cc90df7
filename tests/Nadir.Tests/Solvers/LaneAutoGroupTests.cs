using Nadir.Kernels;
using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

/// <summary>Patients who change between methods, and so between lanes, as their own equations ask for.</summary>
public class LaneAutoGroupTests
{
    const int Count = 60;

    /// <summary>A number that follows prey and predators at a speed of the patient's own, and a clone that depends on it.</summary>
    const string Model = """
        model follower
          substanceOnly species prey, predators, follower, clone
          speed = 1
          prey = 40; predators = 9; follower = 0; clone = 30
          grow: prey => 2 prey; 0.5*prey
          eat: prey => ; 0.05*predators*prey
          thrive: predators => 2 predators; 0.01*predators*prey
          starve: predators => ; 0.4*predators
          follow: => follower; speed*prey
          leave: follower => ; speed*follower
          split: clone => 2 clone; 0.3*clone
          die: clone => ; 0.6*follower/(40 + follower)*clone
        end
        """;

    static readonly Network _network = Networks.Compile(Model);

    static readonly HybridOptions _options = new() { Discrete = [new DiscreteSpecies("clone")], Solver = SolverCatalogue.Auto };

    static readonly HybridPlan _plan = HybridPlan.Create(_network, _options.Discrete).Value!;

    /// <summary>From never stiff to always.</summary>
    static double Speed(int patient) => Math.Pow(10, patient % 7 * 4.0 / 6);

    static Cohort Alone(HybridOptions options)
    {
        Cohort cohort = new(i => i);
        TrajectoryGroup.Of(HybridTrajectory.Of(_plan, options)).Run(cohort, default);
        return cohort;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void A_patient_who_changes_lanes_is_the_patient_alone_bit_for_bit(int lanes)
    {
        Cohort together = new(i => i);

        TrajectoryGroup.Create(_plan, _options, lanes).Run(together, default);

        together.Seen.ShouldBe(Alone(_options).Seen);
    }

    [Fact]
    public void Neighbours_and_places_do_not_matter()
    {
        Cohort forward = new(i => i);
        Cohort backward = new(i => Count - 1 - i);

        TrajectoryGroup group = TrajectoryGroup.Create(_plan, _options, 8);
        group.Run(forward, default);
        group.Run(backward, default);

        backward.Seen.ShouldBe(forward.Seen);
    }

    [Fact]
    public void Who_is_never_stiff_takes_the_explicit_steps_and_who_is_takes_few()
    {
        Cohort auto = Alone(_options);
        Cohort plain = Alone(_options with { Solver = SolverCatalogue.Tsit5 });

        auto.Seen[0].ShouldBe(plain.Seen[0]);
        auto.Steps[6].ShouldBeLessThan(plain.Steps[6] / 50);
    }

    [Fact]
    public void A_run_that_was_broken_off_leaves_nothing_behind()
    {
        TrajectoryGroup group = TrajectoryGroup.Create(_plan, _options, 8);
        Should.Throw<OperationCanceledException>(() => group.Run(new Cohort(i => i) { BreaksOffAfter = 70 }, default));
        Cohort again = new(i => i);

        group.Run(again, default);

        again.Seen.ShouldBe(Alone(_options).Seen);
    }

    [Fact]
    public void Changing_lanes_allocates_nothing()
    {
        TrajectoryGroup group = TrajectoryGroup.Create(_plan, _options, 8);
        group.Run(new Cohort(i => i), default);
        long steps = 0;

        long allocated = Allocated.Least(() =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Cohort again = new(i => i);
            long made = GC.GetAllocatedBytesForCurrentThread() - before;
            group.Run(again, default);
            steps = again.Steps.Sum();
            return made + again.Own;
        });

        (allocated / (double)steps).ShouldBeLessThan(1);
    }

    /// <summary>What is seen of each patient at its stops is kept as bits.</summary>
    sealed class Cohort(Func<int, int> order) : IPatientFeed
    {
        static readonly double[] _stops = [1, 10, 28, 60];

        readonly (Trajectory Trajectory, int Patient, int Stop)[] _places = new (Trajectory, int, int)[24];
        int _next;
        int _reached;

        public int BreaksOffAfter { get; init; } = int.MaxValue;

        public List<long>[] Seen { get; } = [.. Enumerable.Range(0, Count).Select(_ => new List<long>(64))];

        public long[] Steps { get; } = new long[Count];

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
            int patient = order(_next++);
            double[] slots = Networks.Initial(_network);
            slots[_network.SlotOf("speed")] = Speed(patient);
            _places[place] = (trajectory, patient, 0);
            Own += GC.GetAllocatedBytesForCurrentThread() - before;
            trajectory.Begin(slots, 5, (ulong)patient);
            return true;
        }

        public bool Reached(int place, StopReason reason, out double until)
        {
            if (++_reached > BreaksOffAfter)
            {
                throw new OperationCanceledException();
            }

            (Trajectory trajectory, int patient, int stop) = _places[place];
            Seen[patient].Add((long)trajectory.Status);
            foreach (double value in trajectory.Slots)
            {
                Seen[patient].Add(BitConverter.DoubleToInt64Bits(value));
            }

            Seen[patient].Add(trajectory.Steps);
            Steps[patient] = trajectory.Steps;
            _places[place].Stop = ++stop;
            until = stop < _stops.Length ? _stops[stop] : 0;
            return stop < _stops.Length;
        }
    }
}
