using System.Security.Cryptography;
using System.Text;
using Nadir.Faults;

namespace Nadir.Documents;

/// <summary>A text document and the name under which issues refer to it.</summary>
/// <param name="Name">The file's name as the user gave it, or a library path such as <c>library/models/b-all/model.ant</c>.</param>
/// <param name="Text">The whole text, without a byte order mark.</param>
public sealed record SourceText(string Name, string Text)
{
    /// <summary>The largest document that is read unless the caller says otherwise: 4 MB.</summary>
    public const long DefaultMaxBytes = 4L << 20;

    static readonly UTF8Encoding _strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>SHA-256 of the text in UTF-8, 64 lower-case hexadecimal digits.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <summary>A place in this document.</summary>
    public SourceLocation At(int line, int column) => new(Name, line, column);

    /// <summary>
    /// Reads a text file. A file that is missing (ND0001), a folder (ND0002), empty (ND0003), too large (ND0004),
    /// not UTF-8 text (ND0005) or unreadable (ND0006) is an issue, never an exception.
    /// </summary>
    /// <param name="path">The file, as the user gave it.</param>
    /// <param name="maxBytes">The largest size that is read, in bytes.</param>
    public static Checked<SourceText> Load(string path, long maxBytes = DefaultMaxBytes)
    {
        IssueList issues = new();
        byte[]? bytes = TextFile.Read(path, maxBytes, issues);
        string? text = bytes is null ? null : Decode(path, bytes, issues);
        return Checked<SourceText>.From(text is null ? null : new SourceText(path, text), issues);
    }

    static string? Decode(string path, byte[] bytes, IssueList issues)
    {
        try
        {
            string text = _strictUtf8.GetString(bytes).TrimStart('\uFEFF');
            if (!text.Contains('\0', StringComparison.Ordinal))
            {
                return text;
            }
        }
        catch (DecoderFallbackException)
        {
            // Reported below, as a file with NUL characters is: neither is text.
        }

        issues.Error("ND0005", new SourceLocation(path, 0, 0), "the file is not text", "binary data or another encoding", "text in UTF-8", "save it as UTF-8 text");
        return null;
    }
}
