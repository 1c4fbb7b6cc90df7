namespace Nadir.Reports;

/// <summary>Names of files that a figure is saved under.</summary>
static class FileName
{
    /// <summary>The title in small letters and hyphens: <c>overall-survival</c>.</summary>
    public static string Of(string title)
    {
        string name = string.Concat(title.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-'));
        return string.Join('-', name.Split('-', StringSplitOptions.RemoveEmptyEntries));
    }
}
