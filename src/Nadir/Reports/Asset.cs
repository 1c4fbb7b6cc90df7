using System.Reflection;

namespace Nadir.Reports;

/// <summary>Text files that are part of a report.</summary>
static class Asset
{
    /// <summary>The text of a file of Reports/Assets.</summary>
    public static string Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("assets/" + name)
            ?? throw new InvalidOperationException($"The library was built without assets/{name}.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
