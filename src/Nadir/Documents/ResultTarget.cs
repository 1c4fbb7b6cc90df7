using System.Text.Json;
using System.Text.Json.Nodes;
using Nadir.Faults;

namespace Nadir.Documents;

/// <summary>What may be replaced by a new result folder.</summary>
public enum ReplacePolicy
{
    /// <summary>Only an empty folder or one that Nadir wrote for the same study and to which nothing was added.</summary>
    SameStudy,

    /// <summary>Whatever the folder holds (<c>--force</c>); never the current folder, a parent of it, the home folder or a root.</summary>
    Anything,
}

/// <summary>A folder that results may go to: it is free, empty, or holds results of the same study.</summary>
public sealed class ResultTarget
{
    readonly SourceLocation _at;
    readonly ReplacePolicy _policy;

    ResultTarget(string path, string study, ReplacePolicy policy)
    {
        _at = new SourceLocation(path, 0, 0);
        _policy = policy;
        Study = study;
        string full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        Path = Directory.Exists(full) ? Directory.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full : full;
    }

    /// <summary>The folder's full path, links followed.</summary>
    public string Path { get; }

    /// <summary>The name of the study whose results go there.</summary>
    public string Study { get; }

    /// <summary>
    /// Checks that results may go to a folder, before the work that makes them. Issues: the folder holds something else (ND0030), a file
    /// has its name (ND0031), it is protected (ND0032), it cannot be written (ND0033).
    /// </summary>
    /// <param name="path">The folder, as the user gave it; missing parents are created when results are written.</param>
    /// <param name="study">The study's name; a folder of the same study is replaced.</param>
    /// <param name="policy">What may be replaced; the same study's results unless told otherwise.</param>
    public static Checked<ResultTarget> Check(string path, string study, ReplacePolicy policy = ReplacePolicy.SameStudy)
    {
        IssueList issues = new();
        try
        {
            ResultTarget target = new(path, study, policy);
            issues.AddRange(target.Objections());
            if (!issues.HasErrors)
            {
                target.Open().Dispose();
            }

            return Checked<ResultTarget>.From(target, issues);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            issues.Error("ND0033", new SourceLocation(path, 0, 0), "results cannot be written there", hint: e.Message);
            return new Checked<ResultTarget>(null, issues);
        }
    }

    /// <summary>Starts writing beside the folder.</summary>
    /// <exception cref="IOException">A folder beside it cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The parent folder may not be written.</exception>
    public ResultFolder Open() => new(this);

    /// <summary>Why the folder may not be replaced; empty when it may.</summary>
    internal IssueList Objections()
    {
        IssueList issues = new();
        if (IsProtected())
        {
            issues.Error("ND0032", _at, "results replace a folder whole, and this one must stay", Path, "a folder for this result alone", $"for example {System.IO.Path.Combine(_at.File, "results")}");
        }
        else if (File.Exists(Path))
        {
            issues.Error("ND0031", _at, "a file has this name", expected: "a folder, or a name that is free", hint: "choose another folder");
        }
        else if (_policy == ReplacePolicy.SameStudy && Directory.Exists(Path) && Stranger() is { } found)
        {
            issues.Error("ND0030", _at, "the folder holds something else than results of this study", found, $"an empty folder, or results of {Excerpt.Of(Study)}", "choose another folder, or replace everything in it with --force");
        }

        return issues;
    }

    bool IsProtected()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return System.IO.Path.GetDirectoryName(Path) is null || HoldsOrIs(Directory.GetCurrentDirectory()) || (home.Length > 0 && HoldsOrIs(home));
    }

    bool HoldsOrIs(string folder) =>
        (System.IO.Path.TrimEndingDirectorySeparator(folder) + System.IO.Path.DirectorySeparatorChar)
        .StartsWith(Path + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>What the folder holds that this study did not write; null when there is nothing.</summary>
    string? Stranger()
    {
        string[] entries = [.. Directory.EnumerateFileSystemEntries(Path).Select(e => System.IO.Path.GetFileName(e)).Order(StringComparer.Ordinal)];
        if (entries.Length == 0)
        {
            return null;
        }

        JsonObject? record = RunRecord();
        if (Text(record?["nadir"]) is null || Text(record?["study"]) is not { } study || record?["files"] is not JsonObject files)
        {
            return string.Join(", ", entries.Take(3).Select(Excerpt.Of));
        }

        if (study != Study)
        {
            return $"results of {Excerpt.Of(study)}";
        }

        string? added = entries.FirstOrDefault(e => e != ResultFolder.RunFile && !files.ContainsKey(e));
        return added is null ? null : Excerpt.Of(added);
    }

    static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    JsonObject? RunRecord()
    {
        try
        {
            return SourceText.Load(System.IO.Path.Combine(Path, ResultFolder.RunFile)).Value is { } text ? JsonNode.Parse(text.Text) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
