using Nadir.Designs;

namespace Nadir.Formats;

/// <summary>
/// The operating characteristics of a design, one row a series of simulated trials: <c>planned</c> (the size of the study), <c>null</c> (the same with every arm treated as the reference), and
/// <c>size</c> for each size that a search tried; <c>needed</c> is the size found, with its 95% interval over the trials and the error of the pool, in patients. Shares of trials and means, with their standard errors.
/// </summary>
public static class PowerTable
{
    /// <summary>The whole table, <c>power</c>.</summary>
    public static ResultTable Of(PowerResult power) => new(
        "power",
        [
            ("series", "TEXT"), ("patients", "INTEGER"), ("events_planned", "INTEGER"), ("trials", "INTEGER"), ("patients_lower", "REAL"), ("patients_upper", "REAL"), ("pool_error", "REAL"),
            .. Averages(power.Null).SelectMany(a => new[] { (a.Name, "REAL"), ($"{a.Name}_error", "REAL") }),
        ],
        [
            Row("planned", power.AsPlanned.Characteristics, PoolError(power.AsPlanned)),
            Row("null", power.Null, null),
            .. power.Sizes.Select(s => Row("size", s.Characteristics, PoolError(s))),
            .. power.Needed is { } needed && needed.TryGet(out NeededSize? size) ? [Needed(size, Averages(power.Null).Count())] : Array.Empty<IReadOnlyList<object?>>(),
        ]);

    static double? PoolError(PowerRow row) => row.PoolError.TryGet(out double error) ? error : null;

    static IReadOnlyList<object?> Row(string series, OperatingCharacteristics c, double? poolError) =>
        [series, c.Patients, c.Events, c.Trials, null, null, poolError, .. Averages(c).SelectMany(a => new object?[] { a.Value.Value, a.Value.StandardError })];

    static IReadOnlyList<object?> Needed(NeededSize size, int averages) =>
        ["needed", size.Patients, null, null, size.Trials.Lower, size.Trials.Upper, size.PoolError.TryGet(out double error) ? error : null, .. Enumerable.Repeat<object?>(null, 2 * averages)];

    static IEnumerable<(string Name, Simulated Value)> Averages(OperatingCharacteristics c) =>
    [
        ("benefit", c.Benefit), ("harm", c.Harm), ("rejects", c.Rejects), ("futility", c.Futility), ("not_estimable", c.NotEstimable),
        ("events", c.EventsSeen), ("patients_enrolled", c.PatientsEnrolled), ("duration_days", c.Days),
    ];
}
