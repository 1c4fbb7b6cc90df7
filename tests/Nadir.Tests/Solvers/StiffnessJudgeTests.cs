using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

public class StiffnessJudgeTests
{
    /// <summary>Judges steps until the method is to be changed; how many, of the explicit ones how many were looked at.</summary>
    static int StepsUntilChange(StiffnessJudge judge, double use, int most, double eigenvalue = 10)
    {
        for (int step = 1; step <= most; step++)
        {
            judge.Judge(use, use / eigenvalue);
            if (judge.WantsChange)
            {
                judge.Changed();
                return step;
            }
        }

        return 0;
    }

    [Fact]
    public void Steps_at_the_limit_of_stability_call_for_the_implicit_method_and_shorter_ones_never()
    {
        StepsUntilChange(new StiffnessJudge(12), 3.3, 1000).ShouldBe(24);
        StepsUntilChange(new StiffnessJudge(12), 1.0, 1000).ShouldBe(0);
    }

    [Fact]
    public void An_implicit_step_has_to_be_as_long_as_the_explicit_ones_it_costs()
    {
        StiffnessJudge worth = new(12);
        StepsUntilChange(worth, 3.3, 1000);
        StepsUntilChange(worth, 2.5 * 8, 1000).ShouldBe(0);
        worth.IsStiff.ShouldBeTrue();

        StiffnessJudge dear = new(12);
        StepsUntilChange(dear, 3.3, 1000);
        StepsUntilChange(dear, 2.5 * 6, 1000).ShouldBe(10);
        dear.IsStiff.ShouldBeFalse();
    }

    [Fact]
    public void Each_try_that_did_not_pay_makes_the_next_wait_longer_unless_the_equations_have_become_stiffer()
    {
        StiffnessJudge judge = new(12);
        List<int> waits = [];
        for (int t = 0; t < 4; t++)
        {
            waits.Add(StepsUntilChange(judge, 3.3, 10_000));
            StepsUntilChange(judge, 5, 100);
        }

        waits.ShouldBe([24, 96, 160, 160]);
        StepsUntilChange(judge, 3.3, 10_000, eigenvalue: 21).ShouldBe(24);
        judge.Begin();
        StepsUntilChange(judge, 3.3, 10_000).ShouldBe(24);
    }

    [Fact]
    public void Explicit_steps_are_looked_at_more_often_while_they_are_at_the_limit_of_stability()
    {
        StiffnessJudge judge = new(12);
        judge.Judge(1, 0.1);
        judge.StepsToNextLook.ShouldBe(64);
        judge.Judge(3.3, 0.33);
        judge.StepsToNextLook.ShouldBe(16);
        judge.Judge(1, 0.1);
        judge.Judge(1, 0.1);
        judge.StepsToNextLook.ShouldBe(64);
    }
}
