namespace Nadir.Reports;

/// <summary>
/// Renders the part of Markdown that model cards use: headings, paragraphs, lists, bold and code. Anything else is shown as it was written;
/// there are no links and no raw HTML, so that a card cannot reach outside the report.
/// </summary>
static class MarkdownSubset
{
    /// <summary>Renders <paramref name="text"/>; a heading of the first level becomes <c>h3</c>, to fit under the report's sections.</summary>
    public static Markup Render(string text)
    {
        Markup html = new();
        List<string> paragraph = [];
        string list = "";
        bool code = false;
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (code || line.StartsWith("```", StringComparison.Ordinal))
            {
                list = EndBlocks(html, paragraph, list);
                code = Fence(html, line, code);
            }
            else if (Item(line) is { } item)
            {
                FlushParagraph(html, paragraph, list);
                list = SwitchList(html, list, item.Kind);
                html.Open("li");
                paragraph.Add(item.Text);
            }
            else if (Heading(line) is { } heading)
            {
                list = EndBlocks(html, paragraph, list);
                html.Open(heading.Element);
                Inline(html, heading.Text);
                html.CloseLine();
            }
            else if (line.Trim().Length == 0)
            {
                list = EndBlocks(html, paragraph, list);
            }
            else
            {
                paragraph.Add(line.Trim());
            }
        }

        EndBlocks(html, paragraph, list);
        return code ? html.CloseLine() : html;
    }

    /// <summary>Ends what is open: the item or paragraph collected so far, and the list around it.</summary>
    static string EndBlocks(Markup html, List<string> paragraph, string list)
    {
        FlushParagraph(html, paragraph, list);
        if (list.Length > 0)
        {
            html.CloseLine();
        }

        return "";
    }

    static void FlushParagraph(Markup html, List<string> paragraph, string list)
    {
        if (paragraph.Count == 0)
        {
            return;
        }

        // An item's element is open already.
        if (list.Length == 0)
        {
            html.Open("p");
        }

        Inline(html, string.Join(' ', paragraph));
        html.CloseLine();
        paragraph.Clear();
    }

    static string SwitchList(Markup html, string open, string wanted)
    {
        if (open == wanted)
        {
            return open;
        }

        if (open.Length > 0)
        {
            html.CloseLine();
        }

        html.Open(wanted);
        return wanted;
    }

    static bool Fence(Markup html, string line, bool inside)
    {
        bool fence = line.StartsWith("```", StringComparison.Ordinal);
        _ = (fence, inside) switch
        {
            (true, false) => html.Open("pre"),
            (true, true) => html.CloseLine(),
            _ => html.Text(line + "\n"),
        };
        return fence ? !inside : inside;
    }

    static (string Kind, string Text)? Item(string line)
    {
        string text = line.TrimStart();
        if (text.StartsWith("- ", StringComparison.Ordinal) || text.StartsWith("* ", StringComparison.Ordinal))
        {
            return ("ul", text[2..].Trim());
        }

        int digits = text.TakeWhile(char.IsAsciiDigit).Count();
        return digits > 0 && text.AsSpan(digits).StartsWith(". ") ? ("ol", text[(digits + 2)..].Trim()) : null;
    }

    static (string Element, string Text)? Heading(string line)
    {
        int level = line.TakeWhile(c => c == '#').Count();
        return level > 0 && line.AsSpan(level).StartsWith(" ") ? ($"h{Math.Min(level + 2, 6)}", line[level..].Trim()) : null;
    }

    static void Inline(Markup html, string text)
    {
        while (text.Length > 0)
        {
            int start = text.AsSpan().IndexOfAny('*', '`');
            (string mark, string element) = start >= 0 && text[start] == '`' ? ("`", "code") : ("**", "strong");
            int end = start >= 0 && text.AsSpan(start).StartsWith(mark) ? text.IndexOf(mark, start + mark.Length, StringComparison.Ordinal) : -1;
            if (end < 0)
            {
                // No pair: the character stands for itself, and the search goes on behind it.
                int taken = start < 0 ? text.Length : start + 1;
                html.Text(text[..taken]);
                text = text[taken..];
                continue;
            }

            html.Text(text[..start]).Open(element).Text(text[(start + mark.Length)..end]).Close();
            text = text[(end + mark.Length)..];
        }
    }
}
