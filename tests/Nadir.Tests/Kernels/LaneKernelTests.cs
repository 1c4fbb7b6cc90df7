using System.Reflection.Emit;
using Nadir.Kernels;
using Nadir.Numerics;

namespace Nadir.Tests.Kernels;

/// <summary>Every lane of every width against the interpreter of the same program.</summary>
public sealed class LaneKernelTests
{
    const int Symbols = 4;
    const int Outputs = 3;

    [Fact]
    public void One_lane_equals_the_interpreter_on_random_formulas() => EveryLaneEqualsTheInterpreter<Lanes1>();

    [Fact]
    public void Two_lanes_equal_the_interpreter_on_random_formulas() => EveryLaneEqualsTheInterpreter<Lanes2>();

    [Fact]
    public void Four_lanes_equal_the_interpreter_on_random_formulas() => EveryLaneEqualsTheInterpreter<Lanes4>();

    [Fact]
    public void Eight_lanes_equal_the_interpreter_on_random_formulas() => EveryLaneEqualsTheInterpreter<Lanes8>();

    [Fact]
    public void Threads_write_kernels_in_one_dialect_at_the_same_time()
    {
        for (int round = 0; round < 200; round++)
        {
            LaneDialect dialect = LaneDialect.Of<Lanes8>();
            using Barrier start = new(4);
            Task[] writers = [.. Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    ILGenerator il = new DynamicMethod("written", typeof(void), []).GetILGenerator();
                    start.SignalAndWait();
                    dialect.Load(il);
                    dialect.Store(il);
                    dialect.Select(il);
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
            Should.NotThrow(() => Task.WaitAll(writers));
        }
    }

    static void EveryLaneEqualsTheInterpreter<T>()
        where T : struct, ILanes<T>
    {
        RandomStream random = new(20261123, 0, 3);
        LaneArray times = new(T.Width);
        LaneArray slots = new(Symbols * T.Width);
        LaneArray found = new(Outputs * T.Width);
        double[] x = new double[Symbols];
        double[] expected = new double[Outputs];
        for (int trial = 0; trial < 200; trial++)
        {
            KernelProgram program = ProgramPasses.Fuse(new ProgramBuilder(name => name[1] - '0', _ => null)
                .Build([.. Enumerable.Range(0, Outputs).Select(_ => RandomExpressions.Draw(ref random, Symbols, 5))]));
            Fill(times, ref random);
            Fill(slots, ref random);
            LaneKernel<T>.Compile(program, Symbols / 2)(ref times[0], ref slots[0], ref slots[0], ref found[0]);
            for (int lane = 0; lane < T.Width; lane++)
            {
                for (int s = 0; s < Symbols; s++)
                {
                    x[s] = slots[(s * T.Width) + lane];
                }

                new InterpretedKernel(program).Evaluate(times[lane], x, expected);
                for (int o = 0; o < Outputs; o++)
                {
                    double value = found[(o * T.Width) + lane];
                    bool same = double.IsNaN(value) ? double.IsNaN(expected[o]) : BitConverter.DoubleToInt64Bits(value) == BitConverter.DoubleToInt64Bits(expected[o]);
                    same.ShouldBeTrue($"lane {lane}: found {value:R}, expected {expected[o]:R}\n{program.ToText(["x0", "x1", "x2", "x3"])}");
                }
            }
        }
    }

    static void Fill(LaneArray values, ref RandomStream random)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (random.NextUniform() - 0.3) * Elementary.Exp(8 * (random.NextUniform() - 0.5));
        }
    }
}
