using Nadir.Protocols;

namespace Nadir.Tests.Studies;

/// <summary>Each product against the reference product, on the same patients: the direction of what sets it apart.</summary>
[Trait("Category", "Slow")]
public class ProductTrialTests
{
    static readonly Dictionary<string, Func<Contrast, bool>> _apart = new()
    {
        ["cd19-41bb"] = c => c.Shift(Reading.EventFree) == 0,
        ["cd19-cd28"] = c => c.Falls(Reading.Aplasia) && c.Rises(Reading.Severe),
        ["cd19-41bb-humanised"] = c => c.Rises(Reading.Aplasia),
        ["cd19-low-affinity"] = c => c.Rises(Reading.Aplasia) && c.Falls(Reading.Cytokine),
        // The same peak within a tenth; beyond chance it is a fortieth lower.
        ["cd19-defined-composition"] = c => c.With.Mean(Reading.Peak) > c.Without.Mean(Reading.Peak) - 0.1 && c.Falls(Reading.Severe),
        ["cd19-memory-enriched"] = c => c.Rises(Reading.Peak),
        ["cd22-41bb"] = c => c.InRemission.Rises(Reading.BCellsBack) && c.Falls(Reading.Negative),
        ["cd19-cd22-tandem"] = c => c.Falls(Reading.Negative) && c.With.Mean(Reading.Negative) > 0,
        ["cd19-cd22-bicistronic"] = c => c.Falls(Reading.Negative) && c.Falls(Reading.Peak),
        ["cd19-cd20-tandem"] = c => c.Falls(Reading.Negative),
        ["cd19-baffr"] = c => c.Falls(Reading.Negative),
        ["cd123"] = c => c.InRemission.With.Mean(Reading.BCellsBack) > 0.9 && c.InRemission.Without.Mean(Reading.BCellsBack) < 0.5,
        ["cd19-il18-armoured"] = c => c.Rises(Reading.Aplasia),
        ["cd19-donor-derived"] = c => c.Rises(Reading.Peak),
        ["cd19-universal"] = c => c.InRemission.Rises(Reading.BCellsBack),
        ["cd19-car-nk"] = c => c.InRemission.Rises(Reading.BCellsBack) && c.Falls(Reading.Cytokine),
    };

    public static TheoryData<string> Names => [.. Product.ShippedNames];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_product_differs_from_the_reference_as_it_should(string name)
    {
        Contrast contrast = Contrast.OfProduct(name);

        contrast.With.Result.FailedPatients.ShouldBe(0);
        _apart[name](contrast).ShouldBeTrue(string.Join("; ", Reading.All.Select(r => FormattableString.Invariant($"{r.Name} {contrast.Without.Mean(r):F3} to {contrast.With.Mean(r):F3}, {contrast.Shift(r):F1} SE"))));
    }

    /// <summary>Switched cells keep CD123, so it is the one product that reaches them; patients in remission with either product are those who can be compared.</summary>
    [Fact]
    public void Cd123_cells_leave_fewer_lineage_switches_where_KMT2A_is_rearranged()
    {
        Contrast contrast = Contrast.OfProduct("cd123", new Setting("target: kmt2a_rearranged, set: 1"));

        contrast.InRemission.Falls(Reading.Switched).ShouldBeTrue();
        contrast.InRemission.Without.Mean(Reading.Switched).ShouldBeGreaterThan(0.2);
    }

    [Fact]
    public void Two_products_are_two_populations_that_leave_fewer_escapes_than_either_and_some_relapse_by_loss()
    {
        Contrast both = Contrast.OfProduct("[cd19-41bb, cd22-41bb]");
        Contrast second = Contrast.OfProduct("cd22-41bb");

        both.Falls(Reading.Negative).ShouldBeTrue();
        both.Falls(Reading.Relapse).ShouldBeTrue();
        new Contrast(second.With, both.With).Rises(Reading.EventFree).ShouldBeTrue();
        both.With.Mean(Reading.Positive).ShouldBeGreaterThan(0.05);
        both.With.Mean(Reading.Negative).ShouldBeGreaterThan(0);
        both.Rises(Reading.Peak).ShouldBeTrue();
    }
}
