using Nadir.Inference;

namespace Nadir.Tests.Inference;

public class TransgeneStatisticsTests
{
    static CohortPatient With(double cmax, double tmax, params (double Day, double Value)[] seen) =>
        MadePatient.Of(MadePatient.Well with { TransgeneCmax = cmax, TransgeneTmax = tmax, TransgeneAuc28 = 10 * cmax }) with { Transgene = seen };

    static Statistic Of(string quantity, CohortPatient[] all, CohortPatient[]? remissions = null) => new TransgeneStatistics(all, remissions ?? all).Of(quantity);

    /// <summary>Peaks e, e², e³: the median of the logarithm is 2, its variance 1, and the median's variance π/2 of that for one patient.</summary>
    [Fact]
    public void Typical_values_are_medians_on_the_logarithm()
    {
        CohortPatient[] cohort = [.. new[] { 1, 2, 3 }.Select(k => With(Math.Exp(k), Math.Exp(2 * k)))];

        Of("transgeneCmax", cohort).ShouldSatisfyAllConditions(s => s.Place.ShouldBe(2, 1e-12), s => s.UnitVariance.ShouldBe(Math.PI / 2, 1e-12), s => s.Size.ShouldBe(3));
        Of("transgeneCmaxLogSd", cohort).Place.ShouldBe(0, 1e-12);
        Of("transgeneTmax", cohort).Place.ShouldBe(4, 1e-12);
        Of("transgeneTmaxLogSd", cohort).Place.ShouldBe(Math.Log(2), 1e-12);
    }

    /// <summary>From day 4 to 6 fourfold, a day for each doubling; later slower; the jump after day 12 is none of it. From day 14 to 28 a 16th, 3.5 days for each half.</summary>
    [Fact]
    public void Doubling_is_the_steepest_up_to_day_12_and_half_life_from_day_14_to_28()
    {
        CohortPatient[] cohort = [.. Enumerable.Repeat(With(1, 1, (4, 10), (6, 40), (8, 80), (12, 90), (14, 1600), (21, 500), (28, 100)), 2)];

        Of("transgeneDoubling", cohort).Place.ShouldBe(0, 1e-12);
        Of("transgeneHalfLife", cohort).Place.ShouldBe(Math.Log(3.5), 1e-12);
    }

    [Fact]
    public void What_lies_below_the_limit_has_no_slope()
    {
        CohortPatient[] cohort = [With(1, 1, (4, double.NaN), (6, 40), (8, 160), (14, 10), (28, double.NaN)), With(1, 1, (4, 10), (6, 20)), With(1, 1)];

        Of("transgeneDoubling", cohort).ShouldSatisfyAllConditions(s => s.Size.ShouldBe(2), s => s.Place.ShouldBe(Math.Log(2) / 2, 1e-12));
        Of("transgeneHalfLife", cohort).Place.ShouldBe(double.NaN);
    }

    /// <summary>Responders e³ and e⁵, others e and e: geometric means e⁴ and e.</summary>
    [Fact]
    public void Responders_are_compared_by_geometric_means()
    {
        CohortPatient[] responders = [With(Math.Exp(3), 1), With(Math.Exp(5), 1)];
        CohortPatient[] all = [.. responders, With(Math.E, 2), With(Math.E, 3)];

        Of("cmaxResponderRatio", all, responders).ShouldSatisfyAllConditions(s => s.Place.ShouldBe(3, 1e-12), s => s.Variance.ShouldBe(1, 1e-12));
        Of("aucResponderRatio", all, responders).Place.ShouldBe(3, 1e-12);
        Should.Throw<ArgumentException>(() => Of("transgeneNothing", all));
    }
}
