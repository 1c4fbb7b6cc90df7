using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Nadir.Kernels;

/// <summary>Says whether two programs are the same, to the last bit of their constants.</summary>
static class ProgramHash
{
    /// <summary>The first 128 bits of the SHA-256 of a program.</summary>
    public static UInt128 Of(KernelProgram program)
    {
        const int PerInstruction = 24;
        byte[] bytes = new byte[8 + (program.Instructions.Count * PerInstruction) + (4 * program.Outputs.Count)];
        Span<byte> rest = bytes;
        BinaryPrimitives.WriteInt64LittleEndian(rest, program.Instructions.Count);
        rest = rest[8..];
        foreach (Instruction i in program.Instructions)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, (int)i.Op);
            BinaryPrimitives.WriteInt32LittleEndian(rest[4..], i.A);
            BinaryPrimitives.WriteInt32LittleEndian(rest[8..], i.B);
            BinaryPrimitives.WriteInt32LittleEndian(rest[12..], i.C);
            BinaryPrimitives.WriteInt64LittleEndian(rest[16..], BitConverter.DoubleToInt64Bits(i.Value));
            rest = rest[PerInstruction..];
        }

        foreach (int output in program.Outputs)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, output);
            rest = rest[4..];
        }

        return BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(bytes));
    }
}
