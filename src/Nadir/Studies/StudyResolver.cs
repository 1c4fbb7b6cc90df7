using Nadir.Documents;
using Nadir.Evidence;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Populations;
using Nadir.Protocols;
using Nadir.Trials;

namespace Nadir.Studies;

/// <summary>Turns a study file into a job: loads what it names from the library and checks that the parts fit together.</summary>
sealed class StudyResolver(TrialOverrides overrides)
{
    readonly IssueList _issues = new();

    public Checked<TrialJob> Resolve(SourceText source)
    {
        Mechanism[] off = [.. overrides.Without.Select(Mechanism).OfType<Mechanism>()];
        Study? study = Keep(StudyFile.Read(source, Names()));
        if (study is null || _issues.HasErrors)
        {
            return new Checked<TrialJob>(null, [.. _issues]);
        }

        study = study with { PatientsPerArm = overrides.Patients ?? study.PatientsPerArm, Seed = overrides.Seed ?? study.Seed };
        SourceLocation at = new(study.FileName, 0, 0);
        ModelPackage? package = Keep(ModelPackage.LoadShipped(study.Model));
        Population? population = package is null ? null : PopulationOf(package, study, at);
        if (population is null)
        {
            return new Checked<TrialJob>(null, [.. _issues]);
        }

        CheckSize(study, at);
        AssaySet assays = AssaySet.Shipped();
        CheckReadouts(package!, assays, at);
        ArmPlan[] arms = [.. study.Arms.Select(a => Arm(a, study, package!, population, off))];
        TrialPlan plan = new()
        {
            Package = package!,
            Arms = arms,
            PatientsPerArm = study.PatientsPerArm,
            Design = study.Design == StudyDesign.Counterfactual ? TrialDesign.Counterfactual : TrialDesign.Randomised,
            HorizonDays = study.HorizonDays,
            VisitDays = study.VisitDays,
            RemissionDays = [.. study.VisitDays.Where(Study.RemissionAssessmentDays.Contains)],
            Assays = assays,
            Seed = study.Seed,
        };
        IReadOnlyList<PublishedTrial> published = [.. study.Published.Select(p => Keep(PublishedTrial.LoadShipped(p))).OfType<PublishedTrial>()];
        CitationTable? citations = Keep(CitationTable.LoadShipped());
        return Checked<TrialJob>.From(citations is null ? null : new TrialJob(source, study, plan, overrides.Without, published, citations), _issues);
    }

    static StudyNames Names() => new()
    {
        Models = [.. ModelPackage.ShippedNames],
        Populations = [.. ModelPackage.ShippedNames.SelectMany(PopulationNames).Distinct()],
        Products = [.. Product.ShippedNames],
        Lymphodepletions = [.. Lymphodepletion.ShippedNames],
        Strategies = [.. Strategy.ShippedNames],
        Trials = [.. PublishedTrial.ShippedNames],
    };

    static IEnumerable<string> PopulationNames(string model) =>
        ModelPackage.LoadShipped(model).Value is { } package && PopulationSet.Read(package).Value is { } set ? set.Names : [];

    Population? PopulationOf(ModelPackage package, Study study, SourceLocation at)
    {
        PopulationSet? set = Keep(PopulationSet.Read(package));
        if (set is null)
        {
            return null;
        }

        if (!set.Names.Contains(study.Population))
        {
            string hint = set.Names.Count == 0 ? "no virtual trial can be run with this model" : NearestName.Hint(study.Population, set.Names);
            _issues.Error("ND0510", at, $"the model \"{study.Model}\" has no population \"{study.Population}\"", study.Population, "a population of the model", hint);
            return null;
        }

        return set[study.Population];
    }

    void CheckSize(Study study, SourceLocation at)
    {
        if ((long)study.Arms.Count * study.PatientsPerArm > int.MaxValue)
        {
            _issues.Error("ND0511", at, "the arms have too many patients in all", $"{(long)study.Arms.Count * study.PatientsPerArm}", $"at most {int.MaxValue}");
        }
    }

    /// <summary>Kinetic models have patients but nothing that remission, relapse or an infusion could be read from.</summary>
    void CheckReadouts(ModelPackage package, AssaySet assays, SourceLocation at)
    {
        IEnumerable<string> needed = assays.All.Select(a => a.Reads).Append("infusion-target");
        string[] missing = [.. needed.Distinct().Where(r => package.Parameters?.Readouts.Find(r) is null)];
        if (missing.Length > 0)
        {
            _issues.Error("ND0515", at, $"the model \"{package.Name}\" cannot be used for a virtual trial: it has no {string.Join(", no ", missing)}", package.Name, "a model whose readouts a trial can observe", "b-all has them all");
        }
    }

    ArmPlan Arm(StudyArm arm, Study study, ModelPackage package, Population population, IReadOnlyList<Mechanism> off)
    {
        Product product = Keep(Product.LoadShipped(arm.Products[0]))!;
        Lymphodepletion chemotherapy = Keep(Lymphodepletion.LoadShipped(arm.Lymphodepletion))!;
        Strategy[] strategies = [.. arm.Strategies.Select(s => Keep(Strategy.LoadShipped(s))).OfType<Strategy>()];
        foreach (Strategy strategy in strategies)
        {
            CheckStrategy(strategy, arm, study, package);
        }

        ParameterChange[] changes = [.. product.Changes, .. chemotherapy.Changes, .. off.SelectMany(m => m.Off)];
        IReadOnlyList<Issue> wrong = population.Check(changes);
        _issues.AddRange(wrong);
        string description = string.Join("; ", [product.Title, $"after {chemotherapy.Title}", .. strategies.Select(s => s.Title)]);
        return new ArmPlan(arm.Name, description, wrong.Count == 0 ? population.With(changes) : population, product.DoseCells, strategies);
    }

    /// <summary>A strategy whose trigger can never fire is a mistake of the study, not a strategy without effect.</summary>
    void CheckStrategy(Strategy strategy, StudyArm arm, Study study, ModelPackage package)
    {
        SourceLocation at = new(study.FileName, 0, 0);
        _issues.AddRange(strategy.Check(package));
        double visit = strategy.Trigger.VisitDay;
        if (!study.VisitDays.Contains(visit))
        {
            _issues.Error("ND0512", at, $"\"{strategy.Name}\" of the arm \"{arm.Name}\" is decided at a visit on day {visit}, which the study does not have",
                $"visits on days {string.Join(", ", study.VisitDays)}", $"a visit on day {visit}", "add the day to visits");
        }

        if (strategy.Day >= study.HorizonDays)
        {
            _issues.Error("ND0513", at, $"\"{strategy.Name}\" of the arm \"{arm.Name}\" is done on day {strategy.Day}, after the study has ended",
                $"a horizon of {study.HorizonDays} days", $"a horizon beyond day {strategy.Day}");
        }
    }

    Mechanism? Mechanism(string name)
    {
        IReadOnlyList<string> known = Protocols.Mechanism.ShippedNames;
        if (known.Contains(name))
        {
            return Keep(Protocols.Mechanism.LoadShipped(name));
        }

        _issues.Error("ND0514", new SourceLocation("--without", 0, 0), $"there is no mechanism \"{name}\"", name, "a relapse mechanism of the library", NearestName.Hint(name, [.. known]));
        return null;
    }

    T? Keep<T>(Checked<T> read)
        where T : class
    {
        _issues.AddRange(read.Issues);
        return read.Value;
    }
}
