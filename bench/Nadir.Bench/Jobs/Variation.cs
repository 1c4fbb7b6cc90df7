using System.Globalization;
using Nadir.Expressions;
using Nadir.Kernels;
using Nadir.Numerics;

namespace Nadir.Bench.Jobs;

/// <summary>How one parameter differs between patients: a line of <c>bench/models/variation.csv</c>.</summary>
/// <param name="Parameter">Name in the model; its value there is the median.</param>
/// <param name="LogUniform">Uniform in the logarithm between the bounds; else log-normal.</param>
/// <param name="Spread">Standard deviation of the natural logarithm.</param>
/// <param name="Lowest">Values below are drawn again.</param>
/// <param name="Highest">Values above are drawn again.</param>
sealed record Variation(string Parameter, bool LogUniform, double Spread, double Lowest, double Highest)
{
    public static IReadOnlyList<Variation> Read(string bench) =>
        [.. File.ReadLines(Path.Combine(bench, "models", "variation.csv")).Skip(1).Select(l => Parse(l.Split(',')))];

    /// <summary>One patient's value, of six significant digits so that the table of patients holds it exactly.</summary>
    public double Draw(double median, ulong seed, ulong patient)
    {
        RandomStream stream = new(seed, patient, RandomStream.Purpose(Parameter));
        while (true)
        {
            double value = LogUniform
                ? Lowest * Elementary.Exp(stream.NextUniform() * Elementary.Log(Highest / Lowest))
                : median * Elementary.Exp(Spread * Draws.Normal(ref stream));
            if (value >= Lowest && value <= Highest)
            {
                return double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            }
        }
    }

    /// <summary>The value the model gives a parameter.</summary>
    public static double Median(Network network, string parameter) =>
        network.Model.Parameters.Single(p => p.Name == parameter).Value is NumberExpr number
            ? number.Value
            : throw new ArgumentException($"found a formula for {parameter}; expected a number", nameof(parameter));

    static Variation Parse(string[] cells) => cells is [string name, "log-normal" or "log-uniform", string spread, string lowest, string highest]
        ? new Variation(name, cells[1] == "log-uniform", Number(spread), Number(lowest), Number(highest))
        : throw new FormatException($"found \"{string.Join(',', cells)}\" in variation.csv; expected parameter, log-normal or log-uniform, spread, lowest, highest");

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
