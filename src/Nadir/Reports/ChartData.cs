namespace Nadir.Reports;

/// <summary>How the values between two points of a series are drawn.</summary>
enum SeriesShape
{
    /// <summary>The value stays until the next point.</summary>
    Step,

    /// <summary>A straight line leads to the next point.</summary>
    Line,
}

/// <summary>One series of a chart as numbers.</summary>
/// <param name="Name">The name in the legend.</param>
/// <param name="X">Days, ascending.</param>
/// <param name="Y">Values; NaN where there is none.</param>
sealed record ChartSeries(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    /// <summary>Lower bounds, as many as values; empty (the default) without.</summary>
    public IReadOnlyList<double> Lower { get; init; } = [];

    /// <summary>Upper bounds, as many as values; empty (the default) without.</summary>
    public IReadOnlyList<double> Upper { get; init; } = [];

    /// <summary>Patients behind each value; empty (the default) without.</summary>
    public IReadOnlyList<int> Patients { get; init; } = [];

    /// <summary>What lies between points; steps by default.</summary>
    public SeriesShape Shape { get; init; } = SeriesShape.Step;
}

/// <summary>One plot area of a chart.</summary>
/// <param name="Title">What its values are, with the unit.</param>
/// <param name="Top">Upper edge in pixels.</param>
/// <param name="Bottom">Lower edge in pixels.</param>
/// <param name="Series">The series, in the order of the drawing's <c>data-series</c> numbers.</param>
sealed record ChartPanel(string Title, double Top, double Bottom, IReadOnlyList<ChartSeries> Series)
{
    /// <summary>Whether values are probabilities, shown in per cent.</summary>
    /// <value>Default: true.</value>
    public bool IsProbability { get; init; } = true;
}

/// <summary>What the report's script needs to know of a drawing to show values under the pointer, to zoom, and to save the numbers.</summary>
/// <param name="Name">Name of the files that are saved, without an extension.</param>
/// <param name="Title">What the drawing shows.</param>
abstract record ChartData(string Name, string Title);

/// <summary>Curves over time.</summary>
/// <param name="Name">Name of the files that are saved, without an extension.</param>
/// <param name="Title">What the drawing shows.</param>
/// <param name="X">The time axis in days.</param>
/// <param name="Unit">What a tick counts: <c>month</c> or <c>day</c>.</param>
/// <param name="Panels">Plot areas from the top.</param>
sealed record CurveData(string Name, string Title, Axis X, string Unit, IReadOnlyList<ChartPanel> Panels) : ChartData(Name, Title);

/// <summary>Anything else, as a table.</summary>
/// <param name="Name">Name of the files that are saved, without an extension.</param>
/// <param name="Title">What the drawing shows.</param>
/// <param name="Columns">Headings.</param>
/// <param name="Rows">Cells as they go into CSV.</param>
sealed record TableData(string Name, string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : ChartData(Name, Title);
