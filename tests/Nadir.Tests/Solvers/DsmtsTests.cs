using System.Globalization;
using System.Text.Json;
using Nadir.Ensembles;
using Nadir.Models;
using Nadir.Solvers;
using Nadir.Tests.Architecture;

namespace Nadir.Tests.Solvers;

/// <summary>
/// The discrete stochastic models test suite (Evans, Gillespie and Wilkinson 2008, Bioinformatics 24:285), as far as its transcriptions
/// are present beside the repository: means and standard deviations at 51 times.
/// </summary>
public sealed class DsmtsTests
{
    static readonly string Folder = Repository.Shared("conformance/dsmts");

    static readonly string[] Names =
    [
        "00001", "00003", "00005", "00007", "00009", "00011", "00013", "00015", "00017", "00019",
        "00021", "00023", "00025", "00027", "00029", "00031", "00033", "00035", "00037", "00039",
    ];

    /// <summary>Every case with every exact method.</summary>
    public static TheoryData<string, string> Exact =>
        [.. Names.SelectMany(_ => ExactCatalogue.All, (name, method) => (name, method.Name))];

    [Theory]
    [Trait("Category", "Slow")]
    [MemberData(nameof(Exact))]
    public void Exact_simulation_agrees_with_the_suite(string name, string method) =>
        Check(name, new SimulationSettings { Method = SimulationMethod.Ssa, Exact = Runs.Exact(method), Times = [0] });

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("00001")]
    [InlineData("00003")]
    [InlineData("00005")]
    [InlineData("00007")]
    [InlineData("00009")]
    [InlineData("00011")]
    [InlineData("00013")]
    [InlineData("00015")]
    [InlineData("00017")]
    [InlineData("00019")]
    [InlineData("00021")]
    [InlineData("00025")]
    [InlineData("00027")]
    [InlineData("00029")]
    [InlineData("00037")]
    [InlineData("00039")]
    public void The_hybrid_method_agrees_with_the_suite_on_births_and_deaths(string name) =>
        Check(name, new SimulationSettings { Method = SimulationMethod.Hybrid, Discrete = [new DiscreteSpecies("X", 1e6)], Times = [0] });

    static void Check(string name, SimulationSettings method)
    {
        string folder = Path.Combine(Folder, name);
        Assert.SkipUnless(Directory.Exists(folder), $"{folder} is not on this machine");
        SuiteCase suite = SuiteCase.Load(folder, name);
        SimulationSettings settings = method with { Times = suite.Times, Count = suite.Runs, Threads = 2 };
        (int means, int spreads) = Excursions(suite, settings with { Seed = 1 });
        if (means > 1 || spreads > 1)
        {
            (int meansAgain, int spreadsAgain) = Excursions(suite, settings with { Seed = 2 });
            (means > 1 && meansAgain > 1).ShouldBeFalse($"{name}: {means} and {meansAgain} times the mean left its range");
            (spreads > 1 && spreadsAgain > 1).ShouldBeFalse($"{name}: {spreads} and {spreadsAgain} times the spread left its range");
        }
    }

    /// <summary>Times at which some variable left the range; variables tied together leave it together and count once.</summary>
    static (int Means, int Spreads) Excursions(SuiteCase suite, SimulationSettings settings)
    {
        Sums sums = new(suite);
        SimulationJob job = SimulationJob.Create(suite.Model, settings).OrThrow();
        int[] columns = [.. suite.Variables.Select(v => job.Variables.ToList().IndexOf(v))];
        job.Run(r =>
        {
            r.Status.ShouldBe(LaneStatus.Completed);
            sums.Add(r, columns);
        });
        return sums.Excursions();
    }

    /// <summary>Sums over the runs of the deviation from the expected mean and of its square.</summary>
    sealed class Sums(SuiteCase suite)
    {
        readonly double[,] _first = new double[suite.Times.Length, suite.Variables.Length];
        readonly double[,] _second = new double[suite.Times.Length, suite.Variables.Length];
        int _runs;

        public void Add(Replicate r, int[] columns)
        {
            _runs++;
            for (int i = 0; i < suite.Times.Length; i++)
            {
                for (int v = 0; v < columns.Length; v++)
                {
                    double off = r.Values[i][columns[v]] - suite.Mean[i][v];
                    _first[i, v] += off;
                    _second[i, v] += off * off;
                }
            }
        }

        public (int Means, int Spreads) Excursions()
        {
            int means = 0;
            int spreads = 0;
            for (int i = 0; i < suite.Times.Length; i++)
            {
                means += Enumerable.Range(0, suite.Variables.Length).Any(v => MeanIsOff(i, v)) ? 1 : 0;
                spreads += Enumerable.Range(0, suite.Variables.Length).Any(v => SpreadIsOff(i, v)) ? 1 : 0;
            }

            return (means, spreads);
        }

        bool MeanIsOff(int i, int v)
        {
            double s = suite.Spread[i][v];
            // Printed with five digits, a mean that no chance touches is met within half of the last.
            return s == 0 ? Math.Abs(_first[i, v] / _runs) > 5e-6 : Math.Abs(_first[i, v] / Math.Sqrt(_runs) / s) >= 3;
        }

        bool SpreadIsOff(int i, int v)
        {
            double s = suite.Spread[i][v];
            double ratio = _second[i, v] / _runs / (s * s);
            bool loose = suite.Name is "00003" or "00033" or "00039";
            return s > 0 && !(suite.Name == "00003" && suite.Times[i] >= 30)
                && Math.Abs(Math.Sqrt(_runs / 2.0) * (ratio - 1)) >= 5 && (!loose || Math.Abs(Math.Sqrt(ratio) - 1) > 0.05);
        }
    }

    sealed record SuiteCase(string Name, Model Model, int Runs, double[] Times, string[] Variables, double[][] Mean, double[][] Spread)
    {
        public static SuiteCase Load(string folder, string name)
        {
            JsonElement settings = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(folder, "settings.json")));
            string[] variables = [.. settings.GetProperty("variables").EnumerateArray().Select(v => v.GetString()!)];
            double[][] mean = Table(Path.Combine(folder, "mean.csv"));
            double[][] spread = Table(Path.Combine(folder, "sd.csv"));
            Model model = AntimonyReader.Read(File.ReadAllText(Path.Combine(folder, "model.ant")), name).OrThrow();
            return new SuiteCase(name, model, settings.GetProperty("n").GetInt32(), [.. mean.Select(r => r[0])], variables, Rest(mean), Rest(spread));
        }

        static double[][] Rest(double[][] table) => [.. table.Select(r => r[1..])];

        static double[][] Table(string path) =>
            [.. File.ReadLines(path).Skip(1).Where(l => l.Length > 0).Select(l => l.Split(',').Select(c => double.Parse(c, CultureInfo.InvariantCulture)).ToArray())];
    }
}
