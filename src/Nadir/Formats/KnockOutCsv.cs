using System.Globalization;
using System.Text;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Formats;

/// <summary>
/// <c>knock-out.csv</c>, one row a number: arm, mechanism (empty for the study itself), class, quantity, month, estimate (a share, or for a mechanism its contribution to the share), lower
/// and upper (95%), pairs.
/// </summary>
public static class KnockOutCsv
{
    /// <summary>The whole file.</summary>
    public static string Write(KnockOut table)
    {
        StringBuilder text = new("arm,mechanism,class,quantity,month,estimate,lower,upper,pairs\n");
        foreach (KnockOutArm arm in table.Arms)
        {
            foreach (FirstEvent e in Enum.GetValues<FirstEvent>())
            {
                Row(text, arm.Arm, "", "", NameOf(e), table.Month, arm.Fates[(int)e], null);
            }

            foreach (KnockOutRow row in arm.Rows)
            {
                foreach (FirstEvent e in Enum.GetValues<FirstEvent>())
                {
                    Row(text, arm.Arm, row.Mechanism, row.RelapseClass, NameOf(e), table.Month, row.Fates[(int)e], row.Patients);
                }

                foreach (EndpointContribution endpoint in row.Endpoints.Where(e => e.Contribution.IsEstimable))
                {
                    Row(text, arm.Arm, row.Mechanism, row.RelapseClass, endpoint.Endpoint.Name, endpoint.Endpoint.Month, endpoint.Contribution.Value.Difference, row.Patients);
                }
            }
        }

        return text.ToString();
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

    static void Row(StringBuilder text, params ReadOnlySpan<object?> fields)
    {
        for (int i = 0; i < fields.Length; i++)
        {
            text.Append(fields[i] switch
            {
                Estimate e => $"{CsvField.Number(e.Value)},{CsvField.Number(e.Lower)},{CsvField.Number(e.Upper)}",
                string s => CsvField.Quote(s),
                int n => n.ToString(CultureInfo.InvariantCulture),
                _ => "",
            });
            text.Append(i < fields.Length - 1 ? ',' : '\n');
        }
    }
}
