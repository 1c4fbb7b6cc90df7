using Nadir.Protocols;
using Nadir.Trials;

namespace Nadir.Studies;

/// <summary>Finds for each arm with a transplant the arm that is the same but for it: until the transplant a patient's course is the same in both.</summary>
static class TransplantCounterparts
{
    public static ArmPlan[] Find(IReadOnlyList<StudyArm> arms, ArmPlan[] plans) =>
        [.. plans.Select((plan, i) => plan with { WithoutTransplant = Of(arms, plans, i) })];

    static int? Of(IReadOnlyList<StudyArm> arms, ArmPlan[] plans, int arm)
    {
        string[] transplants = [.. plans[arm].Strategies.Where(IsOnlyTransplant).Select(s => s.Name)];
        int found = transplants.Length == 0 ? -1 : Enumerable.Range(0, arms.Count).FirstOrDefault(other => Same(arms[arm], arms[other], transplants), -1);
        return found < 0 ? null : found;
    }

    static bool IsOnlyTransplant(Strategy s) => s.IsTransplant && s.Changes.Count == 0 && s.Instead is null && s.Products.Count == 0;

    static bool Same(StudyArm arm, StudyArm other, string[] transplants) =>
        arm.Lymphodepletion == other.Lymphodepletion
        && arm.Products.SequenceEqual(other.Products)
        && arm.Strategies.Except(transplants).SequenceEqual(other.Strategies);
}
