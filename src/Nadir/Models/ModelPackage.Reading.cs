using Nadir.Documents;
using Nadir.Faults;

namespace Nadir.Models;

public sealed partial record ModelPackage
{
    /// <summary>The texts of a package; null where a file is absent or could not be read.</summary>
    internal sealed record PackageTexts(SourceText? Model, SourceText? Parameters, SourceText? Population, SourceText? Calibration, SourceText? Card)
    {
        public string Hash => new SourceText("", string.Join('\0', Model?.Text, Parameters?.Text, Population?.Text, Calibration?.Text)).Sha256;
    }

    /// <summary>Reads the texts; <paramref name="issues"/> holds what loading them found.</summary>
    internal static Checked<ModelPackage> Read(string name, PackageTexts texts, IssueList issues)
    {
        Model? model = Add(texts.Model is { } ant ? AntimonyReader.Read(ant.Text, ant.Name) : null, issues);
        ParameterTable? table = Add(model is not null && texts.Parameters is { } yaml ? ParameterTable.Read(yaml, model) : null, issues);
        return Checked<ModelPackage>.From(model is null ? null : new ModelPackage
        {
            Name = name,
            Model = model,
            Parameters = table,
            PopulationFile = texts.Population,
            CalibrationFile = texts.Calibration,
            Card = texts.Card?.Text,
            Hash = texts.Hash,
        }, issues);
    }

    static T? Add<T>(Checked<T>? read, IssueList issues)
        where T : class
    {
        issues.AddRange(read?.Issues ?? []);
        return read?.Value;
    }
}
