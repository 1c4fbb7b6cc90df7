using System.Xml.Linq;
using Nadir.Designs;
using Nadir.Formats;
using Nadir.Reports;
using Nadir.Survival;

namespace Nadir.Tests.Reports;

public class PowerChartTests
{
    static OperatingCharacteristics Trials(int patients, double power) => new()
    {
        PatientsPerRound = patients / 2,
        Patients = patients,
        Events = null,
        Trials = 1000,
        Benefit = new Simulated(power, Math.Sqrt(power * (1 - power) / 1000)),
        Harm = new Simulated(0.001, 0.001),
        Futility = new Simulated(0, 0),
        NotEstimable = new Simulated(0, 0),
        EndAtLook = [new Simulated(1, 0)],
        EventsSeen = new Simulated(patients / 3.0, 0.5),
        PatientsEnrolled = new Simulated(patients, 0),
        Days = new Simulated(1000, 2),
        Rejects = new Simulated(power + 0.001, 0.01),
    };

    static PowerRow Row(int patients, double power) => new(Trials(patients, power), Estimable<double>.Of(0.01));

    internal static PowerResult Search() => new()
    {
        Design = new RandomisedDesign(new TrialConduct(), new PrimaryAnalysis { Arm = 1, Endpoint = new ProtocolEndpoint(Nadir.Endpoints.Endpoint.EventFree, false), TargetPower = 0.8 }, [1, 1]),
        Compared = ("new", "old"),
        Pool = (4000, 3),
        AsPlanned = Row(200, 0.55),
        Null = Trials(200, 0.025),
        Sizes = [Row(200, 0.55), Row(300, 0.72), Row(380, 0.81), Row(400, 0.83)],
        Needed = Estimable<NeededSize>.Of(new NeededSize(376, 188, new Estimate(374.2, 361, 389), Estimable<double>.Of(9))),
    };

    [Fact]
    public void Every_size_is_drawn_where_its_power_is_and_the_line_aimed_at_crosses_between_them()
    {
        XElement drawing = XElement.Parse(new PowerChart(Search()).Draw().ToString());
        double target = double.Parse(drawing.Descendants("line").Single(l => l.Attribute("stroke-dasharray")?.Value == "7 3" && (double)l.Attribute("x1")! > 60).Attribute("y1")!.Value, System.Globalization.CultureInfo.InvariantCulture);

        // 240 pixels from 0 to 100%.
        target.ShouldBe(62 + (0.2 * 240), 0.1);
        drawing.Descendants("path").Count(p => p.Attribute("fill")?.Value == "#0072B2").ShouldBe(3 + 1);
        drawing.Descendants("path").Count(p => p.Attribute("fill")?.Value == "#222222").ShouldBe(1 + 1);
        drawing.Value.ShouldContain("size it needs, 376 patients");
    }

    [Fact]
    public void The_table_of_the_folder_has_a_row_for_each_series_and_the_size_with_its_interval()
    {
        string[][] lines = [.. PowerTable.Of(Search()).Csv().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(','))];

        lines.Select(l => l.Length).Distinct().ShouldHaveSingleItem();
        lines.Select(l => l[0]).ShouldBe(["series", "planned", "null", "size", "size", "size", "size", "needed"]);
        lines[^1][..7].ShouldBe(["needed", "376", "", "", "361", "389", "9"]);
        lines[1][Array.IndexOf(lines[0], "benefit")].ShouldBe("0.55");
        double.Parse(lines[2][Array.IndexOf(lines[0], "rejects")], System.Globalization.CultureInfo.InvariantCulture).ShouldBe(0.026, 1e-12);
    }

    [Fact]
    public void The_table_behind_it_has_the_interval_of_both_errors()
    {
        TableData data = new PowerChart(Search()).Data();
        double half = 1.959964 * Math.Sqrt((0.55 * 0.45 / 1000) + 1e-4);

        data.Rows.Count.ShouldBe(4);
        data.Rows[0][0].ShouldBe("200");
        double.Parse(data.Rows[0][4], System.Globalization.CultureInfo.InvariantCulture).ShouldBe(0.55 - half, 1e-6);
        data.Rows.Select(r => r[6]).ShouldBe(["Y", "N", "N", "N"]);
    }

    [Fact]
    public void A_report_has_its_section_with_every_number_and_without_a_search_no_figure()
    {
        string with = ReportHtml.Write(SampleResult.Create() with { Power = Search() });
        string without = ReportHtml.Write(SampleResult.Create() with { Power = Search() with { Sizes = [], Needed = null } });

        foreach (string words in new[] { "Operating characteristics of the design", "Power by size", "Sizes tried", "type I error", "Duration, months", "376 patients" })
        {
            with.ShouldContain(words);
        }

        without.ShouldContain("Operating characteristics of the design");
        without.ShouldNotContain("Power by size");
        ReportHtml.Write(SampleResult.Create()).ShouldNotContain("Operating characteristics of the design");
    }

    [Fact]
    public void A_result_with_it_can_be_shown_again()
    {
        Nadir.Trials.TrialResult trial = SampleResult.Create() with { Power = Search() };

        ReportHtml.Write(TrialResultJson.Read(TrialResultJson.Write(trial))).ShouldBe(ReportHtml.Write(trial));
    }
}
