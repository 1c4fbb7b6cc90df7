using Nadir.Faults;
using Nadir.Populations;
using Nadir.Tests.Models;

namespace Nadir.Tests.Populations;

/// <summary>A population of the small model.</summary>
static class SmallPopulation
{
    public const string Yaml = """
        populations:
          everyone:
            title: Everyone
            traits:
              slow:
                title: slow growth
                probability: 0.25
                effects:
                  growth: {multiply: 0.5}
                evidence: assumed
                note: made up
              switched:
                title: switched on
                probability: min(0.9, 0.2 + 0.5*slow)
                effects:
                  switch: {lognormal: {median: 2, sd: 0.3}}
                evidence: measured
                source: lamble-2023
            covariates:
              SLOW: {label: Slow, value: slow, kind: yes-no}
              GROWTH: {label: Growth (%), value: 100*growth, kind: number}
            mortality:
              in-remission: {per-year: 0.02, evidence: assumed, note: small}
              after-failure: {median-months: 11.9, evidence: measured, source: lamble-2023}
        """;

    public static Population Population { get; } = Read(Yaml).OrThrow()["everyone"];

    public static Checked<PopulationSet> Read(string yaml) => PopulationSet.Read(SmallModel.Package(yaml));
}
