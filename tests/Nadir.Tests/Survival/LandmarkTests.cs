using Nadir.Survival;

namespace Nadir.Tests.Survival;

public class LandmarkTests
{
    [Fact]
    public void The_model_after_a_landmark_is_that_of_R()
    {
        ReferenceTable table = ReferenceTable.Read("lung.cox.csv");
        double[] sex = table.Column("sex");
        LandmarkSet after = Landmark.At(table.FollowUps(null, "time", "status"), 180).Value;

        CoxFit fit = Cox.Fit([.. after.Patients.Select((p, i) => new CoxRow(p.Entry, p.Exit, p.Cause == 1, [sex[after.Indices[i]]]))]).Value;

        CoxTests.ShouldAgree("landmark", fit, ReferenceTable.Numbers("means.csv"));
        (after.Patients.Count + after.EventsBefore + after.CensoredBefore).ShouldBe(sex.Length);
    }

    [Fact]
    public void Only_those_at_risk_after_the_day_are_kept()
    {
        LandmarkSet set = Landmark.At([FollowUp.FromOrigin(5, 1), FollowUp.FromOrigin(5.5, 1), new(5, 9, 0), new(6, 9, 0), FollowUp.FromOrigin(2, 0)], 5).Value;

        set.Indices.ShouldBe([1, 2]);
        set.Patients.ShouldAllBe(p => p.Entry == 5);
        (set.EventsBefore, set.CensoredBefore).ShouldBe((1, 1));
        Landmark.At([FollowUp.FromOrigin(5, 1)], 5).Reason!.ShouldContain("no patient");
    }

    [Fact]
    public void Responders_get_no_credit_for_the_time_until_they_respond()
    {
        // Everybody's hazard is the same; a response comes on day 40 to those who live to see it.
        FollowUp[] patients = [.. Enumerable.Range(0, 400).Select(i => FollowUp.FromOrigin((i % 100) + 1, 1))];
        RiskTable[] naive = [RiskTable.Of([.. patients.Where((p, i) => p.Exit <= 40 || i % 200 < 100)]), RiskTable.Of([.. patients.Where((p, i) => p.Exit > 40 && i % 200 >= 100)])];
        LandmarkSet set = Landmark.At(patients, 40).Value;
        RiskTable[] landmark = [.. new[] { false, true }.Select(r => RiskTable.Of([.. set.Patients.Where((_, k) => set.Indices[k] % 200 >= 100 == r)]))];

        Cox.Compare(naive).Value.HazardRatio(0).Upper.ShouldBeLessThan(0.7);
        Cox.Compare(landmark).Value.HazardRatio(0).Value.ShouldBe(1, 1e-9);
    }
}
