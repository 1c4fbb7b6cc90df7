using Nadir.Documents;
using Nadir.Faults;

namespace Nadir.Models;

/// <summary>A model with everything that is known about it: a folder of the library, a folder of a user, or a bare Antimony file.</summary>
public sealed partial record ModelPackage
{
    /// <summary>The folder's name such as <c>b-all</c>; for a bare file the file's name without extension.</summary>
    public required string Name { get; init; }

    /// <summary>The network with its typical values.</summary>
    public required Model Model { get; init; }

    /// <summary>What is known about the numbers; null for a bare file.</summary>
    public ParameterTable? Parameters { get; init; }

    /// <summary>The population file, read by <c>PopulationSet</c>; null when there is none.</summary>
    public SourceText? PopulationFile { get; init; }

    /// <summary>The calibration of the populations, read by <c>CalibratedValues</c>; null when there is none.</summary>
    public SourceText? CalibrationFile { get; init; }

    /// <summary>The card as Markdown; null when there is none.</summary>
    public string? Card { get; init; }

    /// <summary>SHA-256 over the texts of model, parameters, population and calibration, 64 lower-case hexadecimal digits.</summary>
    public required string Hash { get; init; }

    /// <summary>The names of the models that ship.</summary>
    public static IReadOnlyList<string> ShippedNames => ShippedLibrary.Names("library/models");

    /// <summary>Reads a model that ships.</summary>
    /// <param name="name">One of <see cref="ShippedNames"/>.</param>
    /// <exception cref="ArgumentException">No such model ships.</exception>
    public static Checked<ModelPackage> LoadShipped(string name) => Load(Library.Shipped, name);

    /// <summary>Reads a model of a library.</summary>
    /// <param name="library">The library.</param>
    /// <param name="name">A name in its <c>models</c> folder.</param>
    /// <exception cref="ArgumentException">The library has no such model.</exception>
    public static Checked<ModelPackage> Load(Library library, string name)
    {
        IReadOnlyList<string> names = library.Names("library/models");
        if (!names.Contains(name))
        {
            throw new ArgumentException($"no model ships as \"{name}\"; {NearestName.Hint(name, names)}", nameof(name));
        }

        IssueList issues = new();
        string folder = $"library/models/{name}/";
        SourceText? Text(string file) => library.Contains(folder + file) ? library.Read(folder + file) : null;
        return Read(name, new PackageTexts(Text("model.ant"), Text("parameters.yaml"), Text("population.yaml"), Text("calibration.yaml"), Text("card.md")), issues);
    }

    /// <summary>Reads a folder with <c>model.ant</c> (and <c>parameters.yaml</c>, <c>population.yaml</c>, <c>calibration.yaml</c>, <c>card.md</c>), or a bare Antimony file.</summary>
    /// <param name="path">The folder or file.</param>
    public static Checked<ModelPackage> Load(string path)
    {
        IssueList issues = new();
        string name = Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(path));
        if (!Directory.Exists(path))
        {
            return Read(name, new PackageTexts(Loaded(path, issues), null, null, null, null), issues);
        }

        SourceText? Text(string file) => File.Exists(Path.Combine(path, file)) ? Loaded(Path.Combine(path, file), issues) : null;
        return Read(name, new PackageTexts(Loaded(Path.Combine(path, "model.ant"), issues), Text("parameters.yaml"), Text("population.yaml"), Text("calibration.yaml"), Text("card.md")), issues);
    }

    static SourceText? Loaded(string path, IssueList issues)
    {
        Checked<SourceText> text = SourceText.Load(path);
        issues.AddRange(text.Issues);
        return text.Value;
    }
}
