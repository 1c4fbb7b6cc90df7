using Nadir.Expressions;

namespace Nadir.Kernels;

/// <summary>
/// Lowers formulas to a <see cref="KernelProgram"/>. Equal instructions are shared (value numbering), constants are folded with the
/// interpreter's own arithmetic, and small whole powers become products.
/// </summary>
sealed class ProgramBuilder
{
    const int LargestUnrolledPower = 16;

    readonly List<Instruction> _code = [];
    readonly Dictionary<Instruction, int> _known = [];
    readonly Dictionary<string, int> _symbols = new(StringComparer.Ordinal);
    readonly Func<string, Expr?> _define;
    readonly Func<string, int> _slotOf;
    readonly IReadOnlySet<string> _absent;

    /// <param name="slotOf">Slot of a symbol, or -1.</param>
    /// <param name="define">Formula of a symbol that has no slot, or whose slot must be converted; null for a plain slot.</param>
    /// <param name="absent">Slots that are always 0: what they multiply is left out. None by default.</param>
    public ProgramBuilder(Func<string, int> slotOf, Func<string, Expr?> define, IReadOnlySet<string>? absent = null)
    {
        _absent = absent ?? new HashSet<string>();
        _slotOf = slotOf;
        _define = define;
    }

    public KernelProgram Build(IEnumerable<Expr> outputs)
    {
        int[] results = [.. outputs.Select(Lower)];
        return ProgramPasses.Prune(_code, results);
    }

    int Lower(Expr expr) => expr switch
    {
        NumberExpr n => Constant(n.Value),
        TimeExpr => Add(new Instruction(OpCode.Time)),
        SymbolExpr s => Symbol(s.Name),
        UnaryExpr u => Add(new Instruction(u.Operator == UnaryOperator.Negate ? OpCode.Negate : OpCode.Not, Lower(u.Operand))),
        BinaryExpr b => Binary(b),
        CallExpr c => Call(c),
        PiecewiseExpr p => Piecewise(p),
        AmountExpr a => Slot(a.Name),
        _ => throw new ArgumentException($"cannot lower {expr.GetType().Name}", nameof(expr)),
    };

    int Symbol(string name)
    {
        if (_symbols.TryGetValue(name, out int known))
        {
            return known;
        }

        int result = _define(name) is { } formula ? Lower(formula) : Slot(name);
        _symbols[name] = result;
        return result;
    }

    int Slot(string name)
    {
        if (_absent.Contains(name))
        {
            return Constant(0);
        }

        int slot = _slotOf(name);
        return slot >= 0
            ? Add(new Instruction(OpCode.Slot, slot))
            : throw new ArgumentException($"the symbol \"{name}\" has neither a value nor a formula", nameof(name));
    }

    int Binary(BinaryExpr b)
    {
        int left = Lower(b.Left);
        int right = Lower(b.Right);
        return b.Operator switch
        {
            BinaryOperator.Power => Power(left, right),
            BinaryOperator.And => Truth(Add(new Instruction(OpCode.Select, left, right, Constant(0)))),
            BinaryOperator.Or => Truth(Add(new Instruction(OpCode.Select, left, Constant(1), right))),
            BinaryOperator.Xor => Add(new Instruction(OpCode.NotEqual, Truth(left), Truth(right))),
            _ => Add(new Instruction(OpOf(b.Operator), left, right)),
        };
    }

    static OpCode OpOf(BinaryOperator op) => op switch
    {
        BinaryOperator.Add => OpCode.Add,
        BinaryOperator.Subtract => OpCode.Subtract,
        BinaryOperator.Multiply => OpCode.Multiply,
        BinaryOperator.Divide => OpCode.Divide,
        BinaryOperator.Remainder => OpCode.Remainder,
        BinaryOperator.Equal => OpCode.Equal,
        BinaryOperator.NotEqual => OpCode.NotEqual,
        BinaryOperator.Less => OpCode.Less,
        BinaryOperator.Greater => OpCode.Greater,
        BinaryOperator.LessOrEqual => OpCode.LessOrEqual,
        BinaryOperator.GreaterOrEqual => OpCode.GreaterOrEqual,
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "not a plain operator"),
    };

    int Truth(int value) => Add(new Instruction(OpCode.NotEqual, value, Constant(0)));

    int Power(int x, int exponent)
    {
        Instruction e = _code[exponent];
        if (e.Op != OpCode.Constant)
        {
            return Add(new Instruction(OpCode.Power, x, exponent));
        }

        double n = e.Value;
        bool whole = n == Math.Floor(n) && Math.Abs(n) <= LargestUnrolledPower && n != 0;
        return !whole ? Add(new Instruction(OpCode.Power, x, exponent))
            : n > 0 ? Product(x, (int)n)
            : Add(new Instruction(OpCode.Divide, Constant(1), Product(x, (int)-n)));
    }

    int Product(int x, int times)
    {
        if (times == 1)
        {
            return x;
        }

        int half = Product(x, times / 2);
        int square = Add(new Instruction(OpCode.Multiply, half, half));
        return times % 2 == 0 ? square : Add(new Instruction(OpCode.Multiply, square, x));
    }

    int Call(CallExpr call)
    {
        int[] arguments = [.. call.Arguments.Select(Lower)];
        OpCode op = Enum.Parse<OpCode>(call.Function.ToString());
        return arguments.Length switch
        {
            1 => Add(new Instruction(op, arguments[0])),
            2 => Add(new Instruction(op, arguments[0], arguments[1])),
            _ => throw new ArgumentException($"{call.Function} with {arguments.Length} arguments", nameof(call)),
        };
    }

    int Piecewise(PiecewiseExpr p)
    {
        int result = Lower(p.Otherwise);
        foreach (PiecewiseBranch branch in p.Branches.Reverse())
        {
            int condition = Lower(branch.Condition);
            result = Add(new Instruction(OpCode.Select, condition, Lower(branch.Value), result));
        }

        return result;
    }

    int Constant(double value) => Add(new Instruction(OpCode.Constant, Bits: BitConverter.DoubleToInt64Bits(value)));

    int Add(Instruction instruction)
    {
        instruction = Fold(instruction);
        if (_absent.Count > 0 && WithoutAbsent(instruction) is { } same)
        {
            return same;
        }

        if (!_known.TryGetValue(instruction, out int index))
        {
            index = _code.Count;
            _code.Add(instruction);
            _known.Add(instruction, index);
        }

        return index;
    }

    Instruction Fold(Instruction i)
    {
        bool foldable = i.Op > OpCode.Time && IsConstant(i.A) && IsConstant(i.B) && IsConstant(i.C);
        if (!foldable)
        {
            return i;
        }

        double value = KernelArithmetic.Apply(i.Op, Value(i.A), Value(i.B), Value(i.C));
        return new Instruction(OpCode.Constant, Bits: BitConverter.DoubleToInt64Bits(value));
    }

    /// <summary>The instruction that an absent operand reduces this one to, or null.</summary>
    int? WithoutAbsent(Instruction i) => i.Op switch
    {
        OpCode.Multiply when IsZero(i.A) || IsZero(i.B) => Constant(0),
        OpCode.Divide when IsZero(i.A) => Constant(0),
        OpCode.Add when IsZero(i.A) => i.B,
        OpCode.Add or OpCode.Subtract when IsZero(i.B) => i.A,
        OpCode.Subtract when IsZero(i.A) => Add(new Instruction(OpCode.Negate, i.B)),
        OpCode.Select when i.B == i.C => i.B,
        OpCode.Select when IsConstant(i.A) => Value(i.A) != 0 ? i.B : i.C,
        _ => null,
    };

    bool IsZero(int operand) => operand >= 0 && IsConstant(operand) && Value(operand) == 0;

    bool IsConstant(int operand) => operand < 0 || _code[operand].Op == OpCode.Constant;

    double Value(int operand) => operand < 0 ? 0 : _code[operand].Value;
}

/// <summary>The amount behind a species' symbol; formulas of the language reach it only through their lowering.</summary>
sealed record AmountExpr(string Name) : Expr;
