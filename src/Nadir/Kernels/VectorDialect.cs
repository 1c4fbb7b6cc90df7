using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;
using Nadir.Numerics;

namespace Nadir.Kernels;

/// <summary>Vectors of 128, 256 or 512 bits; functions are called with our own type of lanes, which has the same bits.</summary>
sealed class VectorDialect : LaneDialect
{
    readonly Type _operations;
    readonly Type _lanes;
    readonly Func<OpCode, MethodInfo> _functions;
    // Threads compile at the same time.
    readonly ConcurrentDictionary<string, MethodInfo> _methods = new(StringComparer.Ordinal);

    VectorDialect(Type operations, Type vector, Type lanes, Func<OpCode, MethodInfo> functions)
        : base(vector) => (_operations, _lanes, _functions) = (operations, lanes, functions);

    public static new VectorDialect Of<T>()
        where T : struct, ILanes<T>
    {
        (Type operations, Type vector) = T.Width switch
        {
            8 => (typeof(Vector512), typeof(Vector512<double>)),
            4 => (typeof(Vector256), typeof(Vector256<double>)),
            _ => (typeof(Vector128), typeof(Vector128<double>)),
        };
        return new VectorDialect(operations, vector, typeof(T), LaneFunctions<T>.Of);
    }

    public override void Load(ILGenerator il) => Call(il, nameof(Vector512.LoadUnsafe), 1);

    public override void Store(ILGenerator il) => Call(il, nameof(Vector512.StoreUnsafe), 2);

    public override void Constant(ILGenerator il, double value)
    {
        il.Emit(OpCodes.Ldc_R8, value);
        il.Emit(OpCodes.Call, _operations.GetMethod(nameof(Vector512.Create), [typeof(double)])!);
    }

    public override void Operation(ILGenerator il, OpCode op)
    {
        switch (op)
        {
            case OpCode.Add: Operator(il, "op_Addition"); break;
            case OpCode.Subtract: Operator(il, "op_Subtraction"); break;
            case OpCode.Multiply: Operator(il, "op_Multiply"); break;
            case OpCode.Divide: Operator(il, "op_Division"); break;
            case OpCode.Negate: Operator(il, "op_UnaryNegation"); break;
            case OpCode.MultiplyAdd: Call(il, nameof(Vector512.FusedMultiplyAdd), 3); break;
            case OpCode.Min: Call(il, nameof(Vector512.Min), 2); break;
            case OpCode.Max: Call(il, nameof(Vector512.Max), 2); break;
            case OpCode.Sqrt: Call(il, nameof(Vector512.Sqrt), 1); break;
            case OpCode.Abs: Call(il, nameof(Vector512.Abs), 1); break;
            case OpCode.Floor: Call(il, nameof(Vector512.Floor), 1); break;
            case OpCode.Ceiling: Call(il, nameof(Vector512.Ceiling), 1); break;
            default: Function(il, _functions(op)); break;
        }
    }

    public override void Compare(ILGenerator il, OpCode op) => Call(il, op switch
    {
        OpCode.Less => nameof(Vector512.LessThan),
        OpCode.LessOrEqual => nameof(Vector512.LessThanOrEqual),
        _ => nameof(Vector512.Equals),
    }, 2);

    public override void Select(ILGenerator il) => Call(il, nameof(Vector512.ConditionalSelect), 3);

    void Operator(ILGenerator il, string name) =>
        il.Emit(OpCodes.Call, Value.GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Single(m => m.Name == name && m.GetParameters().All(p => p.ParameterType == Value)));

    void Call(ILGenerator il, string name, int operands) =>
        il.Emit(OpCodes.Call, _methods.GetOrAdd(name, n => Find(n, operands)));

    MethodInfo Find(string name, int operands)
    {
        MethodInfo[] candidates = [.. _operations.GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(m => m.Name == name && m.GetParameters().Length == operands)];
        MethodInfo? exact = candidates.FirstOrDefault(m => !m.IsGenericMethod && m.GetParameters()[0].ParameterType == Value);
        return exact ?? candidates.Where(m => m.IsGenericMethod).Select(m => m.MakeGenericMethod(typeof(double)))
            .Single(m => Type.GetTypeCode(m.GetParameters()[^1].ParameterType.GetElementType()) is TypeCode.Double || m.GetParameters().All(p => p.ParameterType == Value));
    }

    /// <summary>Hands the operands over as our own type and takes the result back, through memory: only the name of the type differs.</summary>
    void Function(ILGenerator il, MethodInfo function)
    {
        int operands = function.GetParameters().Length;
        LocalBuilder[] locals = [.. Enumerable.Range(0, operands).Select(_ => il.DeclareLocal(Value))];
        for (int i = operands - 1; i >= 0; i--)
        {
            il.Emit(OpCodes.Stloc, locals[i]);
        }

        foreach (LocalBuilder local in locals)
        {
            il.Emit(OpCodes.Ldloca, local);
            il.Emit(OpCodes.Ldobj, _lanes);
        }

        il.Emit(OpCodes.Call, function);
        LocalBuilder result = il.DeclareLocal(_lanes);
        il.Emit(OpCodes.Stloc, result);
        il.Emit(OpCodes.Ldloca, result);
        il.Emit(OpCodes.Ldobj, Value);
    }
}
