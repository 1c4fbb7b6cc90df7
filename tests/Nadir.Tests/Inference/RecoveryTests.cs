using System.Globalization;
using System.Text;
using Nadir.Documents;
using Nadir.Evidence;
using Nadir.Inference;
using Nadir.Models;
using Nadir.Numerics;
using Nadir.Populations;

namespace Nadir.Tests.Inference;

/// <summary>
/// Calibration to data simulated from known numbers, with the disease model: truths are drawn from the prior, trials of 150 patients simulated with them, and the numbers sampled back from what the trials show.
/// A 90% interval covers 15 or more of 20 truths with a probability of 0.99.
/// </summary>
[Trait("Category", "Slow")]
public class RecoveryTests
{
    const int Repetitions = 20;
    const int Patients = 150;

    static readonly string[] _free = ["cart_capacity", "leukaemia_growth", "cd19neg_fraction", "car_loss_odds", "mortality.after-failure"];

    static readonly (string Quantity, int Month)[] _shown = [("remission3Months", 0), ("rfs", 6), ("rfs", 12), ("rfs", 24), ("os", 12), ("os", 24), ("relapseShareCd19Negative", 0), ("transgeneCmax", 0)];

    sealed record Repetition(double[] Truth, IReadOnlyList<Marginal> Marginals);

    static readonly Lazy<Repetition[]> _all = new(() => [.. Enumerable.Range(0, Repetitions).Select(Run)]);

    public static TheoryData<string> Free => [.. _free];

    static readonly IReadOnlyDictionary<string, double> _shipped =
        CalibratedValues.Of(ModelPackage.LoadShipped("b-all").OrThrow())!.OrThrow().Point;

    /// <summary>Targets as a user would write them. A peak's spread between patients is taken as 0.8 on the logarithm, which is about what the model shows.</summary>
    static TargetSet Targets(Func<int, double> estimate, Func<int, int> patients)
    {
        StringBuilder yaml = new("name: simulated\ntitle: Simulated trials\npopulation: children-young-adults\ndesign: {product: cd19-41bb}\nresults:\n");
        foreach (((string quantity, int month), int i) in _shown.Select((s, i) => (s, i)))
        {
            string when = month > 0 ? $"month: {month}, " : "";
            string spread = quantity == "transgeneCmax" ? "log-sd: 0.8, " : "";
            yaml.Append(CultureInfo.InvariantCulture, $"  - {{quantity: {quantity}, {when}cohort: all, estimate: {estimate(i):R}, {spread}patients: {patients(i)}, citation: maude-2018, verified: true, role: calibration}}\n");
        }

        return TargetSet.Create([PublishedTrial.Read(new SourceText("simulated.yaml", yaml.ToString()))], Library.Shipped).OrThrow();
    }

    static Repetition Run(int repetition)
    {
        TargetSet blank = Targets(_ => 0.5, _ => Patients);
        PopulationSimulator world = new(blank, _free, _shipped) { Patients = Patients, Seed = 1000 + (ulong)repetition, Threads = 2 };
        RandomStream stream = new(20261129, (ulong)repetition, RandomStream.Purpose("recovery"));
        double[] truth = [.. _free.Select(_ => NormalDistribution.Quantile(stream.NextUniform()))];
        IReadOnlyList<Statistic> seen = world.Statistics([world.Values(truth)], null, default)[0];
        TargetSet targets = Targets(i => TargetScales.From(blank.Targets[i].Scale, seen[i].Place), i => (int)seen[i].Size);

        PopulationSimulator simulator = new(targets, _free, _shipped) { Patients = Patients, Seed = 1, Threads = 2 };
        Calibration calibration = new(targets, simulator, new SamplerSettings { Particles = 120, FinalMoves = 4, Seed = (ulong)repetition }, heterogeneity: 0);
        SamplerState state = calibration.Run(null, _ => { }, null, default);
        return new Repetition(
            [.. simulator.HyperParameters.Select(h => simulator.Value(simulator.HyperParameters.ToList().IndexOf(h), truth[Array.IndexOf([.. world.HyperParameters.Select(w => w.Name)], h.Name)]))],
            [.. simulator.HyperParameters.Select((h, k) => Marginal.Of(h, [.. state.Particles.Select(p => p.Z[k])], k, simulator))]);
    }

    [Theory]
    [MemberData(nameof(Free))]
    public void Ninety_percent_intervals_cover_the_truth_in_at_least_15_of_20_repetitions(string number)
    {
        (double Truth, Marginal Found)[] found = [.. _all.Value.Select(r => r.Marginals.Index().Single(m => m.Item.Parameter.Name == number) is var m ? (r.Truth[m.Index], m.Item) : default)];

        found.Count(f => f.Truth >= f.Found.Lower && f.Truth <= f.Found.Upper).ShouldBeGreaterThanOrEqualTo(15, string.Join("; ", found.Select(f => FormattableString.Invariant($"{f.Truth:G3} in {f.Found.Lower:G3} to {f.Found.Upper:G3}, contraction {f.Found.Contraction:F2}"))));
    }

    [Fact]
    public void The_targets_inform_most_of_the_numbers()
    {
        double[] contraction = [.. Enumerable.Range(0, _free.Length).Select(k => _all.Value.Average(r => r.Marginals[k].Contraction))];

        contraction.Count(c => c >= Marginal.Informed).ShouldBeGreaterThanOrEqualTo(3, string.Join(", ", contraction));
    }
}
