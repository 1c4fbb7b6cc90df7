using Nadir.Faults;
using Nadir.Models;

namespace Nadir.Cli;

/// <summary>Finds the model a user means: one of the library by name, or a file or folder by path.</summary>
static class ModelSource
{
    /// <summary>A library name wins over a file of the same name; write <c>./name</c> for the file.</summary>
    public static Checked<ModelPackage> Find(string model)
    {
        if (ModelPackage.ShippedNames.Contains(model))
        {
            return ModelPackage.LoadShipped(model);
        }

        return LooksLikePath(model) || Path.Exists(model) ? ModelPackage.Load(model) : Unknown(model);
    }

    /// <summary>One of the library's models only.</summary>
    public static Checked<ModelPackage> FindShipped(string name) =>
        ModelPackage.ShippedNames.Contains(name) ? ModelPackage.LoadShipped(name) : Unknown(name);

    static bool LooksLikePath(string model) =>
        model.Contains('/', StringComparison.Ordinal) || model.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) || Path.HasExtension(model);

    static Checked<ModelPackage> Unknown(string model)
    {
        IssueList issues = [];
        issues.Error("ND0613", new SourceLocation(model, 0, 0), "there is no such model", Excerpt(model), "a file, or the name of a library model", NearestName.Hint(model, ModelPackage.ShippedNames));
        return Checked<ModelPackage>.From(null, issues);
    }

    static string Excerpt(string text) => $"\"{Printable.Line(text)}\"";
}
