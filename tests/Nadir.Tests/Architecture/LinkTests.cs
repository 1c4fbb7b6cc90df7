using System.Text.RegularExpressions;

namespace Nadir.Tests.Architecture;

public class LinkTests
{
    static readonly IReadOnlyList<RepositoryFile> _pages =
        [.. new[] { "README.md", "CONTRIBUTING.md", "CHANGELOG.md" }.Select(p => new RepositoryFile(p, Repository.Read(p))), .. Repository.Files("docs", "*.md")];

    [Fact]
    public void Every_link_to_a_file_of_the_repository_leads_somewhere() =>
        _pages.SelectMany(page => BrokenLinks(page, Repository.Exists)).ShouldBeEmpty();

    [Fact]
    public void Every_study_is_explained_in_the_documentation()
    {
        string all = string.Concat(_pages.Select(p => p.Text));

        Repository.Files("studies", "*").Where(f => !all.Contains(f.Path, StringComparison.Ordinal)).Select(f => f.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("[a](gone.md)", "docs/page.md: gone.md")]
    [InlineData("![a](images/gone.png \"title\")", "docs/page.md: images/gone.png")]
    [InlineData("[a](../gone.md#part)", "docs/page.md: ../gone.md#part")]
    [InlineData("runs `studies/gone.yaml` first", "docs/page.md: studies/gone.yaml")]
    public void A_link_that_leads_nowhere_is_found(string text, string expected) =>
        BrokenLinks(new RepositoryFile("docs/page.md", text), _ => false).ShouldHaveSingleItem().ShouldBe(expected);

    [Theory]
    [InlineData("[a](https://example.org/x)")]
    [InlineData("[a](#part)")]
    [InlineData("`library/models/<name>/model.ant` and `docs/*.md` and `out/x.csv`")]
    public void What_is_no_path_of_the_repository_is_left_alone(string text) =>
        BrokenLinks(new RepositoryFile("docs/page.md", text), _ => false).ShouldBeEmpty();

    [Fact]
    public void A_link_is_relative_to_its_page_and_a_quoted_path_to_the_root()
    {
        List<string> asked = [];
        _ = BrokenLinks(new RepositoryFile("docs/decisions/page.md", "[a](../tour.md) `src/Nadir/Layers.txt`"), path =>
        {
            asked.Add(path);
            return true;
        }).Count();

        asked.ShouldBe(["docs/tour.md", "src/Nadir/Layers.txt"]);
    }

    static IEnumerable<string> BrokenLinks(RepositoryFile page, Func<string, bool> exists)
    {
        string folder = Path.GetDirectoryName(page.Path) ?? "";
        foreach (Match link in Regex.Matches(page.Text, """\]\(([^)\s#][^)\s]*)[^)]*\)"""))
        {
            string target = link.Groups[1].Value;
            if (!target.Contains("://", StringComparison.Ordinal) && !exists(Normal(Path.Combine(folder, target.Split('#')[0]))))
            {
                yield return $"{page.Path}: {target}";
            }
        }

        foreach (Match quoted in Regex.Matches(page.Text, "`((?:src|library|studies|tests|docs|bench)/[^`<>*…{}\\s]+)`"))
        {
            if (!exists(quoted.Groups[1].Value))
            {
                yield return $"{page.Path}: {quoted.Groups[1].Value}";
            }
        }
    }

    /// <summary>Without <c>..</c>, with <c>/</c>.</summary>
    static string Normal(string path) => Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", path))).Replace('\\', '/');
}
