using System.CommandLine;
using System.Globalization;
using Nadir.Solvers;

namespace Nadir.Cli;

/// <summary>The composite values of <c>nadir simulate</c>: assignments, clones and lists of times.</summary>
static class SimulateValues
{
    public static IReadOnlyList<NamedValue> Assignments(OptionReader reader, Option<string[]> option)
    {
        List<NamedValue> values = [];
        foreach (string text in reader.Texts(option))
        {
            int split = text.IndexOf('=', StringComparison.Ordinal);
            string name = split < 0 ? "" : text[..split].Trim();
            if (name.Length == 0 || !IsNumber(text[(split + 1)..], out double value))
            {
                reader.Wrong(option.Name, text, "name=number, for example rB=0.08");
            }
            else
            {
                values.Add(new NamedValue(name, value));
            }
        }

        RefuseRepeats(reader, option, values.Select(v => v.Name));
        return values;
    }

    public static IReadOnlyList<DiscreteSpecies> Clones(OptionReader reader, Option<string[]> option)
    {
        List<DiscreteSpecies> clones = [];
        foreach (string text in reader.Texts(option))
        {
            string[] parts = text.Split(':');
            double threshold = DiscreteSpecies.DefaultThreshold;
            bool good = parts.Length <= 2 && parts[0].Trim().Length > 0;
            good = good && (parts.Length == 1 || (IsNumber(parts[1], out threshold) && threshold >= 1));
            if (good)
            {
                clones.Add(new DiscreteSpecies(parts[0].Trim(), threshold));
            }
            else
            {
                reader.Wrong(option.Name, text, "NAME or NAME:THRESHOLD, the threshold at least 1 (cells)");
            }
        }

        RefuseRepeats(reader, option, clones.Select(c => c.Name));
        return clones;
    }

    /// <summary>Ascending times from 0 on; an order that is not ascending is more likely a slip than a wish.</summary>
    public static OutputTimes Times(OptionReader reader, Option<string?> option)
    {
        List<double> times = [];
        string text = reader.Text(option) ?? "";
        foreach (string part in text.Split(','))
        {
            if (!IsNumber(part, out double time) || time < (times.Count == 0 ? 0 : Math.BitIncrement(times[^1])))
            {
                reader.Wrong(option.Name, part, "numbers from 0 on, each above the one before, separated by commas");
                break;
            }

            times.Add(time);
        }

        return new OutputTimes(times);
    }

    static bool IsNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    static void RefuseRepeats(OptionReader reader, Option option, IEnumerable<string> names)
    {
        foreach (string name in names.GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key))
        {
            reader.Add(new UsageProblem($"{option.Name} names {name} more than once"));
        }
    }
}
