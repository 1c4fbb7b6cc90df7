using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nadir.Faults;

namespace Nadir.Documents;

/// <summary>
/// Writes the files of a result beside their folder and swaps them in at the end, so that the folder appears whole or not at all.
/// Disposing without <see cref="Commit"/> leaves no trace.
/// </summary>
/// <example>
/// <code>
/// using ResultFolder results = ResultTarget.Check("nadir-out/01-b-all-1", "01-b-all").OrThrow().Open();
/// results.WriteText("summary.json", summary);
/// results.Commit("0.1.0", new JsonObject { ["seed"] = 1 });
/// </code>
/// </example>
public sealed class ResultFolder : IDisposable
{
    /// <summary>The file that says which program and which study wrote a folder: <c>run.json</c>.</summary>
    public const string RunFile = "run.json";

    static readonly JsonSerializerOptions _indented = new() { WriteIndented = true, NewLine = "\n" };

    readonly ResultTarget _target;
    readonly string _staging;
    readonly string? _createdParent;
    readonly SortedSet<string> _files = new(StringComparer.Ordinal);
    bool _committed;

    internal ResultFolder(ResultTarget target)
    {
        _target = target;
        _createdParent = FirstMissing(System.IO.Path.GetDirectoryName(target.Path));
        _staging = AtomicFile.Sibling(target.Path);
        Directory.CreateDirectory(_staging);
    }

    /// <summary>The folder's full path once <see cref="Commit"/> has run.</summary>
    public string Path => _target.Path;

    /// <summary>Starts a file; close it before <see cref="Commit"/>.</summary>
    /// <param name="fileName">A name without folders that was not used yet.</param>
    /// <exception cref="ArgumentException">The name has folders, is <c>run.json</c>, or was used before.</exception>
    /// <exception cref="IOException">The file cannot be written, for example because the disk is full.</exception>
    public Stream Create(string fileName)
    {
        if (System.IO.Path.GetFileName(fileName) != fileName || fileName is "" or RunFile || !_files.Add(fileName))
        {
            throw new ArgumentException($"\"{fileName}\" is not a new file name; expected a name without folders, other than {RunFile}, used once", nameof(fileName));
        }

        return new FileStream(System.IO.Path.Combine(_staging, fileName), FileMode.CreateNew, FileAccess.Write);
    }

    /// <summary>Writes a whole file in UTF-8.</summary>
    /// <exception cref="ArgumentException">As <see cref="Create"/>.</exception>
    /// <exception cref="IOException">As <see cref="Create"/>.</exception>
    public void WriteText(string fileName, string text)
    {
        using Stream stream = Create(fileName);
        stream.Write(AtomicFile.Utf8.GetBytes(text));
    }

    /// <summary>
    /// Writes <c>run.json</c> (<c>nadir</c>: version, <c>study</c>, the provenance, <c>files</c>: SHA-256 by name)
    /// and puts the folder in its place, replacing the old one whole.
    /// </summary>
    /// <param name="version">The version of Nadir.</param>
    /// <param name="provenance">What else made the result: seed, hashes, options.</param>
    /// <exception cref="InvalidInputException">Something else came to the folder since it was checked.</exception>
    /// <exception cref="IOException">The folder cannot be replaced; the old one is back in its place.</exception>
    /// <exception cref="InvalidOperationException">It was committed before.</exception>
    public void Commit(string version, JsonObject provenance)
    {
        if (_committed)
        {
            throw new InvalidOperationException("the results were committed before; open the target again to replace them");
        }

        File.WriteAllText(System.IO.Path.Combine(_staging, RunFile), RunRecord(version, provenance) + "\n", AtomicFile.Utf8);
        if (_target.Objections() is { Count: > 0 } objections)
        {
            throw new InvalidInputException(objections);
        }

        Swap();
        _committed = true;
    }

    /// <summary>Removes everything that was written, unless it was committed.</summary>
    public void Dispose()
    {
        if (_committed || !Directory.Exists(_staging))
        {
            return;
        }

        Directory.Delete(_staging, recursive: true);
        RemoveEmptyParents();
    }

    static string? FirstMissing(string? folder)
    {
        string? missing = null;
        for (; folder is not null && !Directory.Exists(folder); folder = System.IO.Path.GetDirectoryName(folder))
        {
            missing = folder;
        }

        return missing;
    }

    string RunRecord(string version, JsonObject provenance)
    {
        JsonObject record = new() { ["nadir"] = version, ["study"] = _target.Study };
        foreach ((string key, JsonNode? value) in provenance)
        {
            record.Add(key, value?.DeepClone());
        }

        record["files"] = new JsonObject(_files.Select(f => KeyValuePair.Create(f, (JsonNode?)Hash(f))));
        return record.ToJsonString(_indented);
    }

    string Hash(string fileName)
    {
        using FileStream stream = File.OpenRead(System.IO.Path.Combine(_staging, fileName));
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    void Swap()
    {
        if (!Directory.Exists(Path))
        {
            Directory.Move(_staging, Path);
            return;
        }

        // A folder cannot be renamed over another one, so the old one steps aside for an instant.
        string old = AtomicFile.Sibling(Path);
        Directory.Move(Path, old);
        try
        {
            Directory.Move(_staging, Path);
        }
        catch (IOException)
        {
            Directory.Move(old, Path);
            throw;
        }

        Directory.Delete(old, recursive: true);
    }

    void RemoveEmptyParents()
    {
        string? folder = System.IO.Path.GetDirectoryName(Path);
        while (_createdParent is not null && folder is not null && folder.Length >= _createdParent.Length
            && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
            folder = System.IO.Path.GetDirectoryName(folder);
        }
    }
}
