using System.Globalization;
using Nadir.Faults;
using Nadir.Models;

namespace Nadir.Populations;

/// <summary>
/// A group of patients: the model's typical values, their spread, traits and covariates. Each random quantity has a stream of its own, so adding one
/// moves no other, and the same patient in two arms differs only by what the arms change.
/// </summary>
public sealed class Population
{
    readonly PatientSampler _sampler;
    readonly PopulationSource _source;
    readonly IReadOnlyList<ParameterChange> _changes;

    internal Population(PopulationSource source, IssueList issues)
        : this(source, source.Sampler(issues), [])
    {
    }

    Population(PopulationSource source, PatientSampler sampler, IReadOnlyList<ParameterChange> changes) =>
        (_source, _sampler, _changes, HyperParameters) = (source, sampler, changes, source.HyperParameters());

    /// <summary>The population's name, for example <c>children-young-adults</c>.</summary>
    public string Name => Definition.Name;

    /// <summary>For people.</summary>
    public string Title => Definition.Title;

    /// <summary>The traits, in the file's order.</summary>
    public IReadOnlyList<Trait> Traits => Definition.Traits;

    /// <summary>The covariates, in the file's order.</summary>
    public IReadOnlyList<Covariate> Covariates => Definition.Covariates;

    /// <summary>What its assumed numbers were adjusted to by hand, in words; null where that was not done.</summary>
    public string? Adjusted => Definition.Adjusted;

    /// <summary>What sets it apart from the population it is based on; empty for one of its own.</summary>
    public IReadOnlyList<ParameterChange> Changes => Definition.Changes;

    /// <summary>Death that no cell of the model causes.</summary>
    public BackgroundMortality Mortality => Definition.Mortality;

    /// <summary>
    /// The numbers of this population that a calibration may move, with their present values: everything with a prior in <c>parameters.yaml</c> or
    /// <c>population.yaml</c> that has an effect here.
    /// </summary>
    public IReadOnlyList<HyperParameter> HyperParameters { get; }

    internal PopulationDefinition Definition => _source.Definition;

    /// <summary>Every source that traits, mortality and priors name.</summary>
    public IEnumerable<SourceReference> Sources => HyperParameters.SelectMany(h => h.Prior.Basis.Sources).Concat(TraitSources);

    IEnumerable<SourceReference> TraitSources =>
        Definition.Changes.SelectMany(c => c.Basis!.Sources).Concat(Definition.Spreads.SelectMany(d => d.Basis.Sources)).Concat(Traits.SelectMany(t => t.Basis.Sources).Concat(Mortality.InRemissionBasis.Sources).Concat(Mortality.AfterFailureBasis.Sources).Concat(Mortality.AfterSwitchBasis?.Sources ?? []));

    /// <summary>
    /// What is wrong with changes, in their order: an unknown target (ND0314), or a change that its target refuses or that would have no effect (ND0315).
    /// </summary>
    /// <param name="changes">The changes, applied one after the other.</param>
    public IReadOnlyList<Issue> Check(IEnumerable<ParameterChange> changes)
    {
        IssueList issues = new();
        _sampler.With(changes, issues);
        return issues;
    }

    /// <summary>This population with typical values and probabilities changed, one change after the other.</summary>
    /// <exception cref="ArgumentException"><see cref="Check"/> finds something wrong.</exception>
    public Population With(IEnumerable<ParameterChange> changes)
    {
        IssueList issues = new();
        PatientSampler changed = _sampler.With(changes, issues);
        return issues.Count == 0 ? new Population(_source, changed, [.. _changes, .. changes]) : throw new ArgumentException(string.Join('\n', issues), nameof(changes));
    }

    /// <summary>
    /// What is wrong with values for <see cref="HyperParameters"/>: a name without a prior (ND0322), a value that the number, or one that follows from
    /// it, cannot have (ND0323). A value outside its prior's range is not wrong.
    /// </summary>
    /// <param name="values">Values by name; numbers not named keep their present values.</param>
    public IReadOnlyList<Issue> CheckValues(IReadOnlyDictionary<string, double> values)
    {
        IssueList issues = new();
        WithValues(values, issues);
        return issues;
    }

    /// <summary>
    /// This population with other numbers of its own; what products, lymphodepletion and mechanisms changed is then changed again. Patients
    /// keep their random numbers, so the same patient of two such populations differs only by the numbers.
    /// </summary>
    /// <param name="values">Values by name of <see cref="HyperParameters"/>; numbers not named keep their present values.</param>
    /// <exception cref="ArgumentException"><see cref="CheckValues"/> finds something wrong.</exception>
    public Population WithValues(IReadOnlyDictionary<string, double> values)
    {
        IssueList issues = new();
        Population changed = WithValues(values, issues);
        return issues.Count == 0 ? changed : throw new ArgumentException(string.Join('\n', issues), nameof(values));
    }

    Population WithValues(IReadOnlyDictionary<string, double> values, IssueList issues)
    {
        PopulationSource source = _source.With(values, issues);
        return new Population(source, source.Sampler(issues).With(_changes, issues), _changes);
    }

    /// <summary>Draws a patient. The same seed and number give the same patient, whatever else is drawn.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="patient">The patient's number, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    /// <exception cref="ArithmeticException">A formula of the population file has no value for this patient.</exception>
    public VirtualPatient Draw(ulong seed, long patient)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(patient);
        return _sampler.Draw(seed, patient);
    }

    /// <summary>The typical value of a parameter after the changes made so far.</summary>
    /// <exception cref="ArgumentException">The model gives no such parameter a number.</exception>
    public double Typical(string parameter) => _sampler.Typical(parameter);

    internal PatientSampler Sampler => _sampler;

    /// <summary>This population with probabilities of traits that are known of its patients, and therefore no numbers that could be calibrated or drawn.</summary>
    internal Population WithProbabilities(IReadOnlyList<(string Trait, double Probability)> known)
    {
        ParameterChange[] set = [.. known.Select(k => new ParameterChange(k.Trait, ChangeKind.Set, k.Probability) { Basis = _known })];
        PopulationSource source = _source with { Definition = Definition with { Changes = [.. Definition.Changes, .. set] } };
        IssueList issues = new();
        PatientSampler sampler = source.Sampler(issues).With(_changes, issues);
        return issues.Count == 0 ? new Population(source, sampler, _changes) : throw new ArgumentException(string.Join('\n', issues), nameof(known));
    }

    static readonly Basis _known = new(EvidenceLevel.Assumed, [], "a share of the study's own patients");

    /// <summary>Whether a parameter is 0 in every patient.</summary>
    internal bool IsAlwaysZero(string parameter) => _sampler.IsAlwaysZero(parameter);

    /// <inheritdoc cref="PatientSampler.IsMovedBy"/>
    internal bool IsMovedBy(ParameterChange change) => _sampler.IsMovedBy(change);

    /// <inheritdoc cref="PatientSampler.IsNever(string)"/>
    internal bool IsNever(string trait) => _sampler.IsNever(trait);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} ({Traits.Count} traits)");
}

/// <summary>What a population file says about one population.</summary>
sealed record PopulationDefinition(
    string Name, string Title, IReadOnlyList<Trait> Traits, IReadOnlyList<Covariate> Covariates, BackgroundMortality Mortality)
{
    /// <summary>What sets it apart from the population it is based on; empty for one of its own.</summary>
    public IReadOnlyList<ParameterChange> Changes { get; init; } = [];

    /// <summary>Spreads between patients that are the population's own and not calibrated; empty for those of <c>parameters.yaml</c>.</summary>
    public IReadOnlyList<OwnSpread> Spreads { get; init; } = [];

    /// <summary>The assay from which response is read in the place of marrow and MRD; null for those.</summary>
    public NamedAssay? Response { get; init; }

    /// <summary>What its assumed numbers were adjusted to by hand, in words; null where that was not done.</summary>
    public string? Adjusted { get; init; }

    /// <summary>Numbers that stand for several.</summary>
    public IReadOnlyList<Combination> Combinations { get; init; } = [];

    /// <summary>Numbers that follow from combinations.</summary>
    public IReadOnlyList<SolvedNumber> Solved { get; init; } = [];

    /// <summary>Parameters whose spread between patients is that of another.</summary>
    public IReadOnlyList<SameSpread> SameSpreads { get; init; } = [];

    /// <summary>What the names of its mortality begin with: nothing, or its own name where it does not share another population's.</summary>
    public string MortalityPrefix { get; init; } = "";
}

/// <summary>An assay that a population file names.</summary>
/// <param name="Name">Its name.</param>
/// <param name="At">Where it is named.</param>
sealed record NamedAssay(string Name, SourceLocation At);
