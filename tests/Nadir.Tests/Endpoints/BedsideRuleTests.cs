using Nadir.Endpoints;
using Nadir.Evidence;
using Nadir.Protocols;
using Nadir.Studies;
using Nadir.Tests.Studies;

namespace Nadir.Tests.Endpoints;

/// <summary>What a clinician concludes at relapse from blasts, B cells, transgene, MRD on day 28 and the day.</summary>
public class BedsideRuleTests
{
    static readonly PhenotypeSeen _positive = new(Phenotype.Cd19Positive, false, false);
    static readonly PhenotypeSeen _low = new(Phenotype.Cd19NegativeOrLow, false, false);
    static readonly PhenotypeSeen _negative = new(Phenotype.Cd19NegativeOrLow, true, false);
    static readonly PhenotypeSeen _bothLost = _negative with { IsCd22Low = true };
    static readonly PhenotypeSeen _switched = new(Phenotype.LineageSwitch, true, true);

    static RelapseExamination Seen(PhenotypeSeen blasts, bool back = false, double transgene = 400, double before = 400, bool? mrd = false, double day = 200) =>
        new(blasts, day) { BCellsBack = back, Transgene = transgene, TransgeneBefore = before, TransgeneLimit = 50, MrdOnDay28 = mrd };

    static CauseGroup Guess(RelapseExamination seen) => BedsideRule.Guess(seen);

    [Fact]
    public void What_is_typical_of_a_cause_points_to_it()
    {
        Guess(Seen(_positive, back: true, transgene: 50)).ShouldBe(CauseGroup.CarTGone);
        Guess(Seen(_positive, back: true, transgene: 400)).ShouldBe(CauseGroup.CarTExhausted);
        Guess(Seen(_negative, mrd: true)).ShouldBe(CauseGroup.AntigenLost);
        Guess(Seen(_low)).ShouldBe(CauseGroup.AntigenLow);
        Guess(Seen(_bothLost)).ShouldBe(CauseGroup.AntigenLow);
        Guess(Seen(_negative, before: 60, day: 274)).ShouldBe(CauseGroup.Masking);
        Guess(Seen(_switched, day: 30)).ShouldBe(CauseGroup.LineageSwitch);
        Guess(Seen(_positive, mrd: true, day: 50)).ShouldBe(CauseGroup.NotKilled);
    }

    [Fact]
    public void Relapse_after_b_cells_came_back_is_lost_persistence_unless_the_blasts_say_otherwise()
    {
        Guess(Seen(_positive, back: true, transgene: 50)).ShouldBe(CauseGroup.CarTGone);
        Guess(Seen(_negative, back: true, transgene: 50)).ShouldBe(CauseGroup.AntigenLost);
        Guess(Seen(_low, back: true, transgene: 50)).ShouldBe(CauseGroup.AntigenLow);
    }

    [Theory]
    [InlineData(false, CauseGroup.AntigenLost)]
    [InlineData(true, CauseGroup.AntigenLow)]
    public void Cd22_lost_with_cd19_speaks_for_both_turned_down_and_not_for_a_mutation(bool low, CauseGroup group) =>
        Guess(Seen(_negative with { IsCd22Low = low })).ShouldBe(group);

    [Theory]
    [InlineData(false, CauseGroup.CarTGone)]
    [InlineData(true, CauseGroup.AntigenLost)]
    public void Cd22_lost_on_blasts_with_cd19_is_escape_from_a_product_against_it(bool low, CauseGroup group) =>
        Guess(Seen(_positive with { IsCd22Low = low }, back: true, transgene: 50)).ShouldBe(group);

    [Theory]
    [InlineData(60, 301, false, CauseGroup.Masking)]
    [InlineData(60, 301, null, CauseGroup.Masking)]
    [InlineData(60, 299, false, CauseGroup.AntigenLost)]
    [InlineData(60, 301, true, CauseGroup.AntigenLost)]
    [InlineData(double.NaN, 1e6, false, CauseGroup.AntigenLost)]
    public void A_transgene_that_rises_with_negative_blasts_points_to_masking_unless_mrd_was_never_cleared(double before, double now, bool? mrd, CauseGroup group) =>
        Guess(Seen(_negative, transgene: now, before: before, mrd: mrd)).ShouldBe(group);

    [Theory]
    [InlineData(60, true, CauseGroup.NotKilled)]
    [InlineData(61, true, CauseGroup.CarTGone)]
    [InlineData(60, false, CauseGroup.CarTGone)]
    public void Early_relapse_in_aplasia_that_was_never_cleared_is_resistance_even_without_transgene(double day, bool mrd, CauseGroup group) =>
        Guess(Seen(_positive, transgene: 50, day: day, mrd: mrd)).ShouldBe(group);

    [Fact]
    public void What_was_not_examined_decides_nothing()
    {
        Guess(Seen(_negative with { IsCd22Low = null }, mrd: null)).ShouldBe(CauseGroup.AntigenLost);
        Guess(Seen(_positive with { IsCd22Low = null }, back: true, transgene: 50, mrd: null)).ShouldBe(CauseGroup.CarTGone);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(1e6)]
    public void Blasts_between_the_two_gates_point_to_low_antigen_whatever_the_transgene_does(double now) =>
        Guess(Seen(_low, transgene: now, before: 60)).ShouldBe(CauseGroup.AntigenLow);

    [Fact]
    public void Every_group_and_every_finding_of_the_blasts_has_a_place_in_the_table_and_every_mechanism_ships()
    {
        IdentificationTable table = IdentificationTable.LoadShipped().OrThrow();

        table.Columns.Select(c => c.Cause).Distinct().ShouldBe(CauseNames.Groups.Select(CauseNames.NameOf), ignoreOrder: true);
        IdentificationTable.BlastFindings.ShouldAllBe(f => table.Columns.Any(c => c.Blasts.Usual.Contains(f)));
        table.Columns.SelectMany(c => c.Mechanisms).ShouldAllBe(m => Mechanism.ShippedNames.Contains(m));
    }

    const string Study = """
        nadir: 1
        title: Causes
        model: b-all
        patients: {count: 1000, population: children-young-adults}
        horizon: 24 months
        seed: 5
        arms: [{name: alone, product: cd19-41bb}]
        visits: [28, 60, 90, 120, 150, 180, 270, 365, 545, 730]
        """;

    static (CauseGroup True, CauseGroup Guessed, string Mechanism)[] Relapses(params string[] with) =>
        [.. Trial.Job(Study, new TrialOverrides { With = with }).Plan.Records().Where(r => r.Outcome.GuessedCause is not null)
            .Select(r => (r.Outcome.RelapseCause!.Group, r.Outcome.GuessedCause!.Value, r.Outcome.RelapseCause.Mechanism))];

    /// <summary>The common groups are told apart: nearly all of the cells that were lost, and of the antigen that was.</summary>
    [Fact]
    public void Common_causes_are_recovered_from_what_is_observed()
    {
        (CauseGroup True, CauseGroup Guessed, string)[] relapses = Relapses();
        double Recovered(CauseGroup group) => relapses.Count(r => r.True == group && r.Guessed == group) / (double)relapses.Count(r => r.True == group);

        relapses.Length.ShouldBeGreaterThan(250);
        Recovered(CauseGroup.CarTGone).ShouldBeGreaterThan(0.9);
        Recovered(CauseGroup.AntigenLost).ShouldBeGreaterThan(0.8);
        relapses.Count(r => r.True == r.Guessed).ShouldBeGreaterThan((int)(0.8 * relapses.Length));
    }

    [Fact]
    public void Blasts_with_both_antigens_turned_down_show_it()
    {
        (CauseGroup, CauseGroup Guessed, string Mechanism)[] down = [.. Relapses("antigen-downregulation").Where(r => r.Mechanism == "antigen-downregulation")];

        down.Length.ShouldBeGreaterThan(20);
        down.Count(r => r.Guessed == CauseGroup.AntigenLow).ShouldBeGreaterThan((int)(0.8 * down.Length));
    }
}
