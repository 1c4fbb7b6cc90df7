namespace Nadir.Cli;

/// <summary>Text quoted from a user's input, made safe for a terminal: a binary file must not move the cursor.</summary>
static class Printable
{
    /// <summary>Keeps line ends; every other control character becomes <c>�</c>.</summary>
    public static string Text(string text) => Replace(text, keepLineEnds: true);

    /// <summary>As <see cref="Text"/>, on one line.</summary>
    public static string Line(string text) => Replace(text, keepLineEnds: false);

    static string Replace(string text, bool keepLineEnds) => string.Create(text.Length, text, (span, source) =>
    {
        for (int i = 0; i < span.Length; i++)
        {
            char c = source[i];
            span[i] = !char.IsControl(c) ? c : c != '\n' ? '\uFFFD' : keepLineEnds ? c : ' ';
        }
    });
}
