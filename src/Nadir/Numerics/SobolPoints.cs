namespace Nadir.Numerics;

/// <summary>
/// Points that fill a cube evenly: the sequence of Sobol (1967) in the Gray-code order of Antonov &amp; Saleev (1979) with the direction numbers of Joe &amp; Kuo (2008, SIAM Journal on
/// Scientific Computing 30:2635), moved by a random digital shift, so that each point by itself is uniform. The first 2^m points hold one in each of 2^m equal slices of every axis.
/// </summary>
public sealed partial class SobolPoints
{
    const int Bits = 32;

    readonly uint[][] _directions;
    readonly uint[] _shift;

    /// <summary>Prepares a sequence.</summary>
    /// <param name="dimensions">Coordinates of a point, from 1 to <see cref="MostDimensions"/>.</param>
    /// <param name="shift">Gives the digital shift; null for the plain sequence, which starts at the origin.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no or too many dimensions.</exception>
    public SobolPoints(int dimensions, RandomStream? shift)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, MostDimensions);
        _directions = [.. Enumerable.Range(0, dimensions).Select(Directions)];
        _shift = new uint[dimensions];
        if (shift is { } stream)
        {
            for (int d = 0; d < dimensions; d++)
            {
                _shift[d] = (uint)(stream.NextUInt64() >> 32);
            }
        }
    }

    /// <summary>The most coordinates a point may have.</summary>
    public static int MostDimensions => _tableau.Length + 1;

    /// <summary>A point of the sequence, each coordinate in the open interval from 0 to 1: the middle of one of 2^32 equal cells.</summary>
    /// <param name="index">The point's place in the sequence, from 0.</param>
    public double[] Point(uint index)
    {
        uint gray = index ^ (index >> 1);
        double[] point = new double[_directions.Length];
        for (int d = 0; d < point.Length; d++)
        {
            uint x = _shift[d];
            for (int bit = 0; bit < 32 && gray >> bit > 0; bit++)
            {
                x ^= (gray >> bit & 1) == 0 ? 0 : _directions[d][bit];
            }

            point[d] = (x + 0.5) / 4294967296.0;
        }

        return point;
    }

    static uint[] Directions(int dimension)
    {
        uint[] v = new uint[Bits];
        if (dimension == 0)
        {
            for (int i = 0; i < Bits; i++)
            {
                v[i] = 1u << (Bits - 1 - i);
            }

            return v;
        }

        uint[] row = _tableau[dimension - 1];
        int degree = row.Length - 1;
        for (int i = 0; i < Bits; i++)
        {
            v[i] = i < degree ? row[i + 1] << (Bits - 1 - i) : Next(v, i, degree, row[0]);
        }

        return v;
    }

    // Bratley & Fox 1988, equation 2, with the numbers shifted to the left edge of the word.
    static uint Next(uint[] v, int i, int degree, uint coefficients)
    {
        uint x = v[i - degree] ^ (v[i - degree] >> degree);
        for (int k = 1; k < degree; k++)
        {
            x ^= (coefficients >> (degree - 1 - k) & 1) == 0 ? 0 : v[i - k];
        }

        return x;
    }
}
