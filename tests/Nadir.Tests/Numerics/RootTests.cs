using Nadir.Numerics;

namespace Nadir.Tests.Numerics;

public class RootTests
{
    [Theory]
    [InlineData(0.1), InlineData(2.0), InlineData(1e6), InlineData(1e-6)]
    public void Square_roots_are_found_to_rounding(double square)
    {
        double root = Root.Find(static (x, s) => x * x - s, square, 0.0, square + 1.0, 0.0);
        root.ShouldBe(Math.Sqrt(square), 1e-15 * Math.Sqrt(square));
    }

    [Fact]
    public void A_jump_is_found_within_the_tolerance()
    {
        double root = Root.Find(static (x, at) => x < at ? -1.0 : 1e9, 0.3, 0.0, 1.0, 1e-6);
        root.ShouldBe(0.3, 1e-6);
    }

    [Fact]
    public void A_root_at_an_end_is_returned()
    {
        Root.Find(static (x, _) => x, 0, 0.0, 1.0, 1e-9).ShouldBe(0.0);
        Root.Find(static (x, _) => x - 1.0, 0, 0.0, 1.0, 1e-9).ShouldBe(1.0);
    }

    [Fact]
    public void Smooth_functions_need_few_evaluations()
    {
        int[] calls = new int[1];
        double root = Root.Find(static (x, n) => { n[0]++; return Math.Cos(x) - x; }, calls, 0.0, 1.0, 1e-12);
        root.ShouldBe(0.7390851332151607, 1e-12);
        calls[0].ShouldBeLessThan(12);
    }

    [Fact]
    public void Flat_functions_end_too()
    {
        int[] calls = new int[1];
        double root = Root.Find(static (x, n) => { n[0]++; return Math.Pow(x - 0.3, 9.0); }, calls, 0.0, 1.0, 1e-12);
        root.ShouldBe(0.3, 1e-3);
        calls[0].ShouldBeLessThan(250);
    }

    [Fact]
    public void Random_cubics_have_their_root_in_the_bracket_and_change_sign_there()
    {
        var stream = new Arguments(3);
        for (int i = 0; i < 500; i++)
        {
            double at = stream.Between(-5.0, 5.0);
            double root = Root.Find(static (x, a) => (x - a) * (x * x + 0.1), at, -5.0, 5.0, 1e-10);
            root.ShouldBe(at, 1e-10);
        }
    }

    [Fact]
    public void Equal_signs_are_refused() =>
        Should.Throw<ArgumentException>(() => Root.Find(static (x, _) => x * x + 1.0, 0, -1.0, 1.0, 0.0)).Message.ShouldContain("expected opposite signs");

    [Fact]
    public void NaN_is_refused() => Should.Throw<ArgumentException>(() => Root.Find(static (_, _) => double.NaN, 0, -1.0, 1.0, 0.0));
}
