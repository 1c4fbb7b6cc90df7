using Nadir.Models;

namespace Nadir.Protocols;

/// <summary>Something a strategy does to a patient at one moment.</summary>
/// <param name="Basis">What its size rests on.</param>
public abstract record StrategyAction(Basis Basis)
{
    /// <summary>Multiplies the cells of species.</summary>
    /// <param name="Species">A group of <see cref="Readouts.Groups"/>, or a species of the model.</param>
    /// <param name="Factor">The factor; 0 removes them.</param>
    /// <param name="Basis">What its size rests on.</param>
    public sealed record ScaleSpecies(string Species, double Factor, Basis Basis) : StrategyAction(Basis);

    /// <summary>Sets a parameter of the patient from then on.</summary>
    /// <param name="Parameter">The parameter.</param>
    /// <param name="Value">Its new value.</param>
    /// <param name="Basis">What its size rests on.</param>
    public sealed record SetParameter(string Parameter, double Value, Basis Basis) : StrategyAction(Basis);

    /// <summary>Multiplies a parameter of the patient from then on, or for a time.</summary>
    /// <param name="Parameter">The parameter.</param>
    /// <param name="Factor">The factor.</param>
    /// <param name="Basis">What its size rests on.</param>
    public sealed record MultiplyParameter(string Parameter, double Factor, Basis Basis) : StrategyAction(Basis)
    {
        /// <summary>Days after which the parameter is as before; null for good.</summary>
        public double? ForDays { get; init; }
    }

    /// <summary>Adds to a parameter of the patient for a time, such as the kill rate of a drug.</summary>
    /// <param name="Parameter">The parameter.</param>
    /// <param name="Amount">What is added, in its unit.</param>
    /// <param name="ForDays">Days after which it is as before.</param>
    /// <param name="Basis">What its size rests on.</param>
    public sealed record AddToParameter(string Parameter, double Amount, double ForDays, Basis Basis) : StrategyAction(Basis);

    /// <summary>Gives cells that are no CAR-T product.</summary>
    /// <param name="Species">The species that they join.</param>
    /// <param name="Cells">How many.</param>
    /// <param name="Basis">What the number rests on.</param>
    public sealed record GiveCells(string Species, double Cells, Basis Basis) : StrategyAction(Basis);

    /// <summary>Gives CAR-T cells.</summary>
    /// <param name="Product">The product; null for the arm's own once more.</param>
    /// <param name="Share">Share of the product's dose.</param>
    /// <param name="Fails">Probability that the product cannot be made, null for the product's own; then nothing is given and no later action of the rule is done.</param>
    /// <param name="Basis">What dose and failure rest on.</param>
    public sealed record Infuse(string? Product, double Share, double? Fails, Basis Basis) : StrategyAction(Basis);

    /// <summary>Harm short of death: it is counted, and changes nothing else.</summary>
    /// <param name="Name">What it is, for example <c>acute graft-versus-host disease</c>.</param>
    /// <param name="Probability">Probability of a patient who is treated.</param>
    /// <param name="Basis">What the probability rests on.</param>
    public sealed record Toxicity(string Name, double Probability, Basis Basis) : StrategyAction(Basis);

    /// <summary>Risk of death from the treatment itself, as a cumulative probability that rises linearly between points, from 0 at the action.</summary>
    /// <param name="Points">Days after the action and cumulative probability, both ascending.</param>
    /// <param name="Basis">What its size rests on.</param>
    public sealed record Mortality(IReadOnlyList<MortalityPoint> Points, Basis Basis) : StrategyAction(Basis)
    {
        /// <summary>The day of death after the action for a uniform number inside (0, 1), or null for a patient who survives the treatment.</summary>
        public double? DayOfDeath(double uniform)
        {
            MortalityPoint last = new(0, 0);
            foreach (MortalityPoint point in Points)
            {
                if (uniform <= point.Probability)
                {
                    return last.Day + (point.Day - last.Day) * (uniform - last.Probability) / (point.Probability - last.Probability);
                }

                last = point;
            }

            return null;
        }
    }
}

/// <summary>A point of a cumulative risk.</summary>
/// <param name="Day">Days after the action.</param>
/// <param name="Probability">Probability of death until then.</param>
public readonly record struct MortalityPoint(double Day, double Probability);
