using Nadir.Survival;

namespace Nadir.Tests.Survival;

public class GroupSequentialTests
{
    // Lan & DeMets boundaries for a two-sided error of 5% at equally spaced looks, as tabulated by Reboussin, DeMets, Kim & Lan (2000) and printed by R's ldbounds.
    [Theory]
    [InlineData(SpendingFunction.OBrienFleming, new[] { 2.9626, 1.9686 })]
    [InlineData(SpendingFunction.OBrienFleming, new[] { 4.3326, 2.9631, 2.3590, 2.0141 })]
    [InlineData(SpendingFunction.OBrienFleming, new[] { 4.8769, 3.3569, 2.6803, 2.2898, 2.0310 })]
    [InlineData(SpendingFunction.Pocock, new[] { 2.4380, 2.4268, 2.4101, 2.3966, 2.3859 })]
    public void Boundaries_equal_published_ones_to_four_digits(SpendingFunction spending, double[] published)
    {
        IReadOnlyList<GroupSequentialLook> looks = GroupSequential.Boundaries(
            [.. Enumerable.Range(1, published.Length).Select(k => (double)k / published.Length)], spending, 0.05);

        // The tables' own integration leaves the fifth digit uncertain.
        looks.Select(l => Math.Round(l.Z, 3)).ShouldBe(published.Select(z => Math.Round(z, 3)));
        looks[^1].Spent.ShouldBe(0.05, 1e-12);
    }

    [Theory]
    [InlineData("obf", SpendingFunction.OBrienFleming, new[] { 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData("pocock", SpendingFunction.Pocock, new[] { 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData("uneven", SpendingFunction.OBrienFleming, new[] { 0.3, 0.35, 0.7, 0.95 })]
    public void Boundaries_equal_those_of_the_reference(string name, SpendingFunction spending, double[] fractions)
    {
        Dictionary<string, double> expected = ReferenceTable.Numbers("group-sequential.csv");

        CurveAgreement.ShouldAgree(
            [.. GroupSequential.Boundaries(fractions, spending, 0.05).Select(l => l.Z)], [.. fractions.Select((_, i) => expected[$"{name}.{i + 1}"])], name);
    }

    [Fact]
    public void An_end_with_less_information_spends_what_is_left()
    {
        GroupSequentialLook[] looks = [.. GroupSequential.SpendingAll([0.5, 0.8], SpendingFunction.OBrienFleming, 0.05)];

        looks[0].ShouldBe(GroupSequential.Boundaries([0.5, 1], SpendingFunction.OBrienFleming, 0.05)[0]);
        looks[1].Spent.ShouldBe(0.05, 1e-12);
        looks[1].Z.ShouldBeLessThan(GroupSequential.Boundaries([0.5, 0.8], SpendingFunction.OBrienFleming, 0.05)[1].Z);
        GroupSequential.SpendingAll([0.5, 1], SpendingFunction.Pocock, 0.05).ShouldBe(GroupSequential.Boundaries([0.5, 1], SpendingFunction.Pocock, 0.05));
        Should.Throw<ArgumentException>(() => GroupSequential.SpendingAll([], SpendingFunction.Pocock, 0.05)).Message.ShouldContain("no look");
    }

    [Fact]
    public void One_look_is_the_fixed_test()
    {
        GroupSequential.Boundaries([1], SpendingFunction.Pocock, 0.05)[0].Z.ShouldBe(1.959963984540054, 1e-9);
        GroupSequential.Boundaries([1], SpendingFunction.OBrienFleming, 0.05, BoundarySides.One)[0].Z.ShouldBe(1.6448536269514722, 1e-9);
    }

    [Fact]
    public void A_look_that_spends_next_to_nothing_changes_next_to_nothing() =>
        GroupSequential.Boundaries([0.05, 1], SpendingFunction.OBrienFleming, 0.05)[1].Z.ShouldBe(1.959963984540054, 1e-9);

    [Fact]
    public void One_side_spends_all_its_error_there()
    {
        GroupSequentialLook one = GroupSequential.Boundaries([0.5, 1], SpendingFunction.Pocock, 0.025, BoundarySides.One)[1];
        GroupSequentialLook two = GroupSequential.Boundaries([0.5, 1], SpendingFunction.Pocock, 0.05)[1];

        // Paths that would have crossed below and then above are so rare that the sides hardly meet.
        one.Z.ShouldBe(two.Z, 1e-4);
        one.Spent.ShouldBe(0.025, 1e-12);
    }

    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(0.5, 1.1)]
    [InlineData(0.0, 1.0)]
    public void Fractions_that_do_not_ascend_to_one_are_refused(double first, double second) =>
        Should.Throw<ArgumentException>(() => GroupSequential.Boundaries([first, second], SpendingFunction.Pocock, 0.05)).Message.ShouldContain("ascending");
}
