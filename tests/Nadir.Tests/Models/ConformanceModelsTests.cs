using Nadir.Expressions;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Tests.Architecture;

namespace Nadir.Tests.Models;

/// <summary>The discrete stochastic models, where the folder with them is present.</summary>
public class ConformanceModelsTests
{
    static readonly string Folder = Repository.Shared("conformance/dsmts");

    public static TheoryData<string> Cases() =>
        Directory.Exists(Folder)
            ? [.. Directory.GetDirectories(Folder).Select(d => Path.GetFileName(d)!).Where(d => File.Exists(Path.Combine(Folder, d, "model.ant"))).Order()]
            : ["absent"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_model_is_read_without_any_issue(string name)
    {
        Assert.SkipUnless(Directory.Exists(Folder), $"{Folder} is not there");
        string path = Path.Combine(Folder, name, "model.ant");
        Checked<Model> result = AntimonyReader.Read(File.ReadAllText(path), path);
        result.Issues.ShouldBeEmpty();
        Model model = result.OrThrow();
        model.Name.ShouldBe($"dsmts{name}");
        model.Reactions.Count.ShouldBe(2);
        model.Species.ShouldAllBe(s => s.Compartment == "Cell" && (s.InitialAmount != null || model.Rules.Any(r => r.Variable == s.Name)));
        model.Reactions.SelectMany(r => FreeSymbols.Of(r.RateLaw)).Distinct()
            .ShouldAllBe(n => model.Parameters.Any(p => p.Name == n) || model.Species.Any(s => s.Name == n) || n == "Cell");
    }
}
