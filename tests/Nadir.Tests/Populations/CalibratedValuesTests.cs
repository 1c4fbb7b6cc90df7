using Nadir.Documents;
using Nadir.Models;
using Nadir.Populations;

namespace Nadir.Tests.Populations;

/// <summary>Calibrations as files, and the one that comes with the model of B-ALL.</summary>
public class CalibratedValuesTests
{
    static readonly ModelPackage _package = ModelPackage.LoadShipped("b-all").OrThrow();

    static readonly CalibratedValues _shipped = CalibratedValues.Of(_package)!.OrThrow();

    static readonly PopulationSet _populations = PopulationSet.Read(_package).OrThrow();

    [Fact]
    public void Every_number_of_the_shipped_calibration_belongs_to_a_population_and_none_is_left_out()
    {
        IEnumerable<string> Of(string population) => _populations[population].HyperParameters.Select(h => h.Name);

        _shipped.Point.Keys.ShouldBe(Of("children-young-adults").Union(Of("children-young-adults-clinic")).Union(Of("adults")), ignoreOrder: true);
    }

    [Fact]
    public void Every_population_can_have_the_point_and_the_draws()
    {
        foreach (Population population in _populations.Names.Select(n => _populations[n]))
        {
            population.CheckValues(CalibratedValues.KnownTo(population, _shipped.Point)).ShouldBeEmpty();
        }

        Population children = _populations["children-young-adults"];
        _shipped.Draws.Count.ShouldBeGreaterThanOrEqualTo(50);
        _shipped.Draws.ShouldAllBe(d => children.CheckValues(CalibratedValues.KnownTo(children, d)).Count == 0);
    }

    [Fact]
    public void The_point_lies_among_the_draws() =>
        _shipped.Point.ShouldAllBe(p => p.Value >= _shipped.Draws.Min(d => d[p.Key]) && p.Value <= _shipped.Draws.Max(d => d[p.Key]));

    [Fact]
    public void The_number_of_targets_is_read_and_may_be_left_out()
    {
        CalibratedValues.Read(new SourceText("mine.yaml", "calibration: {targets: 7, seed: 1}\npoint: {leukaemia_growth: 0.1}\n")).OrThrow().Targets.ShouldBe(7);
        CalibratedValues.Read(new SourceText("mine.yaml", "point: {leukaemia_growth: 0.1}\n")).OrThrow().Targets.ShouldBe(0);
    }

    [Fact]
    public void A_draw_of_another_length_is_an_issue_with_its_place() =>
        CalibratedValues.Read(new SourceText("mine.yaml", "point: {leukaemia_growth: 0.1}\ndraws:\n  - [0.1]\n  - [0.1, 0.2]\n"))
            .Issues.Select(i => (i.Code, i.Location.Line)).ShouldBe([("ND0437", 4)]);
}
