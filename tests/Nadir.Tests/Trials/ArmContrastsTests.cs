using Nadir.Survival;
using Nadir.Tests.Survival;
using Nadir.Trials;

namespace Nadir.Tests.Trials;

public class ArmContrastsTests
{
    static readonly RiskTable[] Lung = ReferenceTable.Read("lung.cox.csv").Groups("time", "status", "sex");

    [Fact]
    public void Differences_are_those_of_the_survival_methods()
    {
        ArmContrast contrast = ArmContrasts.Between("overallSurvival", ("women", Lung[1]), ("men", Lung[0]), 500);

        // coxph(Surv(time, status) ~ sex) of R's package survival 3.5-3 on these 226 patients gives 0.5924.
        contrast.HazardRatio.Value.Value.ShouldBe(Cox.Compare(Lung).Value.HazardRatio(0).Value, 1e-12);
        contrast.HazardRatio.Value.Upper.ShouldBeLessThan(1);
        contrast.RestrictedMean.Value.Difference.Value.ShouldBe(360.91095419546645 - 280.13564061303089, 1e-6);
        contrast.RestrictedMeanDays.ShouldBe(500);
        contrast.Risks.Select(r => r.Month).ShouldBe([12]);
        contrast.Risks[0].Difference.Value.Difference.Value.ShouldBeLessThan(0);
    }

    [Fact]
    public void Two_arms_alike_do_not_differ()
    {
        ArmContrast contrast = ArmContrasts.Between("overallSurvival", ("a", Lung[0]), ("b", Lung[0]), 800);

        contrast.HazardRatio.Value.Value.ShouldBe(1, 1e-12);
        contrast.Test.Value.PValue.ShouldBe(1, 1e-9);
        contrast.Risks.Select(r => r.Month).ShouldBe([12, 24]);
        contrast.Risks[0].Difference.Value.Difference.Value.ShouldBe(0);
    }

    [Fact]
    public void Exchanging_the_arms_turns_the_differences_around()
    {
        ArmContrast one = ArmContrasts.Between("overallSurvival", ("women", Lung[1]), ("men", Lung[0]), 800);
        ArmContrast other = ArmContrasts.Between("overallSurvival", ("men", Lung[0]), ("women", Lung[1]), 800);

        other.HazardRatio.Value.Value.ShouldBe(1 / one.HazardRatio.Value.Value, 1e-9);
        other.Risks[1].Difference.Value.Difference.Value.ShouldBe(-one.Risks[1].Difference.Value.Difference.Value, 1e-12);
    }

    [Fact]
    public void An_arm_without_events_gives_reasons_and_no_numbers()
    {
        RiskTable healthy = RiskTable.Of([FollowUp.FromOrigin(800, 0), FollowUp.FromOrigin(800, 0)]);

        ArmContrast contrast = ArmContrasts.Between("overallSurvival", ("healthy", healthy), ("men", Lung[0]), 800);

        contrast.HazardRatio.Reason!.ShouldContain("no maximum");
        contrast.RestrictedMean.Reason!.ShouldContain("no event");
        contrast.Risks.ShouldAllBe(r => !r.Difference.IsEstimable);
        contrast.Test.IsEstimable.ShouldBeTrue();
    }
}
