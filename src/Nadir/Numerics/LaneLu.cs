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

        ref double a = ref _a[0];
        for (int i = 1; i < Order; i++)
        {
            T sum = T.Load(ref At(ref b, i));
            ref double row = ref At(ref a, i * Order);
            for (int j = 0; j < i; j++)
            {
                sum = T.MultiplyAdd(T.Load(ref At(ref row, j)), T.Load(ref At(ref b, j)), sum);
            }

            T.Store(sum, ref At(ref b, i));
        }

        SolveUpper(ref b);
    }

    void SolveUpper(ref double b)
    {
        ref double a = ref _a[0];
        for (int i = Order - 1; i >= 0; i--)
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
