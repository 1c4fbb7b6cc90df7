using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Formats;

/// <summary>
/// What each mechanism contributes, one row a number: arm, mechanism (empty for the study itself), class, quantity, month, estimate (a share, or for a mechanism its contribution to the share), lower
/// and upper (95%), pairs.
/// </summary>
public static class KnockOutTable
{
    /// <summary>The whole table, <c>knock_out</c>.</summary>
    public static ResultTable Of(KnockOut table) => new(
        "knock_out",
        [("arm", "TEXT"), ("mechanism", "TEXT"), ("class", "TEXT"), ("quantity", "TEXT"), ("month", "INTEGER"), ("estimate", "REAL"), ("lower", "REAL"), ("upper", "REAL"), ("pairs", "INTEGER")],
        [.. table.Arms.SelectMany(arm => Rows(table, arm))]);

    static IEnumerable<IReadOnlyList<object?>> Rows(KnockOut table, KnockOutArm arm)
    {
        foreach (FirstEvent e in Enum.GetValues<FirstEvent>())
        {
            yield return Row("", "", NameOf(e), table.Month, arm.Fates[(int)e], null);
        }

        foreach (KnockOutRow row in arm.Rows)
        {
            foreach (FirstEvent e in Enum.GetValues<FirstEvent>())
            {
                yield return Row(row.Mechanism, row.RelapseClass, NameOf(e), table.Month, row.Fates[(int)e], row.Patients);
            }

            foreach (EndpointContribution endpoint in row.Endpoints.Where(e => e.Contribution.IsEstimable))
            {
                yield return Row(row.Mechanism, row.RelapseClass, endpoint.Endpoint.Name, endpoint.Endpoint.Month, endpoint.Contribution.Value.Difference, row.Patients);
            }
        }

        IReadOnlyList<object?> Row(string mechanism, string relapseClass, string quantity, int month, Estimate e, int? pairs) =>
            [arm.Arm, mechanism, relapseClass, quantity, month, e.Value, e.Lower, e.Upper, pairs];
    }

    static string NameOf(FirstEvent e) => e switch
    {
        FirstEvent.None => "event-free",
        FirstEvent.NoRemission => "no-remission",
        FirstEvent.Cd19PositiveRelapse => "cd19-positive-relapse",
        FirstEvent.Cd19NegativeOrLowRelapse => "cd19-negative-or-low-relapse",
        FirstEvent.LineageSwitchRelapse => "lineage-switch-relapse",
        _ => "death-without-relapse",
    };
}
