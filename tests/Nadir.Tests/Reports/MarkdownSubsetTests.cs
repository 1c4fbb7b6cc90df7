using Nadir.Reports;

namespace Nadir.Tests.Reports;

public class MarkdownSubsetTests
{
    [Theory]
    [InlineData("# Title", "<h3>Title</h3>\n")]
    [InlineData("###### Deep", "<h6>Deep</h6>\n")]
    [InlineData("#no heading", "<p>#no heading</p>\n")]
    [InlineData("one\ntwo\n\nthree", "<p>one two</p>\n<p>three</p>\n")]
    [InlineData("- a\n- b\n  more", "<ul><li>a</li>\n<li>b more</li>\n</ul>\n")]
    [InlineData("1. a\n2. b", "<ol><li>a</li>\n<li>b</li>\n</ol>\n")]
    [InlineData("- a\n1. b", "<ul><li>a</li>\n</ul>\n<ol><li>b</li>\n</ol>\n")]
    [InlineData("text\n- a\n\nend", "<p>text</p>\n<ul><li>a</li>\n</ul>\n<p>end</p>\n")]
    [InlineData("**bold** and `code`", "<p><strong>bold</strong> and <code>code</code></p>\n")]
    [InlineData("a * b and **open", "<p>a * b and **open</p>\n")]
    [InlineData("```\n<x> **y**\n```\nafter", "<pre>&lt;x&gt; **y**\n</pre>\n<p>after</p>\n")]
    [InlineData("```\nnever closed", "<pre>never closed\n</pre>\n")]
    [InlineData("text\n| a | b |\n|---|:-:|\n| 1 | **2** |\nend", "<p>text</p>\n<div class=\"scroll\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table><tr><th>a</th><th>b</th></tr>\n<tr><td>1</td><td><strong>2</strong></td></tr>\n</table></div>\n<p>end</p>\n")]
    [InlineData("| a |\n| b |", "<div class=\"scroll\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table><tr><td>a</td></tr>\n<tr><td>b</td></tr>\n</table></div>\n")]
    [InlineData("|", "<div class=\"scroll\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table><tr><td></td></tr>\n</table></div>\n")]
    [InlineData("[a](http://b) <b>", "<p>[a](http://b) &lt;b&gt;</p>\n")]
    [InlineData("", "")]
    public void The_subset_is_rendered_and_the_rest_is_shown_as_written(string text, string html) =>
        MarkdownSubset.Render(text).ToString().ShouldBe(html);

    [Fact]
    public void Windows_line_ends_are_read() => MarkdownSubset.Render("# a\r\n\r\nb").ToString().ShouldBe("<h3>a</h3>\n<p>b</p>\n");
}
