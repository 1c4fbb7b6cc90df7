using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.InteropServices;
using Nadir.Numerics;

namespace Nadir.Kernels;

/// <summary>A program compiled to machine code by the run-time's own compiler; equal to the interpreter bit for bit.</summary>
public sealed class CompiledKernel : IKernel
{
    delegate void Body(double t, ref double slots, ref double output);

    static readonly FrozenFunctions Functions = new();

    readonly Body _body;
    readonly int _slots;

    /// <summary>Compiles <paramref name="program"/>.</summary>
    public CompiledKernel(KernelProgram program)
    {
        Outputs = program.Outputs.Count;
        _slots = 1 + program.Instructions.Where(i => i.Op == OpCode.Slot).Select(i => i.A).DefaultIfEmpty(-1).Max();
        _body = Compile(program);
    }

    /// <inheritdoc/>
    public int Outputs { get; }

    /// <inheritdoc/>
    public void Evaluate(double t, ReadOnlySpan<double> slots, Span<double> output)
    {
        if (slots.Length < _slots || output.Length < Outputs)
        {
            throw new ArgumentException($"found {slots.Length} slots and room for {output.Length} outputs, expected at least {_slots} and {Outputs}");
        }

        _body(t, ref MemoryMarshal.GetReference(slots), ref MemoryMarshal.GetReference(output));
    }

    static Body Compile(KernelProgram program)
    {
        DynamicMethod method = new(
            "kernel", typeof(void), [typeof(double), typeof(double).MakeByRefType(), typeof(double).MakeByRefType()],
            typeof(CompiledKernel).Module);
        ILGenerator il = method.GetILGenerator();
        LocalBuilder[] values = new LocalBuilder[program.Instructions.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = il.DeclareLocal(typeof(double));
            EmitValue(il, program.Instructions[i], values);
            il.Emit(OpCodes.Stloc, values[i]);
        }

        for (int i = 0; i < program.Outputs.Count; i++)
        {
            EmitAddress(il, 2, i);
            il.Emit(OpCodes.Ldloc, values[program.Outputs[i]]);
            il.Emit(OpCodes.Stind_R8);
        }

        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Body>();
    }

    static void EmitAddress(ILGenerator il, int argument, int index)
    {
        il.Emit(OpCodes.Ldarg, (short)argument);
        il.Emit(OpCodes.Ldc_I4, index * sizeof(double));
        il.Emit(OpCodes.Add);
    }

    static void EmitValue(ILGenerator il, Instruction i, LocalBuilder[] values)
    {
        switch (i.Op)
        {
            case OpCode.Constant:
                il.Emit(OpCodes.Ldc_R8, i.Value);
                break;
            case OpCode.Time:
                il.Emit(OpCodes.Ldarg_0);
                break;
            case OpCode.Slot:
                EmitAddress(il, 1, i.A);
                il.Emit(OpCodes.Ldind_R8);
                break;
            case OpCode.Select:
                EmitSelect(il, i, values);
                break;
            default:
                EmitOperands(il, i, values);
                EmitOperation(il, i.Op);
                break;
        }
    }

    static void EmitOperands(ILGenerator il, Instruction i, LocalBuilder[] values)
    {
        il.Emit(OpCodes.Ldloc, values[i.A]);
        if (i.B >= 0)
        {
            il.Emit(OpCodes.Ldloc, values[i.B]);
        }
    }

    static void EmitSelect(ILGenerator il, Instruction i, LocalBuilder[] values)
    {
        Label otherwise = il.DefineLabel();
        Label end = il.DefineLabel();
        il.Emit(OpCodes.Ldloc, values[i.A]);
        il.Emit(OpCodes.Ldc_R8, 0.0);
        il.Emit(OpCodes.Beq, otherwise);
        il.Emit(OpCodes.Ldloc, values[i.B]);
        il.Emit(OpCodes.Br, end);
        il.MarkLabel(otherwise);
        il.Emit(OpCodes.Ldloc, values[i.C]);
        il.MarkLabel(end);
    }

    static void EmitOperation(ILGenerator il, OpCode op)
    {
        switch (op)
        {
            case OpCode.Add: il.Emit(OpCodes.Add); break;
            case OpCode.Subtract: il.Emit(OpCodes.Sub); break;
            case OpCode.Multiply: il.Emit(OpCodes.Mul); break;
            case OpCode.Divide: il.Emit(OpCodes.Div); break;
            case OpCode.Negate: il.Emit(OpCodes.Neg); break;
            case OpCode.Equal: EmitTruth(il, OpCodes.Ceq, negated: false); break;
            case OpCode.NotEqual: EmitTruth(il, OpCodes.Ceq, negated: true); break;
            case OpCode.Less: EmitTruth(il, OpCodes.Clt, negated: false); break;
            case OpCode.Greater: EmitTruth(il, OpCodes.Cgt, negated: false); break;
            case OpCode.LessOrEqual: EmitTruth(il, OpCodes.Cgt_Un, negated: true); break;
            case OpCode.GreaterOrEqual: EmitTruth(il, OpCodes.Clt_Un, negated: true); break;
            case OpCode.Not:
                il.Emit(OpCodes.Ldc_R8, 0.0);
                EmitTruth(il, OpCodes.Ceq, negated: false);
                break;
            default: il.Emit(OpCodes.Call, Functions.Of(op)); break;
        }
    }

    /// <summary>Leaves 1.0 or 0.0. The unordered comparisons make a negated test false for NaN, as in C#.</summary>
    static void EmitTruth(ILGenerator il, System.Reflection.Emit.OpCode comparison, bool negated)
    {
        il.Emit(comparison);
        if (negated)
        {
            il.Emit(OpCodes.Ldc_I4_0);
            il.Emit(OpCodes.Ceq);
        }

        il.Emit(OpCodes.Conv_R8);
    }

    /// <summary>The method behind each function instruction: the same ones <see cref="KernelArithmetic"/> calls.</summary>
    sealed class FrozenFunctions
    {
        readonly Dictionary<OpCode, MethodInfo> _methods = new()
        {
            [OpCode.Power] = Two(Elementary.Pow),
            [OpCode.Remainder] = Two(KernelArithmetic.Remainder),
            [OpCode.Quotient] = Two(KernelArithmetic.Quotient),
            [OpCode.Min] = Two(Math.Min),
            [OpCode.Max] = Two(Math.Max),
            [OpCode.Exp] = One(Elementary.Exp),
            [OpCode.Ln] = One(Elementary.Log),
            [OpCode.Log10] = One(Elementary.Log10),
            [OpCode.Sqrt] = One(Math.Sqrt),
            [OpCode.Abs] = One(Math.Abs),
            [OpCode.Floor] = One(Math.Floor),
            [OpCode.Ceiling] = One(Math.Ceiling),
            [OpCode.Factorial] = One(Elementary.Factorial),
            [OpCode.Sin] = One(Elementary.Sin),
            [OpCode.Cos] = One(Elementary.Cos),
            [OpCode.Tan] = One(Elementary.Tan),
            [OpCode.Asin] = One(Elementary.Asin),
            [OpCode.Acos] = One(Elementary.Acos),
            [OpCode.Atan] = One(Elementary.Atan),
            [OpCode.Sinh] = One(Elementary.Sinh),
            [OpCode.Cosh] = One(Elementary.Cosh),
            [OpCode.Tanh] = One(Elementary.Tanh),
        };

        public MethodInfo Of(OpCode op) => _methods[op];

        static MethodInfo One(Func<double, double> f) => f.Method;

        static MethodInfo Two(Func<double, double, double> f) => f.Method;
    }
}
