using Nadir.Expressions;
using Nadir.Faults;

namespace Nadir.Models;

/// <summary>
/// Reads a model written in Antimony, the text form of SBML. The subset: model blocks and submodels, species, compartments, parameters, reactions,
/// rules, functions, events, units (kept), names and annotations (kept). Everything else is an error that names the construct.
/// </summary>
public static class AntimonyReader
{
    /// <summary>Longest text that is read, in characters.</summary>
    public const int MaxLength = 4_000_000;

    /// <summary>Reads the main model of a text: the one with a star, else the statements outside all blocks, else the last block.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fileName">Its name in messages.</param>
    /// <returns>The model, or what is wrong with the text (codes ND01xx and ND02xx; at most 50 and a closing note).</returns>
    public static Checked<Model> Read(string text, string fileName)
    {
        IssueList issues = new();
        Model? model = null;
        if (text.Length > MaxLength)
        {
            issues.Error("ND0200", new SourceLocation(fileName, 0, 0), "the file is too long to be a model", $"{text.Length} characters", $"at most {MaxLength} characters");
        }
        else
        {
            model = Build(text, fileName, issues);
        }

        return Checked<Model>.From(model, Ordered(issues, fileName));
    }

    static Model? Build(string text, string fileName, IssueList issues)
    {
        FileSyntax file = AntimonyParser.Parse(text, fileName, issues);
        if (issues.Count >= Lexer.MaxIssues)
        {
            return null;
        }

        FunctionInliner functions = new(file.Functions, issues);
        return MainDraft(file, functions, issues) is { } draft ? ModelAssembler.Assemble(draft, issues) : null;
    }

    static ModelDraft? MainDraft(FileSyntax file, FunctionInliner functions, IssueList issues)
    {
        Dictionary<string, ModelDraft> models = new(StringComparer.Ordinal);
        List<ModelDraft> drafts = [];
        foreach (ModelSyntax syntax in file.Models)
        {
            ModelDraft draft = Draft(syntax, models, functions, issues);
            drafts.Add(draft);
            if (!models.TryAdd(syntax.Name, draft))
            {
                issues.Error("ND0236", syntax.At, $"the model {syntax.Name} is defined twice (first at line {models[syntax.Name].Syntax.At.Line})", syntax.Name, "another name");
            }
        }

        ModelDraft outer = Draft(OuterWithout(file, models, functions), models, functions, issues);
        ModelDraft? main = drafts.LastOrDefault(d => d.Syntax.Starred) ?? (outer.Symbols.Count > 0 ? outer : drafts.LastOrDefault());
        if (main is null && !issues.HasErrors)
        {
            issues.Error("ND0237", file.Outer.At, "the file holds no model", expected: "a model block, or statements such as species S = 1");
        }

        return main;
    }

    static ModelDraft Draft(ModelSyntax syntax, Dictionary<string, ModelDraft> models, FunctionInliner functions, IssueList issues)
    {
        ModelDraft draft = ModelDrafter.Draft(syntax, models, issues);
        foreach (SymbolDraft symbol in draft.Symbols)
        {
            symbol.Replace(functions.Inline);
        }

        return draft;
    }

    // Behind the blocks, texts may be attached to a model or function by its name.
    static ModelSyntax OuterWithout(FileSyntax file, Dictionary<string, ModelDraft> models, FunctionInliner functions)
    {
        List<Statement> own = [];
        foreach (Statement statement in file.Outer.Statements)
        {
            string? subject = (statement as AnnotationStatement)?.Subject?.Name ?? (statement as NameStatement)?.Subject.Name;
            if (subject is not null && models.TryGetValue(subject, out ModelDraft? model))
            {
                model.Annotations.Add(statement is AnnotationStatement a ? a with { Subject = null } : new AnnotationStatement(statement.At, null, "name", [((NameStatement)statement).Text]));
            }
            else if (subject is null || !functions.Names.Contains(subject))
            {
                own.Add(statement);
            }
        }

        return file.Outer with { Statements = own };
    }

    // Errors go before warnings when not all can be shown; what is shown stands in the order of the text.
    static IssueList Ordered(IssueList issues, string fileName)
    {
        IssueList ordered = new();
        ordered.AddRange(issues
            .OrderByDescending(i => i.Severity).Take(Lexer.MaxIssues)
            .OrderBy(i => i.Location.Line).ThenBy(i => i.Location.Column));
        if (issues.Count >= Lexer.MaxIssues)
        {
            Severity severity = issues.HasErrors ? Severity.Error : Severity.Warning;
            ordered.Add(new Issue("ND0238", severity, new SourceLocation(fileName, 0, 0), $"only the first {Lexer.MaxIssues} problems are shown; there may be more"));
        }

        return ordered;
    }
}
