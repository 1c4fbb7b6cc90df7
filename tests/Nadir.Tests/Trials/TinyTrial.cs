using Nadir.Documents;
using Nadir.Endpoints;
using Nadir.Models;
using Nadir.Monitoring;
using Nadir.Populations;
using Nadir.Protocols;
using Nadir.Trials;

namespace Nadir.Tests.Trials;

/// <summary>
/// A trial of a model whose course is known in closed form: every clone shrinks by exp(-decline) a day until the day <c>turn</c> and grows by
/// exp(growth) a day from then on. Assays have no noise and patients do not differ, so each event has a day that can be computed by hand.
/// </summary>
static class TinyTrial
{
    const string Antimony = """
        model tiny
          unit time_unit = 86400 second
          substanceOnly species cart, b_cells, pos, dim, neg, switched
          burden = 1e12
          share_dim = 0
          share_neg = 0
          share_switched = 0
          decline = 0.5
          growth = 0
          turn = 1e4
          b_growth = 0
          graft_versus_leukaemia = 0
          shrink := decline*piecewise(1, time < turn, 0) + graft_versus_leukaemia
          grow := growth*piecewise(1, time >= turn, 0)
          pos = burden*(1 - share_dim - share_neg - share_switched)
          dim = burden*share_dim
          neg = burden*share_neg
          switched = burden*share_switched
          b_cells = 1
          cart = 0
          pos_dies: pos => ; shrink*pos
          dim_dies: dim => ; shrink*dim
          neg_dies: neg => ; shrink*neg
          switched_dies: switched => ; shrink*switched
          pos_grows: pos => 2 pos; grow*pos
          dim_grows: dim => 2 dim; grow*dim
          neg_grows: neg => 2 neg; grow*neg
          switched_grows: switched => 2 switched; grow*switched
          b_grows: b_cells => 2 b_cells; b_growth*b_cells
          leukaemia := pos + dim + neg + switched
          fraction := leukaemia/(leukaemia + 1e11)
        end
        """;

    static readonly string[] _parameters =
        ["burden", "share_dim", "share_neg", "share_switched", "decline", "growth", "turn", "b_growth", "graft_versus_leukaemia"];

    static readonly string _table = $$"""
        parameters:
        {{string.Join("\n", _parameters.Select(p => $"  {p}: {{unit: 1, distribution: fixed, bounds: [0, 1e15], evidence: assumed, note: test}}"))}}
        readouts:
          marrow-blast-fraction: fraction
          transgene: cart
          normal-b-cells: b_cells
          blood-b-cells: b_cells
          infusion-target: cart
          cart-populations: [cart]
          clones: {pos: cd19-positive, dim: cd19-dim, neg: cd19-negative, switched: lineage-switched}
        """;

    /// <summary>Whole cells per patient at which marrow shows 25% and 5% blasts.</summary>
    public const double OvertCells = 1e11 / 3;

    static readonly AssaySet _assays = new(
        Exact("marrow-blasts"), Exact("flow-mrd"), Exact("blood-b-cells"), Exact("car-transgene"));

    /// <summary>A plan of one arm, 24 months, visits of the built-in study, without deaths in remission.</summary>
    public static TrialPlan Plan(params IReadOnlyList<(string Parameter, double Value)> changes)
    {
        ModelPackage package = Package();
        return new TrialPlan
        {
            Package = package,
            Arms = [Arm("one", package, deathsPerYear: 0, changes)],
            PatientsPerArm = 1,
            Design = TrialDesign.Counterfactual,
            HorizonDays = 730.5,
            VisitDays = [28, 60, 90, 120, 150, 180, 270, 365, 455, 545, 635, 730],
            RemissionDays = [28, 60, 90],
            Assays = _assays,
            Seed = 1,
        };
    }

    public static TrialPlan WithDeathsPerYear(this TrialPlan plan, double deaths, params IReadOnlyList<(string, double)> changes) =>
        plan with { Arms = [Arm("one", plan.Package, deaths, changes) with { Strategies = plan.Arms[0].Strategies }] };

    public static TrialPlan WithTransplant(this TrialPlan plan) =>
        plan.WithStrategy(Strategy.LoadShipped("consolidative-transplant").OrThrow());

    public static TrialPlan WithStrategy(this TrialPlan plan, Strategy strategy) =>
        plan with { Arms = [plan.Arms[0] with { Strategies = [strategy] }] };

    public static PatientRecord First(this TrialPlan plan) => new PatientSimulator(plan).Simulate(0, 0);

    public static PatientOutcome Outcome(this TrialPlan plan) => plan.First().Outcome;

    static ModelPackage Package()
    {
        Model model = Networks.Model(Antimony);
        return new ModelPackage
        {
            Name = "tiny",
            Model = model,
            Parameters = ParameterTable.Read(new SourceText("parameters.yaml", _table), model).OrThrow(),
            Hash = "",
        };
    }

    static ArmPlan Arm(string name, ModelPackage package, double deathsPerYear, IReadOnlyList<(string Parameter, double Value)> changes)
    {
        string yaml = FormattableString.Invariant($$"""
            populations:
              all:
                title: All
                traits: {}
                covariates:
                  BURDEN: {label: Cells at infusion, value: burden, kind: number}
                  LARGE: {label: Large, value: burden > 1e12, kind: yes-no}
                mortality:
                  in-remission: {per-year: {{deathsPerYear}}, evidence: assumed, note: test}
                  after-failure: {median-months: 11.9, evidence: assumed, note: test}
            """);
        Population population = PopulationSet.Read(package with { PopulationFile = new SourceText("population.yaml", yaml) }).OrThrow()["all"];
        return new ArmPlan(name, "an arm", population.With(changes.Select(c => new ParameterChange(c.Parameter, ChangeKind.Set, c.Value))), 1e4, []);
    }

    static Assay Exact(string name) => Assay.LoadShipped(name).OrThrow() with { NoiseSd = 0 };
}
