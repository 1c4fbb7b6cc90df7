using BenchmarkDotNet.Attributes;
using Nadir.Numerics;

namespace Nadir.Bench.Micro;

/// <summary>Nadir's elementary functions beside the platform's: 64 arguments each, and the same 64 in vectors of eight.</summary>
public class ElementaryBenchmarks
{
    const int Count = 64;

    readonly double[] _x = [.. Enumerable.Range(0, Count).Select(i => 0.01 + (0.37 * i))];
    readonly double[] _result = new double[Count];

    /// <summary>Platform's exponential.</summary>
    [Benchmark]
    public void PlatformExp() => Each(Math.Exp);

    /// <summary>Nadir's exponential.</summary>
    [Benchmark]
    public void Exp() => Each(Elementary.Exp);

    /// <summary>Nadir's exponential on lanes.</summary>
    [Benchmark]
    public void ExpOnLanes()
    {
        for (int i = 0; i < Count; i += Lanes8.Width)
        {
            Lanes8.Store(LaneMath.Exp(Lanes8.Load(in _x[i])), ref _result[i]);
        }
    }

    /// <summary>Platform's logarithm.</summary>
    [Benchmark]
    public void PlatformLog() => Each(Math.Log);

    /// <summary>Nadir's logarithm.</summary>
    [Benchmark]
    public void Log() => Each(Elementary.Log);

    /// <summary>Nadir's logarithm on lanes.</summary>
    [Benchmark]
    public void LogOnLanes()
    {
        for (int i = 0; i < Count; i += Lanes8.Width)
        {
            Lanes8.Store(LaneMath.Log(Lanes8.Load(in _x[i])), ref _result[i]);
        }
    }

    /// <summary>Platform's power.</summary>
    [Benchmark]
    public void PlatformPow() => Each(static x => Math.Pow(x, 1.7));

    /// <summary>Nadir's power.</summary>
    [Benchmark]
    public void Pow() => Each(static x => Elementary.Pow(x, 1.7));

    /// <summary>Nadir's power on lanes.</summary>
    [Benchmark]
    public void PowOnLanes()
    {
        for (int i = 0; i < Count; i += Lanes8.Width)
        {
            Lanes8.Store(LaneMath.Pow(Lanes8.Load(in _x[i]), Lanes8.Broadcast(1.7)), ref _result[i]);
        }
    }

    void Each(Func<double, double> f)
    {
        for (int i = 0; i < Count; i++)
        {
            _result[i] = f(_x[i]);
        }
    }
}
