using System.Globalization;
using Nadir.Documents;
using Nadir.Evidence;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Monitoring;
using Nadir.Populations;
using Nadir.Protocols;
using Nadir.Trials;

namespace Nadir.Studies;

/// <summary>Turns a study file into a job: loads what it names from the library and checks that the parts fit together.</summary>
sealed class StudyResolver(TrialOverrides overrides)
{
    readonly IssueList _issues = new();
    readonly Library _library = overrides.Library;

    public Checked<TrialJob> Resolve(SourceText source)
    {
        MechanismChanges mechanisms = Mechanisms();
        Study? study = Keep(StudyFile.Read(source, Names()));
        if (study is null || _issues.HasErrors)
        {
            return new Checked<TrialJob>(null, [.. _issues]);
        }

        study = study with { PatientsPerArm = overrides.Patients ?? study.PatientsPerArm, Seed = overrides.Seed ?? study.Seed };
        ModelPackage? package = Keep(ModelPackage.Load(_library, study.Model));
        CalibratedValues? calibration = package is null ? null : CalibrationOf(package, study);
        Population? population = package is null ? null : PopulationOf(package, study, calibration);
        if (population is null)
        {
            return new Checked<TrialJob>(null, [.. _issues]);
        }

        PopulationMix? mix = study.Mix.Count == 0 ? null : PopulationMix.Create(population, study.Mix, _issues);
        CheckSwitched(mix, mechanisms);
        population = mix?.Population ?? population;
        CheckSize(study);
        CheckCounters(study);
        AssaySet assays = Assays(study, population);
        CheckReadouts(package!, assays, study.At.Model);
        ArmResolver resolver = new(_library, study, package!, assays, _issues);
        ArmPlan[] arms = TransplantCounterparts.Find(study.Arms, [.. study.Arms.Select(a => resolver.Resolve(a, population, mechanisms))]);
        TrialPlan plan = new()
        {
            Package = package!,
            Calibration = calibration,
            Mix = mix,
            Arms = arms,
            PatientsPerArm = study.PatientsPerArm,
            Design = study.Design == StudyDesign.Counterfactual ? TrialDesign.Counterfactual : TrialDesign.Randomised,
            HorizonDays = study.HorizonDays,
            VisitDays = study.VisitDays,
            VisitWindowDays = study.VisitWindowDays,
            MissedVisits = study.MissedVisits,
            RemissionDays = [.. study.VisitDays.Where(Study.RemissionAssessmentDays.Contains)],
            Assays = assays,
            Seed = study.Seed,
            Tolerances = overrides.Tolerances,
            Solver = overrides.Solver,
        };
        plan = study.Trial is { } trial ? new TrialResolver(_issues).Resolve(trial, study, plan) : plan;
        IReadOnlyList<PublishedTrial> published = [.. study.Published.Select(p => Keep(PublishedTrial.Load(_library, p))).OfType<PublishedTrial>()];
        CitationTable? citations = Keep(CitationTable.Load(_library));
        _issues.AddRange(citations?.Check(Sources(study, plan, resolver.Sources).Concat(published.SelectMany(t => t.Results.Select(r => r.Citation))).Distinct()) ?? []);
        return Checked<TrialJob>.From(citations is null ? null : new TrialJob(source, study, plan, overrides, published, citations), _issues);
    }

    /// <summary>Every source that the study names or that stands in what it uses, once: those of its own policies, of the files its arms name, of mechanisms, model and population.</summary>
    IEnumerable<SourceReference> Sources(Study study, TrialPlan plan, IEnumerable<SourceReference> arms) => study.Policies.SelectMany(p => p.Sources).Concat(arms)
        .Concat(overrides.With.Concat(overrides.Without).SelectMany(m => Protocols.Mechanism.Load(_library, m).Value?.Sources ?? []))
        .Concat((plan.Package.Parameters?.Entries ?? []).SelectMany(e => e.Basis.Sources)).Concat(plan.Arms[0].Population.Sources).Concat(plan.Assays.All.SelectMany(a => a.Sources))
        .Distinct();

    StudyNames Names() => new()
    {
        Models = [.. _library.Names("library/models")],
        Populations = [.. _library.Names("library/models").SelectMany(PopulationNames).Distinct()],
        Products = [.. _library.Names("library/products")],
        Lymphodepletions = [.. _library.Names("library/lymphodepletion")],
        Strategies = [.. _library.Names("library/strategies")],
        Assays = [.. _library.Names("library/assays")],
        Trials = [.. _library.Names("library/trials")],
    };

    /// <summary>Those that decide remission, relapse and aplasia, what the study adds, and what the population's response is read from. One that is not there, or has no cut for remission, is an issue (ND0318).</summary>
    AssaySet Assays(Study study, Population population)
    {
        AssaySet always = AssaySet.Shipped();
        NamedAssay? named = population.Definition.Response;
        if (named is not null && !_library.Names("library/assays").Contains(named.Name))
        {
            _issues.Error("ND0318", named.At, $"the response of \"{population.Name}\" is read from an assay that is not there", named.Name, "the name of an assay", NearestName.Hint(named.Name, _library.Names("library/assays")));
            named = null;
        }

        IEnumerable<string> names = study.Assays.Concat(named is null ? [] : [named.Name]).Distinct().Where(a => always.Find(a) is null);
        AssaySet set = always with { Further = [.. names.Select(a => Keep(Assay.Load(_library, a))).OfType<Assay>()] };
        Assay? response = named is null ? null : set.Find(named.Name);
        if (response is not null && !response.Thresholds.ContainsKey(ResponseCriteria.Cut))
        {
            _issues.Error("ND0318", named!.At, $"the response of \"{population.Name}\" is read from an assay without a cut for remission", response.Name, $"an assay with the threshold \"{ResponseCriteria.Cut}\"", $"it has {(response.Thresholds.Count == 0 ? "none" : string.Join(", ", response.Thresholds.Keys))}");
            return set;
        }

        return set with { Response = response };
    }

    IEnumerable<string> PopulationNames(string model) =>
        ModelPackage.Load(_library, model).Value is { } package && PopulationSet.Read(package).Value is { } set ? set.Names : [];

    /// <summary>The caller's calibration, or the model's where the study does not decline it.</summary>
    CalibratedValues? CalibrationOf(ModelPackage package, Study study) => overrides.Calibration
        ?? (study.Calibrated && CalibratedValues.Of(package) is { } shipped ? Keep(shipped) : null);

    Population? PopulationOf(ModelPackage package, Study study, CalibratedValues? calibration)
    {
        PopulationSet? set = Keep(PopulationSet.Read(package));
        if (set is null)
        {
            return null;
        }

        if (!set.Names.Contains(study.Population))
        {
            string hint = set.Names.Count == 0 ? "no virtual trial can be run with this model" : NearestName.Hint(study.Population, set.Names);
            _issues.Error("ND0510", study.At.Population, $"the model \"{study.Model}\" has no population \"{study.Population}\"", study.Population, "a population of the model", hint);
            return null;
        }

        if (calibration is null)
        {
            return set[study.Population];
        }

        CheckNames(set, calibration);
        return Valued(set[study.Population], calibration);
    }

    /// <summary>A number that no population of the model has would be passed over in silence (ND0322).</summary>
    void CheckNames(PopulationSet set, CalibratedValues calibration)
    {
        string[] known = [.. set.Names.SelectMany(n => set[n].HyperParameters).Select(h => h.Name).Distinct()];
        foreach (string name in calibration.Point.Keys.Where(n => !known.Contains(n)))
        {
            _issues.Error("ND0322", new SourceLocation(calibration.File, 0, 0), $"no population of the model has a number \"{name}\" that could be calibrated", name, "a number with a prior", NearestName.Hint(name, known));
        }
    }

    /// <summary>The population with the values of a calibration. A value it cannot have is an issue (ND0323).</summary>
    Population Valued(Population population, CalibratedValues calibration)
    {
        IReadOnlyDictionary<string, double> values = CalibratedValues.KnownTo(population, calibration.Point);
        IReadOnlyList<Issue> wrong = population.CheckValues(values);
        _issues.AddRange(wrong.Select(i => i with { Location = new SourceLocation(calibration.File, 0, 0) }));
        return wrong.Count == 0 ? population.WithValues(values) : population;
    }

    /// <summary>A mechanism that the run switches on or off and the mix cannot both say how many patients have a trait (ND0588).</summary>
    void CheckSwitched(PopulationMix? mix, MechanismChanges mechanisms)
    {
        foreach ((string trait, MixShare asked) in mix?.Set ?? [])
        {
            if (mechanisms.On.Concat(mechanisms.Off).LastOrDefault(c => c.Target == trait) is { } change && (change.Kind != ChangeKind.Set || change.Value != asked.Share))
            {
                _issues.Error("ND0588", asked.At, $"a mechanism that the run switches on or off says otherwise how many patients have \"{trait}\"", asked.Share.ToString(CultureInfo.InvariantCulture), "a mix without it, or a run without that --with or --without");
            }
        }
    }

    void CheckSize(Study study)
    {
        if ((long)study.Arms.Count * study.PatientsPerArm > int.MaxValue)
        {
            _issues.Error("ND0511", study.At.Count, "the arms have too many patients in all", $"{(long)study.Arms.Count * study.PatientsPerArm}", $"at most {int.MaxValue}");
        }
    }

    /// <summary>Mechanisms that the study's own policies are meant to counter and that are not there (ND0414).</summary>
    void CheckCounters(Study study)
    {
        IReadOnlyList<string> known = _library.Names("library/mechanisms");
        foreach ((Strategy policy, string name) in study.Policies.SelectMany(p => p.Counters.Except(known).Select(c => (p, c))))
        {
            _issues.Error("ND0414", policy.At, $"the strategy \"{policy.Name}\" counters a mechanism that is not there", name, "a relapse mechanism of the library", NearestName.Hint(name, known));
        }
    }

    /// <summary>Kinetic models have patients but nothing that remission, relapse or an infusion could be read from.</summary>
    void CheckReadouts(ModelPackage package, AssaySet assays, SourceLocation at)
    {
        IEnumerable<string> needed = assays.All.Select(a => a.Reads).Append("infusion-target");
        string[] missing = [.. needed.Distinct().Where(r => !Readouts.BlastShares.Contains(r) && package.Parameters?.Readouts.Find(r) is null)];
        if (missing.Length > 0)
        {
            _issues.Error("ND0515", at, $"the model \"{package.Name}\" cannot be used for a virtual trial: it has no {string.Join(", no ", missing)}", package.Name, "a model whose readouts a trial can observe", "b-all has them all");
        }
    }

    /// <summary>What the mechanisms that are switched on and off change.</summary>
    MechanismChanges Mechanisms()
    {
        Mechanism[] on = [.. overrides.With.Select(n => Mechanism(n, "--with")).OfType<Mechanism>()];
        Mechanism[] off = [.. overrides.Without.Select(n => Mechanism(n, "--without")).OfType<Mechanism>()];
        foreach (string name in overrides.With.Intersect(overrides.Without))
        {
            _issues.Error("ND0530", new SourceLocation("--with", 0, 0), $"the mechanism \"{name}\" is switched on and off", name, "one of --with and --without");
        }

        foreach (Mechanism already in on.Where(m => m.Default == MechanismDefault.On))
        {
            _issues.Error("ND0531", new SourceLocation("--with", 0, 0), $"the mechanism \"{already.Name}\" is on anyway", already.Name, "a mechanism that is off or weak by default", "leave it out");
        }

        return new MechanismChanges([.. on.SelectMany(m => m.On)], [.. off.SelectMany(m => m.Off)], overrides.Without);
    }

    Mechanism? Mechanism(string name, string option)
    {
        IReadOnlyList<string> known = _library.Names("library/mechanisms");
        if (known.Contains(name))
        {
            return Keep(Protocols.Mechanism.Load(_library, name));
        }

        _issues.Error("ND0514", new SourceLocation(option, 0, 0), $"there is no mechanism \"{name}\"", name, "a relapse mechanism of the library", NearestName.Hint(name, [.. known]));
        return null;
    }

    T? Keep<T>(Checked<T> read)
        where T : class
    {
        _issues.AddRange(read.Issues);
        return read.Value;
    }
}
