using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nadir.Tests.Architecture;

/// <summary>
/// Finds references that point down the list of layers. A folder may use the folders above it in the list; every symbol a file names or
/// implies (the type of an expression, an extension method, a constructor behind <c>new()</c>) counts.
/// </summary>
sealed class LayerChecker
{
    /// <summary>What the SDK adds under <c>ImplicitUsings</c>.</summary>
    const string ImplicitUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <summary>Partial members that a source generator completes in the real build.</summary>
    static readonly string[] _generated = ["CS8795", "CS9248"];

    /// <summary>What the tests run on, without the library itself; its sources take its place.</summary>
    static readonly MetadataReference[] _references =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) != "Nadir.dll")
            .Select(path => MetadataReference.CreateFromFile(path))];

    readonly string _root;
    readonly ImmutableArray<string> _layers;
    readonly CSharpCompilation _compilation;

    /// <param name="root">The library's folder, for example <c>src/Nadir</c>.</param>
    /// <param name="layers">Folders, the lowest layer first.</param>
    /// <param name="files">The library's sources.</param>
    public LayerChecker(string root, IEnumerable<string> layers, IEnumerable<RepositoryFile> files)
    {
        _root = root + "/";
        _layers = [.. layers];
        CSharpParseOptions options = new(LanguageVersion.Preview, DocumentationMode.Diagnose);
        _compilation = CSharpCompilation.Create(
            "Layers",
            files.Append(new RepositoryFile("ImplicitUsings.cs", ImplicitUsings)).Select(f => CSharpSyntaxTree.ParseText(f.Text, options, f.Path)),
            _references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>What keeps the sources from compiling here; while there is anything, <see cref="Violations"/> may miss references.</summary>
    public IReadOnlyList<string> CompilationErrors() =>
        [.. _compilation.GetDiagnostics()
            .Where(d => d.Severity == DiagnosticSeverity.Error && !_generated.Contains(d.Id))
            .Select(d => d.ToString())];

    /// <summary>One line a violation: file, line, from, to.</summary>
    public IReadOnlyList<string> Violations() =>
        [.. _compilation.SyntaxTrees
            .Where(t => t.FilePath.StartsWith(_root, StringComparison.Ordinal))
            .SelectMany(ViolationsOf)
            .Distinct()
            .Order(StringComparer.Ordinal)];

    IEnumerable<string> ViolationsOf(SyntaxTree tree)
    {
        string from = FolderOf(tree.FilePath);
        int rank = _layers.IndexOf(from);
        if (rank < 0)
        {
            return [$"{tree.FilePath}: folder {from} is not in Layers.txt"];
        }

        SemanticModel model = _compilation.GetSemanticModel(tree);
        return tree.GetRoot().DescendantNodes(descendIntoTrivia: true)
            .SelectMany(node => Named(model, node).Select(folder => (Node: node, To: folder)))
            .Where(r => r.To != from && _layers.IndexOf(r.To) > rank)
            .Select(r => $"{tree.FilePath}:{r.Node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: {from} uses {r.To}, which is below it");
    }

    /// <summary>The folders of everything a node refers to.</summary>
    IEnumerable<string> Named(SemanticModel model, SyntaxNode node)
    {
        if (node is not (ExpressionSyntax or CrefSyntax or ConstructorInitializerSyntax or AttributeSyntax))
        {
            return [];
        }

        SymbolInfo info = model.GetSymbolInfo(node);
        TypeInfo type = model.GetTypeInfo(node);
        return new[] { info.Symbol, type.Type, type.ConvertedType }
            .OfType<ISymbol>()
            .Concat(info.CandidateSymbols)
            .SelectMany(Homes)
            .Distinct();
    }

    /// <summary>The folders where a symbol's type, and the types it is made of, are declared.</summary>
    IEnumerable<string> Homes(ISymbol symbol) => symbol switch
    {
        INamespaceSymbol ns => HomeOf(ns),
        IArrayTypeSymbol array => Homes(array.ElementType),
        IPointerTypeSymbol pointer => Homes(pointer.PointedAtType),
        INamedTypeSymbol named => named.DeclaringSyntaxReferences.Select(r => r.SyntaxTree.FilePath).Where(InLibrary).Select(FolderOf)
            .Concat(named.TypeArguments.SelectMany(Homes)),
        IMethodSymbol method => Containing(method).Concat(method.TypeArguments.SelectMany(Homes)).Concat(Homes(method.ReturnType)),
        IFieldSymbol field => Containing(field).Concat(Homes(field.Type)),
        IPropertySymbol property => Containing(property).Concat(Homes(property.Type)),
        _ => [],
    };

    IEnumerable<string> Containing(ISymbol member) => member.ContainingType is { } type ? Homes(type.OriginalDefinition) : [];

    /// <summary>A namespace is a reference where all its files lie in one layer: <c>using Nadir.Trials</c>, but not <c>Nadir</c>.</summary>
    IEnumerable<string> HomeOf(INamespaceSymbol ns)
    {
        string[] parts = ns.ToDisplayString().Split('.');
        return parts.Length > 1 && parts[0] == "Nadir" && _layers.Contains(parts[1]) ? [parts[1]] : [];
    }

    bool InLibrary(string path) => path.StartsWith(_root, StringComparison.Ordinal);

    string FolderOf(string path)
    {
        string inside = path[_root.Length..];
        return inside.Contains('/', StringComparison.Ordinal) ? inside[..inside.IndexOf('/', StringComparison.Ordinal)] : "(root)";
    }
}
