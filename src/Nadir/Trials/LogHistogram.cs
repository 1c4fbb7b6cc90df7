using System.Runtime.InteropServices;

namespace Nadir.Trials;

/// <summary>
/// Counts of values in bins that split each doubling into equal parts, 4,096 unless told otherwise, for quantiles of any number of patients: such a bin is at most 1/4,096 of its
/// value wide, and a quantile is off by no more than that (0.025%). Values over ten doublings fill at most 40,960 bins.
/// </summary>
/// <param name="droppedBits">Bits of a double that do not number its bin: 40 (the default) leave 12 of the mantissa, so that a doubling has 4,096 bins.</param>
sealed class LogHistogram(int droppedBits = 40)
{
    // A double's leading bits, sign, exponent and the first of the mantissa, number the bins in ascending order.
    readonly int _droppedBits = droppedBits;

    readonly Dictionary<int, int> _bins = [];

    /// <summary>Values that were counted.</summary>
    public int Count { get; private set; }

    /// <summary>Bins and how many values each holds, ascending.</summary>
    public IReadOnlyList<(int Bin, int Count)> Bins => [.. _bins.OrderBy(b => b.Key).Select(b => (b.Key, b.Value))];

    /// <summary>The median as type 7 of Hyndman &amp; Fan (1996) has it, values spread evenly over their bin; NaN without values.</summary>
    public double Median
    {
        get
        {
            if (Count == 0)
            {
                return double.NaN;
            }

            int below = (Count - 1) / 2;
            double lower = At(below);
            return Count % 2 == 1 ? lower : (lower + At(below + 1)) / 2;
        }
    }

    /// <summary>A quantile of type 7 of Hyndman &amp; Fan (1996), values spread evenly over their bin; NaN without values.</summary>
    /// <param name="p">The probability, from 0 to 1.</param>
    public double Quantile(double p)
    {
        if (Count == 0)
        {
            return double.NaN;
        }

        double rank = p * (Count - 1);
        int below = Math.Min((int)rank, Count - 1);
        double lower = At(below);
        return below + 1 < Count && rank > below ? lower + ((rank - below) * (At(below + 1) - lower)) : lower;
    }

    /// <summary>Counts one value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public void Add(double value)
    {
        if (!(value >= 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "expected a finite number, at least 0");
        }

        // Adding 0 turns -0 into 0, whose bits number a bin.
        Add((int)(BitConverter.DoubleToInt64Bits(value + 0) >> _droppedBits), 1);
    }

    /// <summary>Adds values to a bin.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such bin, or the count is below 1.</exception>
    public void Add(int bin, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bin);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (!double.IsFinite(Edge(bin)))
        {
            throw new ArgumentOutOfRangeException(nameof(bin), bin, "expected the bin of a finite number");
        }

        Count = checked(Count + count);
        CollectionsMarshal.GetValueRefOrAddDefault(_bins, bin, out _) += count;
    }

    public void Add(LogHistogram other)
    {
        foreach ((int bin, int count) in other._bins)
        {
            Add(bin, count);
        }
    }

    /// <summary>The value of a rank from 0.</summary>
    double At(int rank)
    {
        int before = 0;
        foreach ((int bin, int count) in Bins)
        {
            if (rank < before + count)
            {
                return bin == 0 ? 0 : Edge(bin) + ((Edge(bin + 1) - Edge(bin)) * ((rank - before + 0.5) / count));
            }

            before += count;
        }

        throw new ArgumentOutOfRangeException(nameof(rank), rank, "expected a rank below the count");
    }

    double Edge(int bin) => BitConverter.Int64BitsToDouble((long)bin << _droppedBits);
}
