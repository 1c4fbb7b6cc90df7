using Nadir.Ensembles;
using Nadir.Models;
using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

/// <summary>One solution of a model as an ODE on an even grid of days, by the names of its variables.</summary>
sealed class Course
{
    readonly double _step;
    readonly double[][] _values;
    readonly List<string> _variables;

    Course(double step, double[][] values, IEnumerable<string> variables)
    {
        _step = step;
        _values = values;
        _variables = [.. variables];
    }

    /// <summary>Solves a model to a relative tolerance of 1e-9.</summary>
    public static Course Of(Model model, double until, double step)
    {
        double[] times = [.. Enumerable.Range(0, (int)Math.Round(until / step) + 1).Select(i => Math.Round(i * step, 9))];
        SimulationJob job = SimulationJob.Create(model, Runs.Ode(times) with { Tolerances = new() { Relative = 1e-9 } }).OrThrow();
        double[][] values = [];
        job.Run(r =>
        {
            r.Status.ShouldBe(LaneStatus.Completed);
            values = [.. r.Values.Select(v => v.ToArray())];
        });
        return new Course(step, values, job.Variables);
    }

    public double[] this[string variable]
    {
        get
        {
            int column = _variables.IndexOf(variable);
            return [.. _values.Select(v => v[column])];
        }
    }

    public double At(string variable, double day) => _values[(int)Math.Round(day / _step)][_variables.IndexOf(variable)];

    public (double Value, double Day) Peak(string variable, double from = 0)
    {
        double[] values = this[variable];
        int first = (int)Math.Round(from / _step);
        int best = Enumerable.Range(first, values.Length - first).MaxBy(i => values[i]);
        return (values[best], best * _step);
    }

    public (double Value, double Day) Low(string variable)
    {
        double[] values = this[variable];
        int best = Enumerable.Range(0, values.Length).MinBy(i => values[i]);
        return (values[best], best * _step);
    }

    /// <summary>The first day from which on a variable is at least this large; infinity where it never is.</summary>
    public double FirstDayAbove(string variable, double level, double from = 0)
    {
        double[] values = this[variable];
        return Enumerable.Range(0, values.Length).Where(i => i * _step >= from && values[i] >= level).Select(i => i * _step).DefaultIfEmpty(double.PositiveInfinity).First();
    }

    public double FirstDayBelow(string variable, double level)
    {
        double[] values = this[variable];
        return Enumerable.Range(0, values.Length).Where(i => values[i] < level).Select(i => i * _step).DefaultIfEmpty(double.PositiveInfinity).First();
    }

    public double LastDayAbove(string variable, double level)
    {
        double[] values = this[variable];
        return Enumerable.Range(0, values.Length).Where(i => values[i] >= level).Max() * _step;
    }

    /// <summary>Area under a variable by the trapezoidal rule on the grid.</summary>
    public double Area(string variable, double until)
    {
        double[] values = this[variable];
        return Enumerable.Range(1, (int)Math.Round(until / _step)).Sum(i => (values[i - 1] + values[i]) / 2 * _step);
    }
}
