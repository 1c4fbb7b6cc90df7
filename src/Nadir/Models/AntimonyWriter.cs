using System.Text;
using Nadir.Expressions;

namespace Nadir.Models;

/// <summary>Writes a model as Antimony that <see cref="AntimonyReader"/> reads back as the same model, places aside.</summary>
public sealed class AntimonyWriter
{
    readonly Model _model;
    readonly StringBuilder _text = new();
    readonly HashSet<string> _ruled;

    AntimonyWriter(Model model)
    {
        _model = model;
        _ruled = [.. model.Rules.OfType<AssignmentRule>().Select(r => r.Variable)];
    }

    /// <summary>The text of <paramref name="model"/>: one model block, functions and submodels already put in.</summary>
    /// <exception cref="ArgumentException">A text holds both a quotation mark or line end and three backticks, which Antimony cannot write.</exception>
    public static string Write(Model model)
    {
        AntimonyWriter writer = new(model);
        writer.Write();
        return writer._text.ToString();
    }

    void Write()
    {
        _ = _text.Append("model ").Append(_model.Name).Append("()\n");
        foreach ((string name, string formula) in _model.Units)
        {
            Line(formula.Length == 0 ? $"unit {name}" : $"unit {name} = {formula}");
        }

        Definitions();
        foreach (Reaction r in _model.Reactions)
        {
            Line($"{r.Name}:{Side(r.Reactants)} {(r.Reversible ? "->" : "=>")}{Side(r.Products)}; {Print(r.RateLaw)}");
            About(r.Name, null, r.DisplayName);
        }

        foreach (Rule rule in _model.Rules)
        {
            Line($"{rule.Variable}{(rule is AssignmentRule ? " :=" : "' =")} {Print(rule.Formula)}");
        }

        foreach (ModelEvent e in _model.Events)
        {
            Line(Event(e));
            About(e.Name, null, e.DisplayName);
        }

        Annotations();
    }

    void Definitions()
    {
        foreach (Compartment c in _model.Compartments.Where(c => !IsImplicit(c)))
        {
            Line(_ruled.Contains(c.Name) ? $"compartment {c.Name}" : $"compartment {c.Name} = {Print(c.Size)}");
            About(c.Name, c.Unit, c.DisplayName);
        }

        foreach (Species s in _model.Species)
        {
            string place = IsInImplicit(s) ? "" : $" in {s.Compartment}";
            Line($"{(s.Boundary ? "const " : "")}{(s.SubstanceOnly ? "substanceOnly " : "")}species {s.Name}{place}{Initial(s)}");
            About(s.Name, s.Unit, s.DisplayName);
        }

        foreach (Parameter p in _model.Parameters)
        {
            Line(p.Value is null ? $"formula {p.Name}" : $"formula {p.Name} = {Print(p.Value)}");
            About(p.Name, p.Unit, p.DisplayName);
        }
    }

    static bool IsImplicit(Compartment c) => c is { Name: ModelAssembler.DefaultCompartment, Size: NumberExpr { Value: 1 }, Constant: true };

    bool IsInImplicit(Species s) => s.Compartment == ModelAssembler.DefaultCompartment && _model.Compartments.Any(c => c.Name == s.Compartment && IsImplicit(c));

    // An amount over the own compartment keeps its meaning whatever the species' symbol stands for.
    string Initial(Species s) => s.InitialAmount is not { } amount ? ""
        : IsInImplicit(s) || (s.SubstanceOnly && amount is not NumberExpr) ? $" = {Print(amount)}"
        : $" = {Print(amount / new SymbolExpr(s.Compartment))}";

    static string Side(IReadOnlyList<Participant> side)
    {
        string text = string.Join(" + ", side.SelectMany(p => Parts(p.Stoichiometry).Select(n => n is NumberExpr { Value: 1 } ? p.Species : $"{Print(n)} {p.Species}")));
        return text.Length == 0 ? "" : " " + text;
    }

    static IEnumerable<Expr> Parts(Expr n) => n is BinaryExpr { Operator: BinaryOperator.Add } sum ? Parts(sum.Left).Concat(Parts(sum.Right)) : [n];

    static string Event(ModelEvent e)
    {
        StringBuilder text = new($"{e.Name}: at ");
        _ = e.Delay is null ? text : text.Append(Print(e.Delay)).Append(" after ");
        _ = text.Append(e.Trigger is NumberExpr always ? (always.Value != 0 ? "true" : "false") : Print(e.Trigger));
        _ = e.Priority is null ? text : text.Append(", priority=").Append(Print(e.Priority));
        _ = text.Append(e.InitiallyTrue ? "" : ", t0=false").Append(e.Persistent ? "" : ", persistent=false").Append(e.ValuesFromTrigger ? "" : ", fromTrigger=false");
        return text.Append(": ").AppendJoin(", ", e.Assignments.Select(a => $"{a.Variable} = {Print(a.Formula)}")).ToString();
    }

    void About(string name, string? unit, string? displayName)
    {
        if (unit is not null)
        {
            Line($"{name} has {unit}");
        }

        if (displayName is not null)
        {
            Line($"{name} is {Quoted(displayName)}");
        }
    }

    void Annotations()
    {
        foreach (Annotation a in _model.Annotations.Where(a => !IsModelName(a)))
        {
            Line(AntimonyParser.IsDataAbout(a.Qualifier) ? $"{a.Subject}.{a.Qualifier} = {string.Concat(a.Texts)}" : $"{a.Subject} {a.Qualifier} {string.Join(", ", a.Texts.Select(Quoted))}");
        }

        _ = _text.Append("end\n");
        foreach (Annotation a in _model.Annotations.Where(IsModelName))
        {
            _ = _text.Append(_model.Name).Append(" is ").Append(Quoted(string.Concat(a.Texts))).Append('\n');
        }
    }

    static bool IsModelName(Annotation a) => a is { Subject: "model", Qualifier: "name" };

    static string Quoted(string text)
    {
        bool block = text.AsSpan().IndexOfAny('"', '\n', '\r') >= 0;
        if (block && text.Contains("```", StringComparison.Ordinal))
        {
            throw new ArgumentException($"Antimony cannot write the text {text}: it holds a quotation mark or a line end, and three backticks. Remove the backticks.", nameof(text));
        }

        return block ? $"```{text}```" : $"\"{text}\"";
    }

    static string Print(Expr e) => ExpressionPrinter.Print(e);

    void Line(string statement) => _text.Append("  ").Append(statement).Append(";\n");
}
