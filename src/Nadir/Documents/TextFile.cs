using Nadir.Faults;

namespace Nadir.Documents;

/// <summary>Reads the bytes of a file a user named, and says plainly why it cannot.</summary>
static class TextFile
{
    /// <summary>The file's bytes; null when an issue was added.</summary>
    public static byte[]? Read(string path, long maxBytes, IssueList issues)
    {
        SourceLocation at = new(path, 0, 0);
        if (Directory.Exists(path))
        {
            issues.Error("ND0002", at, "this is a folder, not a file", hint: FilesIn(path));
            return null;
        }

        if (!File.Exists(path))
        {
            issues.Error("ND0001", at, "there is no such file", hint: NearestFile(path));
            return null;
        }

        try
        {
            return Check(ReadAtMost(path, maxBytes + 1), maxBytes, at, issues);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            issues.Error("ND0006", at, "the file cannot be read", hint: e.Message);
            return null;
        }
    }

    static byte[]? Check(byte[] bytes, long maxBytes, SourceLocation at, IssueList issues)
    {
        if (bytes.LongLength > maxBytes)
        {
            issues.Error("ND0004", at, "the file is too large", expected: FormattableString.Invariant($"at most {maxBytes} bytes"));
            return null;
        }

        if (!bytes.AsSpan().ContainsAnyExcept(" \t\r\n\uFEFF"u8))
        {
            issues.Error("ND0003", at, "the file is empty");
            return null;
        }

        return bytes;
    }

    /// <summary>Counts what is read rather than trusting the file's length: devices and pipes have none.</summary>
    static byte[] ReadAtMost(string path, long limit)
    {
        using FileStream file = File.OpenRead(path);
        using MemoryStream read = new();
        byte[] buffer = new byte[1 << 16];
        while (read.Length < limit)
        {
            int count = file.Read(buffer, 0, (int)Math.Min(buffer.Length, limit - read.Length));
            if (count == 0)
            {
                break;
            }

            read.Write(buffer, 0, count);
        }

        return read.ToArray();
    }

    static string? NearestFile(string path)
    {
        string folder = Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".";
        if (!Directory.Exists(folder))
        {
            return $"the folder \"{folder}\" does not exist either";
        }

        return NearestName.Of(Path.GetFileName(path), NamesIn(folder)) is { } nearest ? $"did you mean \"{nearest}\"?" : null;
    }

    static string? FilesIn(string folder)
    {
        string[] names = [.. NamesIn(folder).Where(n => n.EndsWith(".yaml", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Take(5)];
        return names.Length == 0 ? null : $"it holds {string.Join(", ", names)}";
    }

    static IEnumerable<string> NamesIn(string folder)
    {
        EnumerationOptions readable = new() { IgnoreInaccessible = true };
        return Directory.EnumerateFiles(folder, "*", readable).Select(f => Path.GetFileName(f)!).Take(10_000);
    }
}
