namespace Nadir.Tests.Architecture;

public class LayerTests
{
    const string Library = "src/Nadir";

    static readonly string[] _layers =
        [.. Repository.Read($"{Library}/Layers.txt").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(l => l[0] != '#')];

    [Fact]
    public void A_folder_uses_only_the_folders_above_it() =>
        new LayerChecker(Library, _layers, Repository.Files(Library, "*.cs")).Violations().ShouldBeEmpty();

    [Fact]
    public void Every_folder_is_listed_once()
    {
        string[] folders = [.. Repository.Files(Library, "*.cs").Select(f => f.Path.Split('/')).Select(p => p.Length > 3 ? p[2] : "(root)").Distinct()];

        folders.ShouldBeSubsetOf(_layers);
        _layers.ShouldBeUnique();
        folders.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("return Trials.Outcome.Count;")]
    [InlineData("var outcome = new Trials.Outcome(); return outcome.GetHashCode();")]
    [InlineData("return System.Array.Empty<Trials.Outcome>().Length;")]
    [InlineData("return typeof(Trials.Outcome).GetHashCode();")]
    [InlineData("return nameof(Trials).Length;")]
    [InlineData("return Trials.Words.Length2(\"\");")]
    public void A_reference_down_the_list_is_found(string body)
    {
        string violation = Check(body).ShouldHaveSingleItem();

        violation.ShouldBe("src/Nadir/Models/Network.cs:6: Models uses Trials, which is below it");
    }

    [Fact]
    public void A_type_that_is_not_spelled_out_is_found_where_it_is() =>
        Check(
            "foreach (var o in Numerics.Step.All()) { } return 0;",
            new RepositoryFile("src/Nadir/Numerics/Step.cs", "namespace Nadir.Numerics;\nstatic class Step\n{\n    public static System.Collections.Generic.List<Trials.Outcome> All() => throw null!;\n}\n"))
            .ShouldHaveSingleItem().ShouldBe("src/Nadir/Numerics/Step.cs:4: Numerics uses Trials, which is below it");

    [Fact]
    public void An_attribute_down_the_list_is_found() =>
        Check(
            "return 0;",
            new RepositoryFile("src/Nadir/Trials/Mark.cs", "namespace Nadir.Trials;\nsealed class MarkAttribute : System.Attribute { }\n"),
            new RepositoryFile("src/Nadir/Models/Marked.cs", "namespace Nadir.Models;\n[Trials.Mark]\nstatic class Marked { }\n"))
            .ShouldHaveSingleItem().ShouldStartWith("src/Nadir/Models/Marked.cs:2:");

    [Fact]
    public void A_member_that_is_called_like_a_type_below_is_no_reference() =>
        Check("return Outcome;", new RepositoryFile("src/Nadir/Models/Named.cs", "namespace Nadir.Models;\nstatic partial class Network { static int Outcome => 1; }\n")).ShouldBeEmpty();

    [Fact]
    public void A_name_that_cannot_be_resolved_is_no_excuse() =>
        Check("return Outcome.Count;").ShouldHaveSingleItem().ShouldContain("uses something unknown");

    [Fact]
    public void A_using_directive_down_the_list_is_found()
    {
        RepositoryFile file = new("src/Nadir/Models/Early.cs", "using Nadir.Trials;\nnamespace Nadir.Models;\nstatic class Early { }\n");

        Check("return 0;", file).ShouldHaveSingleItem().ShouldStartWith("src/Nadir/Models/Early.cs:1:");
    }

    [Fact]
    public void A_cref_down_the_list_is_found()
    {
        RepositoryFile file = new("src/Nadir/Models/Early.cs", "namespace Nadir.Models;\n/// <summary><see cref=\"Nadir.Trials.Outcome\"/></summary>\nstatic class Early { }\n");

        Check("return 0;", file).ShouldHaveSingleItem().ShouldStartWith("src/Nadir/Models/Early.cs:2:");
    }

    [Fact]
    public void References_up_the_list_and_within_a_folder_are_fine() =>
        Check("return Numerics.Sum.Of(1, 2) + Own();").ShouldBeEmpty();

    [Fact]
    public void A_folder_that_is_not_listed_is_found() =>
        Check("return 0;", new RepositoryFile("src/Nadir/Misc/X.cs", "namespace Nadir.Misc;\nstatic class X { }\n"))
            .ShouldHaveSingleItem().ShouldBe("src/Nadir/Misc/X.cs: folder Misc is not in Layers.txt");

    [Fact]
    public void A_file_at_the_root_is_found() =>
        Check("return 0;", new RepositoryFile("src/Nadir/X.cs", "namespace Nadir;\nstatic class X { }\n"))
            .ShouldHaveSingleItem().ShouldBe("src/Nadir/X.cs: folder (root) is not in Layers.txt");

    static IReadOnlyList<string> Check(string body, params RepositoryFile[] more)
    {
        RepositoryFile[] files =
        [
            new("src/Nadir/Numerics/Sum.cs", "namespace Nadir.Numerics;\nstatic class Sum { public static int Of(int a, int b) => a + b; }\n"),
            new("src/Nadir/Models/Network.cs", $"namespace Nadir.Models;\nstatic partial class Network\n{{\n    static int Use()\n    {{\n        {body}\n    }}\n    static int Own() => 1;\n}}\n"),
            new("src/Nadir/Trials/Outcome.cs", "namespace Nadir.Trials;\nclass Outcome { public const int Count = 3; }\nstatic class Words { public static int Length2(this string s) => s.Length; }\n"),
            .. more,
        ];
        return new LayerChecker("src/Nadir", ["Numerics", "Models", "Trials"], files).Violations();
    }
}
