using Nadir.Documents;
using Nadir.Evidence;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Populations;
using Nadir.Studies;
using Nadir.Trials;

namespace Nadir.Inference;

/// <summary>A virtual version of the patients of one or more published studies: the first arm of a study file.</summary>
public sealed class TargetCohort
{
    /// <summary>Visits in days of a cohort without a study file; those of the first three weeks follow the transgene.</summary>
    public static IReadOnlyList<double> VisitDays { get; } = [4, 6, 8, 10, 12, 14, 21, 28, 60, 90, 120, 150, 180, 270, 365, 455, 545, 635, 730, 910, 1095];

    /// <summary>The model of every cohort.</summary>
    public const string Model = "b-all";

    /// <summary>Follow-up in months of a cohort without a study file.</summary>
    public const double DefaultHorizonMonths = 36;

    readonly TrialPlan _plan;
    readonly IReadOnlyDictionary<string, double> _own;

    TargetCohort(string name, TrialPlan plan, IReadOnlyDictionary<string, double> own) => (Name, _plan, _own) = (name, plan, own);

    /// <summary>The first study it stands for.</summary>
    public string Name { get; }

    /// <summary>Everything that sets its patients and what is done with them apart from another cohort; studies with the same share one.</summary>
    public required string Key { get; init; }

    /// <summary>Follow-up in months.</summary>
    public double HorizonMonths => _plan.HorizonDays / Units.Duration.DaysPerMonth;

    /// <summary>The population before any calibration.</summary>
    public Population Population => _plan.Arms[0].Population;

    /// <summary>
    /// Everything about the model and its patients before any calibration that decides a simulation, in words: the model's statements in no order, the first patients, and what they die of. Comments, notes and
    /// sources are no part of it.
    /// </summary>
    public string Fingerprint => string.Join('\n',
    [
        .. AntimonyWriter.Write(_plan.Package.Model).Split('\n').Select(l => l.Trim()).Order(StringComparer.Ordinal),
        .. Enumerable.Range(0, FingerprintPatients).Select(i => Words(Population.Draw(1, i))),
        FormattableString.Invariant($"{Population.Mortality.InRemissionPerYear:R} {Population.Mortality.AfterFailureMedianMonths:R} {Population.Mortality.AfterSwitchMedianMonths:R} {_plan.Arms[0].DoseCells:R} {_plan.Arms[0].Fails:R}"),
        .. _plan.Assays.Response is { } response ? [FormattableString.Invariant($"response {response.Name} below {response.Threshold(ResponseCriteria.Cut):R}")] : Array.Empty<string>(),
    ]);

    const int FingerprintPatients = 64;

    string Words(VirtualPatient patient) => string.Join(' ',
    [
        .. _plan.Package.Model.Parameters.Zip(patient.Parameters, (p, v) => FormattableString.Invariant($"{p.Name}={v:R}")).Order(StringComparer.Ordinal),
        .. Population.Traits.Zip(patient.Traits, (t, has) => $"{t.Name}={has}").Order(StringComparer.Ordinal),
        .. patient.Covariates.Select(c => FormattableString.Invariant($"{c:R}")),
    ]);

    /// <summary>Hashes of the strategies it uses, whose rules the <see cref="Fingerprint"/> does not show.</summary>
    public required IReadOnlyList<string> FileHashes { get; init; }

    internal CohortCovariates Covariates => CohortCovariates.Of(Population);

    /// <summary>What it lacks for a result, as far as its design shows; null where nothing speaks against it.</summary>
    internal CohortNeeds? Lacking(PublishedResult result) => CohortNeeds.Lacking(result, _plan, Covariates);

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

    /// <summary>
    /// Makes the cohort of a study's file or design. What is wrong in a study file is an issue at its place there; what a design names and is not there is an issue of studies (ND05xx) at the design's place.
    /// A study file with another model or population, or with more than one arm, is an issue (ND0438).
    /// </summary>
    internal static TargetCohort? Create(PublishedTrial trial, Library library, IssueList issues)
    {
        if (Source(trial, issues) is not { } source)
        {
            return null;
        }

        Checked<TrialJob> job = TrialJob.Create(source, new TrialOverrides { Library = library, Calibration = _none });
        foreach (Issue issue in job.Issues.Where(i => i.Severity == Severity.Error))
        {
            issues.Add(trial.Study is null ? issue with { Location = trial.DesignAt } : issue);
        }

        return job.Value is { } ready && Fits(ready, trial, issues) ? Create(ready, trial, issues) : null;
    }

    static readonly CalibratedValues _none = new(new Dictionary<string, double>(), []) { File = "", Source = new SourceText("", "") };

    static bool Fits(TrialJob job, PublishedTrial trial, IssueList issues)
    {
        Study study = job.Study;
        bool fits = study.Model == Model && study.Population == trial.Population && study.Arms.Count == 1 && study.Trial is null;
        if (!fits)
        {
            issues.Error("ND0438", trial.DesignAt, $"the study file of \"{trial.Name}\" is no virtual version of it", $"model {study.Model}, population {study.Population}, {study.Arms.Count} arms", $"model {Model}, population {trial.Population}, one arm, no analysis");
        }

        return fits;
    }

    static TargetCohort? Create(TrialJob job, PublishedTrial trial, IssueList issues)
    {
        ArmPlan arm = job.Plan.Arms[0];
        IReadOnlyList<ParameterChange> changes = trial.Design?.Changes ?? [];
        IReadOnlyDictionary<string, double> own = trial.Design?.Values ?? new Dictionary<string, double>();
        IReadOnlyList<Issue> wrong = [.. arm.Population.Check(changes), .. arm.Population.CheckValues(own)];
        issues.AddRange(wrong.Select(i => i with { Location = trial.DesignAt }));
        if (wrong.Count > 0)
        {
            return null;
        }

        TrialPlan plan = job.Plan with
        {
            Arms = [arm with { Population = arm.Population.With(changes) }],
            Assays = job.Plan.Assays with { Transgene = job.Plan.Assays.Transgene with { NoiseSd = 0 } },
        };
        return new TargetCohort(trial.Name, plan, own) { Key = KeyOf(job.Study, trial.Design), FileHashes = Hashes(job) };
    }

    static string KeyOf(Study study, TrialDesignFacts? design)
    {
        StudyArm arm = study.Arms[0];
        bool hasMore = study.Mix.Count > 0 || study.Policies.Count > 0;
        return string.Join('|',
        [
            study.Population,
            string.Join(',', arm.Products),
            arm.Lymphodepletion,
            string.Join(',', arm.Strategies),
            FormattableString.Invariant($"{study.HorizonDays:R} {study.VisitWindowDays:R} {study.MissedVisits:R}"),
            string.Join(',', study.VisitDays.Select(d => FormattableString.Invariant($"{d:R}"))),
            string.Join(',', study.Assays.Order(StringComparer.Ordinal)),
            hasMore ? study.SourceHash : "",
            design?.Key ?? "",
        ]);
    }

    static string[] Hashes(TrialJob job)
    {
        StudyArm arm = job.Study.Arms[0];
        return [.. arm.Strategies.Select(s => $"library/strategies/{s}.yaml").Where(job.Library.Contains).Select(p => job.Library.Read(p).Sha256)];
    }

    /// <summary>The study file: one that ships, one beside the user's file of results, or one written from the design.</summary>
    static SourceText? Source(PublishedTrial trial, IssueList issues)
    {
        if (trial.Study is not { } name)
        {
            return new SourceText($"{trial.Name}.design.yaml", FromDesign(trial, trial.Design!));
        }

        string shipped = $"studies/trials/{name}.yaml";
        if (ShippedLibrary.Contains(shipped))
        {
            return ShippedLibrary.Read(shipped);
        }

        Checked<SourceText> read = SourceText.Load(Path.Combine(Path.GetDirectoryName(trial.DesignAt.File) ?? "", name));
        issues.AddRange(read.Issues);
        return read.Value;
    }

    static string FromDesign(PublishedTrial trial, TrialDesignFacts design) => $"""
        nadir: 1
        title: "{trial.Title.Replace('"', '\'')}"
        model: {Model}
        patients: [[count: 100, population: {trial.Population}]]
        horizon: {DefaultHorizonMonths} months
        assays: [ngs-mrd, marrow-haematogones]
        arms:
          - name: only
            product: [{string.Join(", ", design.Products)}]
            lymphodepletion: {design.Lymphodepletion}
            strategies: [{string.Join(", ", design.Strategies)}]
        visits: [{string.Join(", ", VisitDays)}]

        """.Replace("[[", "{", StringComparison.Ordinal).Replace("]]", "}", StringComparison.Ordinal);
}
