using System.Collections.Concurrent;
using Nadir.Survival;

namespace Nadir.Designs;

/// <summary>
/// The boundaries of a trial's looks. A trial that comes to its end with fewer events than planned spends at the end what is left of the type I error, with the boundaries of the looks before kept
/// (Lan &amp; DeMets 1983). Safe to share between threads.
/// </summary>
sealed class LookBoundaries(PrimaryAnalysis analysis)
{
    readonly ConcurrentDictionary<(int Looks, int Final, int Planned), double> _final = new();
    readonly Lazy<IReadOnlyList<GroupSequentialLook>> _planned = new(() =>
        GroupSequential.Boundaries(analysis.InformationFractions, analysis.Spending, analysis.Alpha, analysis.Sides));

    /// <summary>The boundaries as planned, the final one last.</summary>
    public IReadOnlyList<GroupSequentialLook> Planned => _planned.Value;

    /// <summary>The bound of the final analysis.</summary>
    /// <param name="looks">Looks made before.</param>
    /// <param name="events">Events at the final analysis.</param>
    /// <param name="planned">Events planned for it.</param>
    public double Final(int looks, int events, int planned) => _final.GetOrAdd((looks, events, planned), key =>
    {
        // Looks keep the information they were made at, events over those planned.
        double information = Math.Max((double)key.Final / key.Planned, key.Looks == 0 ? 0 : analysis.Looks[key.Looks - 1] + 1e-6);
        double[] fractions = [.. analysis.Looks.Take(key.Looks), Math.Min(1, information)];
        return GroupSequential.SpendingAll(fractions, analysis.Spending, analysis.Alpha, analysis.Sides)[^1].Z;
    });
}
