using System.Reflection;
using Nadir.Numerics;

namespace Nadir.Kernels;

/// <summary>The method behind each instruction for one width of vector.</summary>
/// <typeparam name="T">The vector.</typeparam>
sealed class LaneOperations<T>
    where T : struct, ILanes<T>
{
    readonly Dictionary<OpCode, MethodInfo> _methods = new()
    {
        [OpCode.Add] = Of("op_Addition", 2),
        [OpCode.Subtract] = Of("op_Subtraction", 2),
        [OpCode.Multiply] = Of("op_Multiply", 2),
        [OpCode.Divide] = Of("op_Division", 2),
        [OpCode.Negate] = Of("op_UnaryNegation", 1),
        [OpCode.Min] = Of(nameof(Lanes1.Min), 2),
        [OpCode.Max] = Of(nameof(Lanes1.Max), 2),
        [OpCode.Sqrt] = Of(nameof(Lanes1.Sqrt), 1),
        [OpCode.Abs] = Of(nameof(Lanes1.Abs), 1),
        [OpCode.Floor] = Of(nameof(Lanes1.Floor), 1),
        [OpCode.Ceiling] = Of(nameof(Lanes1.Ceiling), 1),
        [OpCode.Power] = Each2(LaneFunctions<T>.Power),
        [OpCode.Remainder] = Each2(LaneFunctions<T>.Remainder),
        [OpCode.Quotient] = Each2(LaneFunctions<T>.Quotient),
        [OpCode.Exp] = Each(LaneFunctions<T>.Exp),
        [OpCode.Ln] = Each(LaneFunctions<T>.Ln),
        [OpCode.Log10] = Each(LaneFunctions<T>.Log10),
        [OpCode.Factorial] = Each(LaneFunctions<T>.Factorial),
        [OpCode.Sin] = Each(LaneFunctions<T>.Sin),
        [OpCode.Cos] = Each(LaneFunctions<T>.Cos),
        [OpCode.Tan] = Each(LaneFunctions<T>.Tan),
        [OpCode.Asin] = Each(LaneFunctions<T>.Asin),
        [OpCode.Acos] = Each(LaneFunctions<T>.Acos),
        [OpCode.Atan] = Each(LaneFunctions<T>.Atan),
        [OpCode.Sinh] = Each(LaneFunctions<T>.Sinh),
        [OpCode.Cosh] = Each(LaneFunctions<T>.Cosh),
        [OpCode.Tanh] = Each(LaneFunctions<T>.Tanh),
    };

    public MethodInfo Load { get; } = Of(nameof(Lanes1.Load), 1);

    public MethodInfo Store { get; } = Of(nameof(Lanes1.Store), 2);

    public MethodInfo Broadcast { get; } = Of(nameof(Lanes1.Broadcast), 1);

    public MethodInfo MultiplyAdd { get; } = Of(nameof(Lanes1.MultiplyAdd), 3);

    public MethodInfo Select { get; } = Of(nameof(Lanes1.Select), 3);

    readonly MethodInfo _equal = Of(nameof(Lanes1.Equal), 2);
    readonly MethodInfo _less = Of(nameof(Lanes1.Less), 2);
    readonly MethodInfo _lessOrEqual = Of(nameof(Lanes1.LessOrEqual), 2);

    public MethodInfo Of(OpCode op) => _methods[op];

    /// <summary>The mask behind a comparison; "greater" compares the other way round, "not equal" is the opposite of equal.</summary>
    public MethodInfo Comparison(OpCode op) => op switch
    {
        OpCode.Less or OpCode.Greater => _less,
        OpCode.LessOrEqual or OpCode.GreaterOrEqual => _lessOrEqual,
        _ => _equal,
    };

    static MethodInfo Of(string name, int operands) =>
        typeof(T).GetMethods(BindingFlags.Public | BindingFlags.Static).Single(m => m.Name == name && m.GetParameters().Length == operands);

    static MethodInfo Each(Func<T, T> f) => f.Method;

    static MethodInfo Each2(Func<T, T, T> f) => f.Method;
}
