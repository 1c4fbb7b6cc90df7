using System.Reflection;
using System.Reflection.Emit;

namespace Nadir.Kernels;

/// <summary>One patient: plain doubles, masks are truth values.</summary>
sealed class ScalarDialect : LaneDialect
{
    static readonly MethodInfo FusedMultiplyAdd = typeof(Math).GetMethod(nameof(Math.FusedMultiplyAdd), [typeof(double), typeof(double), typeof(double)])!;

    public ScalarDialect()
        : base(typeof(double))
    {
    }

    public override void Load(ILGenerator il) => il.Emit(OpCodes.Ldind_R8);

    public override void Store(ILGenerator il)
    {
        LocalBuilder address = il.DeclareLocal(typeof(double).MakeByRefType());
        LocalBuilder value = il.DeclareLocal(typeof(double));
        il.Emit(OpCodes.Stloc, address);
        il.Emit(OpCodes.Stloc, value);
        il.Emit(OpCodes.Ldloc, address);
        il.Emit(OpCodes.Ldloc, value);
        il.Emit(OpCodes.Stind_R8);
    }

    public override void Constant(ILGenerator il, double value) => il.Emit(OpCodes.Ldc_R8, value);

    public override void Operation(ILGenerator il, OpCode op)
    {
        switch (op)
        {
            case OpCode.Add: il.Emit(OpCodes.Add); break;
            case OpCode.Subtract: il.Emit(OpCodes.Sub); break;
            case OpCode.Multiply: il.Emit(OpCodes.Mul); break;
            case OpCode.Divide: il.Emit(OpCodes.Div); break;
            case OpCode.Negate: il.Emit(OpCodes.Neg); break;
            case OpCode.MultiplyAdd: il.Emit(OpCodes.Call, FusedMultiplyAdd); break;
            default: il.Emit(OpCodes.Call, ScalarFunctions.Of(op)); break;
        }
    }

    public override void Compare(ILGenerator il, OpCode op)
    {
        switch (op)
        {
            case OpCode.Less:
                il.Emit(OpCodes.Clt);
                break;
            case OpCode.LessOrEqual:
                il.Emit(OpCodes.Cgt_Un);
                il.Emit(OpCodes.Ldc_I4_0);
                il.Emit(OpCodes.Ceq);
                break;
            default:
                il.Emit(OpCodes.Ceq);
                break;
        }
    }

    public override void Select(ILGenerator il)
    {
        LocalBuilder otherwise = il.DeclareLocal(typeof(double));
        LocalBuilder chosen = il.DeclareLocal(typeof(double));
        Label choose = il.DefineLabel();
        Label end = il.DefineLabel();
        il.Emit(OpCodes.Stloc, otherwise);
        il.Emit(OpCodes.Stloc, chosen);
        il.Emit(OpCodes.Brtrue, choose);
        il.Emit(OpCodes.Ldloc, otherwise);
        il.Emit(OpCodes.Br, end);
        il.MarkLabel(choose);
        il.Emit(OpCodes.Ldloc, chosen);
        il.MarkLabel(end);
    }
}
