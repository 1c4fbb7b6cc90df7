namespace Nadir.Tests.Architecture;

public class ShapeTests
{
    static readonly IReadOnlyList<RepositoryFile> _sources = Repository.Files("src", "*.cs");

    [Fact]
    public void Files_are_short()
    {
        ShapeChecker.LongFiles(_sources).ShouldBeEmpty();
        ShapeChecker.LongFiles(Sample(new string('\n', 801))).ShouldHaveSingleItem().ShouldContain("801 lines");
        ShapeChecker.LongFiles(Sample(new string('\n', 800))).ShouldBeEmpty();
    }

    [Fact]
    public void Methods_are_short()
    {
        ShapeChecker.LongMethods(_sources).ShouldBeEmpty();
        ShapeChecker.LongMethods(Sample($"class C\n{{\nvoid M()\n{{{new string('\n', 120)}}}\n}}")).ShouldHaveSingleItem().ShouldContain("X.cs:3: a method of 122 lines");
        ShapeChecker.LongMethods(Sample($"class C\n{{\n[HotLoop(\"x\")] void M()\n{{{new string('\n', 120)}}}\n}}")).ShouldBeEmpty();
        ShapeChecker.LongMethods(Sample($"class C\n{{\nvoid M()\n{{{new string('\n', 118)}}}\n}}")).ShouldBeEmpty();
    }

    [Fact]
    public void Names_classes_and_namespaces_keep_the_rules()
    {
        ShapeChecker.VagueNames(_sources).ShouldBeEmpty();
        ShapeChecker.OpenClasses(_sources).ShouldBeEmpty();
        ShapeChecker.MisplacedNamespaces(_sources).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("static class TrialHelper { }")]
    [InlineData("enum StepUtils { }")]
    [InlineData("abstract record ModelBase;")]
    [InlineData("interface IManager { }")]
    public void A_name_that_says_nothing_is_found(string sample) =>
        ShapeChecker.VagueNames(Sample(sample)).ShouldHaveSingleItem();

    [Theory]
    [InlineData("class C { }", true)]
    [InlineData("record C;", true)]
    [InlineData("record class C(int X);", true)]
    [InlineData("static class S { class C { } }", true)]
    [InlineData("sealed class C { }", false)]
    [InlineData("abstract record C;", false)]
    [InlineData("static class C { }", false)]
    [InlineData("record struct C(int X);", false)]
    [InlineData("partial class C { } sealed partial class C { }", false)]
    public void A_class_that_is_neither_abstract_nor_sealed_nor_static_is_found(string sample, bool open) =>
        ShapeChecker.OpenClasses(Sample(sample)).Any().ShouldBe(open);

    [Theory]
    [InlineData("namespace Nadir.Numerics;", false)]
    [InlineData("namespace Nadir.Models;", true)]
    [InlineData("namespace Nadir;", true)]
    [InlineData("namespace Nadir.Numerics { }", true)]
    public void A_file_that_lies_elsewhere_than_its_namespace_is_found(string sample, bool misplaced) =>
        ShapeChecker.MisplacedNamespaces(Sample(sample)).Any().ShouldBe(misplaced);

    [Fact]
    public void Every_type_is_in_a_namespace()
    {
        ShapeChecker.TypesOutsideNamespaces(_sources).ShouldBeEmpty();
        ShapeChecker.TypesOutsideNamespaces(Sample("enum E { }")).ShouldHaveSingleItem();
        ShapeChecker.TypesOutsideNamespaces(Sample("namespace Nadir.Numerics; enum E { }")).ShouldBeEmpty();
    }

    static RepositoryFile[] Sample(string text) => [new("src/Nadir/Numerics/X.cs", text)];
}
