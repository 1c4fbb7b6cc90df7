using Nadir.Numerics;

namespace Nadir.Reports;

/// <summary>What a figure of a simulation says above its panels.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Method">How it was simulated, in words, for example <c>hybrid, seed 1</c>.</param>
/// <param name="Scale">Axis of the values.</param>
public sealed record SimulationHeading(string Model, string Method, ValueScale Scale);

/// <summary>The axis of a panel.</summary>
public enum ValueScale
{
    /// <summary>Powers of ten; linear where a variable has negative values.</summary>
    Logarithmic,

    /// <summary>Even steps, for chances.</summary>
    Linear,
}

/// <summary>
/// Trajectories of a simulation as one HTML file that opens offline: a panel a variable, replicates as thin lines and their median as a thick one.
/// It keeps the first 200 replicates at 500 times at most, whatever was simulated, and says so.
/// </summary>
public sealed class SimulationPage
{
    const int MostReplicates = 200;
    const int MostTimes = 500;

    readonly SimulationHeading _heading;
    readonly IReadOnlyList<string> _variables;
    readonly int[] _kept;
    readonly double[] _times;
    readonly List<double[][]> _replicates = [];
    int _seen;

    /// <summary>Starts a figure.</summary>
    /// <param name="heading">What stands above.</param>
    /// <param name="variables">Names of the variables.</param>
    /// <param name="times">Output times, ascending, at least one.</param>
    public SimulationPage(SimulationHeading heading, IReadOnlyList<string> variables, IReadOnlyList<double> times)
    {
        (_heading, _variables) = (heading, variables);
        int points = Math.Min(times.Count, MostTimes);
        _kept = [.. Enumerable.Range(0, points).Select(i => points == 1 ? 0 : (int)((long)i * (times.Count - 1) / (points - 1)))];
        _times = [.. _kept.Select(i => times[i])];
    }

    /// <summary>Takes the next replicate.</summary>
    /// <param name="values">For each output time one value a variable; NaN where there is none.</param>
    public void Add(IReadOnlyList<IReadOnlyList<double>> values)
    {
        _seen++;
        if (_replicates.Count < MostReplicates)
        {
            _replicates.Add([.. Enumerable.Range(0, _variables.Count).Select(v => _kept.Select(i => values[i][v]).ToArray())]);
        }
    }

    /// <summary>The page.</summary>
    public string Write()
    {
        Markup body = new();
        body.Element("p", ReportHtml.ResearchUse, ("class", "research-use"));
        body.Element("h1", $"Simulation of {_heading.Model}").Element("p", Legend(), ("class", "lead"));
        body.Open("div", ("class", "patients"));
        for (int v = 0; v < _variables.Count; v++)
        {
            double[][] lines = [.. _replicates.Select(r => r[v])];
            body.Open("figure").Add(new SimulationPanel(_variables[v], _times, lines, Median(lines), _heading.Scale).Draw()).CloseLine();
        }

        return ReportHtml.Page($"Simulation of {_heading.Model}", body.CloseLine());
    }

    string Legend()
    {
        string lines = _seen == 1 ? "One run." : _seen > _replicates.Count
            ? $"Thin lines: the first {_replicates.Count} of {NumberText.Count(_seen)} replicates. Thick line: their median."
            : $"Thin lines: {_seen} replicates. Thick line: their median.";
        string scale = _heading.Scale == ValueScale.Logarithmic ? " The vertical axes are logarithmic unless a variable has negative values; the row 0 holds what lies below the axis." : "";
        return $"{_heading.Method}. {lines}{scale}";
    }

    /// <summary>The median over the replicates that have a value.</summary>
    double[] Median(double[][] lines) =>
        [.. Enumerable.Range(0, _times.Length).Select(i =>
        {
            double[] values = [.. lines.Select(l => l[i]).Where(v => !double.IsNaN(v))];
            return values.Length == 0 ? double.NaN : Quantiles.Of(values, 0.5);
        })];
}
