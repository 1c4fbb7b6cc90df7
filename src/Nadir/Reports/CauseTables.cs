using Nadir.Endpoints;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>The tables of relapse by cause: what the simulation knows and nobody at the bedside does.</summary>
static class CauseTables
{
    /// <summary>What stands above the tables.</summary>
    public const string Label = "Driven by assumptions: no published data inform how relapses of one phenotype divide between causes. Only the phenotypes are compared with trials.";

    /// <summary>Whether there is anything to show.</summary>
    public static bool Any(TrialResult trial) => trial.Arms.Any(a => a.Causes.Count > 0);

    /// <summary>Relapses by phenotype and mechanism, with their share of the arm's relapses; one column an arm.</summary>
    public static TrialTable Causes(TrialResult trial)
    {
        IEnumerable<(string Phenotype, string Mechanism)> keys = trial.Arms.SelectMany(a => a.Causes).Select(c => (c.Phenotype, c.Mechanism)).Distinct();
        IEnumerable<TrialTableRow> rows = keys
            .OrderBy(k => Order(k.Phenotype))
            .ThenByDescending(k => Count(trial.Arms[0], k))
            .ThenBy(k => k.Mechanism, StringComparer.Ordinal)
            .Select(k => new TrialTableRow(PhenotypeLabel.Of(k.Phenotype), k.Mechanism, [.. trial.Arms.Select(a => Cell(Count(a, k), a.Causes.Sum(c => c.Count)))]));
        return new TrialTable("Relapse by cause", [.. trial.Arms.Select(a => a.Name)], [.. rows]);
    }

    /// <summary>What the CAR-T cells were at relapse; one column an arm.</summary>
    public static TrialTable CarT(TrialResult trial) => new(
        "CAR-T cells at relapse",
        [.. trial.Arms.Select(a => a.Name)],
        [.. Enum.GetValues<CarTState>().Select(CauseNames.NameOf).Select(s => new TrialTableRow(
            "", s, [.. trial.Arms.Select(a => Cell(a.Causes.Where(c => c.CarT == s).Sum(c => c.Count), a.Causes.Sum(c => c.Count)))]))]);

    /// <summary>True groups of causes against what the observations make one think, for one arm.</summary>
    public static TrialTable Guesses(ArmResult arm) => new(
        "Guessed from what is observed",
        [.. CauseNames.Groups.Select(CauseNames.NameOf)],
        [.. arm.Guesses.Where(g => g.Guessed.Sum() > 0).Select(g => new TrialTableRow("", g.Cause, [.. g.Guessed.Select(NumberText.Count)]))]);

    /// <summary>How many relapses of an arm the observations point to the right group of causes for, with Wilson's interval.</summary>
    public static string Agreement(ArmResult arm)
    {
        (int right, int all) = (arm.Guesses.Sum(g => g.Guessed[(int)CauseNames.Group(g.Cause)]), arm.Guesses.Sum(g => g.Guessed.Sum()));
        return all == 0 ? "There was no relapse to guess." : $"The right group was named in {NumberText.Count(right)} of {NumberText.Count(all)} relapses, {NumberText.PercentInterval(Wilson.Interval(right, all))}.";
    }

    static int Order(string phenotype) => PhenotypeNames.All.Select(PhenotypeNames.NameOf).ToList().IndexOf(phenotype);

    static int Count(ArmResult arm, (string Phenotype, string Mechanism) key) =>
        arm.Causes.Where(c => c.Phenotype == key.Phenotype && c.Mechanism == key.Mechanism).Sum(c => c.Count);

    static string Cell(int count, int all) => all == 0 ? NumberText.NotEstimable : $"{NumberText.Count(count)} ({100.0 * count / all:0}%)";
}
