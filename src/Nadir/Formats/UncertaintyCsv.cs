using System.Globalization;
using System.Text;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Formats;

/// <summary><c>uncertainty.csv</c>, one row an endpoint of an arm or of a difference: mean, then the bounds of each kind of uncertainty.</summary>
public static class UncertaintyCsv
{
    /// <summary>The whole file.</summary>
    public static string Write(Uncertainty u)
    {
        StringBuilder text = new("arm,reference,endpoint,replicates,mean,mean_lower,mean_upper,sampling_lower,sampling_upper,parameters_lower,parameters_upper,trials_lower,trials_upper,parameter_variance,sampling_variance\n");
        foreach (UncertainEndpoint row in u.Rows)
        {
            VarianceParts? p = row.Parts.TryGet(out VarianceParts? parts) ? parts : null;
            double[] numbers = p is null
                ? [.. Enumerable.Repeat(double.NaN, 11)]
                : [p.Mean.Value, p.Mean.Lower, p.Mean.Upper, p.Sampling.Lower, p.Sampling.Upper, p.Parameters.Lower, p.Parameters.Upper, p.Trials.Lower, p.Trials.Upper, p.ParameterVariance.Value, p.SamplingVariance];
            text.AppendJoin(',', [CsvField.Quote(row.Arm), CsvField.Quote(row.Reference ?? ""), row.Endpoint.Name, (u.Replicates - row.Missing).ToString(CultureInfo.InvariantCulture), .. numbers.Select(CsvField.Number)]).Append('\n');
        }

        return text.ToString();
    }
}
