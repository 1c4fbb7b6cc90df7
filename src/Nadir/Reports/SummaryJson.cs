using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Nadir.Endpoints;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>The machine-readable summary of a trial: <c>summary.json</c> and what <c>nadir trial --json</c> prints. See docs/summary-json.md.</summary>
public static class SummaryJson
{
    // The document stands alone, never inside HTML, so that µ, < and accents stay readable.
    static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the document: indented, keys in a fixed order, shortest round-trip numbers, null for what cannot be estimated, a line feed at the end.</summary>
    public static string Write(TrialResult trial)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, Options))
        {
            WriteTrial(json, trial);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    static void WriteCalibration(Utf8JsonWriter json, CalibrationOrigin? calibration)
    {
        if (calibration is null)
        {
            json.WriteNull("calibration");
            return;
        }

        json.WriteStartObject("calibration");
        json.WriteString("file", calibration.File);
        json.WriteString("sha256", calibration.Hash);
        json.WriteNumber("targets", calibration.Targets);
        if (calibration.Adjusted is { } adjusted)
        {
            json.WriteString("adjusted", adjusted);
        }

        json.WriteEndObject();
    }

    static void WriteTrial(Utf8JsonWriter json, TrialResult trial)
    {
        json.WriteStartObject();
        json.WriteString("study", trial.Study);
        json.WriteNumber("seed", trial.Seed);
        json.WriteNumber("patientsPerArm", trial.PatientsPerArm);
        json.WriteString("design", trial.Design);
        json.Number("horizonDays", trial.HorizonDays);
        WriteCalibration(json, trial.Provenance.Calibration);
        SummaryMix.Write(json, trial.Mix);
        WriteNames(json, "with", trial.Provenance.With);
        WriteNames(json, "without", trial.Provenance.Without);
        json.WriteNumber("failedPatients", trial.FailedPatients);
        json.Array("arms", trial.Arms, arm => WriteArm(json, arm, trial.HorizonDays));
        SummaryContrasts.Write(json, trial);
        SummaryTransplants.Write(json, trial);
        SummaryConduct.Write(json, trial.Conducted);
        json.Array("published", trial.Published, p => WriteComparison(json, p));
        SummaryAnalyses.Write(json, trial);
        json.WriteEndObject();
    }

    static void WriteNames(Utf8JsonWriter json, string property, IReadOnlyList<string> names)
    {
        json.WriteStartArray(property);
        foreach (string name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    static void WriteArm(Utf8JsonWriter json, ArmResult arm, double horizonDays)
    {
        json.WriteStartObject();
        json.WriteString("name", arm.Name);
        json.WriteNumber("patients", arm.Patients);
        json.WriteNumber("failedPatients", arm.FailedPatients);
        json.WriteNumber("transplanted", arm.Transplanted);
        json.Array("strategies", arm.Happenings, h =>
        {
            json.WriteStartObject();
            json.WriteString("strategy", h.Strategy);
            json.WriteString("what", h.What);
            json.WriteNumber("count", h.Count);
            json.WriteEndObject();
        });
        json.Interval("remission3Months", arm.Remission3Months);
        json.Interval("morphologicRemission3Months", arm.MorphologicRemission3Months);
        json.WriteNumber("mrdRelapses", arm.MrdRelapses);
        WriteCurve(json, "relapseFreeSurvival", arm.RelapseFreeSurvival, Landmarks.ForSurvival(horizonDays));
        WriteCurve(json, "eventFreeSurvival", arm.EventFreeSurvival, Landmarks.ForSurvival(horizonDays));
        WriteCurve(json, "overallSurvival", arm.OverallSurvival, Landmarks.ForSurvival(horizonDays));
        WriteCurve(json, "durationOfResponse", arm.DurationOfResponse, Landmarks.ForSurvival(horizonDays));
        EventQuantiles.Write(json, arm);
        json.Array("relapse", arm.Relapse, r => WriteRelapse(json, r, horizonDays));
        json.Array("anyRelapse", arm.AnyRelapse is null ? [] : Landmarks.ForIncidence(horizonDays), m => WriteAt(json, arm.AnyRelapse!, m));
        WriteAtTransplant(json, arm.AtTransplant, horizonDays);
        json.Array("causes", arm.Causes, c => WriteCause(json, c));
        json.Array("guesses", arm.Guesses, g => WriteGuesses(json, g));
        WriteCurve(json, "deathInRemission", arm.DeathInRemission, Landmarks.ForIncidence(horizonDays));
        WriteCurve(json, "bCellAplasia", arm.BCellAplasia, Landmarks.ForAplasia(horizonDays));
        json.Array("bCellRecovery", arm.BCellRecovery is null ? [] : Landmarks.ForAplasia(horizonDays), m => WriteAt(json, arm.BCellRecovery!, m));
        WriteTransgene(json, arm);
        WriteCytokineRelease(json, arm.CytokineRelease);
        WriteSecondTreatment(json, arm.SecondTreatment);
        json.WriteEndObject();
    }

    static void WriteAtTransplant(Utf8JsonWriter json, TransplantCensoredCurves? censored, double horizonDays)
    {
        if (censored is null)
        {
            json.WriteNull("censoredAtTransplant");
            return;
        }

        json.WriteStartObject("censoredAtTransplant");
        WriteCurve(json, "relapseFreeSurvival", censored.RelapseFreeSurvival, Landmarks.ForSurvival(horizonDays));
        WriteCurve(json, "eventFreeSurvival", censored.EventFreeSurvival, Landmarks.ForSurvival(horizonDays));
        WriteCurve(json, "durationOfResponse", censored.DurationOfResponse, Landmarks.ForSurvival(horizonDays));
        WriteCurve(json, "anyRelapse", censored.AnyRelapse, Landmarks.ForIncidence(horizonDays));
        json.WriteEndObject();
    }

    static void WriteRelapse(Utf8JsonWriter json, PhenotypeIncidence relapse, double horizonDays)
    {
        json.WriteStartObject();
        json.WriteString("phenotype", relapse.Phenotype);
        json.WriteNumber("count", relapse.Count);
        WriteCurve(json, "cumulativeIncidence", relapse.Curve, Landmarks.ForIncidence(horizonDays));
        json.WriteEndObject();
    }

    static void WriteCause(Utf8JsonWriter json, CauseCount cause)
    {
        json.WriteStartObject();
        json.WriteString("phenotype", cause.Phenotype);
        json.WriteString("mechanism", cause.Mechanism);
        json.WriteString("seed", cause.Seed);
        json.WriteString("carT", cause.CarT);
        json.WriteNumber("count", cause.Count);
        json.WriteEndObject();
    }

    static void WriteGuesses(Utf8JsonWriter json, CauseGuesses guesses)
    {
        json.WriteStartObject();
        json.WriteString("cause", guesses.Cause);
        json.WriteStartObject("guessed");
        foreach ((CauseGroup group, int count) in CauseNames.Groups.Zip(guesses.Guessed))
        {
            json.WriteNumber(CauseNames.NameOf(group), count);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void WriteTransgene(Utf8JsonWriter json, ArmResult arm)
    {
        TransgeneSummary transgene = arm.Transgene;
        json.WriteStartObject("transgene");
        json.Number("cmaxGeometricMean", transgene.CmaxGeometricMean);
        json.Number("tmaxMedian", transgene.TmaxMedian);
        json.Number("auc28GeometricMean", transgene.Auc28GeometricMean);
        json.Array("curve", arm.TransgeneCurve, p =>
        {
            json.WriteStartObject();
            json.Number("day", p.Day);
            json.WriteNumber("patients", p.Patients);
            json.Number("geometricMean", p.GeometricMean);
            json.Number("p5", p.Lower);
            json.Number("p95", p.Upper);
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    static void WriteSecondTreatment(Utf8JsonWriter json, SecondTreatment? second)
    {
        if (second is null)
        {
            json.WriteNull("secondTreatment");
            return;
        }

        json.WriteStartObject("secondTreatment");
        json.WriteNumber("patients", second.Patients);
        json.Interval("morphologicRemission", second.Morphologic);
        json.Interval("remission", second.Remission);
        WriteCurve(json, "kept", second.Kept, [6, 12]);
        json.WriteEndObject();
    }

    static void WriteCytokineRelease(Utf8JsonWriter json, CytokineReleaseSummary? cytokine)
    {
        if (cytokine is null)
        {
            json.WriteNull("cytokineRelease");
            return;
        }

        json.WriteStartObject("cytokineRelease");
        json.Array("patientsByGrade", cytokine.Grades, count => json.WriteNumberValue(count));
        json.Interval("any", cytokine.Any);
        json.Interval("grade3OrMore", cytokine.Severe);
        json.WriteEndObject();
    }

    static void WriteComparison(Utf8JsonWriter json, PublishedComparison comparison)
    {
        json.WriteStartObject();
        json.WriteString("quantity", comparison.Quantity);
        json.WriteString("unit", comparison.Unit);
        json.WriteString("citation", comparison.Citation);
        json.Interval("published", comparison.Published);
        json.WriteBoolean("intervalDerived", comparison.IntervalDerived);
        json.Interval("simulated", comparison.Simulated);
        json.WriteBoolean("inside", comparison.Inside);
        json.WriteEndObject();
    }

    static void WriteCurve(Utf8JsonWriter json, string name, SurvivalCurve curve, IEnumerable<int> months) =>
        json.Array(name, months, month => WriteAt(json, curve, month));

    static void WriteAt(Utf8JsonWriter json, SurvivalCurve curve, int month)
    {
        json.WriteStartObject();
        json.WriteNumber("month", month);
        json.Members(curve.AtMonth(month));
        json.WriteEndObject();
    }
}
