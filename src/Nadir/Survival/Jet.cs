using Nadir.Numerics;

namespace Nadir.Survival;

/// <summary>
/// A number with its first and second derivatives by up to three parameters (forward differentiation; Griewank &amp; Walther 2008, chapter 13): a likelihood written
/// once gives its gradient and Hessian.
/// </summary>
/// <param name="Value">The number.</param>
/// <param name="D0">First derivatives.</param>
/// <param name="D1">See D0.</param>
/// <param name="D2">See D0.</param>
/// <param name="H00">Second derivatives.</param>
/// <param name="H10">See H00.</param>
/// <param name="H11">See H00.</param>
/// <param name="H20">See H00.</param>
/// <param name="H21">See H00.</param>
/// <param name="H22">See H00.</param>
readonly record struct Jet(double Value, double D0, double D1, double D2, double H00, double H10, double H11, double H20, double H21, double H22)
{
    public const int MostParameters = 3;

    /// <summary>A constant.</summary>
    public static Jet Of(double value) => new(value, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>The parameter of an index.</summary>
    public static Jet Parameter(double value, int index) => Of(value) with { D0 = index == 0 ? 1 : 0, D1 = index == 1 ? 1 : 0, D2 = index == 2 ? 1 : 0 };

    public static Jet operator +(Jet a, Jet b) => new(
        a.Value + b.Value, a.D0 + b.D0, a.D1 + b.D1, a.D2 + b.D2,
        a.H00 + b.H00, a.H10 + b.H10, a.H11 + b.H11, a.H20 + b.H20, a.H21 + b.H21, a.H22 + b.H22);

    public static Jet operator -(Jet a, Jet b) => a + (b * -1);

    public static Jet operator *(Jet a, double k) => new(
        k * a.Value, k * a.D0, k * a.D1, k * a.D2, k * a.H00, k * a.H10, k * a.H11, k * a.H20, k * a.H21, k * a.H22);

    public static Jet operator *(Jet a, Jet b)
    {
        Jet outer = new(
            0, 0, 0, 0, 2 * a.D0 * b.D0, (a.D1 * b.D0) + (a.D0 * b.D1), 2 * a.D1 * b.D1,
            (a.D2 * b.D0) + (a.D0 * b.D2), (a.D2 * b.D1) + (a.D1 * b.D2), 2 * a.D2 * b.D2);
        return ((a with { Value = 0 }) * b.Value) + ((b with { Value = 0 }) * a.Value) + outer + Of(a.Value * b.Value);
    }

    public Jet Exp()
    {
        double e = Elementary.Exp(Value);
        return Apply(e, e, e);
    }

    public Jet Log() => Apply(Elementary.Log(Value), 1 / Value, -1 / (Value * Value));

    /// <summary>log(1 + e^x), which neither overflows nor loses the small.</summary>
    public Jet Softplus()
    {
        double p = 1 / (1 + Elementary.Exp(-Value));
        double value = Value > 0 ? Value + Elementary.Log1p(Elementary.Exp(-Value)) : Elementary.Log1p(Elementary.Exp(Value));
        return Apply(value, p, p * (1 - p));
    }

    public double[] Gradient(int parameters) => [.. new[] { D0, D1, D2 }.Take(parameters)];

    public double[][] Hessian(int parameters) =>
        [.. new[] { new[] { H00, H10, H20 }, [H10, H11, H21], [H20, H21, H22] }.Take(parameters).Select(r => r[..parameters])];

    /// <summary>The chain rule for a function of one number.</summary>
    Jet Apply(double f, double first, double second) => new(
        f, first * D0, first * D1, first * D2,
        (first * H00) + (second * D0 * D0), (first * H10) + (second * D1 * D0), (first * H11) + (second * D1 * D1),
        (first * H20) + (second * D2 * D0), (first * H21) + (second * D2 * D1), (first * H22) + (second * D2 * D2));
}
