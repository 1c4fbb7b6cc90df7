using Nadir.Numerics;

namespace Nadir.Tests.Numerics;

public class ElementarySpecialValueTests
{
    const double Infinity = double.PositiveInfinity;
    const double NotANumber = double.NaN;

    public static TheoryData<string, double, double> Values => new()
    {
        { "Exp", 0.0, 1.0 }, { "Exp", -0.0, 1.0 }, { "Exp", Infinity, Infinity }, { "Exp", -Infinity, 0.0 }, { "Exp", 709.7827128933841, Infinity },
        { "Exp", 1e300, Infinity }, { "Exp", -1e300, 0.0 }, { "Exp", -745.1332191019412, 0.0 }, { "Exp", -745.13321910194, double.Epsilon }, { "Exp", 1e-320, 1.0 },
        { "Log", 1.0, 0.0 }, { "Log", 0.0, -Infinity }, { "Log", -0.0, -Infinity }, { "Log", -1.0, NotANumber }, { "Log", -Infinity, NotANumber }, { "Log", Infinity, Infinity },
        { "Log", -double.Epsilon, NotANumber },
        { "Log10", 1.0, 0.0 }, { "Log10", 1e22, 22.0 }, { "Log10", 1000.0, 3.0 }, { "Log10", 0.0, -Infinity }, { "Log10", -1.0, NotANumber }, { "Log10", Infinity, Infinity },
        { "Log1p", 0.0, 0.0 }, { "Log1p", -0.0, -0.0 }, { "Log1p", -1.0, -Infinity }, { "Log1p", -2.0, NotANumber }, { "Log1p", Infinity, Infinity },
        { "Log1p", double.Epsilon, double.Epsilon }, { "Log1p", double.MaxValue, 709.782712893384 }, { "Log1p", -Infinity, NotANumber },
        { "Expm1", 0.0, 0.0 }, { "Expm1", -0.0, -0.0 }, { "Expm1", Infinity, Infinity }, { "Expm1", -Infinity, -1.0 }, { "Expm1", -50.0, -1.0 },
        { "Expm1", double.Epsilon, double.Epsilon }, { "Expm1", 710.0, Infinity },
        { "Sin", 0.0, 0.0 }, { "Sin", -0.0, -0.0 }, { "Sin", Infinity, NotANumber }, { "Sin", double.Epsilon, double.Epsilon },
        { "Cos", 0.0, 1.0 }, { "Cos", -Infinity, NotANumber }, { "Cos", double.Epsilon, 1.0 },
        { "Tan", 0.0, 0.0 }, { "Tan", -0.0, -0.0 }, { "Tan", Infinity, NotANumber }, { "Tan", double.Epsilon, double.Epsilon },
        { "Asin", 0.0, 0.0 }, { "Asin", -0.0, -0.0 }, { "Asin", 1.0, Math.PI / 2.0 }, { "Asin", -1.0, -Math.PI / 2.0 }, { "Asin", 1.0000000000000002, NotANumber }, { "Asin", -2.0, NotANumber },
        { "Acos", 1.0, 0.0 }, { "Acos", -1.0, Math.PI }, { "Acos", 0.0, Math.PI / 2.0 }, { "Acos", 1.0000000000000002, NotANumber }, { "Acos", -Infinity, NotANumber },
        { "Atan", 0.0, 0.0 }, { "Atan", -0.0, -0.0 }, { "Atan", Infinity, Math.PI / 2.0 }, { "Atan", -Infinity, -Math.PI / 2.0 }, { "Atan", 1.0, Math.PI / 4.0 },
        { "Sinh", 0.0, 0.0 }, { "Sinh", -0.0, -0.0 }, { "Sinh", Infinity, Infinity }, { "Sinh", -Infinity, -Infinity }, { "Sinh", -711.0, -Infinity }, { "Sinh", 1e300, Infinity },
        { "Cosh", 0.0, 1.0 }, { "Cosh", Infinity, Infinity }, { "Cosh", -Infinity, Infinity }, { "Cosh", 711.0, Infinity },
        { "Tanh", 0.0, 0.0 }, { "Tanh", -0.0, -0.0 }, { "Tanh", Infinity, 1.0 }, { "Tanh", -Infinity, -1.0 }, { "Tanh", 30.0, 1.0 },
        { "LogGamma", 1.0, 0.0 }, { "LogGamma", 2.0, 0.0 }, { "LogGamma", 0.0, Infinity }, { "LogGamma", -3.0, Infinity }, { "LogGamma", Infinity, Infinity },
        { "LogGamma", -Infinity, Infinity }, { "LogGamma", 1e306, Infinity }, { "LogGamma", double.Epsilon, 744.4400719213812 },
        { "LogGamma", -0.5, 1.2655121234846454 }, { "LogGamma", -1e300, Infinity },
        { "Factorial", 0.0, 1.0 }, { "Factorial", 5.0, 120.0 }, { "Factorial", 171.0, Infinity }, { "Factorial", -1.0, NotANumber }, { "Factorial", 2.5, NotANumber },
        { "Factorial", Infinity, Infinity },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Edge_arguments_give_their_limits(string function, double x, double expected) =>
        BitConverter.DoubleToInt64Bits(Function(function)(x)).ShouldBe(BitConverter.DoubleToInt64Bits(expected), $"{function}({x:R})");

    [Theory]
    [InlineData("Exp"), InlineData("Log"), InlineData("Log10"), InlineData("Log1p"), InlineData("Expm1"), InlineData("Sin"), InlineData("Cos"), InlineData("Tan")]
    [InlineData("Asin"), InlineData("Acos"), InlineData("Atan"), InlineData("Sinh"), InlineData("Cosh"), InlineData("Tanh"), InlineData("LogGamma"), InlineData("Factorial")]
    public void Any_NaN_gives_the_canonical_NaN(string function)
    {
        foreach (long bits in new[] { 0x7FF8000000000000, -0x0008000000000000, 0x7FF800000000BEEF, -0x0000000000000001 })
        {
            double result = Function(function)(BitConverter.Int64BitsToDouble(bits));
            BitConverter.DoubleToInt64Bits(result).ShouldBe(BitConverter.DoubleToInt64Bits(double.NaN));
        }
    }

    /// <summary>IEEE 754-2019, section 9.2.1, which the runtime's power also follows; only exact results are compared.</summary>
    [Fact]
    public void Pow_has_the_special_cases_of_IEEE_754()
    {
        double[] values =
        [
            0.0, -0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5, 3.0, -3.0, 1e300, -1e300, 1e-300, -1e-300, double.Epsilon, -double.Epsilon, double.MaxValue,
            double.MinValue, Infinity, -Infinity, NotANumber, 9007199254740993.0, 9007199254740991.0, -9007199254740991.0, 4503599627370497.5, 1.0000000000000002,
            0.9999999999999999,
        ];
        foreach (double x in values)
        {
            foreach (double y in values)
            {
                double reference = Math.Pow(x, y);
                double computed = Elementary.Pow(x, y);
                if (double.IsNaN(reference))
                {
                    BitConverter.DoubleToInt64Bits(computed).ShouldBe(BitConverter.DoubleToInt64Bits(double.NaN), $"Pow({x:R}, {y:R})");
                }
                else if (double.IsInfinity(reference) || reference is 0.0 or 1.0 or -1.0)
                {
                    BitConverter.DoubleToInt64Bits(computed).ShouldBe(BitConverter.DoubleToInt64Bits(reference), $"Pow({x:R}, {y:R})");
                }
                else
                {
                    (Math.Abs(computed - reference) <= 1e-15 * Math.Abs(reference)).ShouldBeTrue($"Pow({x:R}, {y:R}) = {computed:R}, not {reference:R}");
                }
            }
        }
    }

    [Fact]
    public void Small_whole_powers_are_exact()
    {
        for (int x = -12; x <= 12; x++)
        {
            double product = 1.0;
            for (int y = 0; y <= 13; y++)
            {
                Elementary.Pow(x, y).ShouldBe(product);
                product *= x;
            }
        }
    }

    [Theory]
    [InlineData("Exp", 0.34657359027997264), InlineData("Exp", -0.34657359027997264), InlineData("Exp", 1.0397207708399179), InlineData("Exp", -708.3964185322641)]
    [InlineData("Log", 0.7071067811865476), InlineData("Log", 1.4142135623730951), InlineData("Log", 1.0), InlineData("Log", 2.2250738585072014e-308)]
    [InlineData("Log10", 0.8660254037844386), InlineData("Log10", 1.224744871391589), InlineData("Log10", 1.7320508075688772)]
    [InlineData("Expm1", 0.34657359027997264), InlineData("Expm1", -40.0), InlineData("Expm1", 40.0)]
    [InlineData("Sin", 0.7853981633974483), InlineData("Tan", 0.7853981633974483), InlineData("Asin", 0.5)]
    [InlineData("Atan", 0.4375), InlineData("Atan", 0.6875), InlineData("Atan", 1.1875), InlineData("Atan", 2.4375)]
    [InlineData("Sinh", 1.0), InlineData("Tanh", 0.55), InlineData("Cosh", 20.79), InlineData("LogGamma", 2.5), InlineData("LogGamma", 8.0)]
    public void Values_never_fall_where_the_reduction_changes(string function, double boundary)
    {
        Func<double, double> f = Function(function);
        double x = boundary - 3000.0 * (Math.BitIncrement(Math.Abs(boundary)) - Math.Abs(boundary));
        double previous = f(x);
        for (int i = 0; i < 6000; i++)
        {
            x = Math.BitIncrement(x);
            double value = f(x);

            // Rounding errors below one ulp may swap neighbours that differ by less, but never by more than one ulp.
            value.ShouldBeGreaterThanOrEqualTo(Math.BitDecrement(previous), $"at {x:R}");
            previous = Math.Max(previous, value);
        }
    }

    [Theory]
    [InlineData("Exp", 1.0), InlineData("Exp", -700.25), InlineData("Log", 3.0), InlineData("Log", 1e-310), InlineData("Log10", 5.0), InlineData("Log1p", 0.001)]
    [InlineData("Expm1", -0.4), InlineData("Sin", 1e22), InlineData("Cos", 2.5), InlineData("Tan", 1.5), InlineData("Asin", 0.9), InlineData("Acos", -0.3)]
    [InlineData("Atan", 1.7), InlineData("Sinh", 2.0), InlineData("Cosh", 0.7), InlineData("Tanh", 0.6), InlineData("LogGamma", 4.2), InlineData("LogGamma", 0.1)]
    public void Pinned_bits_change_only_with_a_changelog_entry_titled_results_change(string function, double x)
    {
        string key = $"{function}({x:R})";
        BitConverter.DoubleToInt64Bits(Function(function)(x)).ShouldBe(PinnedBits.Elementary[key], key);
    }

    [Fact]
    public void Pinned_bits_of_many_values_change_only_with_a_changelog_entry_titled_results_change()
    {
        var stream = new Arguments(17);
        ulong hash = 14695981039346656037;
        for (int i = 0; i < 20000; i++)
        {
            double x = stream.Between(-700.0, 700.0);
            double y = stream.AnyPositive();
            foreach (double value in new[] { Elementary.Exp(x), Elementary.Log(y), Elementary.Pow(y, x / 700.0) })
            {
                hash = unchecked((hash ^ BitConverter.DoubleToUInt64Bits(value)) * 1099511628211);
            }
        }

        hash.ShouldBe(PinnedBits.ExpLogPowHash);
    }

    static Func<double, double> Function(string name) => name switch
    {
        "Exp" => Elementary.Exp,
        "Log" => Elementary.Log,
        "Log10" => Elementary.Log10,
        "Log1p" => Elementary.Log1p,
        "Expm1" => Elementary.Expm1,
        "Sin" => Elementary.Sin,
        "Cos" => Elementary.Cos,
        "Tan" => Elementary.Tan,
        "Asin" => Elementary.Asin,
        "Acos" => Elementary.Acos,
        "Atan" => Elementary.Atan,
        "Sinh" => Elementary.Sinh,
        "Cosh" => Elementary.Cosh,
        "Tanh" => Elementary.Tanh,
        "LogGamma" => Elementary.LogGamma,
        "Factorial" => Elementary.Factorial,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
