using Nadir.Expressions;
using Nadir.Faults;

namespace Nadir.Models;

/// <summary>Puts the bodies of the file's functions in the place of their calls.</summary>
sealed class FunctionInliner
{
    // All formulas of a file together: a few nested functions could otherwise fill the memory.
    const int MaxInlinedNodes = 5_000_000;

    readonly Dictionary<string, FunctionSyntax> _functions = new(StringComparer.Ordinal);
    readonly Dictionary<string, Expr?> _bodies = new(StringComparer.Ordinal);
    readonly Stack<string> _open = new();
    readonly IssueList _issues;
    readonly Suggestion _hints = new();
    int _spent;

    /// <summary>Checks the functions and makes their bodies ready.</summary>
    public FunctionInliner(IReadOnlyList<FunctionSyntax> functions, IssueList issues)
    {
        _issues = issues;
        foreach (FunctionSyntax f in functions)
        {
            if (!_functions.TryAdd(f.Name, f))
            {
                _issues.Error("ND0230", f.At, $"the function {f.Name} is defined twice (first at line {_functions[f.Name].At.Line})", f.Name, "another name");
            }
        }

        foreach (FunctionSyntax f in functions)
        {
            _ = Body(f);
        }
    }

    /// <summary>Names of the functions.</summary>
    public IReadOnlyCollection<string> Names => _functions.Keys;

    /// <summary>The formula without calls of the file's functions; unchanged, and reported, where that fails.</summary>
    public Formula Inline(Formula f) => HasCalls(f.Tree) && Inline(f.Tree, f.At) is { } tree
        ? f with { Tree = tree, IsTruth = tree is not NumberExpr && ExpressionSimplifier.IsTruth(tree) }
        : f;

    static bool HasCalls(Expr e) => e is UserCallExpr || ExprTree.Children(e).Any(HasCalls);

    Expr? Body(FunctionSyntax f)
    {
        if (_bodies.TryGetValue(f.Name, out Expr? known))
        {
            return known;
        }

        if (_open.Contains(f.Name))
        {
            _issues.Error("ND0231", f.At, $"the function {f.Name} calls itself ({string.Join(" → ", _open.Reverse().Append(f.Name))})", f.Name, "a function that does not depend on itself");
            return null;
        }

        _open.Push(f.Name);
        Expr? body = CheckNames(f) ? Inline(f.Body.Tree, f.At) : null;
        _ = _open.Pop();
        return _bodies[f.Name] = body;
    }

    bool CheckNames(FunctionSyntax f)
    {
        bool right = true;
        foreach (string repeated in f.Parameters.GroupBy(p => p, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key))
        {
            _issues.Error("ND0232", f.At, $"the function {f.Name} has two arguments {repeated}", repeated, "arguments with different names");
            right = false;
        }

        foreach (NameUse use in f.Body.Names.Where(use => !f.Parameters.Contains(use.Name)))
        {
            _issues.Error("ND0232", use.At, $"the function {f.Name} uses {use.Name}, which is not one of its arguments", use.Name, "an argument of the function", $"add {use.Name} to the arguments and pass it in");
            right = false;
        }

        if (UsesTime(f.Body.Tree))
        {
            _issues.Error("ND0232", f.Body.At, $"the function {f.Name} uses time, which is not one of its arguments", "time", "an argument of the function", "pass time in as an argument");
            right = false;
        }

        return right;
    }

    static bool UsesTime(Expr e) => e is TimeExpr || ExprTree.Children(e).Any(UsesTime);

    Expr? Inline(Expr e, SourceLocation at)
    {
        bool failed = false;
        Expr Part(Expr part)
        {
            Expr? inlined = Inline(part, at);
            failed |= inlined is null;
            return inlined ?? part;
        }

        Expr whole = ExprTree.Map(e, Part);
        return failed ? null : whole is UserCallExpr call ? Replace(call, at) : whole;
    }

    Expr? Replace(UserCallExpr call, SourceLocation at)
    {
        SourceLocation here = new(at.File, call.Token.Line, call.Token.Column);
        if (!_functions.TryGetValue(call.Name, out FunctionSyntax? f))
        {
            _issues.Error("ND0233", here, $"there is no function {call.Name}", call.Name, "a built-in function or one the file defines", _hints.For(call.Name, FunctionTable.Names.Concat(Names)) ?? "an operator may be missing before the parenthesis");
            return null;
        }

        if (call.Arguments.Count != f.Parameters.Count)
        {
            string arguments = f.Parameters.Count == 1 ? "1 argument" : $"{f.Parameters.Count} arguments";
            _issues.Error("ND0234", here, $"{call.Name} takes {arguments}, not {call.Arguments.Count}", $"{call.Name} with {call.Arguments.Count}", $"{call.Name}({string.Join(", ", f.Parameters)})");
            return null;
        }

        if (Body(f) is not { } body)
        {
            return null;
        }

        Expr tree = Substitution.Apply(body, name => f.Parameters.IndexOf(name) is >= 0 and int i ? call.Arguments[i] : null);
        return IsAffordable(tree, here) ? tree : null;
    }

    bool IsAffordable(Expr tree, SourceLocation here)
    {
        (int nodes, int height) = ExprTree.Measure(tree, ExpressionLimits.Nodes);
        _spent += nodes;
        if (nodes <= ExpressionLimits.Nodes && height <= ExpressionLimits.Height && _spent <= MaxInlinedNodes)
        {
            return true;
        }

        _issues.Error("ND0235", here, "the formula is too large once the functions are put in", expected: $"at most {ExpressionLimits.Nodes} parts, and {MaxInlinedNodes} in a whole file");
        return false;
    }
}
