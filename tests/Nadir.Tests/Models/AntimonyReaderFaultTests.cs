using System.Text;
using Nadir.Faults;
using Nadir.Models;

namespace Nadir.Tests.Models;

public class AntimonyReaderFaultTests
{
    [Theory]
    [InlineData("", "ND0237", 1, 1, "no model")]
    [InlineData("// only a comment\n", "ND0237", 1, 1, "no model")]
    [InlineData("x = 1\ny = = 2", "ND0104", 2, 5, "=")]
    [InlineData("x = 1\ny = (2 + 3", "ND0105", 2, 11, "not closed")]
    [InlineData("x = 3 +\n 4", "ND0104", 1, 8, "operand")]
    [InlineData("x = sqrtt(2)", "ND0233", 1, 5, "sqrtt")]
    [InlineData("x = min()", "ND0107", 1, 5, "min")]
    [InlineData("function f(a)\n a\nend\nx = f(1, 2)", "ND0234", 4, 5, "f takes 1 argument")]
    [InlineData("x = 1 é", "ND0101", 1, 7, "no meaning")]
    [InlineData("x = 1 /* never", "ND0103", 1, 7, "never closed")]
    [InlineData("x = 1; x is \"abc", "ND0103", 1, 13, "quotation mark")]
    [InlineData("model foo()\n x = 1\n", "ND0202", 1, 1, "foo")]
    [InlineData("model foo()\n x = 1\nmodel bar()\n y = 1\nend", "ND0202", 1, 1, "foo")]
    [InlineData("x = 1\nend", "ND0208", 2, 1, "could end here")]
    [InlineData("model ()\nend\nx = 1", "ND0204", 1, 7, "name")]
    [InlineData("species compartment = 3", "ND0205", 1, 9, "compartment is a keyword")]
    [InlineData("time = 3", "ND0205", 1, 1, "time is a built-in constant")]
    [InlineData("exp = 3", "ND0205", 1, 1, "exp is a built-in function")]
    [InlineData("import \"pk.ant\"", "ND0207", 1, 1, "import")]
    [InlineData("DNA d: --p--r", "ND0207", 1, 1, "DNA")]
    [InlineData("x = 1; 0 = x - 1", "ND0207", 1, 8, "algebraic rule")]
    [InlineData("x = normal(1, 2)", "ND0110", 1, 5, "normal")]
    [InlineData("x = 1; y := delay(x, 2)", "ND0110", 1, 13, "delay")]
    [InlineData("x = 1; y := rateOf(x)", "ND0110", 1, 13, "rateOf")]
    [InlineData("constraint x > 1", "ND0207", 1, 1, "constraint")]
    [InlineData("speces S = 3", "ND0201", 1, 8, "speces S")]
    [InlineData("x = 1 y = 2", "ND0201", 1, 9, "should end here")]
    [InlineData("A => B\nk = 1", "ND0212", 1, 7, "; is missing")]
    [InlineData("r: A => B;\n", "ND0251", 1, 1, "r has no rate law")]
    [InlineData("r: => ; 3", "ND0211", 1, 7, "a species")]
    [InlineData("r: A + B; 3", "ND0210", 1, 9, "arrow")]
    [InlineData("r: A => 2; 3", "ND0204", 1, 10, "a species behind its number")]
    [InlineData("k = 2; A => B; k*C", "ND0241", 1, 18, "C is not defined")]
    [InlineData("Tumour = 1; r: Tumour => ; k*Tumor; k = 1", "ND0241", 1, 30, "Tumor is not defined")]
    [InlineData("const k; A => B; k*A", "ND0242", 1, 18, "k is used but has no value")]
    [InlineData("x := 2*y; y := x + 1", "ND0246", 1, 1, "x is defined by itself through y")]
    [InlineData("x = 2*x", "ND0246", 1, 1, "x is defined by itself")]
    [InlineData("x = y; y = z; z = x", "ND0246", 1, 1, "through y, z")]
    [InlineData("A => B; r2\nr2: B => A; _J0", "ND0246", 1, 1, "_J0 is defined by itself through r2")]
    [InlineData("x := 1; x' = 2", "ND0222", 1, 9, "already has an assignment rule")]
    [InlineData("x' = 1; x := 2", "ND0222", 1, 9, "already has a rate rule")]
    [InlineData("x := 1; x = 2", "ND0222", 1, 9, "already has an assignment rule")]
    [InlineData("x := 1; at time > 1: x = 2", "ND0263", 1, 22, "cannot assign x: it has an assignment rule")]
    [InlineData("x = 1; at time > 1: y = 2", "ND0263", 1, 21, "cannot assign y: it has no value before the event")]
    [InlineData("x = 1; at time: x = 2", "ND0260", 1, 11, "not a condition")]
    [InlineData("x = 1; at 1: x = 2", "ND0260", 1, 11, "not a condition")]
    [InlineData("x = 1; at time > 1, priority = x > 0: x = 2", "ND0261", 1, 32, "priority")]
    [InlineData("x = 1; at time > 1, persistant = true: x = 2", "ND0213", 1, 21, "no such event option")]
    [InlineData("x = 1; at time > 1, t0 = x: x = 2", "ND0214", 1, 26, "t0 takes only true or false")]
    [InlineData("x = 1; at time > 1: x = 2, x = 3", "ND0262", 1, 28, "assigns x twice")]
    [InlineData("x = 1; at time > 1 x = 2", "ND0206", 1, 22, "trigger")]
    [InlineData("A => B; 1; A: B => A; 1", "ND0221", 1, 12, "A is a species")]
    [InlineData("A => B; 1; compartment A = 1", "ND0221", 1, 24, "A is a species")]
    [InlineData("r: A => B; 1; r' = 2", "ND0221", 1, 15, "r is a reaction")]
    [InlineData("r: A => B; 1; r in A: B => A; 1", "ND0221", 1, 20, "A is a species")]
    [InlineData("A B => C; 1", "ND0252", 1, 3, "the number of B in _J0, A,")]
    [InlineData("n = 1; n' = 1; n B => C; 1", "ND0252", 1, 18, "n, is not a parameter with a constant value")]
    [InlineData("A => B; 1; C -o _J1; species C", "ND0253", 1, 17, "_J1")]
    [InlineData("A => B; 1; C -o _J0; species C", "ND0254", 1, 12, "does not use it")]
    [InlineData("compartment V in W, W in V", "ND0248", 1, 13, "V lies within itself")]
    [InlineData("function f(a)\n a + k\nend\nx = f(1)", "ND0232", 2, 6, "f uses k")]
    [InlineData("function f(a)\n a + time\nend\nx = f(1)", "ND0232", 2, 2, "time")]
    [InlineData("function f(a, a)\n a\nend\nx = f(1, 2)", "ND0232", 1, 1, "two arguments a")]
    [InlineData("function f(a)\n f(a)\nend\nx = f(1)", "ND0231", 1, 1, "f calls itself")]
    [InlineData("function f(a)\n a\nend\nfunction f(b)\n b\nend\nx = f(1)", "ND0230", 4, 1, "f is defined twice")]
    [InlineData("model a()\nx = 1\nend\nmodel a()\nx = 1\nend", "ND0236", 4, 7, "a is defined twice")]
    [InlineData("A: foo()", "ND0224", 1, 4, "no model foo")]
    [InlineData("model foo(x)\nx = 1\nend\nA: foo(1, 2)", "ND0225", 4, 4, "foo takes 1 arguments")]
    [InlineData("model foo(x)\nx = 1\nend\nA: foo(1); A.y = 2", "ND0220", 4, 12, "A has no symbol y")]
    [InlineData("B.y = 2", "ND0220", 1, 1, "there is no submodel B")]
    [InlineData("model foo(x)\nx = 1\nend\nA: foo(), timeconv=24", "ND0207", 4, 9, "timeconv")]
    [InlineData("x = 1; x descripton \"abc\"", "ND0215", 1, 10, "descripton")]
    [InlineData("unit per_day = 1/(86400 second\n x = 1", "ND0209", 1, 16, "per_day")]
    [InlineData("x = 2; k(3) = 1", "ND0201", 1, 13, "should end here")]
    public void A_fault_is_reported_with_code_place_and_name(string text, string code, int line, int column, string message)
    {
        Checked<Model> result = Reading.Check(text);
        result.Value.ShouldBeNull();
        Issue issue = result.Issues.First(i => i.Severity == Severity.Error);
        (issue.Code, issue.Location.File, issue.Location.Line, issue.Location.Column).ShouldBe((code, "m.ant", line, column), issue.ToString());
        $"{issue.Message} {issue.Found}".ShouldContain(message);
    }

    [Theory]
    [InlineData("Tumour = 1; r: Tumour => ; k*Tumor; k = 1", "did you mean \"Tumour\"?")]
    [InlineData("speces S = 3", "did you mean \"species\"?")]
    [InlineData("x = 1; at time > 1, persistant = true: x = 2", "did you mean \"persistent\"?")]
    [InlineData("function hill(x)\n x\nend\ny = hil(1)", "did you mean \"hill\"?")]
    [InlineData("x = 1; x descripton \"abc\"", "did you mean \"description\"?")]
    [InlineData("model foo()\nx = 1\nend\nA: fooo()", "did you mean \"foo\"?")]
    [InlineData("x = 2\ny := (x = 2)", "write == to compare")]
    public void The_nearest_valid_thing_is_named(string text, string hint) => Reading.Check(text).Issues[0].Hint.ShouldBe(hint);

    [Theory]
    [InlineData("k = 1; k = 2", "ND0223", "k is defined again; the definition at line 1")]
    [InlineData("k = 1; k := 2", "ND0223", "k is defined again")]
    [InlineData("species S", "ND0243", "S has no initial value")]
    [InlineData("const k", "ND0242", "k has no value and is not used")]
    [InlineData("S => ; S; S := 2", "ND0245", "S has a rule")]
    [InlineData("k = 3; x = 2 k", "ND0244", "k behind a number is read as its unit")]
    [InlineData("compartment V; species S in V = 1", "ND0247", "V has no size")]
    [InlineData("compartment V; substanceOnly species S in V = 1", "ND0247", "V has no size")]
    [InlineData("compartment V; x = 2*V", "ND0247", "V has no size")]
    public void A_doubtful_thing_is_a_warning_and_the_model_is_read(string text, string code, string message)
    {
        Checked<Model> result = Reading.Check(text);
        result.Value.ShouldNotBeNull();
        Issue issue = result.Issues.ShouldHaveSingleItem();
        (issue.Code, issue.Severity).ShouldBe((code, Severity.Warning));
        issue.Message.ShouldContain(message);
    }

    [Fact]
    public void The_last_definition_holds() => Reading.Model("k = 1; k = 2").Parameter("k").Value.Text().ShouldBe("2");

    [Fact]
    public void Several_faults_are_reported_at_once_in_order()
    {
        Checked<Model> result = Reading.Check("model m()\n x = (1\n r: A + => B; k*A\n y = min()\n e: at x > , t0=false: x = 1,\n   y = 2\n z = 3\nend");
        result.Issues.Select(i => (i.Code, i.Location.Line)).ShouldBe([("ND0105", 2), ("ND0204", 3), ("ND0107", 4), ("ND0104", 5)]);
    }

    [Fact]
    public void At_most_fifty_faults_and_a_closing_note_are_given()
    {
        Checked<Model> result = Reading.Check(string.Concat(Enumerable.Repeat("x = (1\n", 1000)));
        result.Issues.Count.ShouldBe(51);
        result.Issues[^1].Message.ShouldContain("first 50");
    }

    [Fact]
    public void Many_warnings_do_not_refuse_a_model_nor_hide_an_error()
    {
        string text = string.Concat(Enumerable.Repeat("k = 1\n", 100));
        Checked<Model> result = Reading.Check(text);
        result.Value.ShouldNotBeNull();
        result.Issues.Count.ShouldBe(51);
        Reading.Check(text + "y = missing").Issues.ShouldContain(i => i.Code == "ND0241" && i.Location.Line == 101);
    }

    [Fact]
    public void Very_many_undefined_names_are_reported_quickly()
    {
        string text = string.Join("\n", Enumerable.Range(0, 10_000).Select(i => $"known{i} = unknown{i}"));
        Reading.Check(text).Issues.Count.ShouldBe(51);
    }

    [Fact]
    public void Fifty_megabytes_are_refused_at_once() =>
        Reading.Check(new string('x', 50_000_000)).Issues.ShouldHaveSingleItem().Code.ShouldBe("ND0200");

    [Theory]
    [InlineData("(")]
    [InlineData("x = (")]
    [InlineData("-")]
    [InlineData("f(")]
    [InlineData("A.")]
    [InlineData("A + ")]
    [InlineData("a + b < ")]
    [InlineData("model a()\n")]
    [InlineData("at x:")]
    [InlineData("\"")]
    [InlineData("```")]
    [InlineData("$")]
    [InlineData("{")]
    [InlineData("a:")]
    [InlineData("x,")]
    [InlineData("species a,")]
    [InlineData("\0")]
    [InlineData("A => ")]
    [InlineData("/*")]
    [InlineData("\\\n")]
    [InlineData("function f(")]
    public void Endless_repetitions_are_refused_without_a_crash(string piece)
    {
        string text = string.Concat(Enumerable.Repeat(piece, 300_000 / piece.Length));
        Checked<Model> result = Reading.Check(text);
        result.Value.ShouldBeNull();
        result.Issues.Count.ShouldBeInRange(1, 51);
    }

    [Fact]
    public void Noise_is_refused_without_a_crash()
    {
        byte[] bytes = new byte[1_000_000];
        new Random(5).NextBytes(bytes);
        Reading.Check(Encoding.Latin1.GetString(bytes)).Value.ShouldBeNull();
        Reading.Check(Encoding.UTF8.GetString(bytes)).Value.ShouldBeNull();
    }

    [Fact]
    public void Every_damaged_version_of_a_model_is_read_or_refused_but_never_crashes()
    {
        const string model = """
            function hill(x, n); x^n/(1 + x^n); end
            model sub(T)
              species T = 5
            end
            model *main()
              compartment V = 2; substanceOnly species $S in V = 3, U in V
              r1 in V: 2 S + U -> n U; k*S*hill(U, 2) in V
              k = 2e-9 per_day; n = 2; U = 4/V; x := k + r1; y' = -y; y = 1
              A: sub(S); delete A.T; unit per_day = 1/86400 second
              e: at 2 after x > 5 && S < 3, t0=false, priority=3: U = 5,
                k = 2
              k description "text", "more"
            end
            """;
        string[] pieces = ["(", ")", ";", "\n", "=", ":", "'", "\"", "```", "A.", "end", "at", "in", ",", "$", "->", "{", "-", "^", "2", "is", "model", "function"];
        Random random = new(9);
        for (int i = 0; i < 1000; i++)
        {
            string text = model;
            for (int j = random.Next(1, 4); j > 0; j--)
            {
                int at = random.Next(text.Length), length = Math.Min(random.Next(6), text.Length - at);
                text = text[..at] + (random.Next(2) == 0 ? pieces[random.Next(pieces.Length)] : "") + text[(at + length)..];
            }

            Checked<Model> result = Should.NotThrow(() => Reading.Check(text), text);
            (result.Value is null).ShouldBe(result.Issues.Any(issue => issue.Severity == Severity.Error));
        }
    }

    [Fact]
    public void Functions_that_double_their_argument_cannot_fill_the_memory()
    {
        StringBuilder text = new("function f0(x); x + x; end\n");
        for (int i = 1; i < 60; i++)
        {
            _ = text.Append(System.Globalization.CultureInfo.InvariantCulture, $"function f{i}(x); f{i - 1}(f{i - 1}(x)); end\n");
        }

        Reading.Check(text + "y = f59(1)").Issues.Select(i => i.Code).ShouldContain("ND0235");
    }

    [Fact]
    public void Submodels_that_double_cannot_fill_the_memory()
    {
        StringBuilder text = new("model m0()\n x = 1; y = 2\nend\n");
        for (int i = 1; i < 20; i++)
        {
            _ = text.Append(System.Globalization.CultureInfo.InvariantCulture, $"model m{i}()\n A: m{i - 1}(); B: m{i - 1}()\nend\n");
        }

        Reading.Check(text.ToString()).Issues.Select(i => i.Code).ShouldContain("ND0226");
    }

    [Fact]
    public void A_long_chain_of_definitions_is_followed()
    {
        StringBuilder text = new("x0 = 1\n");
        for (int i = 1; i < 10_000; i++)
        {
            _ = text.Append(System.Globalization.CultureInfo.InvariantCulture, $"x{i} = x{i - 1} + 1\n");
        }

        Reading.Model(text.ToString()).Parameters.Count.ShouldBe(10_000);
        Reading.Check($"{text}x0 = x9999").Issues.ShouldContain(i => i.Code == "ND0246");
    }
}
