using Nadir.Expressions;
using Nadir.Faults;
using Nadir.Models;

namespace Nadir.Populations;

/// <summary>Something a patient has or has not, such as a weak product.</summary>
/// <param name="Name">Its name, which formulas below it may use: 1 when the patient has it, else 0.</param>
/// <param name="Title">For people.</param>
/// <param name="Probability">A formula of the patient's parameters and of traits above; 0 and below is never, 1 and above always.</param>
/// <param name="Effects">What it does to the patient's parameters, in order.</param>
/// <param name="Basis">What probability and effects rest on.</param>
public sealed record Trait(string Name, string Title, Expr Probability, IReadOnlyList<TraitEffect> Effects, Basis Basis)
{
    /// <summary>Where it stands in the file.</summary>
    public required SourceLocation At { get; init; }

    /// <summary>The odds of the formula's probability are multiplied by this.</summary>
    /// <value>Default: 1.</value>
    public double Odds { get; init; } = 1;

    /// <summary>What is held possible about the probability where it is a number, or about <see cref="Odds"/> where it is a formula; null where it is not calibrated.</summary>
    public Prior? Prior { get; init; }
}

/// <summary>What a trait does to one parameter of a patient who has it.</summary>
/// <param name="Parameter">The parameter.</param>
public abstract record TraitEffect(string Parameter)
{
    /// <summary>What is held possible about the factor or the median; null where it is not calibrated.</summary>
    public Prior? Prior { get; init; }

    /// <summary>The factor, or the median of what is drawn; null where a range has no median of its own.</summary>
    public abstract double? Size { get; }

    /// <summary>The same effect of another size.</summary>
    internal abstract TraitEffect WithSize(double size);

    /// <summary>The patient's own value is multiplied.</summary>
    /// <param name="Parameter">The parameter.</param>
    /// <param name="Factor">The factor.</param>
    public sealed record Multiplied(string Parameter, double Factor) : TraitEffect(Parameter)
    {
        /// <inheritdoc/>
        public override double? Size => Factor;

        internal override TraitEffect WithSize(double size) => this with { Factor = size };
    }

    /// <summary>The patient's value is replaced by a draw.</summary>
    /// <param name="Parameter">The parameter.</param>
    /// <param name="Distribution">The distribution.</param>
    /// <param name="Median">Its median, where the distribution has none of its own.</param>
    public sealed record Drawn(string Parameter, ParameterDistribution Distribution, double Median) : TraitEffect(Parameter)
    {
        /// <inheritdoc/>
        public override double? Size => Distribution.Spread is null ? null : Median;

        internal override TraitEffect WithSize(double size) => this with { Median = size };
    }
}

/// <summary>What a patient's row in <c>subjects.csv</c> shows beside the outcome.</summary>
/// <param name="Name">Column name: capital letters and digits, at most 8.</param>
/// <param name="Label">For people.</param>
/// <param name="Value">A formula of the patient's parameters and traits.</param>
/// <param name="IsYesNo">True: 1 is shown as Y and 0 as N.</param>
public sealed record Covariate(string Name, string Label, Expr Value, bool IsYesNo);

/// <summary>Death that no cell of the model causes.</summary>
/// <param name="InRemissionPerYear">Probability of death in remission within a year, from remission on.</param>
/// <param name="InRemissionBasis">What it rests on.</param>
/// <param name="AfterFailureMedianMonths">Median survival after relapse or non-response in months of 30.4375 days; exponential.</param>
/// <param name="AfterFailureBasis">What it rests on.</param>
public sealed record BackgroundMortality(double InRemissionPerYear, Basis InRemissionBasis, double AfterFailureMedianMonths, Basis AfterFailureBasis)
{
    /// <summary>Median survival after a switch of lineage in months of 30.4375 days, exponential.</summary>
    /// <value>Default: as after any failure.</value>
    public double AfterSwitchMedianMonths { get => field > 0 ? field : AfterFailureMedianMonths; init; }

    /// <summary>What it rests on; null where a switch is like any failure.</summary>
    public Basis? AfterSwitchBasis { get; init; }

    /// <summary>What is held possible about the yearly probability; null where it is not calibrated.</summary>
    public Prior? InRemissionPrior { get; init; }

    /// <summary>What is held possible about the median survival after failure; null where it is not calibrated.</summary>
    public Prior? AfterFailurePrior { get; init; }
}
