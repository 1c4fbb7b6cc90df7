using Nadir.Expressions;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Units;

namespace Nadir.Populations;

/// <summary>
/// A number that stands for several: typical values that only matter together are calibrated as what the data see of them, and
/// <see cref="SolvedNumber"/> turns it back into the numbers the model has.
/// </summary>
/// <param name="Name">Its name, used by formulas of solved numbers.</param>
/// <param name="Title">For people.</param>
/// <param name="Value">Its present value: a formula of typical values.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Prior">What is held possible.</param>
sealed record Combination(string Name, string Title, Expr Value, UnitExpression Unit, Prior Prior);

/// <summary>A number of the population that follows from combinations and other typical values.</summary>
/// <param name="Name">Its name, written as that of a <see cref="HyperParameter"/>.</param>
/// <param name="Formula">A formula of combinations and typical values.</param>
/// <param name="At">Where it stands.</param>
sealed record SolvedNumber(string Name, Expr Formula, SourceLocation At);
