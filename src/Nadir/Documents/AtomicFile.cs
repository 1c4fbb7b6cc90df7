using System.Text;

namespace Nadir.Documents;

/// <summary>Writes files that appear whole or not at all: beside the target first, then renamed over it.</summary>
public static class AtomicFile
{
    internal static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes text in UTF-8, replacing what was there.</summary>
    /// <param name="path">The file; its folder is created when missing.</param>
    /// <param name="text">The whole content.</param>
    /// <exception cref="IOException">The file cannot be written; the old one, if any, is untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(Utf8.GetBytes(text)));

    /// <summary>Writes what <paramref name="write"/> produces, replacing what was there; when it throws, nothing changes.</summary>
    /// <param name="path">The file; its folder is created when missing.</param>
    /// <param name="write">Writes the whole content.</param>
    /// <exception cref="IOException">The file cannot be written; the old one, if any, is untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        if (IsDevice(path))
        {
            using FileStream device = File.OpenWrite(path);
            write(device);
            return;
        }

        string target = Target(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        string beside = Sibling(target);
        try
        {
            using (FileStream stream = new(beside, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
            }

            File.Move(beside, target, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>A hidden name in the same folder that no file has, so that a rename stays on one disk.</summary>
    internal static string Sibling(string target) =>
        Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.nadir-{Path.GetRandomFileName()}");

    /// <summary>A rename would replace the device (<c>/dev/null</c>, <c>/dev/stdout</c>) by a file.</summary>
    static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows() && Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal) && File.Exists(path);

    /// <summary>A link stays a link: the file it points to is replaced.</summary>
    static string Target(string path)
    {
        string full = Path.GetFullPath(path);
        return File.Exists(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full : full;
    }
}
