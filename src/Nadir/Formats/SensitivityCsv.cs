using System.Text;
using Nadir.Numerics;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Formats;

/// <summary>
/// <c>sensitivity.csv</c>, one row a number of the population: name, unit, value, low, high, endpoint at low and at high, their paired difference with its interval, and, where the number is a factor
/// by itself, its shares of the variance with theirs. The last row is the factor of all others.
/// </summary>
public static class SensitivityCsv
{
    /// <summary>The whole file.</summary>
    public static string Write(Sensitivity s)
    {
        StringBuilder text = new("name,unit,value,low,high,at_low,at_high,difference,difference_lower,difference_upper,first,first_lower,first_upper,total,total_lower,total_upper\n");
        foreach (TornadoBar b in s.Bars)
        {
            Estimate difference = b.Difference.TryGet(out Contrast? c) ? c.Difference : new Estimate(double.NaN, double.NaN, double.NaN);
            double[] numbers = [b.Value, b.Low, b.High, b.AtLow, b.AtHigh, difference.Value, difference.Lower, difference.Upper];
            Row(text, b.Name, b.Unit, numbers, s.Shares.Factors.FirstOrDefault(f => f.Name == b.Name));
        }

        foreach (FactorShare others in s.Shares.Factors.Where(f => s.Bars.All(b => b.Name != f.Name)))
        {
            Row(text, others.Name, "", [.. Enumerable.Repeat(double.NaN, 8)], others);
        }

        return text.ToString();
    }

    static void Row(StringBuilder text, string name, string unit, IEnumerable<double> numbers, FactorShare? share)
    {
        IEnumerable<double> shares = share is null ? Enumerable.Repeat(double.NaN, 6) : [.. Bounds(share.First), .. Bounds(share.Total)];
        text.Append(CsvField.Quote(name)).Append(',').Append(CsvField.Quote(unit)).Append(',').AppendJoin(',', numbers.Concat(shares).Select(CsvField.Number)).Append('\n');
    }

    static double[] Bounds(SobolIndex i) => [i.Value, i.Lower, i.Upper];
}
