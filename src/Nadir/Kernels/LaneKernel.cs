using System.Collections.Concurrent;
using System.Reflection.Emit;
using Nadir.Numerics;

namespace Nadir.Kernels;

/// <summary>A program compiled to machine code for several patients at once, one a lane; each lane equals the interpreter bit for bit.</summary>
/// <remarks>Values lie side by side: that of slot s for lane l at <c>s*width + l</c>, and so for the outputs.</remarks>
/// <typeparam name="T">The vector.</typeparam>
sealed class LaneKernel<T>
    where T : struct, ILanes<T>
{
    /// <summary>Nested further, an expression goes through a variable of its own.</summary>
    const int DeepestNesting = 24;

    /// <summary>Arguments of the emitted method, after its owner.</summary>
    const int TimeArgument = 1;
    const int StateArgument = 2;
    const int SlotsArgument = 3;
    const int OutputArgument = 4;

    /// <summary>Programs that are remembered; a model has a dozen.</summary>
    const int MostRemembered = 2048;

    static readonly ConcurrentDictionary<(UInt128 Program, int StateSlots), Lazy<Body>> Known = new();
    static readonly object Owner = new();
    static readonly LaneDialect Dialect = LaneDialect.Of<T>();

    readonly KernelProgram _program;
    readonly ILGenerator _il;
    readonly LocalBuilder?[] _locals;
    readonly bool[] _nested;
    readonly int _stateSlots;

    LaneKernel(KernelProgram program, int stateSlots, ILGenerator il)
    {
        (_program, _stateSlots, _il) = (program, stateSlots, il);
        _locals = new LocalBuilder?[program.Instructions.Count];
        _nested = Nested(program);
    }

    /// <summary>The compiled code.</summary>
    /// <param name="time">Time of each lane.</param>
    /// <param name="state">The first slots, as many as were said when compiling.</param>
    /// <param name="slots">The slots after those, at their own numbers.</param>
    /// <param name="output">Receives the outputs.</param>
    public delegate void Body(ref double time, ref double state, ref double slots, ref double output);

    /// <summary>Compiles a program. Equal programs share their code, whoever asks and on whatever thread.</summary>
    /// <param name="program">What to compute.</param>
    /// <param name="stateSlots">How many slots, counted from the first, are read from the state.</param>
    public static Body Compile(KernelProgram program, int stateSlots)
    {
        if (Known.Count >= MostRemembered)
        {
            Known.Clear();
        }

        return Known.GetOrAdd((ProgramHash.Of(program), stateSlots), _ => new Lazy<Body>(() => CompileAnew(program, stateSlots))).Value;
    }

    static Body CompileAnew(KernelProgram program, int stateSlots)
    {
        Type reference = typeof(double).MakeByRefType();
        // A delegate of a method with an owner is called as it is; one without goes through code that moves every argument.
        DynamicMethod method = new("kernel", typeof(void), [typeof(object), reference, reference, reference, reference], typeof(LaneKernel<T>).Module);
        new LaneKernel<T>(program, stateSlots, method.GetILGenerator()).Emit();
        return method.CreateDelegate<Body>(Owner);
    }

    void Emit()
    {
        for (int i = 0; i < _locals.Length; i++)
        {
            if (!_nested[i])
            {
                EmitComputation(i);
                _locals[i] = _il.DeclareLocal(Dialect.Value);
                _il.Emit(OpCodes.Stloc, _locals[i]!);
            }
        }

        for (int i = 0; i < _program.Outputs.Count; i++)
        {
            EmitValue(_program.Outputs[i]);
            EmitAddress(OutputArgument, i);
            Dialect.Store(_il);
        }

        _il.Emit(OpCodes.Ret);
    }

    /// <summary>Which values are computed where they are used: inputs, constants, and what is used once and is not nested too deeply.</summary>
    static bool[] Nested(KernelProgram program)
    {
        int count = program.Instructions.Count;
        int[] uses = ProgramPasses.Uses(program);
        bool[] nested = new bool[count];
        int[] depth = new int[count];
        for (int i = 0; i < count; i++)
        {
            Instruction c = program.Instructions[i];
            if (c.Op > OpCode.Time)
            {
                depth[i] = 1 + Math.Max(Depth(c.A), Math.Max(Depth(c.B), Depth(c.C)));
            }

            nested[i] = c.Op <= OpCode.Time || (uses[i] == 1 && depth[i] < DeepestNesting && !program.Outputs.Contains(i));
        }

        return nested;

        int Depth(int operand) => operand < 0 || !nested[operand] ? 0 : depth[operand];
    }

    void EmitValue(int i)
    {
        if (_locals[i] is { } local)
        {
            _il.Emit(OpCodes.Ldloc, local);
        }
        else
        {
            EmitComputation(i);
        }
    }

    void EmitComputation(int index)
    {
        Instruction i = _program.Instructions[index];
        switch (i.Op)
        {
            case OpCode.Constant:
                EmitConstant(i.Value);
                break;
            case OpCode.Time:
                _il.Emit(OpCodes.Ldarg, (short)TimeArgument);
                Dialect.Load(_il);
                break;
            case OpCode.Slot:
                EmitAddress(i.A < _stateSlots ? StateArgument : SlotsArgument, i.A);
                Dialect.Load(_il);
                break;
            case OpCode.Select:
                EmitSelect(i);
                break;
            case OpCode.MultiplyAdd or OpCode.MultiplySubtract or OpCode.SubtractProduct:
                EmitFused(i);
                break;
            case >= OpCode.Equal and <= OpCode.GreaterOrEqual or OpCode.Not:
                bool negated = EmitMask(i);
                EmitTruth(negated);
                break;
            default:
                EmitOperands(i);
                Dialect.Operation(_il, i.Op);
                break;
        }
    }

    void EmitConstant(double value) => Dialect.Constant(_il, value);

    void EmitAddress(int argument, int index)
    {
        _il.Emit(OpCodes.Ldarg, (short)argument);
        _il.Emit(OpCodes.Ldc_I4, index * sizeof(double) * T.Width);
        _il.Emit(OpCodes.Add);
    }

    void EmitOperands(Instruction i)
    {
        EmitValue(i.A);
        if (i.B >= 0)
        {
            EmitValue(i.B);
        }
    }

    void EmitFused(Instruction i)
    {
        EmitValue(i.A);
        EmitNegation(i.Op == OpCode.SubtractProduct);
        EmitValue(i.B);
        EmitValue(i.C);
        EmitNegation(i.Op == OpCode.MultiplySubtract);
        Dialect.Operation(_il, OpCode.MultiplyAdd);
    }

    void EmitNegation(bool wanted)
    {
        if (wanted)
        {
            Dialect.Operation(_il, OpCode.Negate);
        }
    }

    void EmitSelect(Instruction i)
    {
        Instruction condition = _program.Instructions[i.A];
        bool compares = condition.Op is (>= OpCode.Equal and <= OpCode.GreaterOrEqual) or OpCode.Not;
        bool negated = EmitMask(compares && _nested[i.A] ? condition : new Instruction(OpCode.NotEqual, i.A));
        EmitValue(negated ? i.C : i.B);
        EmitValue(negated ? i.B : i.C);
        Dialect.Select(_il);
    }

    /// <summary>Leaves a mask for a comparison; without a second operand it is one with 0.</summary>
    /// <returns>True when the mask is that of the opposite.</returns>
    bool EmitMask(Instruction i)
    {
        bool swapped = i.Op is OpCode.Greater or OpCode.GreaterOrEqual;
        EmitOperandOrZero(swapped ? i.B : i.A);
        EmitOperandOrZero(swapped ? i.A : i.B);
        Dialect.Compare(_il, swapped ? Mirrored(i.Op) : i.Op);
        return i.Op == OpCode.NotEqual;
    }

    void EmitOperandOrZero(int operand)
    {
        if (operand < 0)
        {
            EmitConstant(0);
        }
        else
        {
            EmitValue(operand);
        }
    }

    static OpCode Mirrored(OpCode op) => op == OpCode.Greater ? OpCode.Less : OpCode.LessOrEqual;

    void EmitTruth(bool negated)
    {
        EmitConstant(negated ? 0 : 1);
        EmitConstant(negated ? 1 : 0);
        Dialect.Select(_il);
    }
}
