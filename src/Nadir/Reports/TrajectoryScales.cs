using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>What the figures of all sample patients share, so that they can be compared: time axis, decades of each panel, and the style of each series.</summary>
sealed class TrajectoryScales
{
    static readonly (string Panel, string Title, double Height)[] Panels =
    [
        ("leukaemia", "Leukaemia, cells", 132), ("car-t", "CAR-T, cells", 104), ("b-cells", "Normal B cells", 84),
    ];

    readonly IReadOnlyList<SamplePatient> _patients;

    public TrajectoryScales(IReadOnlyList<SamplePatient> patients)
    {
        _patients = patients;
        LastDay = patients.SelectMany(p => p.Days).DefaultIfEmpty(1).Max();
        Present = [.. Panels.Where(p => Names(p.Panel).Any())];
    }

    /// <summary>The last day of any patient.</summary>
    public double LastDay { get; }

    /// <summary>Panels that have a series, from the top.</summary>
    public IReadOnlyList<(string Panel, string Title, double Height)> Present { get; }

    /// <summary>Series of a panel over all patients, in the order in which they first appear.</summary>
    public IEnumerable<string> Names(string panel) =>
        _patients.SelectMany(p => p.Series).Where(s => s.Panel == panel).Select(s => s.Name).Distinct();

    public LineStyle Style(TrajectorySeries series) => Palette.Line(Names(series.Panel).ToList().IndexOf(series.Name));

    /// <summary>Decades above one cell that the panel needs, with its detection limits.</summary>
    public int Decades(string panel)
    {
        IEnumerable<double> cells = _patients.SelectMany(p => p.Series).Where(s => s.Panel == panel).SelectMany(s => s.Cells);
        IEnumerable<double> limits = _patients.SelectMany(p => p.Limits).Where(l => l.Panel == panel).Select(l => l.Cells);
        return Axis.DecadesFor(cells.Concat(limits).Where(double.IsFinite).DefaultIfEmpty(1).Max());
    }
}
