namespace Nadir.Numerics;

/// <summary>
/// A square matrix factored in place into triangles with row exchanges, largest pivot first (Golub and Van Loan 2013, algorithm 3.4.1),
/// for the small full systems of implicit methods. Nothing is allocated after construction.
/// </summary>
/// <remarks>
/// Every sum is a chain of fused multiply-adds, in which the value known last comes last; the lower factors are stored with their sign changed.
/// <see cref="LaneLu{T}"/> does the same operations in the same order.
/// </remarks>
public sealed class DenseLu
{
    readonly double[] _a;
    readonly int[] _pivots;
    readonly double[] _reciprocals;
    readonly double[] _weights;

    /// <summary>Makes room for a matrix of <paramref name="order"/> rows and columns.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The order is below 1.</exception>
    public DenseLu(int order)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        Order = order;
        _a = new double[order * order];
        _pivots = new int[order];
        _reciprocals = new double[order];
        _weights = new double[order];
    }

    /// <summary>Rows, and columns.</summary>
    public int Order { get; }

    /// <summary>The matrix, row by row; <see cref="TryFactor()"/> overwrites it.</summary>
    public Span<double> Matrix => _a;

    /// <summary>Factors the matrix.</summary>
    /// <returns>False where it is singular or not finite, or a pivot so small that 1 over it is not.</returns>
    public bool TryFactor()
    {
        _weights.AsSpan().Fill(1);
        return TryFactorWeighted();
    }

    /// <summary>
    /// Factors the matrix of equations in different units: a row is compared with others after division by the size of its unknown, so that
    /// the rounding of large equations is not added to small ones.
    /// </summary>
    /// <param name="weights">1 over the size of each unknown, in its unit; above 0.</param>
    /// <returns>See <see cref="TryFactor()"/>.</returns>
    /// <exception cref="ArgumentException">The number of weights differs from the order.</exception>
    public bool TryFactor(ReadOnlySpan<double> weights)
    {
        if (weights.Length != Order)
        {
            throw new ArgumentException($"found {weights.Length} values, expected {Order}", nameof(weights));
        }

        weights.CopyTo(_weights);
        return TryFactorWeighted();
    }

    bool TryFactorWeighted()
    {
        for (int k = 0; k < Order; k++)
        {
            int pivot = LargestBelow(k, out bool finite);
            double reciprocal = -1 / _a[(pivot * Order) + k];
            if (!finite || !double.IsFinite(reciprocal))
            {
                return false;
            }

            (_pivots[k], _reciprocals[k]) = (pivot, reciprocal);
            if (pivot != k)
            {
                Swap(k, pivot);
            }

            Eliminate(k);
        }

        return true;
    }

    /// <summary>Replaces <paramref name="b"/> by the solution x of A x = b, after <see cref="TryFactor()"/>.</summary>
    /// <exception cref="ArgumentException">The length differs from the order.</exception>
    public void Solve(Span<double> b)
    {
        if (b.Length != Order)
        {
            throw new ArgumentException($"found {b.Length} values, expected {Order}", nameof(b));
        }

        for (int k = 0; k < Order; k++)
        {
            (b[k], b[_pivots[k]]) = (b[_pivots[k]], b[k]);
        }

        for (int i = 1; i < Order; i++)
        {
            double sum = b[i];
            Span<double> row = Row(i)[..i];
            for (int j = 0; j < row.Length; j++)
            {
                sum = Math.FusedMultiplyAdd(row[j], b[j], sum);
            }

            b[i] = sum;
        }

        for (int i = Order - 1; i >= 0; i--)
        {
            double sum = -b[i];
            Span<double> row = Row(i);
            for (int j = row.Length - 1; j > i; j--)
            {
                sum = Math.FusedMultiplyAdd(row[j], b[j], sum);
            }

            b[i] = sum * _reciprocals[i];
        }
    }

    Span<double> Row(int i) => _a.AsSpan(i * Order, Order);

    int LargestBelow(int k, out bool finite)
    {
        int pivot = k;
        double first = Math.Abs(_a[(k * Order) + k]);
        double largest = first * _weights[k];
        finite = double.IsFinite(first);
        for (int i = k + 1; i < Order; i++)
        {
            double candidate = Math.Abs(_a[(i * Order) + k]);
            finite &= double.IsFinite(candidate);
            if (candidate * _weights[i] > largest)
            {
                (pivot, largest) = (i, candidate * _weights[i]);
            }
        }

        return pivot;
    }

    void Swap(int i, int j)
    {
        (_weights[i], _weights[j]) = (_weights[j], _weights[i]);
        Span<double> upper = Row(i);
        Span<double> lower = Row(j);
        for (int k = 0; k < Order; k++)
        {
            (upper[k], lower[k]) = (lower[k], upper[k]);
        }
    }

    void Eliminate(int k)
    {
        ReadOnlySpan<double> upper = Row(k)[k..];
        double reciprocal = _reciprocals[k];
        for (int i = k + 1; i < Order; i++)
        {
            Span<double> lower = Row(i)[k..];
            double factor = lower[0] * reciprocal;
            lower[0] = factor;
            // Networks are sparse: most rows need no elimination.
            if (factor != 0)
            {
                for (int j = 1; j < lower.Length; j++)
                {
                    lower[j] = Math.FusedMultiplyAdd(factor, upper[j], lower[j]);
                }
            }
        }
    }
}
