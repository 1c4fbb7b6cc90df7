using BenchmarkDotNet.Attributes;
using Nadir.Bench.Jobs;
using Nadir.Kernels;
using Nadir.Numerics;
using Nadir.Solvers;

namespace Nadir.Bench.Micro;

/// <summary>One right-hand side and one Jacobian of the benchmark's model; on lanes the time is for all patients of the vector.</summary>
public class KernelBenchmarks
{
    double[] _slots = [];
    double[] _output = [];
    CompiledKernel _compiled = null!;
    InterpretedKernel _interpreted = null!;
    IKernel _jacobian = null!;
    Action _eight = null!;
    Action _four = null!;

    /// <summary>Compiles the kernels.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        Network network = BenchmarkModel.Load(BenchmarkModel.Folder());
        InitialState start = new(network);
        _slots = new double[start.Count];
        start.Fill(_slots);
        _output = new double[network.DynamicCount * (network.DynamicCount + 1)];
        KernelProgram program = network.Lower(network.Derivatives());
        _compiled = new CompiledKernel(program);
        _interpreted = new InterpretedKernel(program);
        _jacobian = network.JacobianKernel();
        HybridPlan plan = HybridPlan.Create(network, []).OrThrow();
        (_eight, _four) = (OnLanes<Lanes8>(plan), OnLanes<Lanes4>(plan));
    }

    /// <summary>Compiled, one patient.</summary>
    [Benchmark(Baseline = true)]
    public void Compiled() => _compiled.Evaluate(0, _slots, _output);

    /// <summary>Interpreted, one patient.</summary>
    [Benchmark]
    public void Interpreted() => _interpreted.Evaluate(0, _slots, _output);

    /// <summary>The Jacobian, compiled, one patient.</summary>
    [Benchmark]
    public void Jacobian() => _jacobian.Evaluate(0, _slots, _output);

    /// <summary>Compiled, eight patients.</summary>
    [Benchmark]
    public void EightLanes() => _eight();

    /// <summary>Compiled, four patients.</summary>
    [Benchmark]
    public void FourLanes() => _four();

    Action OnLanes<T>(HybridPlan plan)
        where T : struct, ILanes<T>
    {
        LaneKernel<T>.Body body = plan.LaneBody<T>(plan.Flow.Program.Body);
        (LaneArray time, LaneArray slots, LaneArray output) = (new(T.Width), new(plan.Flow.SlotCount * T.Width), new(plan.Dimension * T.Width));
        double[] kept = new double[plan.Flow.Once.Outputs];
        double[] one = new double[plan.Flow.SlotCount];
        _slots.CopyTo(one, 0);
        plan.Flow.Once.Evaluate(0, one, kept);
        kept.CopyTo(one, plan.Flow.FirstKept);
        for (int s = 0; s < one.Length; s++)
        {
            slots.Span.Slice(s * T.Width, T.Width).Fill(one[s]);
        }

        return () => body(ref time[0], ref slots[0], ref slots[0], ref output[0]);
    }
}
