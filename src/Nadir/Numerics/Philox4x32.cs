namespace Nadir.Numerics;

/// <summary>The counter-based generator Philox4x32-10 (Salmon, Moraes, Dror &amp; Shaw 2011, section 3.3): a bijection of counters for each key.</summary>
static class Philox4x32
{
    const int Rounds = 10;
    const uint Multiplier0 = 0xD2511F53;
    const uint Multiplier1 = 0xCD9E8D57;
    const uint Weyl0 = 0x9E3779B9;
    const uint Weyl1 = 0xBB67AE85;

    /// <summary>The 128 random bits of a counter. Each argument and result holds two 32-bit words, the first one in its lower half.</summary>
    /// <param name="counter01">The counter's words 0 and 1.</param>
    /// <param name="counter23">The counter's words 2 and 3.</param>
    /// <param name="key">The key's two words.</param>
    /// <param name="words23">Words 2 and 3 of the result.</param>
    /// <returns>Words 0 and 1 of the result.</returns>
    public static ulong Block(ulong counter01, ulong counter23, ulong key, out ulong words23)
    {
        unchecked
        {
            uint c0 = (uint)counter01;
            uint c1 = (uint)(counter01 >> 32);
            uint c2 = (uint)counter23;
            uint c3 = (uint)(counter23 >> 32);
            uint key0 = (uint)key;
            uint key1 = (uint)(key >> 32);
            for (int round = 0; round < Rounds; round++)
            {
                ulong product0 = (ulong)Multiplier0 * c0;
                ulong product1 = (ulong)Multiplier1 * c2;
                c0 = (uint)(product1 >> 32) ^ c1 ^ key0;
                c1 = (uint)product1;
                c2 = (uint)(product0 >> 32) ^ c3 ^ key1;
                c3 = (uint)product0;
                key0 += Weyl0;
                key1 += Weyl1;
            }

            words23 = (ulong)c3 << 32 | c2;
            return (ulong)c1 << 32 | c0;
        }
    }
}
