using Nadir.Endpoints;
using Nadir.Monitoring;
using Nadir.Trials;

namespace Nadir.Tests.Trials;

/// <summary>Remission and relapse read from one assay instead of marrow and MRD, in a trial whose course is known in closed form.</summary>
public class ResponseCriteriaTests
{
    /// <summary>Blasts as a marrow shows them, with a cut for remission of its own.</summary>
    static Assay Imaging(double cut) => Assay.LoadShipped("marrow-blasts").OrThrow() with
    {
        Name = "imaging",
        NoiseSd = 0,
        Limit = cut / 2,
        Thresholds = new Dictionary<string, double> { ["remission"] = cut },
    };

    static TrialPlan ByImaging(TrialPlan plan, double cut)
    {
        Assay imaging = Imaging(cut);
        return plan with { Assays = plan.Assays with { Further = [imaging], Response = imaging } };
    }

    /// <summary>1e12 cells shrink by 0.2 a day: 3.6% of the marrow on day 28, with MRD until between day 57 and 60.</summary>
    [Fact]
    public void A_lymphoma_is_in_remission_when_nothing_is_seen_whatever_MRD_shows()
    {
        TrialPlan plan = TinyTrial.Plan(("decline", 0.2));

        (plan.Outcome().MorphologicRemissionDay, plan.Outcome().RemissionDay).ShouldBe((28, 60));
        PatientOutcome imaged = ByImaging(plan, 0.05).Outcome();
        (imaged.MorphologicRemissionDay, imaged.RemissionDay, imaged.MrdRelapseDay).ShouldBe((28, 28, null));
        PatientOutcome strict = ByImaging(plan, 0.001).Outcome();
        (strict.MorphologicRemissionDay, strict.RemissionDay).ShouldBe((60, 60));
    }

    /// <summary>From day 28 cells double in a week: above a thousandth of the marrow on day 90, above 5% on day 120 only.</summary>
    [Fact]
    public void It_has_relapsed_when_something_is_seen_again()
    {
        TrialPlan plan = TinyTrial.Plan(("turn", 28), ("growth", Math.Log(2) / 7));

        double marrow = plan.Outcome().RelapseDay!.Value;
        double imaged = ByImaging(plan, 0.001).Outcome().RelapseDay!.Value;

        imaged.ShouldBeLessThan(marrow);
        imaged.ShouldBe(plan.VisitDays.First(d => Fraction(d) >= 0.001));
        static double Fraction(double day) => 1e12 * Math.Exp(-14) * Math.Pow(2, (day - 28) / 7) is var cells ? cells / (cells + 1e11) : 0;
    }

    [Fact]
    public void Below_the_limit_of_the_assay_is_clear() => ByImaging(TinyTrial.Plan(), 0.9).Outcome().RemissionDay.ShouldBe(28);
}
