using Nadir.Expressions;
using Nadir.Faults;
using Nadir.Models;

namespace Nadir.Tests.Models;

public sealed class ModelPackageTests : IDisposable
{
    const string Ant = "model m\n  substanceOnly species x\n  k = 0.5\n  x = 3\n  decay: x => ; k*x\nend\n";

    const string Yaml = "parameters:\n  k: {unit: 1/day, distribution: fixed, bounds: [0, 1], evidence: assumed, note: n}\n";

    readonly string _folder = Directory.CreateTempSubdirectory("nadir-package-").FullName;

    public static TheoryData<string> Shipped => [.. ModelPackage.ShippedNames];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string Write(string file, string text)
    {
        string path = Path.Combine(_folder, file);
        File.WriteAllText(path, text);
        return path;
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Every_model_that_ships_reads_without_a_word(string name)
    {
        Checked<ModelPackage> read = ModelPackage.LoadShipped(name);

        read.Issues.Select(i => i.ToString()).ShouldBeEmpty();
        read.Value!.Name.ShouldBe(name);
        read.Value.Hash.Length.ShouldBe(64);
    }

    [Fact]
    public void An_unknown_model_names_the_nearest() =>
        Should.Throw<ArgumentException>(() => ModelPackage.LoadShipped("ball")).Message.ShouldContain("did you mean \"b-all\"?");

    [Fact]
    public void A_bare_file_is_a_model_without_more()
    {
        ModelPackage package = ModelPackage.Load(Write("mine.ant", Ant)).OrThrow();

        package.Name.ShouldBe("mine");
        package.Model.Reactions.Single().Name.ShouldBe("decay");
        package.Parameters.ShouldBeNull();
    }

    [Fact]
    public void A_folder_is_read_with_what_is_in_it()
    {
        Write("model.ant", Ant);
        Write("parameters.yaml", Yaml);
        Write("card.md", "# Mine");

        ModelPackage package = ModelPackage.Load(_folder + Path.DirectorySeparatorChar).OrThrow();

        package.Name.ShouldBe(Path.GetFileName(_folder));
        package.Parameters!.Entries.Single().Name.ShouldBe("k");
        package.Card.ShouldBe("# Mine");
        package.PopulationFile.ShouldBeNull();
    }

    [Fact]
    public void The_hash_changes_with_the_numbers_and_not_with_the_card()
    {
        Write("model.ant", Ant);
        Write("parameters.yaml", Yaml);
        string hash = ModelPackage.Load(_folder).OrThrow().Hash;
        Write("card.md", "# Mine");
        ModelPackage.Load(_folder).OrThrow().Hash.ShouldBe(hash);
        Write("parameters.yaml", Yaml.Replace("[0, 1]", "[0, 2]"));

        ModelPackage.Load(_folder).OrThrow().Hash.ShouldNotBe(hash);
    }

    [Theory]
    [InlineData("missing.ant", "ND0001")]
    [InlineData("", "ND0001")]
    public void A_missing_file_or_a_folder_without_a_model_is_an_issue(string file, string code)
    {
        Checked<ModelPackage> read = ModelPackage.Load(Path.Combine(_folder, file));

        read.Value.ShouldBeNull();
        read.Issues.ShouldContain(i => i.Code == code);
    }

    [Fact]
    public void Mistakes_of_model_and_parameters_carry_their_own_file()
    {
        Write("model.ant", Ant);
        Write("parameters.yaml", Yaml.Replace("  k:", "  kk:"));

        Checked<ModelPackage> read = ModelPackage.Load(_folder);

        read.Value.ShouldBeNull();
        read.Issues.Select(i => i.Code).Order().ShouldBe(["ND0301", "ND0302"]);
        read.Issues.ShouldAllBe(i => i.Location.File.EndsWith("parameters.yaml", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void No_rate_is_negative_and_no_species_is_lost_that_is_not_there(string name)
    {
        Model model = ModelPackage.LoadShipped(name).OrThrow().Model;
        RandomState state = new(model);
        for (int i = 0; i < 200; i++)
        {
            state.Next();
            foreach (Reaction reaction in model.Reactions)
            {
                double rate = state.Evaluate(reaction.RateLaw);
                rate.ShouldBeGreaterThanOrEqualTo(0, reaction.Name);
                foreach (Participant reactant in reaction.Reactants)
                {
                    state.Without(reactant.Species, reaction.RateLaw).ShouldBe(0, $"{reaction.Name} without {reactant.Species}");
                }
            }
        }
    }

    [Fact]
    public void The_typical_patient_of_the_reference_has_the_published_definitions()
    {
        Model model = ModelPackage.LoadShipped("b-all").OrThrow().Model;
        RandomState state = new(model) { ["normal_b_cells"] = 3e8, ["antigen_shortage"] = 0 };
        foreach (string clone in ModelPackage.LoadShipped("b-all").OrThrow().Parameters!.Readouts.Group("leukaemia-clones"))
        {
            state[clone] = clone == "leukaemia_cd19pos" ? 5.3e9 : 0;
        }

        state.Evaluate(new SymbolExpr("marrow_blast_fraction")).ShouldBe(0.05, 0.001);
        state.Evaluate(new SymbolExpr("b_cells_per_ul")).ShouldBe(3, 1e-12);
        state.Evaluate(new SymbolExpr("recognition_normal")).ShouldBe(0.98, 1e-12);
        state.Evaluate(new SymbolExpr("recognition_dim")).ShouldBe(0.81 / 4.81, 1e-12);
    }

    [Fact]
    public void Every_clone_of_the_reference_turns_discrete_and_is_drawn()
    {
        ParameterTable table = ModelPackage.LoadShipped("b-all").OrThrow().Parameters!;

        table.Discrete.Threshold.ShouldBe(1000);
        table.Discrete.Clones.Where(c => c.Threshold == 1000).Select(c => c.Species).ShouldBe([.. table.Readouts.Group("leukaemia-clones")]);
        table.Discrete.Clones.Where(c => c.Threshold == 5).Select(c => c.Species).ShouldBe(["cart_product", "cart_memory", "cart_effector", "cart_exhausted", "second_product", "second_memory", "second_effector", "second_exhausted"]);
        table.Readouts.Panels.Select(p => p.Name).ShouldBe(["leukaemia", "car-t", "b-cells"]);
        table.Discrete.Clones.Where(c => c.Initial == InitialNumber.Poisson).Count().ShouldBe(11);
    }
}
