namespace Nadir.Reports;

/// <summary>Colour and dash of a line. Each is enough by itself: the dash tells lines apart in grey print.</summary>
/// <param name="Colour">CSS colour.</param>
/// <param name="Dash">SVG dash array; empty for a solid line.</param>
readonly record struct LineStyle(string Colour, string Dash);

/// <summary>Colours that the colour-blind can tell apart (Okabe &amp; Ito 2008), darkest first, without the yellow that vanishes on white.</summary>
static class Palette
{
    public const string Ink = "#222222";
    public const string Muted = "#555555";
    public const string Grid = "#dddddd";
    public const string Blue = "#0072B2";
    public const string Vermillion = "#D55E00";
    public const string Green = "#009E73";
    public const string Purple = "#CC79A7";
    public const string Orange = "#E69F00";
    public const string Sky = "#56B4E9";
    public const string Grey = "#999999";

    static readonly string[] Colours = [Blue, Vermillion, Green, Purple, Orange, Sky, Ink];
    static readonly string[] Dashes = ["", "7 3", "2 2.5", "9 3 2 3", "12 4"];

    /// <summary>The style of the n-th line, from 0; 35 combinations before one repeats.</summary>
    public static LineStyle Line(int n) => new(Colours[n % Colours.Length], Dashes[n % Dashes.Length]);
}
