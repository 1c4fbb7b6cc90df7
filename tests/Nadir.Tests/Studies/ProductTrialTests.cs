using Nadir.Protocols;

namespace Nadir.Tests.Studies;

/// <summary>Each product against the reference product, on the same patients: the direction of what sets it apart.</summary>
[Trait("Category", "Slow")]
public class ProductTrialTests
{
    static readonly Dictionary<string, Func<ContrastArm, ContrastArm, bool>> _apart = new()
    {
        ["cd19-41bb"] = (p, reference) => p.EventFree == reference.EventFree,
        ["cd19-cd28"] = (p, reference) => p.Aplasia < reference.Aplasia && p.Peak < reference.Peak,
        ["cd19-41bb-humanised"] = (p, reference) => p.Aplasia > reference.Aplasia,
        ["cd19-low-affinity"] = (p, reference) => p.Aplasia > reference.Aplasia && p.Cytokine < reference.Cytokine,
        ["cd19-defined-composition"] = (p, reference) => p.Peak > 0.8 * reference.Peak,
        ["cd19-memory-enriched"] = (p, reference) => p.Peak > reference.Peak,
        ["cd22-41bb"] = (p, reference) => p.Aplasia < reference.Aplasia && p.Negative < reference.Negative,
        ["cd19-cd22-tandem"] = (p, reference) => p.Negative < reference.Negative && p.Negative > 0,
        ["cd19-cd22-bicistronic"] = (p, reference) => p.Negative < reference.Negative && p.Aplasia < reference.Aplasia,
        ["cd19-cd20-tandem"] = (p, reference) => p.Negative < reference.Negative,
        ["cd19-baffr"] = (p, reference) => p.Negative < reference.Negative,
        ["cd123"] = (p, reference) => p.EarlyAplasia < 0.2 && p.Switched <= reference.Switched,
        ["cd19-il18-armoured"] = (p, reference) => p.Aplasia > reference.Aplasia,
        ["cd19-donor-derived"] = (p, reference) => p.Peak > reference.Peak,
        ["cd19-universal"] = (p, reference) => p.EarlyAplasia < reference.EarlyAplasia,
        ["cd19-car-nk"] = (p, reference) => p.Aplasia < reference.Aplasia && p.Cytokine < reference.Cytokine,
    };

    public static TheoryData<string> Names => [.. Product.ShippedNames];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_product_differs_from_the_reference_as_it_should(string name)
    {
        Contrast contrast = Contrast.OfProduct(name);

        contrast.With.Result.FailedPatients.ShouldBe(0);
        _apart[name](contrast.With, contrast.Without).ShouldBeTrue();
    }

    [Fact]
    public void Two_products_are_two_populations_that_leave_fewer_escapes_than_either_and_some_relapse_by_loss()
    {
        Contrast both = Contrast.OfProduct("[cd19-41bb, cd22-41bb]");
        Contrast second = Contrast.OfProduct("cd22-41bb");

        both.With.Negative.ShouldBeLessThan(both.Without.Negative);
        both.With.Relapse.ShouldBeLessThan(Math.Min(both.Without.Relapse, second.With.Relapse));
        both.With.Positive.ShouldBeGreaterThan(0.05);
        both.With.Negative.ShouldBeGreaterThan(0);
        both.With.Peak.ShouldBeGreaterThan(both.Without.Peak);
    }
}
