using Nadir.Expressions;

namespace Nadir.Models;

/// <summary>
/// The amount that an initial value means. A number is a concentration, for every species; a number over the own compartment is an amount; any
/// other formula has the sense of the symbol, an amount for a substanceOnly species and a concentration otherwise.
/// </summary>
static class InitialAmount
{
    /// <summary>The amount.</summary>
    /// <param name="value">The right side.</param>
    /// <param name="substanceOnly">Whether the species' symbol is an amount.</param>
    /// <param name="size">The compartment's symbol, or 1 for the implicit compartment.</param>
    public static Expr Of(Expr value, bool substanceOnly, Expr size) => value switch
    {
        NumberExpr n => Times(n, size),
        BinaryExpr { Operator: BinaryOperator.Divide, Left: NumberExpr amount, Right: SymbolExpr own } when own == size || IsDefault(own, size) => amount,
        _ when substanceOnly => value,

        // n0/V times V would miss n0 by a rounding error, and cells are counted.
        BinaryExpr { Operator: BinaryOperator.Divide } b when size is SymbolExpr && b.Right == size => b.Left,
        _ => Times(value, size),
    };

    static bool IsDefault(SymbolExpr own, Expr size) => own.Name == ModelAssembler.DefaultCompartment && size is NumberExpr;

    static Expr Times(Expr value, Expr size) => value is NumberExpr { Value: 0 } || size is NumberExpr ? value : value * size;
}
