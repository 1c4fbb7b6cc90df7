using Nadir.Ensembles;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

/// <summary>Chances of extinction by formula, against closed forms with 50 digits and against the hybrid method.</summary>
public sealed class ExtinctionFormulaTests
{
    const double Close = 1e-8;

    [Fact]
    public void Constant_rates_give_the_closed_form()
    {
        foreach (BirthDeathRow row in ExtinctionReference.BirthDeath())
        {
            Check(ClonesInClosedForm.BirthDeath(row), "X", row.T, row.Extinct, row.Mean, row.Variance, row.ToString());
        }
    }

    [Fact]
    public void A_fading_kill_rate_gives_Kendalls_formula()
    {
        foreach (KendallRow row in ExtinctionReference.Kendall())
        {
            Check(ClonesInClosedForm.Kendall(row), "X", row.T, row.Extinct, row.Mean, row.Variance, row.ToString());
        }
    }

    [Fact]
    public void Mutants_of_a_shrinking_population_give_the_closed_form()
    {
        foreach (ImmigrationRow row in ExtinctionReference.Immigration())
        {
            Check(ClonesInClosedForm.Mutants(row), "M", row.T, 1 - row.AtLeastOne, row.Mean, row.Variance, row.ToString());
        }
    }

    [Fact]
    public void Any_grid_of_output_times_gives_the_same_chances()
    {
        ImmigrationRow row = ExtinctionReference.Immigration().First();
        double[] times = [.. Enumerable.Range(0, 41).Select(i => row.T * i / 40)];
        double[][] fine = Runs.Extinction(ClonesInClosedForm.Mutants(row), times, new DiscreteSpecies("M"));
        double[][] coarse = Runs.Extinction(ClonesInClosedForm.Mutants(row), [0, times[20], row.T], new DiscreteSpecies("M"));
        fine[0].ShouldBe([1, 0, 0]);
        fine[20][0].ShouldBe(coarse[1][0], Close);
        fine[^1][0].ShouldBe(coarse[2][0], Close);
    }

    [Fact]
    public void The_usual_tolerance_is_good_for_six_digits()
    {
        ImmigrationRow row = ExtinctionReference.Immigration().First();
        SimulationSettings settings = new() { Method = SimulationMethod.Extinction, Discrete = [new DiscreteSpecies("M")], Times = [row.T] };
        Runs.All(ClonesInClosedForm.Mutants(row), settings)[0][0][0].ShouldBe(1 - row.AtLeastOne, 2e-6);
    }

    [Theory]
    [InlineData("X = 2.25", InitialNumber.Rounded, "rounded at random")]
    [InlineData("X = 2.25", InitialNumber.Poisson, "drawn from a Poisson law")]
    public void A_number_at_time_0_that_is_drawn_counts_with_its_law(string initial, InitialNumber kind, string what)
    {
        Model model = Networks.Model($"model m\n substanceOnly species X\n {initial}\n X => 2 X; 0.2*X\n X => ; 0.25*X\nend\n");
        const double t = 10;
        double growth = Math.Exp(-0.05 * t);
        double lost = 0.25 * (growth - 1) / ((0.2 * growth) - 0.25);
        double expected = kind == InitialNumber.Poisson ? Math.Exp(-2.25 * (1 - lost)) : (0.75 * lost * lost) + (0.25 * lost * lost * lost);
        Runs.Extinction(model, [t], new DiscreteSpecies("X", Initial: kind))[0][0].ShouldBe(expected, Close, what);
    }

    [Fact]
    public void Cells_that_turn_from_one_clone_into_another_are_followed_through_both()
    {
        Model model = Networks.Model("""
            model m
              substanceOnly species X, Y
              X = 3; Y = 0
              X => Y; 0.3*X
              Y => ; 0.1*Y
            end
            """);
        double[] found = Runs.Extinction(model, [5], new DiscreteSpecies("X"), new DiscreteSpecies("Y"))[0];
        double stays = Math.Exp(-1.5);
        double isY = 0.3 / (0.3 - 0.1) * (Math.Exp(-0.5) - stays);
        found[0].ShouldBe(Math.Pow(1 - stays, 3), Close);
        found[2].ShouldBe(3 * stays * (1 - stays), Close);
        found[3].ShouldBe(Math.Pow(1 - isY, 3), Close);
        found[4].ShouldBe(3 * isY, Close);
        found[5].ShouldBe(3 * isY * (1 - isY), Close);
        found[6].ShouldBe(Math.Pow(1 - stays - isY, 3), Close);
    }

    [Fact]
    public void Mutants_of_a_clone_that_may_die_out_have_the_law_of_exact_simulation()
    {
        const int n = 4000;
        const double end = 12;
        Model model = Networks.Model("""
            model m
              substanceOnly species A, B, C
              A = 4; B = 1; C = 0; drug = 1
              drug' = -0.2*drug
              A => 2 A; 0.3*A
              A => ; (0.1 + 0.6*drug)*A
              => C; 0.05*(1 + drug)*(A + 2*B)
              B => 2 B; 0.2*B
              B => A; 0.1*B
              B => ; 0.2*B
              C => 2 C; 0.25*C
              C => ; 0.3*C
            end
            """);
        DiscreteSpecies[] clones = [new("A"), new("B"), new("C")];
        double[] law = Runs.Extinction(model, [end], clones)[0];
        double[][][] runs = Runs.All(model, Runs.Ssa("next-reaction", end, n));
        for (int c = 0; c < 3; c++)
        {
            double[] cells = [.. runs.Select(r => r[0][c])];
            Runs.ShareShouldBe(Runs.Extinct(cells), law[3 * c], n, $"clone {c}");
            Runs.MeanShouldBe(cells, law[(3 * c) + 1], law[(3 * c) + 2], $"clone {c}");
            double mean = cells.Average();
            double variance = cells.Average(x => (x - mean) * (x - mean));
            double error = Math.Sqrt((cells.Average(x => Math.Pow(x - mean, 4)) - (variance * variance)) / n);
            Math.Abs(variance - law[(3 * c) + 2]).ShouldBeLessThan(4.5 * error, $"clone {c}: variance {variance}, by formula {law[(3 * c) + 2]}");
        }

        Runs.ShareShouldBe((double)runs.Count(r => r[0][0] + r[0][1] + r[0][2] == 0) / n, law[9], n, "all");
        Math.Abs(law[9] - (law[0] * law[3] * law[6])).ShouldBeGreaterThan(0.02, "clones of one origin die out together");
    }

    [Fact]
    public void Clones_without_links_have_the_same_law_beside_linked_ones()
    {
        ImmigrationRow row = ExtinctionReference.Immigration().First();
        Model model = Networks.Model($"""
            model mutants
              substanceOnly species S, M, X, Y
              S = {Runs.Text(row.N0)}; M = 0; u = {Runs.Text(row.Mu)}; k = {Runs.Text(row.Decay)}; b = {Runs.Text(row.B)}; d = {Runs.Text(row.D)}
              S => ; k*S
              => M; u*S
              M => 2 M; b*M
              M => ; d*M
              X = 2; Y = 0
              X => Y; 0.01*X
              Y => ; 0.1*Y
            end
            """);
        double[] found = Runs.Extinction(model, [row.T], new DiscreteSpecies("M"), new DiscreteSpecies("X"), new DiscreteSpecies("Y"))[0];
        found[0].ShouldBe(1 - row.AtLeastOne, Close);
        found[1].ShouldBe(row.Mean, Close * row.Mean);
        found[2].ShouldBe(row.Variance, Close * row.Variance);
    }

    [Fact]
    public void Events_and_switches_of_the_environment_are_followed()
    {
        Model model = Networks.Model("""
            model m
              compartment V = 2
              species X in V
              X = 10; kill = 0; drug = 0
              drug' = -0.5*drug
              X => 2 X; V*0.1*X
              X => ; V*(piecewise(0.4, time >= 3 && time < 5, 0) + kill + drug)*X
              at (time >= 7): kill = 0.3, drug = 1
            end
            """);
        const double t = 12;
        double Rho(double s) => (-0.1 * s) + (0.4 * (Math.Clamp(s, 3, 5) - 3)) + (s > 7 ? (0.3 * (s - 7)) + (2 * (1 - Math.Exp(-0.5 * (s - 7)))) : 0);
        double q = MathNet.Numerics.Integration.GaussLegendreRule.Integrate(s => 0.1 * Math.Exp(Rho(s)), 0, 3, 20)
            + MathNet.Numerics.Integration.GaussLegendreRule.Integrate(s => 0.1 * Math.Exp(Rho(s)), 3, 5, 20)
            + MathNet.Numerics.Integration.GaussLegendreRule.Integrate(s => 0.1 * Math.Exp(Rho(s)), 5, 7, 20)
            + MathNet.Numerics.Integration.GaussLegendreRule.Integrate(s => 0.1 * Math.Exp(Rho(s)), 7, t, 40);
        double expected = Math.Pow(1 - (1 / (Math.Exp(Rho(t)) + q)), 20);
        Runs.Extinction(model, [t], new DiscreteSpecies("X"))[0][0].ShouldBe(expected, Close);
    }

    [Fact]
    public void Chances_far_below_and_far_above_what_a_double_can_tell_from_0_and_1_are_0_and_1()
    {
        Model model = Networks.Model("model m\n substanceOnly species X, Y\n X = 1e11\n Y = 10\n X => 2 X; 0.1*X\n Y => 2 Y; Y\n Y => ; 20*Y\nend\n");
        double[] found = Runs.Extinction(model, [1000], new DiscreteSpecies("X"), new DiscreteSpecies("Y"))[0];
        (found[0], found[3], found[6]).ShouldBe((0, 1, 0));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1000)]
    public void The_tumour_of_Kimmel_dies_out_as_often_as_the_hybrid_says(double threshold)
    {
        const int n = 2000;
        Model model = LibraryModel.With("kimmel-2021", ("tumour_growth", 0.105));
        double expected = Runs.Extinction(model, [100, 300], new DiscreteSpecies("tumour_cells", threshold))[1][0];
        expected.ShouldBe(0.6187, 2e-4);
        Runs.ShareShouldBe(Runs.Extinct(Runs.Last(model, Runs.Hybrid(300, n, new DiscreteSpecies("tumour_cells", 1000)), "tumour_cells")), expected, n, "hybrid");
    }

    [Theory]
    [InlineData("X => 3 X; 0.1*X", "ND0621")]
    [InlineData("2 X => ; 0.1*X", "ND0621")]
    [InlineData("X => ; 0.1", "ND0621")]
    [InlineData("X => ; 0.1*X/(1 + Y) + 0.1", "ND0621")]
    [InlineData("X => 2 X; X\n at (time > 1): X = 5", "ND0622")]
    [InlineData("X -> 2 X; X", "ND0602")]
    public void What_is_no_law_of_independent_cells_is_refused_by_name(string body, string code)
    {
        Checked<SimulationJob> found = Create(body);
        found.Value.ShouldBeNull();
        found.Issues.ShouldContain(i => i.Code == code);
    }

    [Fact]
    public void What_depends_on_a_clone_is_named_in_a_warning()
    {
        Checked<SimulationJob> found = Create("X => 2 X; X\n feed: => Y; 0.1*X");
        found.Value.ShouldNotBeNull();
        Issue issue = found.Issues.ShouldHaveSingleItem();
        (issue.Code, issue.Severity).ShouldBe(("ND0623", Severity.Warning));
        issue.Message.ShouldContain("feed");
        Create("X => 2 X; X\n => Y; 0.1*Y").Issues.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("X => 2 X; 0.1*X*(1 - X/40)", LaneStatus.NotIndependent)]
    [InlineData("X => ; 0.1*X*X", LaneStatus.NotIndependent)]
    [InlineData("X => 2 X; 0.1*X*(1 - X/1e12)", LaneStatus.Completed)]
    [InlineData("=> X; 0.1 + 0.1*X", LaneStatus.Completed)]
    [InlineData("=> X; 0.1 + 0.1*X^2/(1 + X)", LaneStatus.NotIndependent)]
    [InlineData("X => 2 X; (1 - time)*X", LaneStatus.NegativeRate)]
    [InlineData("X => 2 X; X/(1 - 0*time - 1)", LaneStatus.NotFinite)]
    [InlineData("X => ; 1e9*X", LaneStatus.StepLimit)]
    public void A_clone_that_regulates_itself_where_it_is_small_ends_with_a_status(string body, LaneStatus status)
    {
        Replicate? found = null;
        Create(body).OrThrow().Run(r => found = r);
        found!.Status.ShouldBe(status);
        double.IsNaN(found.Values[^1][0]).ShouldBe(status != LaneStatus.Completed);
    }

    static Checked<SimulationJob> Create(string body) => SimulationJob.Create(
        Networks.Model($"model m\n substanceOnly species X, Y\n X = 5\n Y = 5\n {body}\nend\n"),
        new SimulationSettings { Method = SimulationMethod.Extinction, Discrete = [new DiscreteSpecies("X")], Times = [0, 20], Tolerances = new Tolerances { MaxSteps = 50_000 } });

    static void Check(Model model, string clone, double until, double extinct, double mean, double variance, string row)
    {
        double[] found = Runs.Extinction(model, [until], new DiscreteSpecies(clone))[0];
        found[0].ShouldBe(extinct, Close, row);
        found[1].ShouldBe(mean, Close * mean, row);
        found[2].ShouldBe(variance, Close * variance, row);
    }
}
