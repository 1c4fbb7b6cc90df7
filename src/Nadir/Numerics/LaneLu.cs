using System.Runtime.CompilerServices;

namespace Nadir.Numerics;

/// <summary>
/// Square matrices side by side, one a lane, each factored as <see cref="DenseLu"/> factors it: same operations, same order, own row exchanges.
/// Element (i, j) of lane l lies at (i*order + j)*width + l. Nothing is allocated after construction.
/// </summary>
/// <typeparam name="T">The vector.</typeparam>
sealed class LaneLu<T>
    where T : struct, ILanes<T>
{
    const int RowsAtOnce = 4;

    readonly LaneArray _a;
    readonly LaneArray _reciprocals;
    readonly LaneArray _weights;

    // Which lanes exchange which two rows, in the order in which they do; lanes that agree share one entry.
    readonly LaneArray _masks;
    readonly (int Upper, int Lower)[] _exchanges;
    readonly int _most;
    int _exchangeCount;

    /// <summary>Makes room for matrices of up to <paramref name="order"/> rows and columns.</summary>
    public LaneLu(int order)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        _most = order;
        Order = order;
        _a = new LaneArray(order * order * T.Width);
        _reciprocals = new LaneArray(order * T.Width);
        _weights = new LaneArray(order * T.Width);
        _exchanges = new (int Upper, int Lower)[MostExchanges(order)];
        _masks = new LaneArray(_exchanges.Length * T.Width);
    }

    /// <summary>Rows, and columns; as many as there is room for unless set to fewer.</summary>
    public int Order
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, _most);
            field = value;
        }
    }

    /// <summary>The matrices; <see cref="Factor"/> overwrites them.</summary>
    public LaneArray Matrix => _a;

    /// <summary>1 over the size of the unknown of each row, as <see cref="DenseLu.TryFactor(ReadOnlySpan{double})"/> takes them; <see cref="Factor"/> overwrites them.</summary>
    public LaneArray Weights => _weights;

    /// <summary>Factors the matrix of every lane.</summary>
    /// <returns>A bit for each lane whose matrix <see cref="DenseLu"/> would factor; what the others hold then is unspecified.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public uint Factor()
    {
        _exchangeCount = 0;
        T sound = T.Equal(T.Broadcast(0.0), T.Broadcast(0.0));
        for (int k = 0; k < Order; k++)
        {
            sound &= Pivot(k);
            Eliminate(k);
        }

        return T.Bits(sound);
    }

    /// <summary>Replaces b by the solution x of A x = b in every lane, after <see cref="Factor"/>; component i of lane l lies at i*width + l.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Solve(ref double b)
    {
        for (int e = 0; e < _exchangeCount; e++)
        {
            (int upper, int lower) = _exchanges[e];
            Exchange(T.Load(ref _masks[e * T.Width]), ref At(ref b, upper), ref At(ref b, lower));
        }

        SolveLower(ref b);
        SolveUpper(ref b);
    }

    // Each sum is a chain of operations that wait for each other. Four rows at a time keep the processor busy; each row's own order stays.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void SolveLower(ref double b)
    {
        int n = Order;
        ref double a = ref _a[0];
        for (int i = 0; i < n; i += RowsAtOnce)
        {
            if (i + RowsAtOnce > n)
            {
                LowerRows(i, n, ref b);
                return;
            }

            ref double row = ref At(ref a, i * n);
            (T s0, T s1) = (T.Load(ref At(ref b, i)), T.Load(ref At(ref b, i + 1)));
            (T s2, T s3) = (T.Load(ref At(ref b, i + 2)), T.Load(ref At(ref b, i + 3)));
            for (int j = 0; j < i; j++)
            {
                T known = T.Load(ref At(ref b, j));
                s0 = T.MultiplyAdd(T.Load(ref At(ref row, j)), known, s0);
                s1 = T.MultiplyAdd(T.Load(ref At(ref row, n + j)), known, s1);
                s2 = T.MultiplyAdd(T.Load(ref At(ref row, (2 * n) + j)), known, s2);
                s3 = T.MultiplyAdd(T.Load(ref At(ref row, (3 * n) + j)), known, s3);
            }

            s1 = T.MultiplyAdd(T.Load(ref At(ref row, n + i)), s0, s1);
            s2 = T.MultiplyAdd(T.Load(ref At(ref row, (2 * n) + i)), s0, s2);
            s3 = T.MultiplyAdd(T.Load(ref At(ref row, (3 * n) + i)), s0, s3);
            s2 = T.MultiplyAdd(T.Load(ref At(ref row, (2 * n) + i + 1)), s1, s2);
            s3 = T.MultiplyAdd(T.Load(ref At(ref row, (3 * n) + i + 1)), s1, s3);
            s3 = T.MultiplyAdd(T.Load(ref At(ref row, (3 * n) + i + 2)), s2, s3);
            T.Store(s0, ref At(ref b, i));
            T.Store(s1, ref At(ref b, i + 1));
            T.Store(s2, ref At(ref b, i + 2));
            T.Store(s3, ref At(ref b, i + 3));
        }
    }

    void LowerRows(int from, int to, ref double b)
    {
        ref double a = ref _a[0];
        for (int i = from; i < to; i++)
        {
            T sum = T.Load(ref At(ref b, i));
            ref double row = ref At(ref a, i * Order);
            for (int j = 0; j < i; j++)
            {
                sum = T.MultiplyAdd(T.Load(ref At(ref row, j)), T.Load(ref At(ref b, j)), sum);
            }

            T.Store(sum, ref At(ref b, i));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void SolveUpper(ref double b)
    {
        int n = Order;
        ref double a = ref _a[0];
        ref double reciprocals = ref _reciprocals[0];
        for (int i = n - RowsAtOnce; i > -RowsAtOnce; i -= RowsAtOnce)
        {
            if (i < 0)
            {
                UpperRows(i + RowsAtOnce, ref b);
                return;
            }

            ref double row = ref At(ref a, i * n);
            (T s0, T s1) = (-T.Load(ref At(ref b, i)), -T.Load(ref At(ref b, i + 1)));
            (T s2, T s3) = (-T.Load(ref At(ref b, i + 2)), -T.Load(ref At(ref b, i + 3)));
            for (int j = n - 1; j > i + 3; j--)
            {
                T known = T.Load(ref At(ref b, j));
                s0 = T.MultiplyAdd(T.Load(ref At(ref row, j)), known, s0);
                s1 = T.MultiplyAdd(T.Load(ref At(ref row, n + j)), known, s1);
                s2 = T.MultiplyAdd(T.Load(ref At(ref row, (2 * n) + j)), known, s2);
                s3 = T.MultiplyAdd(T.Load(ref At(ref row, (3 * n) + j)), known, s3);
            }

            T x3 = s3 * T.Load(ref At(ref reciprocals, i + 3));
            T x2 = T.MultiplyAdd(T.Load(ref At(ref row, (2 * n) + i + 3)), x3, s2) * T.Load(ref At(ref reciprocals, i + 2));
            s1 = T.MultiplyAdd(T.Load(ref At(ref row, n + i + 3)), x3, s1);
            T x1 = T.MultiplyAdd(T.Load(ref At(ref row, n + i + 2)), x2, s1) * T.Load(ref At(ref reciprocals, i + 1));
            s0 = T.MultiplyAdd(T.Load(ref At(ref row, i + 3)), x3, s0);
            s0 = T.MultiplyAdd(T.Load(ref At(ref row, i + 2)), x2, s0);
            T.Store(T.MultiplyAdd(T.Load(ref At(ref row, i + 1)), x1, s0) * T.Load(ref At(ref reciprocals, i)), ref At(ref b, i));
            T.Store(x1, ref At(ref b, i + 1));
            T.Store(x2, ref At(ref b, i + 2));
            T.Store(x3, ref At(ref b, i + 3));
        }
    }

    void UpperRows(int count, ref double b)
    {
        ref double a = ref _a[0];
        for (int i = count - 1; i >= 0; i--)
        {
            T sum = -T.Load(ref At(ref b, i));
            ref double row = ref At(ref a, i * Order);
            for (int j = Order - 1; j > i; j--)
            {
                sum = T.MultiplyAdd(T.Load(ref At(ref row, j)), T.Load(ref At(ref b, j)), sum);
            }

            T.Store(sum * T.Load(ref _reciprocals[i * T.Width]), ref At(ref b, i));
        }
    }

    /// <summary>Brings the largest element of column k to the diagonal of each lane.</summary>
    /// <returns>A mask of the lanes where that is possible.</returns>
    T Pivot(int k)
    {
        ref double a = ref _a[0];
        T zero = T.Broadcast(0.0);
        T diagonal = T.Abs(T.Load(ref At(ref a, (k * Order) + k)));
        T poison = diagonal * zero;
        diagonal *= T.Load(ref _weights[k * T.Width]);
        T larger = default;
        for (int i = k + 1; i < Order; i++)
        {
            T candidate = T.Abs(T.Load(ref At(ref a, (i * Order) + k)));
            larger |= T.Less(diagonal, candidate * T.Load(ref _weights[i * T.Width]));
            poison = T.MultiplyAdd(candidate, zero, poison);
        }

        if (T.Bits(larger) != 0)
        {
            ExchangeRows(k, diagonal);
        }

        T reciprocal = T.Broadcast(-1.0) / T.Load(ref At(ref a, (k * Order) + k));
        T.Store(reciprocal, ref _reciprocals[k * T.Width]);
        // Zero times what is not finite is NaN.
        return T.Equal(T.MultiplyAdd(reciprocal, zero, poison), zero);
    }

    void ExchangeRows(int k, T diagonal)
    {
        ref double a = ref _a[0];
        T largest = diagonal;
        T pivot = T.Broadcast(k);
        for (int i = k + 1; i < Order; i++)
        {
            T candidate = T.Abs(T.Load(ref At(ref a, (i * Order) + k))) * T.Load(ref _weights[i * T.Width]);
            T isLarger = T.Less(largest, candidate);
            largest = T.Select(isLarger, candidate, largest);
            pivot = T.Select(isLarger, T.Broadcast(i), pivot);
        }

        for (int i = k + 1; i < Order; i++)
        {
            T mask = T.Equal(pivot, T.Broadcast(i));
            if (T.Bits(mask) != 0)
            {
                ExchangeRows(k, i, mask);
            }
        }
    }

    void ExchangeRows(int k, int i, T mask)
    {
        T.Store(mask, ref _masks[_exchangeCount * T.Width]);
        _exchanges[_exchangeCount++] = (k, i);
        Exchange(mask, ref _weights[k * T.Width], ref _weights[i * T.Width]);
        ref double upper = ref At(ref _a[0], k * Order);
        ref double lower = ref At(ref _a[0], i * Order);
        for (int j = 0; j < Order; j++)
        {
            Exchange(mask, ref At(ref upper, j), ref At(ref lower, j));
        }
    }

    void Eliminate(int k)
    {
        ref double a = ref _a[0];
        ref double upper = ref At(ref a, k * Order);
        T reciprocal = T.Load(ref _reciprocals[k * T.Width]);
        for (int i = k + 1; i < Order; i++)
        {
            ref double lower = ref At(ref a, i * Order);
            T factor = T.Load(ref At(ref lower, k)) * reciprocal;
            T.Store(factor, ref At(ref lower, k));
            T isZero = T.Equal(factor, T.Broadcast(0.0));
            uint zeros = T.Bits(isZero);
            if (zeros == 0)
            {
                Subtract(factor, ref upper, ref lower, k + 1);
            }
            else if (zeros != (1u << T.Width) - 1u)
            {
                SubtractWhere(isZero, factor, ref upper, ref lower, k + 1);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Subtract(T factor, ref double upper, ref double lower, int first)
    {
        for (int j = first; j < Order; j++)
        {
            T.Store(T.MultiplyAdd(factor, T.Load(ref At(ref upper, j)), T.Load(ref At(ref lower, j))), ref At(ref lower, j));
        }
    }

    /// <summary>A lane whose factor is 0 is left alone: 0 times a value could change the sign of a zero.</summary>
    void SubtractWhere(T isZero, T factor, ref double upper, ref double lower, int first)
    {
        for (int j = first; j < Order; j++)
        {
            T before = T.Load(ref At(ref lower, j));
            T.Store(T.Select(isZero, before, T.MultiplyAdd(factor, T.Load(ref At(ref upper, j)), before)), ref At(ref lower, j));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Exchange(T mask, ref double upper, ref double lower)
    {
        T u = T.Load(ref upper);
        T l = T.Load(ref lower);
        T.Store(T.Select(mask, l, u), ref upper);
        T.Store(T.Select(mask, u, l), ref lower);
    }

    /// <summary>The lanes of a value, that many values on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ref double At(ref double first, int values) => ref Unsafe.Add(ref first, values * T.Width);

    /// <summary>At each column every lane may choose another of the rows below.</summary>
    static int MostExchanges(int order)
    {
        int most = 0;
        for (int below = 1; below < order; below++)
        {
            most += Math.Min(below, T.Width);
        }

        return most;
    }
}
