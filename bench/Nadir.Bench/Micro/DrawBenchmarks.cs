using BenchmarkDotNet.Attributes;
using Nadir.Numerics;

namespace Nadir.Bench.Micro;

/// <summary>Draws from the distributions that simulations need.</summary>
public class DrawBenchmarks
{
    RandomStream _stream = new(1, 0, 0);

    /// <summary>Starts anew, so that no stream is used up.</summary>
    [IterationSetup]
    public void Begin() => _stream = new RandomStream(1, 0, 0);

    /// <summary>Uniform.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public double Uniform() => Sum((ref RandomStream s) => s.NextUniform());

    /// <summary>Normal.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public double Normal() => Sum(Draws.Normal);

    /// <summary>Exponential.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public double Exponential() => Sum(Draws.Exponential);

    /// <summary>Poisson of mean 3.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public double SmallPoisson() => Sum((ref RandomStream s) => Draws.Poisson(ref s, 3));

    /// <summary>Poisson of mean 1000.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public double LargePoisson() => Sum((ref RandomStream s) => Draws.Poisson(ref s, 1000));

    /// <summary>Binomial of 300 and 0.4.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public double Binomial() => Sum((ref RandomStream s) => Draws.Binomial(ref s, 300, 0.4));

    /// <summary>Negative binomial of 120 and 0.3.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public double NegativeBinomial() => Sum((ref RandomStream s) => Draws.NegativeBinomial(ref s, 120, 0.3));

    const int Count = 100_000;

    delegate double Draw(ref RandomStream stream);

    double Sum(Draw draw)
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
        {
            sum += draw(ref _stream);
        }

        return sum;
    }
}
