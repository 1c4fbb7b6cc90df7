using Nadir.Documents;
using Nadir.Faults;
using Nadir.Populations;
using Nadir.Protocols;
using Nadir.Trials;
using Nadir.Units;

namespace Nadir.Studies;

/// <summary>Reads study files; <c>docs/study-file.md</c> describes the format.</summary>
public static class StudyFile
{
    /// <summary>The version of the format that is read.</summary>
    public const int Version = 1;

    /// <summary>The chemotherapy of an arm that names none.</summary>
    public const string DefaultLymphodepletion = "fludarabine-cyclophosphamide";

    const string Randomised = "randomised";

    /// <summary>Reads a study. All issues are reported at once: those of any document (ND00xx) and of studies (ND05xx).</summary>
    /// <param name="source">The file.</param>
    /// <param name="valid">The names it may use.</param>
    public static Checked<Study> Read(SourceText source, StudyNames valid) => MappingReader.Read(source, root =>
    {
        ReadVersion(root.Required("nadir"));
        double horizonDays = ReadHorizon(root.Required("horizon"));
        ((int count, SourceLocation countAt), (string population, SourceLocation populationAt), bool calibrated, IReadOnlyList<MixShare> mix) = root.Required("patients").Mapping(patients => (
            ReadCount(patients.Required("count")),
            ReadPopulation(patients.Required("population"), valid),
            patients.Optional("calibration")?.OneOf("calibration", ["shipped", "none"]) != "none",
            patients.Optional("mix") is { } shares ? MixReader.Read(shares) : []));
        IReadOnlyList<Strategy> policies = ReadPolicies(root.Optional("policies"), valid);
        StudyNames withPolicies = valid with { Strategies = [.. valid.Strategies, .. policies.Select(p => p.Name)] };
        IReadOnlyList<StudyArm> arms = ArmReader.Read(root.Required("arms"), withPolicies);
        CheckUsed(policies, arms, root.Issues);
        StudyDesign design = ReadDesign(root.Optional("design"));
        IReadOnlyList<double> visits = VisitSchedule.Read(root, horizonDays);
        ValueReader model = root.Required("model");
        return new Study
        {
            Title = root.Required("title").Text(),
            Question = root.Optional("question")?.Text().Trim(),
            Model = model.OneOf("model", valid.Models),
            Population = population,
            At = new StudyPlaces(model.At, populationAt, countAt),
            Calibrated = calibrated,
            Mix = mix,
            PatientsPerArm = count,
            Design = design,
            Trial = TrialReader.Read(root, (design, count, countAt, horizonDays), arms),
            HorizonDays = horizonDays,
            Seed = root.Optional("seed")?.WholeNumber(ulong.MinValue, ulong.MaxValue) ?? 1,
            Arms = arms,
            VisitDays = visits,
            VisitWindowDays = root.Optional("visit-window") is { } window ? VisitSchedule.ReadWindow(window, visits) : 0,
            MissedVisits = root.Optional("missed-visits") is { } missed ? VisitSchedule.ReadMissed(missed) : 0,
            Assays = root.Optional("assays") is { } assays ? ReadAssays(assays, valid) : [],
            Policies = policies,
            Published = root.Optional("published") is { } trials ? ReadNames(trials, "published trial", valid.Trials) : [],
            SourceHash = source.Sha256,
            FileName = source.Name,
        };
    });

    static (string Name, SourceLocation At) ReadPopulation(ValueReader value, StudyNames valid) => (value.OneOf("population", valid.Populations), value.At);

    /// <summary>A list of names, none of them twice (ND0509).</summary>
    internal static IReadOnlyList<string> ReadNames(ValueReader list, string what, IReadOnlyCollection<string> valid, List<SourceLocation>? places = null)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        return list.List(item =>
        {
            string name = item.OneOf(what, valid);
            places?.Add(item.At);
            if (name.Length > 0 && !seen.Add(name))
            {
                item.Error("ND0509", $"the {what} {Excerpt.Of(name)} stands twice in \"{list.Path}\"", Excerpt.Of(name), hint: "keep it once");
            }

            return name;
        });
    }

    /// <summary>Strategies of the study's own; a name of the library or one that stands twice is an issue (ND0529).</summary>
    static IReadOnlyList<Strategy> ReadPolicies(ValueReader? list, StudyNames valid)
    {
        HashSet<string> names = [.. valid.Strategies];
        return list?.List(item => item.Mapping(map =>
        {
            Strategy policy = Strategy.Read(map);
            if (policy.Name.Length > 0 && !names.Add(policy.Name))
            {
                item.Error("ND0529", $"there is a strategy \"{policy.Name}\" already", Excerpt.Of(policy.Name), "a name of its own");
            }

            return policy;
        })) ?? [];
    }

    /// <summary>Assays beside those that every trial does; naming one of these would change nothing (ND0532).</summary>
    static IReadOnlyList<string> ReadAssays(ValueReader list, StudyNames valid)
    {
        IReadOnlyList<string> names = ReadNames(list, "assay", valid.Assays);
        foreach (string name in names.Where(AssaySet.Always.Contains))
        {
            list.Error("ND0532", $"the assay {Excerpt.Of(name)} is done at every visit anyway", Excerpt.Of(name), $"assays other than {string.Join(", ", AssaySet.Always)}", "leave it out");
        }

        return names;
    }

    /// <summary>A policy that no arm uses changes nothing (ND0533).</summary>
    static void CheckUsed(IReadOnlyList<Strategy> policies, IReadOnlyList<StudyArm> arms, IssueList issues)
    {
        foreach (Strategy policy in policies.Where(p => p.Name.Length > 0 && !arms.Any(a => a.Strategies.Contains(p.Name))))
        {
            issues.Error("ND0533", policy.At, $"no arm uses the policy {Excerpt.Of(policy.Name)}", Excerpt.Of(policy.Name), "an arm that names it under strategies", "or remove the policy");
        }
    }

    static (int Count, SourceLocation At) ReadCount(ValueReader value) => (value.WholeNumber(1, Study.MaxPatientsPerArm), value.At);

    static void ReadVersion(ValueReader value)
    {
        int version = value.WholeNumber(1, int.MaxValue);
        if (version != Version)
        {
            value.Error("ND0501", "this version of the study format is not supported", $"nadir: {version}", $"nadir: {Version}", "a newer Nadir may read it");
        }
    }

    static double ReadHorizon(ValueReader value)
    {
        double days = Duration.Read(value);
        if (days <= 0 || days > Study.MaxHorizonYears * Duration.DaysPerYear)
        {
            value.Error("ND0502", "the horizon is out of range", Excerpt.Of(value.Text()), $"more than 0, at most {Study.MaxHorizonYears} years");
            return double.NaN;
        }

        return days;
    }

    static StudyDesign ReadDesign(ValueReader? value) =>
        value?.OneOf("design", ["counterfactual", Randomised]) == Randomised ? StudyDesign.Randomised : StudyDesign.Counterfactual;
}
