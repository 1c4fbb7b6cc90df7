using Nadir.Designs;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Formats;

/// <summary>
/// Writes <c>analysis.csv</c>, the data of a randomised trial's last analysis, one row an enrolled patient in the order of enrolment: STUDYID, USUBJID, TRT01P, RANDDY, STRATAR, STRATARN (where there are strata),
/// INFFL, INFRSN, PARAMCD, STARTDY, AVAL, CNSR, EVNTDESC, CNSDTDSC. Who is not analysed has no PARAMCD.
/// </summary>
public static class AnalysisCsv
{
    /// <summary>Writes the table.</summary>
    /// <param name="writer">Receives the text.</param>
    /// <param name="study">STUDYID.</param>
    /// <param name="trial">The trial.</param>
    public static void Write(TextWriter writer, string study, ConductedTrial trial)
    {
        StratumCells strata = new(trial.Design.Conduct);
        writer.Write(PatientTables.Analysis.Header(strata.Columns));
        double day = trial.Decision.Last.TrialDay;
        foreach (EnrolledPatient p in trial.Patients.Where(p => p.EnrolmentDay <= day))
        {
            writer.Write(string.Join(',', [
                CsvField.Quote(study), Subjects.Identifier(p.Candidate.Patient), CsvField.Quote(trial.Flow[p.Arm].Arm), CsvField.Number(p.EnrolmentDay), .. strata.Of(p.Candidate.Stratum),
                p.FateOn(day) == InfusionFate.Infused ? "Y" : "N", Reason(p.FateOn(day)), .. Time(p, day, trial.Design.Analysis.Endpoint.Code)]) + "\n");
        }
    }

    static IEnumerable<string> Time(EnrolledPatient p, double day, string code)
    {
        if (p.KnownOn(day) is not { } time || p.Candidate.Time is not { } whole)
        {
            return ["", "", "", "", "", ""];
        }

        int censor = time.Cause switch { 1 => 0, 2 => 2, _ => 1 };
        return [code, CsvField.Number(whole.StartDay), CsvField.Number(time.Exit), $"{censor}", censor == 0 ? "event" : censor == 2 ? "competing event" : "", censor == 1 ? Ended(p, time, whole, day) : ""];
    }

    static string Ended(EnrolledPatient p, FollowUp time, EndpointTime whole, double day) =>
        time.Exit == whole.Days ? "end of follow-up"
        : p.DropOutDays < day - p.EnrolmentDay ? "lost to follow-up"
        : "data cut-off";

    static string Reason(InfusionFate? fate) => fate switch
    {
        null => "not infused by then",
        InfusionFate.NotMade => "product not made",
        InfusionFate.DiedBefore => "died or too ill before the infusion",
        _ => "",
    };
}
