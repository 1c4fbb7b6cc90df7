namespace Nadir.Kernels;

/// <summary>Rewrites of a program on its way to a kernel. Interpreter and compiled kernels run what comes out, so each pass may choose how a formula rounds.</summary>
static class ProgramPasses
{
    /// <summary>Drops instructions that no output needs.</summary>
    public static KernelProgram Prune(IReadOnlyList<Instruction> code, IReadOnlyList<int> outputs)
    {
        bool[] needed = new bool[code.Count];
        foreach (int output in outputs)
        {
            needed[output] = true;
        }

        for (int i = code.Count - 1; i >= 0; i--)
        {
            if (needed[i])
            {
                Visit(code[i], operand => needed[operand] = true);
            }
        }

        return Renumber(code, outputs, needed);
    }

    /// <summary>A quotient by a constant becomes a product, and a sum with a product that is used nowhere else becomes a fused multiply-add.</summary>
    public static KernelProgram Fuse(KernelProgram program)
    {
        Instruction[] code = [.. program.Instructions];
        int[] uses = Uses(program);
        List<Instruction> result = [];
        int[] place = new int[code.Length];
        for (int i = 0; i < code.Length; i++)
        {
            Instruction fused = Fused(code, uses, code[i]);
            if (fused.Op == OpCode.Divide && IsInvertible(code[fused.B]))
            {
                result.Add(new Instruction(OpCode.Constant, Bits: BitConverter.DoubleToInt64Bits(1 / code[fused.B].Value)));
                place[i] = result.Count;
                result.Add(new Instruction(OpCode.Multiply, place[fused.A], result.Count - 1));
                continue;
            }

            place[i] = result.Count;
            result.Add(Moved(fused, place));
        }

        return Prune(result, [.. program.Outputs.Select(o => place[o])]);
    }

    /// <summary>
    /// Splits a program in two: what depends on invariant slots only is computed once and kept in slots of its own, from
    /// <paramref name="firstKept"/> on; what is left reads it there. A quotient by an invariant becomes a product with its reciprocal.
    /// </summary>
    public static StagedProgram Hoist(KernelProgram program, Func<int, bool> isInvariantSlot, int firstKept)
    {
        List<Instruction> code = [];
        List<bool> invariant = [];
        int[] place = new int[program.Instructions.Count];
        for (int i = 0; i < place.Length; i++)
        {
            Instruction moved = Moved(program.Instructions[i], place);
            bool still = IsInvariant(moved, invariant, isInvariantSlot);
            if (moved.Op == OpCode.Divide && !still && invariant[moved.B] && code[moved.B].Op != OpCode.Constant)
            {
                Append(code, invariant, new Instruction(OpCode.Constant, Bits: BitConverter.DoubleToInt64Bits(1)), true);
                Append(code, invariant, new Instruction(OpCode.Divide, code.Count - 1, moved.B), true);
                moved = new Instruction(OpCode.Multiply, moved.A, code.Count - 1);
            }

            place[i] = code.Count;
            Append(code, invariant, moved, still);
        }

        return Split(code, invariant, [.. program.Outputs.Select(o => place[o])], firstKept);
    }

    static StagedProgram Split(List<Instruction> code, List<bool> invariant, int[] outputs, int firstKept)
    {
        List<int> kept = [];
        Instruction[] body = [.. code];
        bool[] wanted = new bool[code.Count];
        foreach (int output in outputs)
        {
            wanted[output] |= invariant[output];
        }

        for (int i = 0; i < body.Length; i++)
        {
            if (!invariant[i])
            {
                Visit(body[i], operand => wanted[operand] |= invariant[operand]);
            }
        }

        for (int i = 0; i < body.Length; i++)
        {
            if (wanted[i] && code[i].Op > OpCode.Time)
            {
                body[i] = new Instruction(OpCode.Slot, firstKept + kept.Count);
                kept.Add(i);
            }
        }

        return new StagedProgram(Fuse(Prune(code, kept)), Fuse(Prune(body, outputs)));
    }

    static bool IsInvariant(Instruction i, List<bool> invariant, Func<int, bool> isInvariantSlot)
    {
        bool all = i.Op switch
        {
            OpCode.Constant => true,
            OpCode.Slot => isInvariantSlot(i.A),
            OpCode.Time => false,
            _ => true,
        };
        Visit(i, operand => all &= invariant[operand]);
        return all;
    }

    static void Append(List<Instruction> code, List<bool> invariant, Instruction instruction, bool still)
    {
        code.Add(instruction);
        invariant.Add(still);
    }

    static Instruction Fused(Instruction[] code, int[] uses, Instruction i)
    {
        bool Product(int operand) => code[operand].Op == OpCode.Multiply && uses[operand] == 1;
        return i.Op switch
        {
            OpCode.Add when Product(i.A) => new Instruction(OpCode.MultiplyAdd, code[i.A].A, code[i.A].B, i.B),
            OpCode.Add when Product(i.B) => new Instruction(OpCode.MultiplyAdd, code[i.B].A, code[i.B].B, i.A),
            OpCode.Subtract when Product(i.A) => new Instruction(OpCode.MultiplySubtract, code[i.A].A, code[i.A].B, i.B),
            OpCode.Subtract when Product(i.B) => new Instruction(OpCode.SubtractProduct, code[i.B].A, code[i.B].B, i.A),
            _ => i,
        };
    }

    /// <summary>True for a constant whose reciprocal is a normal number.</summary>
    static bool IsInvertible(Instruction i) => i.Op == OpCode.Constant && double.IsNormal(i.Value) && double.IsNormal(1 / i.Value);

    public static int[] Uses(KernelProgram program)
    {
        int[] uses = new int[program.Instructions.Count];
        foreach (Instruction i in program.Instructions)
        {
            Visit(i, operand => uses[operand]++);
        }

        foreach (int output in program.Outputs)
        {
            uses[output]++;
        }

        return uses;
    }

    static KernelProgram Renumber(IReadOnlyList<Instruction> code, IReadOnlyList<int> outputs, bool[] needed)
    {
        int[] place = new int[code.Count];
        List<Instruction> kept = [];
        for (int i = 0; i < code.Count; i++)
        {
            if (needed[i])
            {
                place[i] = kept.Count;
                kept.Add(Moved(code[i], place));
            }
        }

        return new KernelProgram(kept, [.. outputs.Select(o => place[o])]);
    }

    static Instruction Moved(Instruction i, int[] place) =>
        i.Op <= OpCode.Time ? i : i with { A = At(place, i.A), B = At(place, i.B), C = At(place, i.C) };

    static int At(int[] place, int operand) => operand < 0 ? operand : place[operand];

    static void Visit(Instruction i, Action<int> operand)
    {
        if (i.Op > OpCode.Time)
        {
            foreach (int o in (ReadOnlySpan<int>)[i.A, i.B, i.C])
            {
                if (o >= 0)
                {
                    operand(o);
                }
            }
        }
    }
}

/// <summary>A program in two stages.</summary>
/// <param name="Once">Run when an invariant slot has changed; its outputs go into the slots that <paramref name="Body"/> reads them from.</param>
/// <param name="Body">Run at every evaluation.</param>
sealed record StagedProgram(KernelProgram Once, KernelProgram Body);
