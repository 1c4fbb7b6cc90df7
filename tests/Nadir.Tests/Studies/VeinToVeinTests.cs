using Nadir.Designs;
using Nadir.Documents;
using Nadir.Faults;
using Nadir.Reports;
using Nadir.Studies;
using Nadir.Tests.Trials;
using Nadir.Trials;

namespace Nadir.Tests.Studies;

/// <summary>The time from enrolment to infusion of each arm of a trial, from a study text.</summary>
public class VeinToVeinTests
{
    static string Study(string first, string second, string before, int patients = 20) => $$"""
        nadir: 1
        title: Waiting
        model: b-all
        patients: {count: {{patients}}, population: children-young-adults}
        design: randomised
        horizon: 3 months
        arms:
          - {name: first, product: cd19-41bb{{first}}}
          - {name: second, product: cd19-41bb{{second}}}
        conduct: {before-infusion: {{before}}}
        analysis: {endpoint: EFS}
        visits: [28, 60, 90]
        """;

    static Checked<TrialJob> Read(string study) => TrialJob.Create(new SourceText("my-study.yaml", study), new TrialOverrides());

    static BeforeInfusion Before(string study) => Trial.Job(study).Plan.Randomised!.Conduct.BeforeInfusion!;

    [Theory]
    [InlineData(", vein-to-vein: 25", "", "{days: 45, dies: 0.1}", 45, 25, 0, 45, 0)]
    [InlineData(", vein-to-vein: {days: 25, spread: 0.3}", ", vein-to-vein: 12", "{dies: 0.1, within: 30}", 30, 25, 0.3, 12, 0)]
    [InlineData(", vein-to-vein: 40", ", strategies: [universal-cells]", "{dies: 0.1, within: 30}", 30, 40, 0, 1, 0)]
    [InlineData("", "", "{days: 45, spread: 0.2, dies: 0.1}", 45, 45, 0.2, 45, 0.2)]
    public void An_arm_waits_its_own_time_else_that_of_the_conduct_else_that_of_its_product(string first, string second, string before, double within, double days1, double spread1, double days2, double spread2)
    {
        BeforeInfusion resolved = Before(Study(first, second, before));

        resolved.Days.ShouldBe(within);
        (resolved.Of(0), resolved.Of(1)).ShouldBe((new VeinToVein(days1, spread1), new VeinToVein(days2, spread2)));
    }

    [Fact]
    public void Of_products_given_together_the_slowest_decides()
    {
        ArmPlan arm = TinyTrial.Plan().Arms[0] with { VeinToVein = new VeinToVein(30, 0.3) };
        ProductDose Beside(VeinToVein? time) => new("beside", "second-infusion-target", 1e8) { VeinToVein = time };

        arm.Slowest.ShouldBe(new VeinToVein(30, 0.3));
        (arm with { Beside = [Beside(new VeinToVein(40, 0))] }).Slowest.ShouldBe(new VeinToVein(40, 0));
        (arm with { Beside = [Beside(new VeinToVein(1, 0))] }).Slowest.ShouldBe(new VeinToVein(30, 0.3));
        (arm with { Beside = [Beside(null)] }).Slowest.ShouldBeNull();
    }

    [Theory]
    [InlineData("", ", vein-to-vein: 12", "{dies: 0.1, within: 30}", "ND0553", "no days of manufacture")]
    [InlineData(", vein-to-vein: 40", ", vein-to-vein: 12", "{dies: 0.1}", "ND0553", "within")]
    [InlineData(", vein-to-vein: {days: 40, spread: 0.3}", ", vein-to-vein: {days: 40, spread: 0.3}", "{dies: 0.1}", "ND0553", "within")]
    [InlineData(", vein-to-vein: 0", "", "{days: 45, dies: 0.1}", "ND0023", "above 0")]
    [InlineData("", "", "{spread: 0.3, dies: 0.1}", "ND0553", "cannot spread")]
    [InlineData(", strategies: [bridging-chemotherapy], vein-to-vein: 3", "", "{days: 45, dies: 0.1}", "ND0535", "infused too soon")]
    public void Times_that_are_not_known_or_leave_no_room_are_refused(string first, string second, string before, string code, string part)
    {
        IReadOnlyList<Issue> issues = Read(Study(first, second, before)).Issues;

        issues.ShouldContain(i => i.Code == code && i.ToString().Contains(part));
    }

    [Fact]
    public void A_time_from_vein_to_vein_without_enrolment_is_refused()
    {
        string study = Study(", vein-to-vein: 40", "", "{days: 45, dies: 0.1}").Replace("conduct: {before-infusion: {days: 45, dies: 0.1}}\n", "");

        Read(study).Issues.ShouldContain(i => i.Code == "ND0553" && i.Message.Contains("begins at enrolment"));
    }

    [Fact]
    public void Bridging_fits_into_a_wait_that_is_long_enough() =>
        Read(Study(", strategies: [bridging-chemotherapy], vein-to-vein: 30", "", "{days: 45, dies: 0.1}")).Issues.ShouldBeEmpty();

    /// <summary>A product from the shelf is given sooner, and fewer are lost before it.</summary>
    [Fact]
    public void An_arm_with_a_product_from_the_shelf_starts_earlier()
    {
        TrialResult result = Trial.Job(Study(", vein-to-vein: {days: 40, spread: 0.3}", ", strategies: [universal-cells]", "{dies: 0.3, within: 40}", patients: 300)).Result();
        ConductedTrial trial = result.Conducted!;
        double[] Days(int arm) => [.. trial.Patients.Where(p => p.Arm == arm && p.Candidate.Fate == InfusionFate.Infused).Select(p => p.Candidate.FateDays)];

        Days(1).ShouldAllBe(d => d == 1);
        Days(0).ShouldAllBe(d => d > 10);
        Days(0).Distinct().Count().ShouldBeGreaterThan(20);

        // 0.3 against 0.009: nine standard errors apart.
        trial.Flow[0].DiedBefore.ShouldBeGreaterThan(trial.Flow[1].DiedBefore + 40);
        ConductText.Conduct(trial, result.HorizonDays).Single(c => c.Heading == "Before the infusion").Text
            .ShouldContain("in “first” 40 days in the median (log-normal, standard deviation 0.3); in “second” 1 day.");
    }
}
