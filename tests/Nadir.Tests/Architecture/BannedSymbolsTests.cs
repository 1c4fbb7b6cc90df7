using System.Xml.Linq;

namespace Nadir.Tests.Architecture;

public class BannedSymbolsTests
{
    [Fact]
    public void The_analyser_reads_the_list_when_the_library_is_built()
    {
        XDocument props = XDocument.Parse(Repository.Read("Directory.Build.props"));

        XElement list = props.Descendants("AdditionalFiles").Where(e => e.Attribute("Include")!.Value.EndsWith("BannedSymbols.txt", StringComparison.Ordinal)).ShouldHaveSingleItem();
        list.Attribute("Condition").ShouldNotBeNull().Value.ShouldBe("'$(MSBuildProjectName)' == 'Nadir'");
        props.Descendants("PackageReference").ShouldContain(e => e.Attribute("Include")!.Value == "Microsoft.CodeAnalysis.BannedApiAnalyzers");
        props.Descendants("TreatWarningsAsErrors").Single().Value.ShouldBe("true");
        Repository.Read(".editorconfig").ShouldNotContain("RS0030", customMessage: "the rule must not be off");
    }

    [Theory]
    [InlineData("T:System.Random")]
    [InlineData("P:System.DateTime.Now")]
    [InlineData("P:System.DateTime.UtcNow")]
    [InlineData("T:System.Diagnostics.Stopwatch")]
    [InlineData("M:System.Math.Exp(System.Double)")]
    [InlineData("M:System.Math.Log(System.Double)")]
    [InlineData("M:System.Math.Pow(System.Double,System.Double)")]
    [InlineData("T:System.Numerics.Vector`1")]
    public void What_would_make_results_depend_on_the_machine_is_banned(string symbol) =>
        Repository.Read("BannedSymbols.txt").Split('\n').ShouldContain(line => line.StartsWith(symbol + ";", StringComparison.Ordinal));

    [Fact]
    public void A_warning_that_is_switched_off_says_why()
    {
        WithoutReason(Repository.Files("src", "*.cs")).ShouldBeEmpty();
        WithoutReason([new RepositoryFile("X.cs", "\n#pragma warning disable CA1031\n")]).ShouldHaveSingleItem().ShouldBe("X.cs:2");
        WithoutReason([new RepositoryFile("X.cs", "#pragma warning disable CA1031 // rethrown by the caller\n")]).ShouldBeEmpty();
    }

    static IEnumerable<string> WithoutReason(IEnumerable<RepositoryFile> files) =>
        from file in files
        from line in file.Text.Split('\n').Index()
        where line.Item.Contains("#pragma warning disable", StringComparison.Ordinal) && !line.Item.Contains("//", StringComparison.Ordinal)
        select $"{file.Path}:{line.Index + 1}";
}
