using System.Globalization;
using Nadir.Models;
using Nadir.Tests.Architecture;

namespace Nadir.Tests.Solvers;

/// <summary>The model of Kirouac et al. 2023; the numbers were computed with another solver from the published equations.</summary>
public sealed class Kirouac2023Tests
{
    const string ParameterFile = "data/kirouac-2023-parameters.csv";

    const string ReferenceFile = "data/kirouac-2023-reference.csv";

    static readonly (string Source, string Name)[] _names =
    [
        ("B50", "antigen_half"), ("uB", "leukaemia_growth"), ("kkill", "kill_maximum"), ("floss", "infusion_loss"), ("TK50", "kill_half_effectors"),
        ("kt", "kill_power"), ("kb1", "antigen_production"), ("kb2", "antigen_loss"), ("um", "memory_division"), ("km", "self_renewal_power"),
        ("fmax", "self_renewal_maximum"), ("ke", "effector_activation_power"), ("ue", "effector_activation"), ("N", "effector_divisions"),
        ("kex", "exhaustion_maximum"), ("dm", "memory_death"), ("de1", "effector_early_death"), ("de2", "effector_death"), ("dx", "exhausted_death"),
        ("Bmax", "leukaemia_capacity"), ("kx", "exhaustion_power"), ("rm", "memory_return_maximum"), ("kr", "memory_return_power"),
        ("fTm", "arrival_memory"), ("fTe1", "arrival_effector_early"), ("fTe2", "arrival_effector"), ("fTx", "arrival_exhausted"),
    ];

    public static TheoryData<string, string> Sets =>
        [.. from response in new[] { "CR", "PR", "NR" } from i in Enumerable.Range(1, 12) select new TheoryDataRow<string, string>(response, i.ToString(CultureInfo.InvariantCulture))];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Every_fitted_patient_follows_the_reference_solution(string response, string id)
    {
        Assert.SkipUnless(File.Exists(Repository.Shared(ParameterFile)), $"{Repository.Shared(ParameterFile)} is not on this machine; the fitted sets have no licence and are not copied");
        Dictionary<string, string> set = Row(ParameterFile, response, id);
        double Reference(string column) => double.Parse(Row(ReferenceFile, response, id)[column], CultureInfo.InvariantCulture);
        (string, double)[] patient = [.. _names.Select(n => (n.Name, double.Parse(set[n.Source], CultureInfo.InvariantCulture)))];

        Course course = Course.Of(LibraryModel.With("kirouac-2023", patient), 365, 0.1);

        course.Peak("cart_per_ul").ShouldSatisfyAllConditions(
            p => Agrees(p.Value, Reference("Cmax_cells_per_uL")), p => p.Day.ShouldBe(Reference("tmax_d"), 1e-6));
        Agrees(course.Area("cart_per_ul", 28), Reference("AUC28"));
        Agrees(course.At("leukaemia_cells", 28) / 1e10, Reference("B28_over_B0"));
        Agrees(course.At("leukaemia_cells", 90) / 1e10, Reference("B90_over_B0"));
        Agrees(course.At("leukaemia_cells", 365) / 1e10, Reference("B365_over_B0"));
        Agrees(course.Low("leukaemia_cells").Value / 1e10, Reference("Bmin_over_B0"));
        Agrees(course.At("leukaemia_cells", Reference("tBmin_d")) / 1e10, Reference("Bmin_over_B0"));
    }

    [Fact]
    public void The_shipped_patient_follows_the_reference_solution()
    {
        Course course = Course.Of(LibraryModel.With("kirouac-2023"), 365, 0.1);
        Agrees(course.Peak("cart_per_ul").Value, 105.082328);
        course.Peak("cart_per_ul").Day.ShouldBe(21.4, 1e-6);
        Agrees(course.Area("cart_per_ul", 28), 1571.05306);
        Agrees(course.At("leukaemia_cells", 28) / 1e10, 1.825487e-4);
        Agrees(course.At("leukaemia_cells", 90) / 1e10, 8.75364163e-4);
        Agrees(course.Low("leukaemia_cells").Value / 1e10, 1.48488794e-4);
        Agrees(course.At("leukaemia_cells", 365) / 1e10, 5.49902941e-3);
    }

    [Fact]
    public void Cells_that_arrive_and_do_nothing_are_the_engrafted_share_of_the_dose_split_by_arrival()
    {
        string[] rates =
        [
            "memory_division", "memory_death", "effector_activation", "effector_early_death", "effector_death", "exhaustion_maximum", "memory_return_maximum", "exhausted_death",
        ];
        Model still = LibraryModel.With("kirouac-2023", [.. rates.Select(r => (r, 0.0))]);
        Course course = Course.Of(still, 10, 0.5);
        double engrafted = 1e8 / 495;
        double arrival = 3.75 + 7.86 + 49.7 + 23.6;
        course.At("cart_total", 10).ShouldBe(engrafted, 1e-4);
        course.At("cart_memory", 10).ShouldBe(engrafted * 3.75 / arrival, 1e-4);
        course.At("cart_exhausted", 10).ShouldBe(engrafted * 23.6 / arrival, 1e-4);
    }

    static void Agrees(double found, double reference) => found.ShouldBe(reference, 1e-5 * reference);

    static Dictionary<string, string> Row(string file, string response, string id)
    {
        string[][] table = [.. File.ReadLines(Repository.Shared(file)).Select(l => l.Split(','))];
        string[] row = table.Single(r => r[0] == response && r[1] == id);
        return table[0].Zip(row).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
    }
}
