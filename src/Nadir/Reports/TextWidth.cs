namespace Nadir.Reports;

/// <summary>
/// How wide a text will be, from the average widths of Helvetica's letters. The viewer's font decides the true width, so figures leave a tenth to spare.
/// </summary>
static class TextWidth
{
    public static double Of(string text, double fontSize) => text.Sum(Em) * fontSize * 1.04;

    /// <summary>Breaks a text at spaces into lines no wider than <paramref name="width"/>; a longer word has a line for itself.</summary>
    public static IReadOnlyList<string> Wrap(string text, double fontSize, double width)
    {
        List<string> lines = [];
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && Of(longer, fontSize) > width)
            {
                lines.Add(line);
                longer = word;
            }

            line = longer;
        }

        lines.Add(line);
        return lines;
    }

    /// <summary>At most <paramref name="most"/> lines; what does not fit ends in an ellipsis.</summary>
    public static IReadOnlyList<string> Wrap(string text, double fontSize, double width, int most)
    {
        IReadOnlyList<string> lines = Wrap(text, fontSize, width);
        return lines.Count <= most ? lines : [.. lines.Take(most - 1), Shorten(lines[most - 1] + "…", fontSize, width)];
    }

    static string Shorten(string text, double fontSize, double width)
    {
        while (text.Length > 2 && Of(text, fontSize) > width)
        {
            text = string.Concat(text.AsSpan(0, text.Length - 2), "…");
        }

        return text;
    }

    static double Em(char c) => c switch
    {
        'i' or 'j' or 'l' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' or ' ' or 't' or 'f' or 'I' => 0.28,
        'r' or '(' or ')' or '-' or '/' or '[' or ']' => 0.34,
        'm' or 'M' or 'w' or 'W' or '%' or '@' => 0.86,
        >= 'A' and <= 'Z' => 0.68,
        _ => 0.56,
    };
}
