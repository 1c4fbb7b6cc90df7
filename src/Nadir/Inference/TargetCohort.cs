using Nadir.Documents;
using Nadir.Evidence;
using Nadir.Faults;
using Nadir.Populations;
using Nadir.Studies;
using Nadir.Trials;

namespace Nadir.Inference;

/// <summary>A virtual version of the patients of one or more published studies: one arm, visited often enough for every quantity.</summary>
public sealed class TargetCohort
{
    /// <summary>Scheduled visits in days; those of the first three weeks follow the transgene.</summary>
    public static IReadOnlyList<double> VisitDays { get; } = [4, 6, 8, 10, 12, 14, 21, 28, 60, 90, 120, 150, 180, 270, 365, 455, 545, 635, 730, 910, 1095];

    /// <summary>The model of every cohort.</summary>
    public const string Model = "b-all";

    /// <summary>Follow-up in months.</summary>
    public const double HorizonMonths = 36;

    readonly TrialPlan _plan;
    readonly IReadOnlyDictionary<string, double> _own;

    TargetCohort(string name, TrialPlan plan, IReadOnlyDictionary<string, double> own) => (Name, _plan, _own) = (name, plan, own);

    /// <summary>The first study it stands for.</summary>
    public string Name { get; }

    /// <summary>The study file that would simulate it, without what sets its patients apart from the population.</summary>
    public required string StudyText { get; init; }

    /// <summary>What the design changes of it: products, lymphodepletion, strategies, changes and values of its own.</summary>
    public required string Design { get; init; }

    /// <summary>The population before any calibration.</summary>
    public Population Population => _plan.Arms[0].Population;

    /// <summary>Hash of the model, its parameters and populations.</summary>
    public string ModelHash => _plan.Package.Hash;

    internal CohortCovariates Covariates => CohortCovariates.Of(Population);

    /// <summary>A trial whose arms are this cohort under several sets of values; the patients are the same in all.</summary>
    internal TrialPlan Plan(IReadOnlyList<IReadOnlyDictionary<string, double>> values, int patients, ulong seed) => _plan with
    {
        Arms = [.. values.Select(v => _plan.Arms[0] with { Population = WithValues(v) })],
        PatientsPerArm = patients,
        Seed = seed,
    };

    /// <summary>The numbers of this cohort's population among <paramref name="values"/>; its own take their place.</summary>
    internal Population WithValues(IReadOnlyDictionary<string, double> values)
    {
        Dictionary<string, double> mine = new(CalibratedValues.KnownTo(Population, values), StringComparer.Ordinal);
        foreach ((string name, double value) in _own)
        {
            mine[name] = value;
        }

        return Population.WithValues(mine);
    }

    /// <summary>True when the population can have these values.</summary>
    internal bool Allows(IReadOnlyDictionary<string, double> values) => Population.CheckValues(CalibratedValues.KnownTo(Population, values)).Count == 0;

    /// <summary>Makes the cohort of a study's design. What the design names and is not there is an issue of studies (ND05xx), its place the design's.</summary>
    internal static TargetCohort? Create(PublishedTrial trial, Library library, IssueList issues)
    {
        string text = Study(trial, trial.Design!);
        Checked<TrialJob> job = TrialJob.Create(new SourceText($"{trial.Name}.design.yaml", text), new TrialOverrides { Library = library });
        foreach (Issue issue in job.Issues.Where(i => i.Severity == Severity.Error))
        {
            issues.Add(issue with { Location = trial.Design!.At });
        }

        if (job.Value is not { } ready)
        {
            return null;
        }

        ArmPlan arm = ready.Plan.Arms[0];
        IReadOnlyList<Issue> wrong = [.. arm.Population.Check(trial.Design!.Changes), .. arm.Population.CheckValues(trial.Design.Values)];
        issues.AddRange(wrong.Select(i => i with { Location = trial.Design!.At }));
        TrialPlan plan = ready.Plan with
        {
            Arms = [wrong.Count > 0 ? arm : arm with { Population = arm.Population.With(trial.Design.Changes) }],
            Assays = ready.Plan.Assays with { Transgene = ready.Plan.Assays.Transgene with { NoiseSd = 0 } },
        };
        return wrong.Count > 0 ? null : new TargetCohort(trial.Name, plan, trial.Design.Values) { StudyText = text, Design = trial.Design.Key };
    }

    static string Study(PublishedTrial trial, TrialDesignFacts design) => $"""
        nadir: 1
        title: "{trial.Title.Replace('"', '\'')}"
        model: {Model}
        patients: [[count: 100, population: {trial.Population}, calibration: none]]
        horizon: {HorizonMonths} months
        assays: [ngs-mrd, marrow-haematogones]
        arms:
          - name: only
            product: [{string.Join(", ", design.Products)}]
            lymphodepletion: {design.Lymphodepletion}
            strategies: [{string.Join(", ", design.Strategies)}]
        visits: [{string.Join(", ", VisitDays)}]

        """.Replace("[[", "{", StringComparison.Ordinal).Replace("]]", "}", StringComparison.Ordinal);
}
