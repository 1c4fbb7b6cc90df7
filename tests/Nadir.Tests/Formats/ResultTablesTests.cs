using System.Globalization;
using Nadir.Endpoints;
using Nadir.Formats;
using Nadir.Solvers;
using Nadir.Studies;
using Nadir.Survival;
using Nadir.Tests.Studies;
using Nadir.Trials;

namespace Nadir.Tests.Formats;

/// <summary>The tables of a result folder: their columns, and that a reader who knows only them finds the estimates again.</summary>
public class ResultTablesTests
{
    static readonly string[] _arms = ["CAR-T, alone", "with transplant"];

    static readonly TrialJob _job = Trial.Job(Trial.Small, 60);

    static readonly PatientRecord[] _records = [.. _job.Plan.Records()];

    static readonly Table _subjects = Subject(_job, _records);

    static readonly Table _events = Event(_job, _records);

    static Table Subject(TrialJob job, IEnumerable<PatientRecord> records)
    {
        using StringWriter text = new();
        SubjectsCsv csv = new(text, job.Study.Name, job.Covariates);
        foreach (PatientRecord record in records)
        {
            csv.Write(job.Plan.Arms[record.Arm].Name, record.Outcome);
        }

        return Table.Parse(text.ToString());
    }

    static Table Event(TrialJob job, IEnumerable<PatientRecord> records, bool transplants = false)
    {
        using StringWriter text = new();
        EventsCsv csv = new(text, job.Study.Name, job.Covariates, transplants: transplants);
        foreach (PatientRecord record in records)
        {
            csv.Write(job.Plan.Arms[record.Arm].Name, record.Outcome);
        }

        return Table.Parse(text.ToString());
    }

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    static double? Day(string text) => text.Length == 0 ? null : Number(text);

    [Fact]
    public void Subjects_have_the_names_of_adsl_then_covariates_then_what_happened() =>
        _subjects.Columns.ShouldBe(
        [
            "STUDYID", "USUBJID", "TRT01P", "KMT2AR", "BLASTPCT", "PHPOS", "FLUAUC", "PRIORSCT", "SIMSTAT", "MORPHDY", "REMISDY", "NORESPDY", "MRDRELDY", "RELDY", "RELPHENO", "RELCAUS", "RELSEED", "RELCART", "HSCTELDY", "HSCTDY", "BCELLDY", "DTHDY", "DTHCAUS", "CMAX", "TMAX", "AUC28", "CRSGRADE", "IL6MAX", "SALVDY", "MORPH2DY", "REMIS2DY", "REL2DY",
        ]);

    [Fact]
    public void Events_have_the_names_of_adtte() =>
        _events.Columns.ShouldBe(["STUDYID", "USUBJID", "TRT01P", "PARAMCD", "PARAM", "AVAL", "CNSR", "EVNTDESC", "CNSDTDSC", "CAUSE", "KMT2AR", "BLASTPCT", "PHPOS", "FLUAUC", "PRIORSCT"]);

    [Fact]
    public void The_date_of_censoring_is_described_where_a_time_ends_without_its_event()
    {
        _events.Rows.ShouldAllBe(r => (r["CNSDTDSC"].Length > 0) == (r["CNSR"] != "0"));
        _events.Rows.Where(r => r["CNSR"] == "1").ShouldAllBe(r => (r["CNSDTDSC"] == "last day of follow-up") == (r["EVNTDESC"] == "end of follow-up"));
    }

    [Fact]
    public void Covariates_of_events_are_those_of_the_subject()
    {
        Dictionary<(string, string), IReadOnlyDictionary<string, string>> subjects = _subjects.Rows.ToDictionary(r => (r["USUBJID"], r["TRT01P"]));

        foreach (IReadOnlyDictionary<string, string> row in _events.Rows)
        {
            IReadOnlyDictionary<string, string> subject = subjects[(row["USUBJID"], row["TRT01P"])];
            _job.Covariates.Select(c => row[c.Name]).ShouldBe(_job.Covariates.Select(c => subject[c.Name]));
        }

        _events.Rows.Select(r => r["BLASTPCT"]).Distinct().Count().ShouldBeGreaterThan(50);
    }

    [Fact]
    public void Column_names_are_those_a_transport_file_can_hold() =>
        _subjects.Columns.Concat(_events.Columns).ShouldAllBe(c => c.Length <= 8 && c.All(l => char.IsAsciiLetterUpper(l) || char.IsAsciiDigit(l)));

    [Fact]
    public void Every_patient_has_a_row_in_every_arm_and_names_with_commas_survive()
    {
        _subjects.Rows.Count.ShouldBe(120);
        _subjects.Rows.Select(r => r["TRT01P"]).Distinct().ShouldBe(_arms);
        _subjects.Rows.Select(r => (r["USUBJID"], r["TRT01P"])).Distinct().Count().ShouldBe(120);
        _subjects.Rows.ShouldAllBe(r => r["STUDYID"] == "my-study" && r["SIMSTAT"] == "completed");
        _subjects.Rows[0]["USUBJID"].ShouldBe("V000001");
    }

    [Fact]
    public void Subjects_read_back_to_the_same_bits()
    {
        foreach ((IReadOnlyDictionary<string, string> row, PatientRecord record) in _subjects.Rows.Zip(_records))
        {
            PatientOutcome o = record.Outcome;
            (Day(row["REMISDY"]), Day(row["NORESPDY"]), Day(row["MRDRELDY"]), Day(row["RELDY"])).ShouldBe((o.RemissionDay, o.NonResponseDay, o.MrdRelapseDay, o.RelapseDay));
            (Day(row["HSCTELDY"]), Day(row["HSCTDY"]), Day(row["BCELLDY"]), Day(row["DTHDY"])).ShouldBe((o.TransplantEligibleDay, o.TransplantDay, o.BCellRecoveryDay, o.DeathDay));
            (Number(row["CMAX"]), Number(row["TMAX"]), Number(row["AUC28"])).ShouldBe((o.TransgeneCmax, o.TransgeneTmax, o.TransgeneAuc28));
            (Number(row["CRSGRADE"]), Number(row["IL6MAX"])).ShouldBe(((double)o.CytokineReleaseGrade!, o.CytokinePeak));
            (Number(row["BLASTPCT"]), row["KMT2AR"] == "Y").ShouldBe((o.Covariates[1], o.Covariates[0] == 1));
            (row["RELPHENO"].Length > 0, row["DTHCAUS"].Length > 0).ShouldBe((o.RelapseDay is not null, o.DeathDay is not null));
        }
    }

    [Fact]
    public void Events_read_back_to_the_endpoints()
    {
        TimeToEvent[] expected = [.. _records.SelectMany(r => TimeToEvent.Of(r.Outcome))];
        string[] codes = ["OS", "EFS", "RFS", "DOR", "RELAPSE"];

        _events.Rows.Select(r => (r["PARAMCD"], Number(r["AVAL"]), int.Parse(r["CNSR"], CultureInfo.InvariantCulture), r["EVNTDESC"]))
            .ShouldBe(expected.Select(t => (codes[(int)t.Endpoint], t.Days, t.Censor, t.Description)));
        _events.Rows.ShouldAllBe(r => r["PARAM"].EndsWith(" (days)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("OS")]
    [InlineData("EFS")]
    [InlineData("RFS")]
    [InlineData("DOR")]
    public void Kaplan_meier_from_the_events_file_is_the_published_curve(string code)
    {
        TrialResult result = _job.Result();
        for (int i = 0; i < 2; i++)
        {
            SurvivalTime[] times = [.. _events.Rows.Where(r => r["PARAMCD"] == code && r["TRT01P"] == _arms[i]).Select(r => new SurvivalTime(Number(r["AVAL"]), r["CNSR"] == "0"))];
            SurvivalCurve expected = code switch { "OS" => result.Arms[i].OverallSurvival, "EFS" => result.Arms[i].EventFreeSurvival, "DOR" => result.Arms[i].DurationOfResponse, _ => result.Arms[i].RelapseFreeSurvival };
            SurvivalCurve found = KaplanMeier.Estimate(times);

            found.Times.ShouldBe(expected.Times);
            found.Values.ShouldBe(expected.Values);
            found.Lower.ShouldBe(expected.Lower);
        }
    }

    [Fact]
    public void Times_censored_at_a_transplant_end_there_and_are_the_others_for_whoever_has_none_before_the_event()
    {
        Table table = Event(_job, _records, transplants: true);
        Dictionary<(string, string, string), (double Days, string Censor, string Why)> rows = table.Rows.ToDictionary(r => (r["TRT01P"], r["USUBJID"], r["PARAMCD"]), r => (Number(r["AVAL"]), r["CNSR"], r["CNSDTDSC"]));
        int ended = 0;
        foreach ((int arm, PatientOutcome o) in _records.Where(r => r.Outcome.IsEvaluable).Select(r => (r.Arm, r.Outcome)))
        {
            string id = Subjects.Identifier(o.Patient);
            foreach ((string code, string plain, double origin) in new[] { ("EFSHSCT", "EFS", 0.0), ("RFSHSCT", "RFS", o.RemissionDay ?? 0), ("DORHSCT", "DOR", o.RemissionDay ?? 0), ("RELHSCT", "RELAPSE", o.RemissionDay ?? 0) })
            {
                if (!rows.TryGetValue((_arms[arm], id, plain), out (double Days, string Censor, string Why) followed))
                {
                    rows.ContainsKey((_arms[arm], id, code)).ShouldBeFalse();
                    continue;
                }

                (double Days, string Censor, string Why) censored = rows[(_arms[arm], id, code)];
                if (o.TransplantDay is { } day && day < origin + followed.Days)
                {
                    censored.ShouldBe((Math.Floor(day - origin), "1", "day of transplant"));
                    ended++;
                }
                else
                {
                    censored.ShouldBe(followed);
                }
            }

            rows.ContainsKey((_arms[arm], id, "OSHSCT")).ShouldBeFalse();
        }

        ended.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void The_curve_censored_at_a_transplant_is_that_of_the_events_file()
    {
        ArmResult arm = _job.Result().Arms[1];
        SurvivalTime[] times = [.. Event(_job, _records, transplants: true).Rows.Where(r => r["PARAMCD"] == "EFSHSCT" && r["TRT01P"] == _arms[1]).Select(r => new SurvivalTime(Number(r["AVAL"]), r["CNSR"] == "0"))];
        SurvivalCurve found = KaplanMeier.Estimate(times);

        found.Values.ShouldBe(arm.AtTransplant!.EventFreeSurvival.Values);
        found.Values.ShouldNotBe(arm.EventFreeSurvival.Values);
        KaplanMeier.Estimate([.. Event(_job, _records, transplants: true).Rows.Where(r => r["PARAMCD"] == "DORHSCT" && r["TRT01P"] == _arms[1]).Select(r => new SurvivalTime(Number(r["AVAL"]), r["CNSR"] == "0"))])
            .Values.ShouldBe(arm.AtTransplant.DurationOfResponse.Values);
        _job.Result().Arms[0].AtTransplant.ShouldBeNull();
    }

    [Fact]
    public void Incidence_from_the_events_file_is_the_published_incidence()
    {
        TrialResult result = _job.Result();
        string[] causes = ["", "relapse, cd19-positive", "relapse, cd19-negative-or-low", "relapse, lineage-switch"];
        CompetingTime[] times = [.. _events.Rows.Where(r => r["PARAMCD"] == "RELAPSE" && r["TRT01P"] == _arms[0])
            .Select(r => new CompetingTime(Number(r["AVAL"]), r["CNSR"] switch { "0" => Array.IndexOf(causes, r["EVNTDESC"]), "2" => 4, _ => 0 }))];
        IReadOnlyList<SurvivalCurve> found = AalenJohansen.Estimate(times, 4);

        for (int cause = 0; cause < 3; cause++)
        {
            found[cause].Values.ShouldBe(result.Arms[0].Relapse[cause].Curve.Values);
            result.Arms[0].Relapse[cause].Count.ShouldBe(times.Count(t => t.Cause == cause + 1));
        }

        found[3].Values.ShouldBe(result.Arms[0].DeathInRemission.Values);
    }

    [Fact]
    public void Survival_without_relapse_and_the_incidences_add_to_one()
    {
        ArmResult arm = _job.Result().Arms[1];

        foreach (double day in new[] { 100.0, 200, 365 })
        {
            (arm.RelapseFreeSurvival.At(day).Value + arm.Relapse.Sum(r => r.Curve.At(day).Value) + arm.DeathInRemission.At(day).Value).ShouldBe(1, 1e-12);
        }
    }

    [Fact]
    public void Visits_hold_every_result_with_its_limit()
    {
        using StringWriter text = new();
        VisitsCsv csv = new(text);
        csv.Write(_arms[0], _records[0]);
        Table visits = Table.Parse(text.ToString());

        visits.Columns.ShouldBe(["USUBJID", "TRT01P", "VISITDY", "ASSAY", "AVAL", "BELOWLIM"]);
        visits.Rows.Select(r => (Number(r["VISITDY"]), r["ASSAY"], Number(r["AVAL"]), r["BELOWLIM"] == "Y"))
            .ShouldBe(_records[0].Observations.Select(v => (v.Day, v.Assay, v.Value, v.BelowLimit)));
        visits.Rows.Where(r => r["ASSAY"] == "marrow-blasts").ShouldAllBe(r => Number(r["AVAL"]) >= 0.01 && Number(r["AVAL"]) <= 1);
    }

    [Fact]
    public void A_failed_patient_has_a_row_that_says_so_and_no_events()
    {
        TrialPlan plan = _job.Plan with { Tolerances = new Tolerances { MaxSteps = 5 } };
        PatientRecord[] failed = [new PatientSimulator(plan).Simulate(0, 0)];
        IReadOnlyDictionary<string, string> row = Subject(_job, failed).Rows.ShouldHaveSingleItem();

        row["SIMSTAT"].ShouldBe("steplimit");
        new[] { "REMISDY", "DTHDY", "CMAX", "TMAX", "AUC28", "CRSGRADE", "IL6MAX" }.ShouldAllBe(c => row[c] == "");
        row["BLASTPCT"].ShouldNotBeEmpty();
        Event(_job, failed).Rows.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a, b", "\"a, b\"")]
    [InlineData("say \"so\"", "\"say \"\"so\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    public void Fields_are_quoted_where_they_must_be(string text, string field) => CsvField.Quote(text).ShouldBe(field);
}
