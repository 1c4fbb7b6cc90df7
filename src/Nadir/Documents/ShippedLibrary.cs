using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using Nadir.Faults;

namespace Nadir.Documents;

/// <summary>The files that ship inside the library: models, products, strategies, trials, citations and example studies.</summary>
/// <example>
/// <code>
/// foreach (string name in ShippedLibrary.Names("library/products"))
/// {
///     SourceText product = ShippedLibrary.Read($"library/products/{name}.yaml");
/// }
/// </code>
/// </example>
public static class ShippedLibrary
{
    static readonly Assembly _assembly = typeof(ShippedLibrary).Assembly;

    // A build on Windows puts back slashes into the names.
    static readonly FrozenDictionary<string, string> _resources = _assembly.GetManifestResourceNames()
        .ToFrozenDictionary(r => r.Replace('\\', '/'), StringComparer.Ordinal);

    /// <summary>Every shipped file's path, such as <c>library/models/b-all/model.ant</c>, in ordinal order.</summary>
    public static IReadOnlyList<string> Paths { get; } = [.. _resources.Keys.Order(StringComparer.Ordinal)];

    /// <summary>
    /// The names directly in a folder, in ordinal order: subfolders (<c>library/models</c> → <c>b-all</c>) and
    /// files without their extension (<c>library/products</c> → <c>cd19-41bb</c>). Empty when there is no such folder.
    /// </summary>
    /// <param name="folder">A path such as <c>library/models</c>.</param>
    public static IReadOnlyList<string> Names(string folder)
    {
        string prefix = folder.TrimEnd('/') + "/";
        return [.. Paths
            .Where(p => p.StartsWith(prefix, StringComparison.Ordinal))
            .Select(p => Name(p[prefix.Length..]))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>True when a file ships under this path.</summary>
    public static bool Contains(string path) => _resources.ContainsKey(path);

    /// <summary>The text of a shipped file.</summary>
    /// <param name="path">A path such as <c>library/models/b-all/model.ant</c>.</param>
    /// <exception cref="ArgumentException">No such file ships.</exception>
    public static SourceText Read(string path)
    {
        using Stream stream = Open(path);
        using StreamReader reader = new(stream, Encoding.UTF8);
        return new SourceText(path, reader.ReadToEnd());
    }

    /// <summary>The bytes of a shipped file.</summary>
    /// <param name="path">A path such as <c>library/models/b-all/card.md</c>.</param>
    /// <exception cref="ArgumentException">No such file ships.</exception>
    public static Stream Open(string path) =>
        _resources.TryGetValue(path, out string? resource)
            ? _assembly.GetManifestResourceStream(resource)!
            : throw new ArgumentException($"no file ships as \"{path}\"; {NearestName.Hint(path, Paths)}", nameof(path));

    static string Name(string relative)
    {
        int slash = relative.IndexOf('/', StringComparison.Ordinal);
        return slash >= 0 ? relative[..slash] : Path.GetFileNameWithoutExtension(relative);
    }
}
