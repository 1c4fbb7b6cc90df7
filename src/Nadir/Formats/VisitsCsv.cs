using System.Globalization;
using Nadir.Trials;

namespace Nadir.Formats;

/// <summary>
/// Writes <c>visits.csv</c>, one row an assay result: USUBJID, TRT01P, VISITDY, ASSAY, AVAL (in the assay's unit), BELOWLIM (Y where the
/// result is below the assay's limit, which then stands in AVAL).
/// </summary>
public sealed class VisitsCsv
{
    readonly TextWriter _writer;

    /// <summary>Writes the header.</summary>
    /// <param name="writer">Receives the text.</param>
    public VisitsCsv(TextWriter writer)
    {
        _writer = writer;
        writer.Write(PatientTables.Visits.Header());
    }

    /// <summary>Writes what was seen of one patient.</summary>
    /// <param name="arm">The arm's name.</param>
    /// <param name="record">The patient.</param>
    public void Write(string arm, PatientRecord record)
    {
        string start = $"{Subjects.Identifier(record.Outcome.Patient)},{CsvField.Quote(arm)},";
        foreach (Observation o in record.Observations)
        {
            _writer.Write(start);
            Write(o.Day);
            _writer.Write(',');
            _writer.Write(o.Assay);
            _writer.Write(',');
            Write(o.Value);
            _writer.Write(o.BelowLimit ? ",Y\n" : ",N\n");
        }
    }

    /// <summary>As <see cref="CsvField.Number"/>, without a string: these are most of a trial's numbers.</summary>
    void Write(double value)
    {
        Span<char> digits = stackalloc char[32];
        if (!double.IsNaN(value) && value.TryFormat(digits, out int length, "R", CultureInfo.InvariantCulture))
        {
            _writer.Write(digits[..length]);
        }
    }
}
