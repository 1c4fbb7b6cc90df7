using Nadir.Expressions;
using Nadir.Kernels;
using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

/// <summary>A patient beside others is, bit for bit, the patient alone: at every width, in every lane, with clones extinct, rare, waiting or plentiful.</summary>
public class LaneGroupTests
{
    const string Model = """
        model relapse
          substanceOnly species effectors, sensitive, resistant, switched
          kill = 1.2
          fade = 0.15
          growth = 0.2
          loss = 1e-10
          effectors = 1e8
          sensitive = 2e9
          resistant = 1
          switched = 0
          crowding := max(0, 1 - (sensitive + resistant + switched)/1e12)
          expansion: effectors => 2 effectors; 0.9*effectors*sensitive/(1e8 + sensitive)
          contraction: effectors => ; fade*effectors
          grow_sensitive: sensitive => 2 sensitive; growth*(1 + crowding)*sensitive
          die_sensitive: sensitive => ; growth*sensitive
          killed: sensitive => ; kill*effectors/(1e9 + effectors)*sensitive
          grow_resistant: resistant => 2 resistant; growth*(1 + crowding)*resistant
          die_resistant: resistant => ; growth*resistant
          mutation: => resistant; loss*sensitive
          switch: resistant => switched; 0.01*resistant
          grow_switched: switched => 2 switched; growth*(1 + crowding)*switched
          die_switched: switched => ; growth*switched
        end
        """;

    static readonly Network _network = Networks.Compile(Model);

    static readonly HybridOptions _options = new()
    {
        Discrete = [new DiscreteSpecies("effectors", 20), new DiscreteSpecies("sensitive"), new DiscreteSpecies("resistant"), new DiscreteSpecies("switched", 100)],
        Watch = new BinaryExpr(BinaryOperator.Greater, new SymbolExpr("sensitive") + new SymbolExpr("resistant"), new NumberExpr(5e10)),
        Recorded = [new SymbolExpr("effectors"), new SymbolExpr("sensitive") * new TimeExpr()],
    };

    static readonly HybridPlan _plan = HybridPlan.Create(_network, _options.Discrete).Value!;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void A_patient_among_others_is_the_patient_alone_bit_for_bit(int lanes)
    {
        Cohort alone = new(60, order: i => i);
        Cohort together = new(60, order: i => i);

        TrajectoryGroup.Of(HybridTrajectory.Of(_plan, _options)).Run(alone, default);
        TrajectoryGroup.Create(_plan, _options, lanes).Run(together, default);

        together.Seen.ShouldBe(alone.Seen);
        alone.Watched.ShouldBeInRange(5, 55);
    }

    [Fact]
    public void Neighbours_and_places_do_not_matter()
    {
        Cohort forward = new(60, order: i => i);
        Cohort backward = new(60, order: i => 59 - i);

        TrajectoryGroup group = TrajectoryGroup.Create(_plan, _options, 8);
        group.Run(forward, default);
        group.Run(backward, default);

        backward.Seen.ShouldBe(forward.Seen);
    }

    [Fact]
    public void A_patient_who_fails_is_alone_in_failing()
    {
        HybridOptions strict = _options with { Tolerances = new Tolerances { MaxSteps = 350 } };
        Cohort alone = new(60, order: i => i);
        Cohort together = new(60, order: i => i);

        TrajectoryGroup.Of(HybridTrajectory.Of(_plan, strict)).Run(alone, default);
        TrajectoryGroup.Create(_plan, strict, 8).Run(together, default);

        together.Seen.ShouldBe(alone.Seen);
        alone.Failed.ShouldBeInRange(1, 59);
    }

    public static TheoryData<string> Solvers => [.. SolverCatalogue.All.Where(s => s.HasLanes).Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Solvers))]
    public void A_step_allocates_nothing_once_every_mode_has_been_seen(string solver)
    {
        TrajectoryGroup group = TrajectoryGroup.Create(_plan, _options with { Solver = SolverCatalogue.All.Single(s => s.Name == solver) }, 8);
        group.Run(new Cohort(200, order: i => i), default);
        long steps = 0;

        long allocated = Allocated.Least(() =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Cohort again = new(200, order: i => i);
            long made = GC.GetAllocatedBytesForCurrentThread() - before;
            group.Run(again, default);
            steps = again.Steps;
            return made + again.Own;
        });

        (allocated / (double)steps).ShouldBeLessThan(1);
    }

    /// <summary>Patients with their own rates of killing; what is seen of each at its stops is kept as bits.</summary>
    sealed class Cohort(int count, Func<int, int> order) : IPatientFeed
    {
        static readonly double[] _stops = [1, 10, 28, 90, 180, 365];

        readonly Trajectory[] _trajectories = new Trajectory[8];
        readonly int[] _patients = new int[8];
        readonly int[] _stop = new int[8];
        readonly Peaks[] _peaks = [.. Enumerable.Range(0, 8).Select(_ => new Peaks())];
        readonly double[] _slots = new double[_network.SlotNames.Count];
        int _next;

        public List<long>[] Seen { get; } = [.. Enumerable.Range(0, count).Select(_ => new List<long>(64))];

        public int Watched { get; private set; }

        public int Failed { get; private set; }

        public long Steps { get; private set; }

        /// <summary>Bytes that the test itself allocated in the callbacks.</summary>
        public long Own { get; private set; }

        public bool TryBegin(int place, Trajectory trajectory, out double until)
        {
            until = _stops[0];
            if (_next == count)
            {
                return false;
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            int patient = order(_next++);
            (_patients[place], _trajectories[place], _stop[place]) = (patient, trajectory, 0);
            Networks.Initial(_network).CopyTo(_slots, 0);
            _slots[_network.SlotOf("kill")] = 0.5 + (0.03 * patient);
            _slots[_network.SlotOf("fade")] = 0.1 + (0.003 * (patient % 17));
            Own += GC.GetAllocatedBytesForCurrentThread() - before;
            _peaks[place].Begin();
            trajectory.Recorder = _peaks[place];
            trajectory.Begin(_slots, 5, (ulong)patient);
            trajectory.Arm(false);
            return true;
        }

        public bool Reached(int place, StopReason reason, out double until)
        {
            Trajectory t = _trajectories[place];
            List<long> seen = Seen[_patients[place]];
            seen.Add(BitConverter.DoubleToInt64Bits(t.Time));
            seen.Add((long)t.Status);
            seen.Add(_peaks[place].Told);
            seen.Add(_peaks[place].Samples);
            foreach (double slot in t.Slots[..4])
            {
                seen.Add(BitConverter.DoubleToInt64Bits(slot));
            }

            Watched += reason == StopReason.Watch ? 1 : 0;
            Failed += reason == StopReason.Failed ? 1 : 0;
            bool over = reason != StopReason.Time || ++_stop[place] == _stops.Length;
            Steps += over ? t.Steps : 0;
            until = over ? 0 : _stops[_stop[place]];
            t.Arm(_stop[place] >= 2);
            return !over;
        }
    }

    /// <summary>Is told of steps on every account there is, and keeps the bits of what it is told.</summary>
    sealed class Peaks : IStepRecorder
    {
        static readonly double[] _days = [50, 200, 300];

        readonly double[] _highest = new double[2];
        int _nextDay;

        public long Told { get; private set; }

        public long Samples { get; private set; }

        public void Begin()
        {
            Array.Clear(_highest);
            (_nextDay, Told, Samples) = (0, 0, 0);
        }

        public StepHeed Heeds(int quantity) => quantity == 0
            ? new(5, _highest[0], double.PositiveInfinity, _nextDay < _days.Length ? _days[_nextDay] : double.PositiveInfinity)
            : new(double.NegativeInfinity, _highest[1], 100);

        public void Recorded(Trajectory trajectory, ReadOnlySpan<double> samples)
        {
            Told++;
            for (; _nextDay < _days.Length && _days[_nextDay] <= trajectory.Time; _nextDay++)
            {
            }

            for (int i = 0; i < samples.Length; i++)
            {
                ref double highest = ref _highest[i / (samples.Length / 2)];
                highest = Math.Max(highest, samples[i]);
                Samples = (Samples * 31) + BitConverter.DoubleToInt64Bits(samples[i]);
            }
        }
    }
}
