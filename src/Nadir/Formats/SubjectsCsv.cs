using System.Globalization;
using Nadir.Designs;
using Nadir.Endpoints;
using Nadir.Models;
using Nadir.Populations;
using Nadir.Solvers;
using Nadir.Trials;

namespace Nadir.Formats;

/// <summary>
/// Writes <c>subjects.csv</c>, one row a patient and arm, with CDISC ADSL names where there is one: STUDYID, USUBJID, TRT01P, the
/// population's covariates, the stratum of the randomisation (STRATAR, STRATARN) where there are strata, then what happened. Days count from infusion; a day that never came is empty.
/// </summary>
public sealed class SubjectsCsv
{
    readonly TextWriter _writer;
    readonly string _study;
    readonly IReadOnlyList<Covariate> _covariates;
    readonly StratumCells _strata;

    /// <summary>Writes the header.</summary>
    /// <param name="writer">Receives the text.</param>
    /// <param name="study">STUDYID.</param>
    /// <param name="covariates">The population's covariates, one column each.</param>
    /// <param name="conduct">How a randomised trial is run; with strata there are columns for them. Default: null, nobody is randomised.</param>
    public SubjectsCsv(TextWriter writer, string study, IReadOnlyList<Covariate> covariates, TrialConduct? conduct = null)
    {
        (_writer, _study, _covariates, _strata) = (writer, CsvField.Quote(study), covariates, new StratumCells(conduct));
        writer.Write(PatientTables.Subjects.Header([.. covariates.Select(c => c.Name), .. _strata.Columns]));
    }

    /// <summary>Writes one patient.</summary>
    /// <param name="arm">The arm's name.</param>
    /// <param name="o">What happened.</param>
    /// <param name="stratum">The stratum of the randomisation, from 0; default 0.</param>
    public void Write(string arm, PatientOutcome o, int stratum = 0)
    {
        string[] cells =
        [
            _study, Subjects.Identifier(o.Patient), CsvField.Quote(arm), .. CovariateCells.Of(_covariates, o), .. _strata.Of(stratum),
            o.Status == LaneStatus.Completed ? "completed" : o.Status.ToString().ToLower(CultureInfo.InvariantCulture),
            Day(o.MorphologicRemissionDay), Day(o.RemissionDay), Day(o.NonResponseDay), Day(o.MrdRelapseDay), Day(o.RelapseDay),
            o.RelapsePhenotype is { } p ? PhenotypeNames.NameOf(p) : "",
            o.RelapseCause?.Mechanism ?? "", o.RelapseCause is { } c ? LeukaemiaClone.NameOf(c.Seed) : "", o.RelapseCause is { } cart ? CauseNames.NameOf(cart.CarT) : "",
            Day(o.TransplantEligibleDay), Day(o.TransplantDay), Day(o.BCellRecoveryDay), Day(o.DeathDay), Cause(o.DeathCause),
            CsvField.Number(o.TransgeneCmax), CsvField.Number(o.TransgeneTmax), CsvField.Number(o.TransgeneAuc28),
            o.CytokineReleaseGrade is { } grade ? CsvField.Number(grade) : "", CsvField.Number(o.CytokinePeak),
            Day(o.SalvageDay), Day(o.SecondMorphologicRemissionDay), Day(o.SecondRemissionDay), Day(o.SecondRelapseDay),
        ];
        _writer.Write(string.Join(',', cells) + "\n");
    }

    static string Day(double? day) => day is { } d ? CsvField.Number(d) : "";

    static string Cause(DeathCause? cause) => cause switch
    {
        DeathCause.Disease => "disease",
        DeathCause.NonRelapse => "non-relapse",
        DeathCause.Transplant => "transplant",
        _ => "",
    };
}
