using Nadir.Numerics;

namespace Nadir.Tests.Numerics;

/// <summary>Errors against 200-bit values, over the whole range of each function and densely where its reduction changes.</summary>
public class ElementaryAccuracyTests(ITestOutputHelper output)
{
    const int Count = 1500;

    [Fact]
    public void Exp_errs_by_less_than_0_8_ulp() =>
        Check(Elementary.Exp, x => Truth.Exp(x), 0.8,
            s => s.Between(-745.0, 709.78), s => s.Between(-1.0, 1.0), s => s.Tiny(), s => s.Near(0.34657359027997264), s => s.Between(-745.1, -708.0),
            _ => 709.782712893384, _ => -745.1332191019411, _ => 1.0);

    [Fact]
    public void Log_errs_by_less_than_0_9_ulp() =>
        Check(Elementary.Log, x => Truth.Log(x), 0.9,
            s => s.AnyPositive(), s => s.Between(0.5, 2.0), s => 1.0 + s.Tiny(), s => s.Near(0.7071067811865476), s => s.Near(1.4142135623730951),
            s => s.Between(0.70, 0.73), _ => double.Epsilon, _ => double.MaxValue, _ => 2.2250738585072014e-308);

    [Fact]
    public void Pow_errs_by_less_than_0_8_ulp() =>
        CheckPairs(Elementary.Pow, Truth.Pow, 0.8, PowArguments, 2 * Count);

    [Fact]
    public void Log10_errs_by_less_than_0_51_ulp() =>
        Check(Elementary.Log10, Truth.Log10, 0.51, s => s.AnyPositive(), s => s.Between(0.5, 2.0), s => 1.0 + s.Tiny(), s => s.Near(1.224744871391589));

    [Fact]
    public void Log1p_errs_by_less_than_0_8_ulp() =>
        Check(Elementary.Log1p, Truth.Log1p, 0.8, s => s.Between(-0.999, 1.0), s => s.Tiny(), s => s.AnyPositive(), s => s.Near(-0.5));

    [Fact]
    public void Expm1_errs_by_less_than_1_2_ulp() =>
        Check(Elementary.Expm1, Truth.Expm1, 1.2, s => s.Between(-45.0, 709.0), s => s.Between(-1.0, 1.0), s => s.Tiny(), s => s.Near(0.34657359027997264),
            s => s.Between(0.34, 0.45));

    [Fact]
    public void Sin_errs_by_less_than_0_8_ulp() => Check(Elementary.Sin, Truth.Sin, 0.8, Angles);

    [Fact]
    public void Cos_errs_by_less_than_0_8_ulp() => Check(Elementary.Cos, Truth.Cos, 0.8, Angles);

    [Fact]
    public void Tan_errs_by_less_than_0_9_ulp() => Check(Elementary.Tan, Truth.Tan, 0.9, Angles);

    [Fact]
    public void Asin_errs_by_less_than_0_8_ulp() => Check(Elementary.Asin, Truth.Asin, 0.8, Cosines);

    [Fact]
    public void Acos_errs_by_less_than_0_7_ulp() => Check(Elementary.Acos, Truth.Acos, 0.7, Cosines);

    [Fact]
    public void Atan_errs_by_less_than_0_8_ulp() =>
        Check(Elementary.Atan, Truth.Atan, 0.8, s => s.Between(-3.0, 3.0), s => s.Tiny(), s => 1.0 / s.Tiny(), s => s.Near(0.4375), s => s.Near(0.6875),
            s => s.Near(1.1875), s => s.Near(2.4375));

    [Fact]
    public void Sinh_errs_by_less_than_0_8_ulp() =>
        Check(Elementary.Sinh, Truth.Sinh, 0.8, s => s.Between(-710.4, 710.4), s => s.Between(-3.0, 3.0), s => s.Tiny(), s => s.Near(1.0), _ => 710.4758600739439);

    [Fact]
    public void Cosh_errs_by_less_than_0_8_ulp() =>
        Check(Elementary.Cosh, Truth.Cosh, 0.8, s => s.Between(-710.4, 710.4), s => s.Between(-3.0, 3.0), s => s.Tiny(), s => s.Near(21.0), _ => 710.4758600739439);

    [Fact]
    public void Tanh_errs_by_less_than_0_9_ulp() =>
        Check(Elementary.Tanh, Truth.Tanh, 0.9, s => s.Between(-22.0, 22.0), s => s.Between(-1.0, 1.0), s => s.Tiny(), s => s.Near(0.55));

    [Fact]
    public void LogGamma_errs_by_less_than_1_ulp_for_positive_arguments() =>
        Check(Elementary.LogGamma, x => x is 1.0 or 2.0 ? 0.0 : Truth.LogGamma(x), 1.0, s => s.Between(0.0, 12.0), s => Math.Abs(s.Tiny()), s => 1.0 + s.Tiny(), s => 2.0 + s.Tiny(),
            s => s.Near(0.5), s => s.Near(1.5), s => s.Near(2.5), s => s.Near(8.0), s => s.Between(8.0, 1e6), s => s.AnyPositive() % 2.5e305);

    [Fact]
    public void LogGamma_of_negative_arguments_obeys_the_reflection_formula()
    {
        var stream = new Arguments(5);
        for (int i = 0; i < Count; i++)
        {
            double x = -stream.Between(0.0, i < 1000 ? 5.0 : 170.0);
            BigReal angle = Truth.Pi * (BigReal)(x - Math.Floor(x));
            BigReal exact = Truth.Log(Truth.Pi / (-x * SinOf(angle))) - Truth.LogGamma(-x);
            double scale = Math.Max(Math.Abs(exact.ToDouble()), Math.Abs(Elementary.LogGamma(-x)));
            Math.Abs((exact - Elementary.LogGamma(x)).ToDouble()).ShouldBeLessThan(0.9 * (Math.BitIncrement(scale) - scale));
        }
    }

    [Fact]
    public void Factorial_is_correctly_rounded()
    {
        System.Numerics.BigInteger product = 1;
        for (int n = 0; n <= 170; n++)
        {
            product *= Math.Max(n, 1);
            BigReal exact = Truth.FromInteger(product);
            exact.UlpsTo(Elementary.Factorial(n)).ShouldBeLessThanOrEqualTo(0.5, $"{n}!");
        }
    }

    static BigReal SinOf(BigReal angle)
    {
        double head = angle.ToDouble();
        BigReal rest = angle - head;
        return Truth.Sin(head) * (1.0 - (rest * rest).Scaled(-1)) + Truth.Cos(head) * (rest - rest * rest * rest / 6.0);
    }

    static readonly Func<Arguments, double>[] Angles =
    [
        s => s.Between(-10.0, 10.0), s => s.Between(-0.8, 0.8), s => s.Tiny(), s => s.AnyPositive(), s => -s.AnyPositive(),
        s => Math.Round(s.Between(-1e6, 1e6)) * (Math.PI / 2.0), s => s.Near(Math.PI / 4.0), s => Math.Round(s.Between(-50.0, 50.0)) * (Math.PI / 4.0),
        _ => 6381956970095103.0 * Math.ScaleB(1.0, 797), _ => double.MaxValue,
    ];

    static readonly Func<Arguments, double>[] Cosines =
    [
        s => s.Between(-1.0, 1.0), s => s.Tiny(), s => 1.0 - Math.Abs(s.Tiny()), s => Math.Abs(s.Tiny()) - 1.0, s => s.Near(0.5), s => s.Near(-0.5),
        _ => 1.0, _ => -1.0,
    ];

    static (double X, double Y) PowArguments(Arguments s)
    {
        double x = s.Pick(5) switch
        {
            0 => s.AnyPositive(),
            1 => 1.0 + s.Tiny(),
            2 => s.Between(0.1, 10.0),
            3 => s.Near(1.224744871391589),
            _ => s.Near(s.Pick(2) == 0 ? 0.8660254037844386 : 1.7320508075688772),
        };
        double log = Math.Log(x);
        double y = s.Pick(3) == 0 || log == 0.0 ? s.Between(-4.0, 4.0) : s.Between(-744.0, 709.7) / log;
        return (x, Math.Abs(y * log) < 709.7 || y * log < 0.0 ? y : 1.0);
    }

    void Check(Func<double, double> function, Func<double, BigReal> truth, double bound, params Func<Arguments, double>[] arguments) =>
        CheckPairs((x, _) => function(x), (x, _) => truth(x), bound, s => (arguments[s.Pick(arguments.Length)](s), 0.0), Count);

    void CheckPairs(
        Func<double, double, double> function, Func<double, double, BigReal> truth, double bound, Func<Arguments, (double X, double Y)> arguments, int count)
    {
        var stream = new Arguments(1);
        double worst = 0.0;
        (double X, double Y) at = default;
        for (int i = 0; i < count; i++)
        {
            (double x, double y) = arguments(stream);
            double error = truth(x, y).UlpsTo(function(x, y));
            (worst, at) = error > worst ? (error, (x, y)) : (worst, at);
            error.ShouldBeLessThan(bound, $"at {x:R}, {y:R}");
        }

        output.WriteLine($"largest error {worst:F4} ulp at {at.X:R}, {at.Y:R}");
    }
}
