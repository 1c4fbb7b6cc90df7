using System.Security.Cryptography;
using System.Text;
using Nadir.Faults;

namespace Nadir.Documents;

/// <summary>The library a run uses: what ships, and beside it the files of a user's own folder, which lies like <c>library/</c>.</summary>
/// <remarks>A user's file adds a name; it never replaces one that ships, so a name means the same in every study.</remarks>
public sealed class Library
{
    const string Root = "library/";

    static readonly string[] _folders = ["assays", "lymphodepletion", "mechanisms", "models", "products", "strategies", "trials"];

    static readonly string[] _files = ["citations.yaml"];

    readonly SortedDictionary<string, SourceText> _own;

    Library(SortedDictionary<string, SourceText> own) => _own = own;

    /// <summary>What ships, and nothing else.</summary>
    public static Library Shipped { get; } = new(new SortedDictionary<string, SourceText>(StringComparer.Ordinal));

    /// <summary>SHA-256 over the user's own files; null where there are none.</summary>
    public string? OwnHash => _own.Count == 0 ? null
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(_own.Select(f => $"{f.Key}\n{f.Value.Sha256}\n")))));

    /// <summary>
    /// What ships, with a user's folder. Issues: the folder is missing (ND0050), holds something the library has no place for (ND0051), or names
    /// something that ships (ND0052), beside those of reading a file (ND0001 to ND0006).
    /// </summary>
    /// <param name="folder">A folder with any of <c>mechanisms</c>, <c>products</c>, <c>strategies</c>, <c>assays</c>, <c>lymphodepletion</c>, <c>models</c>, <c>trials</c> and <c>citations.yaml</c>.</param>
    public static Checked<Library> With(string folder)
    {
        IssueList issues = new();
        SortedDictionary<string, SourceText> own = new(StringComparer.Ordinal);
        if (!Directory.Exists(folder))
        {
            issues.Error("ND0050", new SourceLocation(folder, 0, 0), "there is no such library folder", expected: $"a folder with any of {string.Join(", ", _folders)}, citations.yaml");
            return new Checked<Library>(null, issues);
        }

        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            Add(file, Path.GetRelativePath(folder, file).Replace('\\', '/'), own, issues);
        }

        return Checked<Library>.From(new Library(own), issues);
    }

    /// <summary>The names directly in a folder, as <see cref="ShippedLibrary.Names"/>, with the user's own.</summary>
    /// <param name="folder">A path such as <c>library/models</c>.</param>
    public IReadOnlyList<string> Names(string folder)
    {
        string prefix = folder.TrimEnd('/') + "/";
        IEnumerable<string> own = _own.Keys.Where(p => p.StartsWith(prefix, StringComparison.Ordinal)).Select(p => Name(p[prefix.Length..]));
        return [.. ShippedLibrary.Names(folder).Concat(own).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>True when there is a file under this path.</summary>
    public bool Contains(string path) => _own.ContainsKey(path) || ShippedLibrary.Contains(path);

    /// <summary>The text of a file.</summary>
    /// <param name="path">A path such as <c>library/products/cd19-41bb.yaml</c>.</param>
    /// <exception cref="ArgumentException">There is no such file.</exception>
    public SourceText Read(string path) => _own.TryGetValue(path, out SourceText? text) ? text : ShippedLibrary.Read(path);

    /// <summary>The user's own file under this path; null where there is none.</summary>
    public SourceText? Own(string path) => _own.GetValueOrDefault(path);

    static void Add(string file, string relative, SortedDictionary<string, SourceText> own, IssueList issues)
    {
        SourceLocation at = new(file, 0, 0);
        string top = relative.Split('/')[0];
        if (!(relative.Contains('/', StringComparison.Ordinal) ? _folders : _files).Contains(top))
        {
            issues.Error("ND0051", at, "the library has no place for this file", relative, string.Join(", ", _folders.Concat(_files)), NearestName.Hint(top, [.. _folders, .. _files]));
            return;
        }

        string path = Root + relative;
        bool ships = top == "models" ? ShippedLibrary.Names("library/models").Contains(relative.Split('/')[1]) : top != "citations.yaml" && ShippedLibrary.Contains(path);
        if (ships)
        {
            issues.Error("ND0052", at, "this name ships with Nadir already, and a name means the same in every study", relative, "a name of its own");
            return;
        }

        Checked<SourceText> text = SourceText.Load(file);
        issues.AddRange(text.Issues);
        if (text.Value is not null)
        {
            own.Add(path, text.Value);
        }
    }

    static string Name(string relative)
    {
        int slash = relative.IndexOf('/', StringComparison.Ordinal);
        return slash >= 0 ? relative[..slash] : Path.GetFileNameWithoutExtension(relative);
    }
}
