using System.Globalization;
using System.Text;

namespace Nadir.Kernels;

/// <summary>
/// Straight-line code in single-assignment form: each instruction is computed once, common subexpressions are shared, outputs are
/// instructions. The interpreter and every compiled kernel run this same program, so they agree bit for bit.
/// </summary>
/// <param name="Instructions">In order of evaluation; an operand always stands before its use.</param>
/// <param name="Outputs">Index of the instruction behind each output.</param>
public sealed record KernelProgram(IReadOnlyList<Instruction> Instructions, IReadOnlyList<int> Outputs)
{
    /// <summary>Whether time itself enters.</summary>
    internal bool UsesTime => Instructions.Any(i => i.Op == OpCode.Time);

    /// <summary>A listing for people, one instruction a line.</summary>
    /// <param name="slotNames">Names of the slots.</param>
    public string ToText(IReadOnlyList<string> slotNames)
    {
        StringBuilder text = new();
        for (int i = 0; i < Instructions.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"%{i} = {Describe(Instructions[i], slotNames)}\n");
        }

        for (int i = 0; i < Outputs.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"out[{i}] = %{Outputs[i]}\n");
        }

        return text.ToString();
    }

    static string Describe(Instruction i, IReadOnlyList<string> slotNames) => i.Op switch
    {
        OpCode.Constant => i.Value.ToString("R", CultureInfo.InvariantCulture),
        OpCode.Slot => slotNames[i.A],
        OpCode.Time => "time",
        _ => string.Join(' ', new[] { i.Op.ToString() }.Concat(
            new[] { i.A, i.B, i.C }.Where(o => o >= 0).Select(o => $"%{o}"))),
    };
}
