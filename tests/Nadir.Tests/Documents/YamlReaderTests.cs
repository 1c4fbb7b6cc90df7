using Nadir.Documents;
using Nadir.Faults;

namespace Nadir.Tests.Documents;

public class YamlReaderTests
{
    static Checked<DocumentNode> Read(string text) => YamlReader.Read(new SourceText("a.yaml", text));

    [Fact]
    public void Order_places_and_quotes_are_kept()
    {
        MappingNode root = Read("b: 1\na:\n  - \"x\"\n  - null\n").OrThrow().ShouldBeOfType<MappingNode>();

        root.Entries.Select(e => e.Key).ShouldBe(["b", "a"]);
        root.Entries[1].KeyAt.ShouldBe(new SourceLocation("a.yaml", 2, 1));
        SequenceNode list = root.Find("a")!.Value.ShouldBeOfType<SequenceNode>();
        list.Items[0].ShouldBe(new ScalarNode("x", true, new SourceLocation("a.yaml", 3, 5)));
        list.Items[1].ShouldBeOfType<ScalarNode>().IsNothing.ShouldBeTrue();
    }

    public static TheoryData<string, string, string, int, string> Refused => new()
    {
        { "anchor", "a: &x 1", "ND0011", 1, "&x" },
        { "alias", "a: 1\nb: *x", "ND0011", 2, "*x" },
        { "tag", "a: !!python/object 1", "ND0011", 1, "tags are not accepted" },
        { "bomb", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", "ND0011", 1, "anchors are not accepted" },
        { "two documents", "a: 1\n---\nb: 2", "ND0012", 2, "more than one document" },
        { "duplicate key", "a: 1\nb: 2\na: 3", "ND0013", 3, "stands first in line 1" },
        { "deep lists", new string('[', 40), "ND0014", 1, "at most 32 levels" },
        { "deep lists, millions", new string('[', 2_000_000), "ND0014", 1, "at most 32 levels" },
        { "deep block lists", string.Concat(Enumerable.Repeat("- ", 100_000)), "ND0014", 1, "at most 32 levels" },
        { "many values", "[" + string.Concat(Enumerable.Repeat("1,", 200_001)) + "]", "ND0015", 1, "too many values" },
        { "only comments", "# nothing\n", "ND0016", 2, "holds no data" },
        { "a list as a key", "? [a, b]\n: 1", "ND0017", 1, "a key must be plain text" },
        { "an empty key", ": 1", "ND0017", 1, "a key must be plain text" },
        { "an unclosed list", "a: [1, 2\nb: 3", "ND0010", 2, "not valid YAML" },
        { "an unclosed quote", "a: \"text", "ND0010", 1, "not valid YAML" },
        { "wrong indentation", "a:\n  b: 1\n c: 2", "ND0010", 3, "c: 2" },
        { "a tab", "a:\n\tb: 1", "ND0010", 2, "indent with spaces" },
        { "two colons", "a: b: c", "ND0010", 1, "not valid YAML" },
        { "a bad escape", "a: \"\\UFFFFFFFF\"", "ND0010", 1, "not valid YAML" },
        { "a bad directive", "%YAML 9\n---\na: 1", "ND0010", 1, "not valid YAML" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_plain_data_does_not_need_is_refused(string name, string text, string code, int line, string fragment)
    {
        Checked<DocumentNode> read = Read(text);

        read.Value.ShouldBeNull(name);
        Issue issue = read.Issues.ShouldHaveSingleItem();
        issue.Code.ShouldBe(code);
        issue.Location.Line.ShouldBe(line);
        issue.ToString().ShouldContain(fragment);
    }

    [Fact]
    public void Nesting_of_32_levels_is_read() =>
        Read(new string('[', 32) + new string(']', 32)).Value.ShouldNotBeNull();

    [Fact]
    public void Mutilated_documents_never_throw()
    {
        const string seed = "nadir: 1\ntitle: \"a \\u00e4\"\narms:\n  - {name: x, list: [1, 2]}\n  - name: |\n      text\n    b: 'q'\n# end\n";
        const string glyphs = "[]{}:,-?&*!|>'\"%@`#\\ \n\tax0~.\r\u0085\u2028\uFEFF\ud800";
        uint state = 12345;
        uint Next(int n) => (state = (state * 1664525) + 1013904223) / 65536 % (uint)n;
        for (int trial = 0; trial < 20_000; trial++)
        {
            char[] text = seed.ToCharArray();
            for (int change = 0; change < 1 + (trial % 6); change++)
            {
                text[Next(text.Length)] = glyphs[(int)Next(glyphs.Length)];
            }

            Checked<DocumentNode> read = Read(new string(text));
            (read.Value is null).ShouldBe(read.Issues.Count > 0);
        }
    }
}
