using Nadir.Documents;
using Nadir.Expressions;
using Nadir.Faults;
using Nadir.Models;

namespace Nadir.Tests.Models;

/// <summary>A model of one clone, built without a file, and a parameter file that suits it.</summary>
static class SmallModel
{
    public const string Parameters = """
        parameters:
          growth:
            unit: 1/day
            distribution: {lognormal: {sd: 0.5}}
            bounds: [0, 10]
            evidence: measured
            source: kimmel-2021
          share:
            unit: 1
            distribution: {logit-normal: {sd: 1}}
            bounds: [0, 1]
            evidence: derived
            source: [kimmel-2021, stein-2019]
            note: half of it
          rare:
            unit: 1
            distribution: {pareto: {shape: 0.25}}
            bounds: [0, 0.02]
            evidence: assumed
            note: heavy tail
          switch:
            unit: 1
            distribution: fixed
            bounds: [0, 5]
            evidence: assumed
            note: off
        discrete:
          threshold: 500
          clones:
            clone: {initial: poisson}
        readouts:
          leukaemia-total: clone
          cart-total: total
          infusion-target: cart
          cart-populations: [cart]
          clones: {clone: cd19-negative}
          panels:
            leukaemia: [clone]
        """;

    static readonly SourceLocation _at = new("model.ant", 1, 1);

    public static Model Model { get; } = new()
    {
        Name = "small",
        Species = [new Species("clone", "c", Expr.Zero, _at), new Species("cart", "c", Expr.Zero, _at)],
        Parameters =
        [
            new Parameter("growth", 0.2, _at), new Parameter("share", 0.5, _at), new Parameter("total", null, _at),
            new Parameter("rare", 1e-12, _at), new Parameter("switch", Expr.Zero, _at), new Parameter("double_growth", new SymbolExpr("growth") + new SymbolExpr("growth"), _at),
        ],
        Rules = [new AssignmentRule("total", new SymbolExpr("cart"), _at)],
    };

    public static ParameterTable Table { get; } = Read(Parameters).OrThrow();

    public static Checked<ParameterTable> Read(string yaml) => ParameterTable.Read(new SourceText("parameters.yaml", yaml), Model);

    public static ModelPackage Package(string? population = null) => new()
    {
        Name = "small",
        Model = Model,
        Parameters = Table,
        PopulationFile = population is null ? null : new SourceText("population.yaml", population),
        Hash = "",
    };
}
