namespace Nadir.Units;

/// <summary>A number times powers of normal units.</summary>
/// <param name="Factor">The number.</param>
/// <param name="Powers">Exponents by normal unit, without zeros.</param>
sealed record UnitProduct(double Factor, IReadOnlyDictionary<string, int> Powers)
{
    public static UnitProduct Number(double factor) => new(factor, new Dictionary<string, int>());

    public static UnitProduct Of(double factor, string unit) => new(factor, new Dictionary<string, int> { [unit] = 1 });

    /// <summary>For example <c>cells/day</c>: what stands above, then what stands below, each in ordinal order.</summary>
    public string Normalised
    {
        get
        {
            string above = Join(Powers.Where(p => p.Value > 0));
            string below = Join(Powers.Where(p => p.Value < 0));
            string top = above.Length == 0 ? "1" : above;
            return below.Length == 0 ? top : $"{top}/{(below.Contains('·', StringComparison.Ordinal) ? $"({below})" : below)}";
        }
    }

    public UnitProduct Times(UnitProduct other, int power)
    {
        Dictionary<string, int> powers = new(Powers);
        foreach ((string unit, int exponent) in other.Powers)
        {
            powers[unit] = powers.GetValueOrDefault(unit) + (exponent * power);
        }

        return new UnitProduct(Factor * Power(other.Factor, power), powers.Where(p => p.Value != 0).ToDictionary());
    }

    static double Power(double factor, int power)
    {
        double result = 1;
        for (int i = 0; i < Math.Abs(power); i++)
        {
            result *= factor;
        }

        return power < 0 ? 1 / result : result;
    }

    static string Join(IEnumerable<KeyValuePair<string, int>> powers) =>
        string.Join('·', powers.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => Math.Abs(p.Value) == 1 ? p.Key : $"{p.Key}^{Math.Abs(p.Value)}"));
}
