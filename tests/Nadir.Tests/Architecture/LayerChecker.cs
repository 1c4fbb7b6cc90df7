using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nadir.Tests.Architecture;

/// <summary>
/// Finds references that point down the list of layers: a folder may use the folders above it. Only names of types and namespaces that lie
/// below are looked up. That is enough, because whatever is not spelled out (what <c>var</c> stands for, what a method returns) was spelled
/// out where it was declared, and is found there.
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

    /// <summary>What the tests run on, without the library itself; its sources take its place.</summary>
    static readonly MetadataReference[] _references =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) != "Nadir.dll")
            .Select(path => MetadataReference.CreateFromFile(path))];

    static readonly CSharpParseOptions _options = new(LanguageVersion.Preview, DocumentationMode.Diagnose);

    const string Unresolved = "something unknown";

    readonly string _root;
    readonly ImmutableArray<string> _layers;
    readonly CSharpCompilation _compilation;
    readonly ILookup<string, string> _declared;

    /// <param name="root">The library's folder, for example <c>src/Nadir</c>.</param>
    /// <param name="layers">Folders, the lowest layer first.</param>
    /// <param name="files">The library's sources.</param>
    public LayerChecker(string root, IEnumerable<string> layers, IEnumerable<RepositoryFile> files)
    {
        _root = root + "/";
        _layers = [.. layers];
        _declared = files.Where(f => InLibrary(f.Path)).SelectMany(Declared).ToLookup(d => d.Name, d => d.Folder, StringComparer.Ordinal);
        _compilation = CSharpCompilation.Create(
            "Layers",
            files.Append(new RepositoryFile("ImplicitUsings.cs", ImplicitUsings)).Select(f => CSharpSyntaxTree.ParseText(f.Text, _options, f.Path)),
            _references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
    }

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
            .OfType<SimpleNameSyntax>()
            .Where(name => name.Parent is not (NameColonSyntax or NameEqualsSyntax) && MayLieBelow(name.Identifier.Text, rank))
            .SelectMany(name => Homes(model.GetSymbolInfo(name)).Select(to => (Node: name, To: to)))
            .Where(r => r.To == Unresolved || _layers.IndexOf(r.To) > rank)
            .Select(r => $"{tree.FilePath}:{r.Node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: {from} uses {r.To}, which is below it");
    }

    bool MayLieBelow(string name, int rank) =>
        _layers.IndexOf(name) > rank || _declared[name].Concat(_declared[name + "Attribute"]).Any(folder => _layers.IndexOf(folder) > rank);

    /// <summary>The folders where the types and namespaces behind a name lie. A name that means nothing here would hide a violation.</summary>
    IEnumerable<string> Homes(SymbolInfo info)
    {
        ISymbol[] symbols = [.. info.CandidateSymbols.Append(info.Symbol).OfType<ISymbol>()];
        return symbols.Length == 0 ? [Unresolved] : symbols.SelectMany(Homes).Distinct();
    }

    IEnumerable<string> Homes(ISymbol symbol) => symbol switch
    {
        INamespaceSymbol { ContainingNamespace: { Name: "Nadir", ContainingNamespace.IsGlobalNamespace: true } } ns => [ns.Name],
        INamedTypeSymbol type => type.DeclaringSyntaxReferences.Select(r => r.SyntaxTree.FilePath).Where(InLibrary).Select(FolderOf),
        IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => Homes(constructor.ContainingType),
        _ => [],
    };

    IEnumerable<(string Name, string Folder)> Declared(RepositoryFile file) =>
        CSharpSyntaxTree.ParseText(file.Text, _options).GetRoot().DescendantNodes()
            .Select(node => node switch
            {
                BaseTypeDeclarationSyntax type => type.Identifier.Text,
                DelegateDeclarationSyntax type => type.Identifier.Text,
                _ => null,
            })
            .OfType<string>()
            .Select(name => (name, FolderOf(file.Path)));

    bool InLibrary(string path) => path.StartsWith(_root, StringComparison.Ordinal);

    string FolderOf(string path)
    {
        string inside = path[_root.Length..];
        return inside.Contains('/', StringComparison.Ordinal) ? inside[..inside.IndexOf('/', StringComparison.Ordinal)] : "(root)";
    }
}
