using System.Globalization;
using Nadir.Designs;

namespace Nadir.Formats;

/// <summary>The stratum of a patient's randomisation as cells of a table, with the names of ADSL: STRATAR in words, STRATARN as a number from 1. No cells where the trial has no strata.</summary>
/// <param name="conduct">How the trial is run; null where nobody is randomised.</param>
sealed class StratumCells(TrialConduct? conduct)
{
    readonly bool _any = conduct is { Strata.Count: > 0 };

    /// <summary>The columns.</summary>
    public IReadOnlyList<string> Columns => _any ? [.. PatientTables.Stratum.Select(c => c.Name)] : [];

    /// <summary>One cell for each column.</summary>
    /// <param name="stratum">The stratum, from 0.</param>
    public IReadOnlyList<string> Of(int stratum) => _any ? [CsvField.Quote(conduct!.StratumName(stratum)), (stratum + 1).ToString(CultureInfo.InvariantCulture)] : [];
}
