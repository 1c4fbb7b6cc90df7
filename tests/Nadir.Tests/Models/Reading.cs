using Nadir.Expressions;
using Nadir.Faults;
using Nadir.Models;

namespace Nadir.Tests.Models;

static class Reading
{
    public static Checked<Model> Check(string text) => AntimonyReader.Read(text, "m.ant");

    public static Model Model(string text)
    {
        Checked<Model> result = Check(text);
        result.Issues.Where(i => i.Severity == Severity.Error).ShouldBeEmpty();
        return result.OrThrow();
    }

    public static string Text(this Expr? e) => e is null ? "null" : ExpressionPrinter.Print(e);

    public static Species Species(this Model m, string name) => m.Species.Single(s => s.Name == name);

    public static Parameter Parameter(this Model m, string name) => m.Parameters.Single(s => s.Name == name);

    public static Reaction Reaction(this Model m, string name) => m.Reactions.Single(s => s.Name == name);

    public static string Sides(this Reaction r) =>
        $"{string.Join(" + ", r.Reactants.Select(p => $"{p.Stoichiometry.Text()} {p.Species}"))} > {string.Join(" + ", r.Products.Select(p => $"{p.Stoichiometry.Text()} {p.Species}"))}";
}
