namespace Nadir.Numerics;

/// <summary>
/// A running sum that keeps what rounding loses (Neumaier 1974): its error is about one rounding of the result plus 2^-106 of the sum of magnitudes
/// per term, so that the order of the terms hardly matters. Starts at 0.
/// </summary>
public struct CompensatedSum
{
    double _sum;
    double _lost;

    /// <summary>The sum of what has been added.</summary>
    public readonly double Value => double.IsFinite(_sum) ? _sum + _lost : _sum;

    /// <summary>Adds a term.</summary>
    public void Add(double term)
    {
        DoubleDouble sum = DoubleDouble.SumOfAny(_sum, term);
        _sum = sum.High;
        _lost += sum.Low;
    }
}
