namespace Nadir.Tests.Architecture;

/// <summary>The files of this repository, found from where the tests run.</summary>
static class Repository
{
    /// <summary>The folder that holds <c>Nadir.slnx</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Files below <paramref name="folder"/> that match <paramref name="pattern"/>, without what a build makes; paths from the root, with <c>/</c>.</summary>
    public static IReadOnlyList<RepositoryFile> Files(string folder, string pattern)
    {
        string full = Path.Combine(Root, folder);
        return Directory.Exists(full)
            ? [.. Directory.EnumerateFiles(full, pattern, SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
                .Where(f => !f.Split('/').Any(part => part is "bin" or "obj"))
                .Order(StringComparer.Ordinal)
                .Select(f => new RepositoryFile(f, File.ReadAllText(Path.Combine(Root, f))))]
            : [];
    }

    /// <summary>A folder or file of <c>shared/</c>, which may stand beside the repository; tests that need it are skipped where it does not.</summary>
    public static string Shared(string path) => Path.GetFullPath(Path.Combine(Root, "..", "shared", path));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Nadir.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"Nadir.slnx is in no folder above {AppContext.BaseDirectory}");
    }
}

/// <summary>A text file and its path from the root.</summary>
sealed record RepositoryFile(string Path, string Text);
