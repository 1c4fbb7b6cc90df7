using System.Globalization;
using System.Text;
using Nadir.Expressions;
using Nadir.Kernels;

namespace Nadir.Bench.Jobs;

/// <summary>
/// Prints a network's right-hand side and Jacobian as C and its right-hand side as Python, instruction by instruction from the program
/// that Nadir's kernels are made from, so that all engines compute the same formulas.
/// </summary>
sealed class SourceExporter
{
    readonly Network _network;
    readonly KernelProgram _rhs;
    readonly KernelProgram _jacobian;

    public SourceExporter(Network network)
    {
        _network = network;
        _rhs = Plain(network.Derivatives());
        _jacobian = Plain(JacobianFormulas.Of(network).Take(network.DynamicCount * network.DynamicCount));
    }

    /// <summary>Additions, subtractions, multiplications and divisions of one right-hand side, and how many of them are divisions.</summary>
    public (int Operations, int Divisions) Count() => (
        _rhs.Instructions.Count(i => i.Op is OpCode.Add or OpCode.Subtract or OpCode.Multiply or OpCode.Divide),
        _rhs.Instructions.Count(i => i.Op == OpCode.Divide));

    public string ToC()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"#define STATES {_network.DynamicCount}\n#define SLOTS {_network.SlotNames.Count}\n");
        Function(text, "rhs", "dy", _rhs);
        Function(text, "jacobian", "j", _jacobian);
        return text.ToString();
    }

    public string ToPython()
    {
        StringBuilder text = new();
        string states = string.Join(", ", Enumerable.Range(0, _network.DynamicCount).Select(i => $"y{i}"));
        string parameters = string.Join(", ", Enumerable.Range(0, _network.SlotNames.Count - _network.DynamicCount).Select(i => $"p{i}"));
        text.Append(CultureInfo.InvariantCulture, $"def rhs(y, t, {parameters}):\n    {states} = y.tolist()\n");
        for (int i = 0; i < _rhs.Instructions.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"    v{i} = {Value(_rhs.Instructions[i], "y{0}", "p{0}")}\n");
        }

        return text.Append("    return ").AppendJoin(", ", _rhs.Outputs.Select(o => $"v{o}")).Append('\n').ToString();
    }

    /// <summary>The formulas as they are, before any pass: what to fuse or to hoist is left to each compiler.</summary>
    KernelProgram Plain(IEnumerable<Expr> formulas) => _network.LowerWith(formulas, new Dictionary<string, int>());

    void Function(StringBuilder text, string name, string result, KernelProgram program)
    {
        text.Append(CultureInfo.InvariantCulture, $"\nstatic inline void {name}(real t, const real *restrict y, const real *restrict p, real *restrict {result}) {{\n    (void)t;\n");
        for (int i = 0; i < program.Instructions.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"    const real v{i} = {Value(program.Instructions[i], "y[{0}]", "p[{0}]")};\n");
        }

        for (int i = 0; i < program.Outputs.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {result}[{i}] = v{program.Outputs[i]};\n");
        }

        text.Append("}\n");
    }

    string Value(Instruction i, string state, string parameter) => i.Op switch
    {
        OpCode.Constant => i.Value.ToString("R", CultureInfo.InvariantCulture),
        OpCode.Time => "t",
        OpCode.Slot when i.A < _network.DynamicCount => string.Format(CultureInfo.InvariantCulture, state, i.A),
        OpCode.Slot => string.Format(CultureInfo.InvariantCulture, parameter, i.A - _network.DynamicCount),
        OpCode.Add => $"v{i.A} + v{i.B}",
        OpCode.Subtract => $"v{i.A} - v{i.B}",
        OpCode.Multiply => $"v{i.A} * v{i.B}",
        OpCode.Divide => $"v{i.A} / v{i.B}",
        OpCode.Negate => $"-v{i.A}",
        _ => throw new ArgumentOutOfRangeException(nameof(i), i.Op, "the benchmark's model is expected to use + - * / only"),
    };
}
