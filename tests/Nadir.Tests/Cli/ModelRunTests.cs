using Nadir.Models;
using static Nadir.Tests.Cli.RealCommandLine;

namespace Nadir.Tests.Cli;

/// <summary>The real commands, from arguments to text.</summary>
public sealed class ModelRunTests : IDisposable
{
    const string Decay =
        """
        model decay
          species B in body; compartment body = 1;
          substanceOnly species B;
          B = 100; k = 0.1;
          death: B => ; k * B;
        end
        """;

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nadir-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_library_is_listed()
    {
        (int code, string output, _) = Run("model", "list");

        code.ShouldBe(0);
        foreach (string name in ModelPackage.ShippedNames)
        {
            output.ShouldContain(name);
        }
    }

    [Fact]
    public void A_library_model_shows_its_parameters_and_how_well_they_are_known()
    {
        (int code, string output, _) = Run("model", "show", "b-all");

        code.ShouldBe(0);
        output.ShouldMatch("""\d+ \(\d+%\) measured, \d+ \(\d+%\) derived, \d+ \(\d+%\) assumed""");
        foreach (ParameterEntry entry in ModelPackage.LoadShipped("b-all").OrThrow().Parameters.ShouldNotBeNull().Entries)
        {
            output.ShouldContain(entry.Name);
        }
    }

    [Theory]
    [InlineData("model", "show", "b-al")]
    [InlineData("simulate", "b-al", "--wide")]
    public void A_name_that_is_not_in_the_library_gets_the_nearest(params string[] args)
    {
        (int code, string output, string error) = Run(args);

        code.ShouldBe(65);
        output.ShouldBeEmpty();
        error.ShouldContain("ND0613");
        error.ShouldContain("did you mean \"b-all\"?");
    }

    [Fact]
    public void A_good_file_is_counted()
    {
        (int code, string output, string error) = Run("model", "check", Written(Decay));

        code.ShouldBe(0);
        output.ShouldContain("no errors; 1 species, 1 parameters, 1 reactions");
        error.ShouldBeEmpty();
    }

    [Fact]
    public void A_bad_file_is_refused_with_line_and_column_by_check_and_by_simulate()
    {
        string path = Written(Decay.Replace("k * B", "k * * B", StringComparison.Ordinal));

        foreach (string[] args in new[] { new[] { "model", "check", path }, ["simulate", path] })
        {
            (int code, string output, string error) = Run(args);
            code.ShouldBe(65);
            output.ShouldBeEmpty();
            error.ShouldContain($"{path}:5:");
            error.ShouldContain("1 error, 0 warnings");
        }
    }

    [Fact]
    public void A_missing_file_a_folder_and_noise_are_refused()
    {
        string noise = Path.Combine(_folder.FullName, "noise.ant");
        File.WriteAllBytes(noise, [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 73))]);

        Run("simulate", Path.Combine(_folder.FullName, "none.ant")).Code.ShouldBe(65);
        Run("simulate", _folder.FullName).Code.ShouldBe(65);
        Run("simulate", noise).Code.ShouldBe(65);
        Run("simulate", noise).Error.ShouldNotContain("   at ");
    }

    [Fact]
    public void A_file_is_simulated()
    {
        (int code, string output, string error) = Run("simulate", Written(Decay), "--at", "0,10", "--set", "B=50");

        code.ShouldBe(0);
        error.ShouldBeEmpty();
        output.ShouldStartWith("replicate,time,variable,value\n1,0,B,50\n1,10,B,18.39");
    }

    [Fact]
    public void A_result_that_cannot_be_written_is_said()
    {
        (int code, string output, string error) = Run("simulate", Written(Decay), "--out", _folder.FullName);

        code.ShouldBe(65);
        output.ShouldBeEmpty();
        error.ShouldStartWith("error: ");
    }

    string Written(string text)
    {
        string path = Path.Combine(_folder.FullName, "decay.ant");
        File.WriteAllText(path, text);
        return path;
    }
}
