using Nadir.Models;
using Nadir.Units;

namespace Nadir.Populations;

/// <summary>What a <see cref="HyperParameter"/> is a number of.</summary>
public enum HyperParameterKind
{
    /// <summary>The typical value of a parameter.</summary>
    Typical,

    /// <summary>How widely a parameter differs between patients.</summary>
    Spread,

    /// <summary>How many patients have a trait.</summary>
    Share,

    /// <summary>How strongly a trait acts.</summary>
    Effect,

    /// <summary>A risk of death that no cell of the model causes.</summary>
    Mortality,

    /// <summary>A combination of several of these that the data see as one.</summary>
    Combination,
}

/// <summary>
/// A number of a population, not of a patient: what a calibration moves and what uncertainty about a population is drawn from. Its name says
/// what it is: <c>leukaemia_growth</c> is the typical value of that parameter, <c>leukaemia_growth.sd</c> its spread, <c>weak_product</c>
/// the probability of that trait, <c>sudden_car_loss.odds</c> a factor on the odds of a trait whose probability is a formula,
/// <c>weak_product.memory_share</c> the size of an effect, <c>mortality.in-remission</c> a risk. What only one population has is named after it:
/// <c>adults.leukaemia_at_infusion</c>.
/// </summary>
/// <param name="Name">Its name; the same name is the same number in every population.</param>
/// <param name="Title">For people.</param>
/// <param name="Kind">What it is a number of.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Value">Its present value, inside the prior's range.</param>
/// <param name="Prior">What is held possible.</param>
public sealed record HyperParameter(string Name, string Title, HyperParameterKind Kind, UnitExpression Unit, double Value, Prior Prior);
