using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nadir.Numerics;

/// <summary>Doubles for lanes: they begin at a multiple of 64 bytes, never move, and start as zeros.</summary>
sealed unsafe class LaneArray
{
    const int Alignment = 64;

    readonly double[] _memory;
    readonly int _first;
    readonly double* _start;

    /// <param name="length">Number of doubles.</param>
    public LaneArray(int length)
    {
        _memory = GC.AllocateArray<double>(length + (Alignment / sizeof(double)), pinned: true);
        long address = Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0);
        _first = (int)((-address & (Alignment - 1)) / sizeof(double));
        _start = (double*)address + _first;
        Length = length;
    }

    public int Length { get; }

    public Span<double> Span => _memory.AsSpan(_first, Length);

    /// <summary>An element. The place is not checked against the length: these are read by the innermost loops.</summary>
    public ref double this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _start[index];
    }
}
