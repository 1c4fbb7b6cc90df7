namespace Nadir.Tests.Solvers;

/// <summary>The model of Stein et al. 2019 against its closed form: exponential growth to the peak, then two exponentials.</summary>
public sealed class Stein2019Tests
{
    static readonly (string Name, double Value)[] _typical =
    [
        ("peak_transgene", 24000), ("fold_expansion", 3900), ("peak_day", 9.3), ("contraction", 0.16), ("memory_share", 0.0079), ("memory_decline", 0.0032),
    ];

    [Fact]
    public void Transgene_follows_the_reference_numbers()
    {
        Course course = Course.Of(LibraryModel.With("stein-2019"), 365, 0.05);
        course.At("expansion_rate", 0).ShouldBe(0.88911, 0.000005);
        course.At("transgene", 0).ShouldBe(6.154, 0.0005);
        course.At("transgene", 28).ShouldBe(1373.6, 0.05);
        course.At("transgene", 90).ShouldBe(146.5, 0.05);
        course.At("transgene", 365).ShouldBe(60.7, 0.05);
        course.Peak("transgene").Value.ShouldBe(24000, 0.01);
        course.Peak("transgene").Day.ShouldBe(9.3, 1e-9);
    }

    [Fact]
    public void The_area_to_day_28_is_the_reference_one() =>
        Course.Of(LibraryModel.With("stein-2019"), 28, 0.005).Area("transgene", 28).ShouldBe(171_774, 0.6);

    [Theory]
    [InlineData("peak_day", 22.7)]
    [InlineData("fold_expansion", 12)]
    [InlineData("contraction", 1.3)]
    [InlineData("memory_share", 0.2)]
    [InlineData("memory_decline", 0.15)]
    public void Any_patient_follows_the_closed_form(string changed, double value)
    {
        (string Name, double Value)[] patient = [.. _typical.Select(p => p.Name == changed ? (p.Name, value) : p)];
        double Of(string name) => patient.Single(p => p.Name == name).Value;
        Course course = Course.Of(LibraryModel.With("stein-2019", patient), 200, 0.5);
        for (double day = 0; day <= 200; day += 0.5)
        {
            double after = day - Of("peak_day");
            double expected = after < 0
                ? Of("peak_transgene") / Of("fold_expansion") * Math.Exp(Math.Log(Of("fold_expansion")) / Of("peak_day") * day)
                : Of("peak_transgene") * (((1 - Of("memory_share")) * Math.Exp(-Of("contraction") * after)) + (Of("memory_share") * Math.Exp(-Of("memory_decline") * after)));
            course.At("transgene", day).ShouldBe(expected, 1e-7 * expected);
        }
    }

    [Fact]
    public void Tocilizumab_changes_the_speed_of_expansion_from_its_day_to_the_peak()
    {
        Course course = Course.Of(LibraryModel.With("stein-2019", ("tocilizumab_day", 5.7)), 30, 0.1);
        double rate = Math.Log(3900) / 9.3;
        double peak = 24000 / 3900.0 * Math.Exp(rate * (5.7 + (1.2 * 3.6)));
        course.Peak("transgene").Value.ShouldBe(peak, 1e-6 * peak);
        course.At("transgene", 5).ShouldBe(24000 / 3900.0 * Math.Exp(rate * 5), 1e-4);
    }
}
