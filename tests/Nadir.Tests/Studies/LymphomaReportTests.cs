using Nadir.Reports;
using Nadir.Trials;

namespace Nadir.Tests.Studies;

/// <summary>What a result of a lymphoma says of itself: response by imaging, and numbers that were adjusted by hand.</summary>
public class LymphomaReportTests
{
    static readonly Lazy<TrialResult> _lymphoma = new(() => Result("lbcl"));

    static TrialResult Result(string population) =>
        Trial.Job(Trial.OneArm("fludarabine-cyclophosphamide").Replace("children-young-adults", population, StringComparison.Ordinal), 20, 1).Result();

    static string Methods(TrialResult trial) => ReportHtml.Write(trial);

    [Fact]
    public void Remission_is_called_that_of_imaging_in_the_table_and_in_methods()
    {
        string[] labels = [.. TrialTable.Results(_lymphoma.Value).Rows.Select(r => r.Label)];
        string report = Methods(_lymphoma.Value);

        labels.ShouldContain("Below the cut of pet-ct by month 3, which is remission here");
        labels.ShouldNotContain(l => l.StartsWith("Blasts below 5%", StringComparison.Ordinal));
        report.ShouldContain("Remission is told by one assay, Active lymphoma by PET-CT");
        report.ShouldContain("Active lymphoma by PET-CT below its cut for remission at a scheduled assessment");
        report.ShouldContain("Active lymphoma by PET-CT at its cut for remission or above at a visit");
        report.ShouldNotContain("fewer than 5% marrow blasts");
    }

    [Fact]
    public void In_b_all_it_is_that_of_marrow_and_MRD()
    {
        TrialResult leukaemia = Result("children-young-adults");

        TrialTable.Results(leukaemia).Rows.ShouldContain(r => r.Label == "Blasts below 5% by month 3, any MRD");
        Methods(leukaemia).ShouldContain("fewer than 5% marrow blasts");
        leukaemia.Provenance.Calibration!.Words.ShouldNotContain("adjusted");
    }

    [Fact]
    public void A_population_that_was_adjusted_by_hand_is_called_so_beside_its_calibration()
    {
        _lymphoma.Value.Provenance.Calibration!.Words.ShouldEndWith("then adjusted by hand to complete responses of lymphoma and what follows them, of which none of those results is");
        SummaryJson.Write(_lymphoma.Value).ShouldContain("\"adjusted\": \"complete responses of lymphoma");
        Result("cll").Provenance.Calibration!.Words.ShouldContain("adjusted by hand to complete responses of CLL");
    }
}
