using System.Runtime.InteropServices;
using System.Text;

namespace Nadir.Numerics;

/// <summary>
/// The random numbers of one subject for one purpose: the same seed, subject and purpose give the same numbers, whatever else is drawn
/// anywhere, in whatever order and on whatever thread.
/// </summary>
/// <remarks>
/// Philox4x32-10 (Salmon, Moraes, Dror &amp; Shaw 2011) with the seed as key and the counter words (block, purpose, subject low, subject high).
/// One block gives two 64-bit numbers. A copy continues on its own and repeats the original's numbers, so pass streams by reference.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public struct RandomStream
{
    readonly ulong _seed;
    readonly ulong _subject;
    readonly uint _purpose;
    uint _block;
    bool _isExhausted;
    bool _hasSecond;
    ulong _second;

    /// <summary>Starts the stream of a subject for a purpose.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="subject">Who it is for, for example the patient's number.</param>
    /// <param name="purpose">What it is for, from <see cref="Purpose"/>.</param>
    public RandomStream(ulong seed, ulong subject, uint purpose)
    {
        _seed = seed;
        _subject = subject;
        _purpose = purpose;
    }

    /// <summary>A number for a named purpose: the 32-bit FNV-1a hash of the name in UTF-8.</summary>
    public static uint Purpose(string name)
    {
        uint hash = 2166136261;
        foreach (byte b in Encoding.UTF8.GetBytes(name))
        {
            hash = unchecked((hash ^ b) * 16777619);
        }

        return hash;
    }

    /// <summary>The next 64 random bits.</summary>
    /// <exception cref="InvalidOperationException">All 2^33 numbers of the stream have been drawn.</exception>
    public ulong NextUInt64()
    {
        if (_hasSecond)
        {
            _hasSecond = false;
            return _second;
        }

        if (_isExhausted)
        {
            throw new InvalidOperationException("Found a stream whose 2^33 numbers are all drawn; expected fewer draws. Use a further purpose.");
        }

        ulong first = Philox4x32.Block((ulong)_purpose << 32 | _block, _subject, _seed, out _second);
        _block = unchecked(_block + 1);
        _isExhausted = _block == 0;
        _hasSecond = true;
        return first;
    }

    /// <summary>The next number uniform in the open interval from 0 to 1: the middles of 2^52 equal cells.</summary>
    /// <exception cref="InvalidOperationException">All 2^33 numbers of the stream have been drawn.</exception>
    public double NextUniform() => ((long)(NextUInt64() >> 12) + 0.5) * (1.0 / 4503599627370496.0);
}
