using Nadir.Survival;

namespace Nadir.Tests.Survival;

public class FineGrayTests
{
    static readonly Dictionary<string, double> Expected = ReferenceTable.Numbers("finegray.csv");

    [Theory]
    [InlineData(1, TieMethod.Efron)]
    [InlineData(2, TieMethod.Breslow)]
    public void Progression_and_death_of_monoclonal_gammopathy_are_fitted_as_in_R(int cause, TieMethod ties)
    {
        ReferenceTable table = ReferenceTable.Read("mgus2.fg.csv");
        double[] age = table.Column("age");
        double[] sex = table.Column("sex");

        CoxFit fit = FineGray.Fit([.. table.FollowUps(null, "time", "cause").Select((f, i) => new CompetingRow(f, [age[i], sex[i]]))], cause, ties).Value;

        CoxTests.ShouldAgree($"mgus2.{cause}", fit, Expected);
    }

    [Fact]
    public void Waiting_for_a_liver_is_fitted_as_in_R()
    {
        ReferenceTable table = ReferenceTable.Read("transplant.csv");
        double[] age = table.Column("age");
        double[] abo = table.Column("abo");

        CoxFit fit = FineGray.Fit([.. table.FollowUps(null, "time", "cause").Select((f, i) => new CompetingRow(f, [age[i], abo[i] == 3 ? 1 : 0]))], 1).Value;

        CoxTests.ShouldAgree("transplant.1", fit, Expected);
    }

    [Fact]
    public void Transplants_in_biliary_cholangitis_are_fitted_as_in_R()
    {
        ReferenceTable table = ReferenceTable.Read("pbc.csv");
        (double[] trt, double[] age, double[] bili) = (table.Column("trt"), table.Column("age"), table.Column("bili"));

        CoxFit fit = FineGray.Fit([.. table.FollowUps(null, "time", "cause").Select((f, i) => new CompetingRow(f, [trt[i], age[i], Math.Log(bili[i])]))], 1).Value;

        CoxTests.ShouldAgree("pbc.1", fit, Expected);
    }

    [Fact]
    public void Strata_have_their_own_baseline_and_their_own_censoring_as_in_R()
    {
        ReferenceTable table = ReferenceTable.Read("mgus2.fg.csv");
        (double[] age, double[] sex) = (table.Column("age"), table.Column("sex"));
        CompetingRow[] rows = [.. table.FollowUps(null, "time", "cause").Select((f, i) => new CompetingRow(f, [sex[i]]))];
        IReadOnlyList<IReadOnlyList<CompetingRow>> strata = [[.. rows.Where((_, i) => age[i] <= 70)], [new CompetingRow(FollowUp.FromOrigin(50, 1), [1])], [.. rows.Where((_, i) => age[i] > 70)]];

        CoxTests.ShouldAgree("mgus2.strata", FineGray.FitWithin(strata, 2).Value, Expected);
        FineGray.FitWithin([strata[1]], 2).Reason.ShouldBe("no patient had an event of this cause");
        Math.Abs(FineGray.Fit(rows, 2).Value.Coefficients[0] - Expected["mgus2.strata.beta"]).ShouldBeGreaterThan(1e-3);
    }

    [Fact]
    public void Late_entry_is_weighted_as_in_R()
    {
        ReferenceTable table = ReferenceTable.Read("aged.data.csv");
        double[] sex = table.Column("sex01");

        CoxFit fit = FineGray.Fit([.. table.FollowUps("entry", "exit", "cause").Select((f, i) => new CompetingRow(f, [sex[i]]))], 2).Value;

        CoxTests.ShouldAgree("aged", fit, Expected);
    }

    [Fact]
    public void Without_other_causes_it_is_the_Cox_model()
    {
        ReferenceTable table = ReferenceTable.Read("lung.cox.csv");
        double[] sex = table.Column("sex");
        FollowUp[] patients = table.FollowUps(null, "time", "status");

        CoxFit fit = FineGray.Fit([.. patients.Select((f, i) => new CompetingRow(f, [sex[i]]))], 1).Value;

        fit.Coefficients[0].ShouldBe(Cox.Fit([.. patients.Select((f, i) => new CoxRow(f.Entry, f.Exit, f.Cause == 1, [sex[i]]))]).Value.Coefficients[0], 1e-12);
    }

    [Fact]
    public void Without_censoring_those_with_another_cause_stay_at_risk_forever()
    {
        IReadOnlyList<CoxRow> rows = FineGray.Rows([new(FollowUp.FromOrigin(1, 2), [0]), new(FollowUp.FromOrigin(2, 1), [1]), new(FollowUp.FromOrigin(3, 1), [0])], 1).Value;

        rows.Where(r => r.Cluster == 0).Select(r => (r.Stop, r.Event, r.Weight)).ShouldBe([(1, false, 1), (3, false, 1)]);
    }

    [Fact]
    public void A_cause_without_events_is_not_estimable() =>
        FineGray.Fit([new(FollowUp.FromOrigin(1, 2), [0]), new(FollowUp.FromOrigin(2, 0), [1])], 1).Reason!.ShouldContain("no patient had an event");
}
