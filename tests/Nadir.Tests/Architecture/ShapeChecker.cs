using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nadir.Tests.Architecture;

/// <summary>The rules on size, names and inheritance that syntax alone decides; each gives a line a violation.</summary>
static class ShapeChecker
{
    const int LongestFile = 800;
    const int LongestMethod = 120;

    static readonly string[] _vagueEndings = ["Manager", "Helper", "Helpers", "Util", "Utils", "Base", "Common"];

    static readonly SyntaxKind[] _closing = [SyntaxKind.AbstractKeyword, SyntaxKind.SealedKeyword, SyntaxKind.StaticKeyword];

    /// <summary>Tables of coefficients are as long as the method they come from.</summary>
    public static IEnumerable<string> LongFiles(IEnumerable<RepositoryFile> files) =>
        from file in files
        where !file.Path.EndsWith(".Tableau.cs", StringComparison.Ordinal)
        let lines = file.Text.Count(c => c == '\n')
        where lines > LongestFile
        select $"{file.Path}: {lines} lines, at most {LongestFile}";

    /// <summary>A method marked [HotLoop] names the benchmark that forbids the split.</summary>
    public static IEnumerable<string> LongMethods(IEnumerable<RepositoryFile> files) =>
        from file in files
        from node in Nodes(file)
        where node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or AnonymousFunctionExpressionSyntax
        where node is not BaseMethodDeclarationSyntax method || !Marked(method, "HotLoop")
        let span = node.GetLocation().GetLineSpan()
        let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
        where lines > LongestMethod
        select $"{file.Path}:{span.StartLinePosition.Line + 1}: a method of {lines} lines, at most {LongestMethod}";

    public static IEnumerable<string> VagueNames(IEnumerable<RepositoryFile> files) =>
        from file in files
        from type in Nodes(file).OfType<BaseTypeDeclarationSyntax>()
        let ending = _vagueEndings.FirstOrDefault(e => type.Identifier.Text.EndsWith(e, StringComparison.Ordinal))
        where ending is not null
        select $"{Place(file, type)}: {type.Identifier.Text} ends in {ending}; say what it does";

    /// <summary>The parts of a partial class are taken together.</summary>
    public static IEnumerable<string> OpenClasses(IEnumerable<RepositoryFile> files) =>
        from file in files
        from type in Nodes(file).OfType<TypeDeclarationSyntax>()
        where type is ClassDeclarationSyntax || type.IsKind(SyntaxKind.RecordDeclaration)
        group (File: file, Type: type) by FullName(type) into parts
        where !parts.Any(p => p.Type.Modifiers.Any(m => _closing.Contains(m.Kind())))
        select $"{Place(parts.First().File, parts.First().Type)}: {parts.Key} is neither abstract nor sealed nor static";

    /// <summary><c>src/Nadir/Numerics/X.cs</c> holds namespace <c>Nadir.Numerics</c>, in one line.</summary>
    public static IEnumerable<string> MisplacedNamespaces(IEnumerable<RepositoryFile> files) =>
        from file in files
        let expected = string.Join('.', file.Path.Split('/')[1..^1])
        from space in Nodes(file).OfType<BaseNamespaceDeclarationSyntax>()
        where space.Name.ToString() != expected || space is not FileScopedNamespaceDeclarationSyntax
        select $"{Place(file, space)}: found namespace {space.Name}, expected {expected}, file-scoped";

    public static IEnumerable<string> TypesOutsideNamespaces(IEnumerable<RepositoryFile> files) =>
        from file in files
        from type in Nodes(file).OfType<BaseTypeDeclarationSyntax>()
        where type.Parent is CompilationUnitSyntax
        select $"{Place(file, type)}: {type.Identifier.Text} is in no namespace";

    static IEnumerable<SyntaxNode> Nodes(RepositoryFile file) =>
        CSharpSyntaxTree.ParseText(file.Text, new CSharpParseOptions(LanguageVersion.Preview), file.Path).GetRoot().DescendantNodes();

    static bool Marked(BaseMethodDeclarationSyntax method, string attribute) =>
        method.AttributeLists.SelectMany(l => l.Attributes).Any(a => a.Name.ToString() == attribute);

    static string Place(RepositoryFile file, SyntaxNode node) => $"{file.Path}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";

    static string FullName(TypeDeclarationSyntax type) =>
        string.Join('.', type.Ancestors().Reverse().Select(Name).OfType<string>().Append(type.Identifier.Text + type.TypeParameterList));

    static string? Name(SyntaxNode node) => node switch
    {
        BaseNamespaceDeclarationSyntax space => space.Name.ToString(),
        TypeDeclarationSyntax type => type.Identifier.Text + type.TypeParameterList,
        _ => null,
    };
}
