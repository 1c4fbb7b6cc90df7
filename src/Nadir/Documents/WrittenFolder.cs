using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nadir.Faults;

namespace Nadir.Documents;

/// <summary>A result folder that was written before: its files are checked against its <c>run.json</c>, and others may join them.</summary>
public sealed class WrittenFolder
{
    static readonly JsonSerializerOptions _indented = new() { WriteIndented = true, NewLine = "\n" };

    readonly JsonObject _record;
    readonly JsonObject _files;

    WrittenFolder(string location, JsonObject record, JsonObject files) => (Location, _record, _files) = (location, record, files);

    /// <summary>The folder, as the user gave it.</summary>
    public string Location { get; }

    /// <summary>Names of the files that run.json lists.</summary>
    public IEnumerable<string> Files => _files.Select(f => f.Key);

    /// <summary>Opens a folder. Issues: there is none (ND0701), or nadir did not write it (ND0702).</summary>
    /// <param name="path">The folder, as the user gave it.</param>
    /// <param name="issues">Receives what is wrong.</param>
    internal static WrittenFolder? Open(string path, IssueList issues)
    {
        SourceLocation at = new(path, 0, 0);
        string run = Path.Combine(path, ResultFolder.RunFile);
        if (!Directory.Exists(path))
        {
            issues.Error("ND0701", at, "there is no such folder", expected: "a folder that nadir trial wrote");
            return null;
        }

        if (!File.Exists(run))
        {
            issues.Error("ND0702", at, "this is no result folder", $"no {ResultFolder.RunFile}", "a folder that nadir trial wrote");
            return null;
        }

        try
        {
            if (JsonNode.Parse(SourceText.Load(run).OrThrow().Text) is JsonObject record && record["files"] is JsonObject files)
            {
                return new WrittenFolder(path, record, files);
            }
        }
        catch (JsonException)
        {
            // Told below, as a document without a list of files is.
        }

        issues.Error("ND0702", at, "this is no result folder", $"{ResultFolder.RunFile} lists no files", "a folder that nadir trial wrote");
        return null;
    }

    /// <summary>Where a file lies.</summary>
    public string PathOf(string fileName) => Path.Combine(Location, fileName);

    /// <summary>Whether a file is there as it was written. Issues: it is missing or was changed (ND0703).</summary>
    internal bool Check(string fileName, IssueList issues)
    {
        string file = PathOf(fileName);
        string? found = File.Exists(file) ? Hash(file) : null;
        if (found is not null && _files[fileName]?.ToString() == found)
        {
            return true;
        }

        issues.Error("ND0703", new SourceLocation(Location, 0, 0), found is null ? $"{fileName} is missing" : $"{fileName} was changed after it was written", fileName, "the files as they were written", "run the trial again");
        return false;
    }

    /// <summary>Adds or replaces a file and lists it in run.json, so that the folder can still be replaced by a later run.</summary>
    /// <param name="fileName">Its name, without folders.</param>
    /// <param name="write">Writes it at the path given, a name beside its place.</param>
    /// <exception cref="IOException">It cannot be written; then nothing changed.</exception>
    public void Put(string fileName, Action<string> write)
    {
        string beside = AtomicFile.Sibling(Path.GetFullPath(PathOf(fileName)));
        try
        {
            write(beside);
            _files[fileName] = Hash(beside);
            File.Move(beside, PathOf(fileName), overwrite: true);
            AtomicFile.WriteText(PathOf(ResultFolder.RunFile), _record.ToJsonString(_indented) + "\n");
        }
        finally
        {
            File.Delete(beside);
        }
    }

    static string Hash(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
