namespace Nadir.Reports;

/// <summary>
/// Renders the part of Markdown that model cards use: headings, paragraphs, lists, tables, bold and code. Anything else is shown as it was written;
/// there are no links and no raw HTML, so that a card cannot reach outside the report.
/// </summary>
sealed class MarkdownSubset
{
    const string Fence = "```";
    readonly Markup _html = new();
    readonly List<string> _paragraph = [];
    readonly string[] _lines;
    string _list = "";

    MarkdownSubset(string text) => _lines = text.ReplaceLineEndings("\n").Split('\n');

    /// <summary>Renders <paramref name="text"/>; a heading of the first level becomes <c>h3</c>, to fit under the report's sections.</summary>
    public static Markup Render(string text) => new MarkdownSubset(text).Blocks();

    Markup Blocks()
    {
        for (int i = 0; i < _lines.Length;)
        {
            i = Block(i);
        }

        EndBlocks();
        return _html;
    }

    /// <summary>Renders what starts at a line; gives the first line after it.</summary>
    int Block(int at)
    {
        string line = _lines[at];
        if (line.StartsWith(Fence, StringComparison.Ordinal))
        {
            return Code(at + 1);
        }

        if (line.TrimStart().StartsWith('|'))
        {
            return Table(at);
        }

        if (Item(line) is { } item)
        {
            FlushParagraph();
            SwitchList(item.Kind);
            _html.Open("li");
            _paragraph.Add(item.Text);
        }
        else if (Heading(line) is { } heading)
        {
            EndBlocks();
            _html.Open(heading.Element);
            Inline(heading.Text);
            _html.CloseLine();
        }
        else if (line.Trim().Length == 0)
        {
            EndBlocks();
        }
        else
        {
            _paragraph.Add(line.Trim());
        }

        return at + 1;
    }

    int Code(int at)
    {
        EndBlocks();
        _html.Open("pre");
        for (; at < _lines.Length && !_lines[at].StartsWith(Fence, StringComparison.Ordinal); at++)
        {
            _html.Text(_lines[at] + "\n");
        }

        _html.CloseLine();
        return at + 1;
    }

    int Table(int at)
    {
        EndBlocks();
        List<string[]> rows = [];
        for (; at < _lines.Length && _lines[at].TrimStart().StartsWith('|'); at++)
        {
            rows.Add([.. _lines[at].Trim().Trim('|').Split('|').Select(c => c.Trim())]);
        }

        bool headed = rows.Count > 1 && rows[1].All(c => c.Length > 0 && c.All(l => l is '-' or ':'));
        _html.Open("div", ("class", "scroll"), ("role", "group"), ("aria-label", "Table"), ("tabindex", "0")).Open("table");
        foreach ((int i, string[] row) in rows.Index().Where(r => !(headed && r.Index == 1)))
        {
            Row(row, headed && i == 0 ? "th" : "td");
        }

        _html.Close().CloseLine();
        return at;
    }

    void Row(string[] cells, string element)
    {
        _html.Open("tr");
        foreach (string cell in cells)
        {
            _html.Open(element);
            Inline(cell);
            _html.Close();
        }

        _html.CloseLine();
    }

    /// <summary>Ends what is open: the item or paragraph collected so far, and the list around it.</summary>
    void EndBlocks()
    {
        FlushParagraph();
        SwitchList("");
    }

    void FlushParagraph()
    {
        if (_paragraph.Count == 0)
        {
            return;
        }

        // An item's element is open already.
        if (_list.Length == 0)
        {
            _html.Open("p");
        }

        Inline(string.Join(' ', _paragraph));
        _html.CloseLine();
        _paragraph.Clear();
    }

    void SwitchList(string wanted)
    {
        if (_list == wanted)
        {
            return;
        }

        if (_list.Length > 0)
        {
            _html.CloseLine();
        }

        if (wanted.Length > 0)
        {
            _html.Open(wanted);
        }

        _list = wanted;
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

    void Inline(string text)
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
                _html.Text(text[..taken]);
                text = text[taken..];
                continue;
            }

            _html.Text(text[..start]).Open(element).Text(text[(start + mark.Length)..end]).Close();
            text = text[(end + mark.Length)..];
        }
    }
}
