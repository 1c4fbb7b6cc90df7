using Nadir.Endpoints;
using Nadir.Models;
using Nadir.Solvers;
using Nadir.Studies;
using Nadir.Tests.Studies;
using Nadir.Trials;

namespace Nadir.Tests.Trials;

/// <summary>The cause of a relapse and what flow cytometry shows, with CAR-T cells in plenty and antigen stripped to a degree that is set.</summary>
public class HiddenStateTests
{
    static readonly TrialModel _model = TrialModel.OfArms(Trial.Job(Trial.OneArm("fludarabine-cyclophosphamide"), new TrialOverrides { With = ["trogocytosis", "sanctuary"], Without = ["death-receptor-resistance"] }).Plan)[0];

    static (RelapseCause Cause, Phenotype Seen) At(string clone, double shortage)
    {
        double[] slots = new double[_model.Slots];
        _model.Fill(_model.Plan.Arms[0].Population.Draw(1, 0), _model.Plan.Arms[0], [], slots);
        void Set(string name, double value) => slots[_model.Network.SlotOf(name)] = value;
        foreach (LeukaemiaClone c in _model.Plan.Package.Parameters!.Readouts.Clones)
        {
            Set(c.Species, c.Species == clone ? 3e10 : 0);
        }

        Set("cart_effector", 2e10);
        Set("antigen_shortage", shortage);
        HybridTrajectory trajectory = HybridTrajectory.Of(_model.Hybrid, _model.Options);
        trajectory.Begin(slots, 1, 0);
        BedsideReadings readings = new(_model);
        return (readings.CauseAt(trajectory).ShouldNotBeNull(), readings.Blasts(trajectory).Phenotype);
    }

    [Theory]
    [InlineData("leukaemia_cd19pos", 0, CarTState.Outgrown, "tumour-burden")]
    [InlineData("leukaemia_cd19pos", 0.5, CarTState.Outgrown, "tumour-burden")]
    [InlineData("leukaemia_cd19pos", 0.9, CarTState.Blind, "trogocytosis")]
    [InlineData("leukaemia_cd19dim", 0, CarTState.Blind, "antigen-low-escape")]
    [InlineData("leukaemia_cd19dim", 0.2, CarTState.Blind, "antigen-low-escape")]
    [InlineData("leukaemia_cd19dim", 0.4, CarTState.Blind, "trogocytosis")]
    [InlineData("leukaemia_cd19neg", 0.9, CarTState.Blind, "pre-existing-negative-clone")]
    public void A_clone_that_is_hardly_seen_for_want_of_antigen_that_was_stripped_relapses_by_trogocytosis(string clone, double shortage, CarTState state, string mechanism)
    {
        RelapseCause cause = At(clone, shortage).Cause;

        (cause.Species, cause.CarT, cause.Mechanism).ShouldBe((clone, state, mechanism));
        cause.ByClone.ShouldBe(mechanism is not ("trogocytosis" or "tumour-burden"));
    }

    [Theory]
    [InlineData("leukaemia_cd19pos", 0.7, Phenotype.Cd19Positive, ClonePhenotype.Cd19Positive)]
    [InlineData("leukaemia_cd19pos", 0.8, Phenotype.Cd19NegativeOrLow, ClonePhenotype.Cd19Dim)]
    [InlineData("leukaemia_reseeded", 0.8, Phenotype.Cd19NegativeOrLow, ClonePhenotype.Cd19Dim)]
    [InlineData("leukaemia_cd19neg", 0.8, Phenotype.Cd19NegativeOrLow, ClonePhenotype.Cd19Negative)]
    public void Normal_CD19_lies_below_the_gate_while_too_much_of_it_is_stripped(string clone, double shortage, Phenotype seen, ClonePhenotype shown)
    {
        (RelapseCause cause, Phenotype phenotype) = At(clone, shortage);

        (phenotype, cause.Phenotype).ShouldBe((seen, shown));
    }
}
