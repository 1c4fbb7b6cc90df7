using Nadir.Numerics;

namespace Nadir.Designs;

/// <summary>
/// Permuted blocks within strata: in each block of a stratum every arm has its share of the patients, in random order (Zelen 1974), so that arms stay balanced
/// within strata all the time.
/// </summary>
public sealed class BlockRandomisation
{
    readonly int[] _block;
    readonly int[][] _order;
    readonly int[] _next;
    RandomStream _stream;

    /// <summary>Starts a trial.</summary>
    /// <param name="allocation">Patients of each arm for each round, at least 1.</param>
    /// <param name="repeats">Rounds in a block, at least 1.</param>
    /// <param name="strata">Number of strata, at least 1.</param>
    /// <param name="stream">Decides the orders.</param>
    /// <exception cref="ArgumentException">An allocation is below 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no rounds or no strata.</exception>
    public BlockRandomisation(IReadOnlyList<int> allocation, int repeats, int strata, RandomStream stream)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(strata, 1);
        if (allocation.Count == 0 || allocation.Any(a => a < 1))
        {
            throw new ArgumentException($"Found the allocation {string.Join(":", allocation)}; expected at least one arm, each with at least 1 patient a round.", nameof(allocation));
        }

        _block = [.. Enumerable.Repeat(allocation.Index().SelectMany(a => Enumerable.Repeat(a.Index, a.Item)), repeats).SelectMany(a => a)];
        _order = [.. Enumerable.Range(0, strata).Select(_ => (int[])_block.Clone())];
        _next = [.. Enumerable.Repeat(_block.Length, strata)];
        _stream = stream;
    }

    /// <summary>The arm of the next patient of a stratum.</summary>
    public int Next(int stratum)
    {
        int[] order = _order[stratum];
        if (_next[stratum] == order.Length)
        {
            // Fisher and Yates: every order is as likely.
            for (int i = order.Length - 1; i > 0; i--)
            {
                int j = Math.Min(i, (int)(_stream.NextUniform() * (i + 1)));
                (order[i], order[j]) = (order[j], order[i]);
            }

            _next[stratum] = 0;
        }

        return order[_next[stratum]++];
    }
}
