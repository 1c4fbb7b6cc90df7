using Nadir.Endpoints;
using Nadir.Models;

namespace Nadir.Tests.Endpoints;

public class HiddenCarTTests
{
    static readonly HiddenCarT Gone = new(Cells: 1e6, Exhausted: 0, Rejection: 0, Failure: 0, MemorySurplus: 0.1, KillOfClone: 1, KillOfTarget: 1);

    static readonly HiddenCarT There = Gone with { Cells = 1e9 };

    [Fact]
    public void Cells_that_nothing_removed_and_whose_memory_could_last_were_starved() => Gone.State.ShouldBe(CarTState.Starved);

    [Theory]
    [InlineData(0.02, 0.01, CarTState.Rejected)]
    [InlineData(0.01, 0.02, CarTState.Lost)]
    [InlineData(0.02, 0, CarTState.Rejected)]
    [InlineData(0, 0.02, CarTState.Lost)]
    [InlineData(1e-4, 1e-4, CarTState.Starved)]
    public void The_stronger_signal_says_who_removed_them(double rejection, double failure, CarTState state) =>
        (Gone with { Rejection = rejection, Failure = failure }).State.ShouldBe(state);

    [Theory]
    [InlineData(0)]
    [InlineData(-0.5)]
    public void Memory_that_cannot_last_is_lost(double surplus) => (Gone with { MemorySurplus = surplus }).State.ShouldBe(CarTState.Lost);

    [Fact]
    public void Signals_say_nothing_of_cells_that_are_there() => (There with { Rejection = 1, Failure = 1, MemorySurplus = -1 }).State.ShouldBe(CarTState.Outgrown);

    [Fact]
    public void Most_of_them_exhausted_is_exhausted() => (There with { Exhausted = 0.6e9, KillOfClone = 0 }).State.ShouldBe(CarTState.Exhausted);

    [Theory]
    [InlineData(0.49, CarTState.Blind)]
    [InlineData(0.51, CarTState.Outgrown)]
    public void A_clone_killed_at_less_than_half_the_rate_is_not_seen(double kill, CarTState state) => (There with { KillOfClone = kill }).State.ShouldBe(state);

    [Theory]
    [InlineData(ClonePhenotype.LineageSwitched, CloneSeed.PreExisting, CauseGroup.LineageSwitch)]
    [InlineData(ClonePhenotype.Cd19Negative, CloneSeed.New, CauseGroup.AntigenLost)]
    [InlineData(ClonePhenotype.Cd19Dim, CloneSeed.PreExisting, CauseGroup.AntigenLow)]
    [InlineData(ClonePhenotype.Cd19Negative, CloneSeed.Manufacture, CauseGroup.Masking)]
    [InlineData(ClonePhenotype.Cd19Positive, CloneSeed.Sanctuary, CauseGroup.NotKilled)]
    public void A_clone_with_a_mechanism_decides_the_group(ClonePhenotype phenotype, CloneSeed seed, CauseGroup group) =>
        new RelapseCause("clone", phenotype, seed, CarTState.Lost, "mechanism") { ByClone = true }.Group.ShouldBe(group);

    [Theory]
    [InlineData(CarTState.Rejected, CauseGroup.CarTGone)]
    [InlineData(CarTState.Lost, CauseGroup.CarTGone)]
    [InlineData(CarTState.Starved, CauseGroup.CarTGone)]
    [InlineData(CarTState.Exhausted, CauseGroup.CarTExhausted)]
    [InlineData(CarTState.Blind, CauseGroup.AntigenLow)]
    [InlineData(CarTState.Outgrown, CauseGroup.NotKilled)]
    public void Otherwise_the_car_t_cells_decide_it(CarTState state, CauseGroup group) =>
        new RelapseCause("clone", ClonePhenotype.Cd19Positive, CloneSeed.PreExisting, state, "mechanism") { ByClone = false }.Group.ShouldBe(group);
}
