using Nadir.Endpoints;
using Nadir.Protocols;
using Nadir.Studies;
using Nadir.Trials;

namespace Nadir.Tests.Studies;

/// <summary>
/// Each mechanism switched on in a population in which all others are off, on the same patients: relapse of its class, or non-response, becomes more frequent beyond chance,
/// which is the direction of its evidence (its file's facts). Where it leads to nothing alone, the mechanisms it needs are on in both; its file's note says why.
/// </summary>
[Trait("Category", "Slow")]
public class MechanismSwitchTests
{
    const int Patients = 5000;

    /// <summary>Standard errors of the paired difference by which it has to rise.</summary>
    const double Margin = 2.5;

    static readonly string _study = Trial.OneArm("fludarabine-cyclophosphamide");

    static readonly Dictionary<string, Switched> _done = new(StringComparer.Ordinal);

    public static TheoryData<string> Mechanisms => [.. Mechanism.ShippedNames];

    /// <summary>One arm, with each patient's outcome.</summary>
    sealed record Switched(ArmResult Arm, PatientOutcome[] Outcomes)
    {
        public static Switched Run(TrialJob job)
        {
            List<PatientOutcome> outcomes = [];
            ArmResult arm = job.Run(2, r => outcomes.Add(r.Outcome), null, default).Arms[0];
            return new Switched(arm, [.. outcomes]);
        }
    }

    static Switched Run(SortedSet<string> mechanisms)
    {
        string key = string.Join(' ', mechanisms);
        lock (_done)
        {
            return _done.TryGetValue(key, out Switched? known) ? known : _done[key] = Switched.Run(Trial.OnlyWith(_study, Patients, 1, mechanisms));
        }
    }

    /// <summary>A mechanism may need one that needs another.</summary>
    static SortedSet<string> Needed(Mechanism mechanism)
    {
        SortedSet<string> needed = new(StringComparer.Ordinal);
        foreach (string name in mechanism.Needs)
        {
            needed.Add(name);
            needed.UnionWith(Needed(Mechanism.LoadShipped(name).OrThrow()));
        }

        return needed;
    }

    static bool Has(PatientOutcome o, string relapseClass) => relapseClass == "non-response"
        ? o.RemissionDay is null
        : o.RelapsePhenotype is { } phenotype && PhenotypeNames.NameOf(phenotype) == relapseClass;

    /// <summary>McNemar: patients who have it only with the mechanism less those who have it only without, over the standard error.</summary>
    static double Rise(Switched with, Switched without, string relapseClass)
    {
        (bool With, bool Without)[] pairs = [.. with.Outcomes.Zip(without.Outcomes, (a, b) => (Has(a, relapseClass), Has(b, relapseClass)))];
        int gained = pairs.Count(p => p.With && !p.Without);
        int lost = pairs.Count(p => !p.With && p.Without);
        return gained == lost ? 0 : (gained - lost) / Math.Sqrt(gained + lost);
    }

    [Theory]
    [MemberData(nameof(Mechanisms))]
    public void Switched_on_it_raises_what_it_is_known_for(string name)
    {
        Mechanism mechanism = Mechanism.LoadShipped(name).OrThrow();
        SortedSet<string> needed = Needed(mechanism);

        Switched without = Run(needed);
        Switched with = Run([.. needed, name]);

        without.Arm.FailedPatients.ShouldBe(0);
        with.Arm.FailedPatients.ShouldBe(0);
        Rise(with, without, mechanism.RelapseClass).ShouldBeGreaterThan(Margin);
    }

    [Fact]
    public void Without_any_mechanism_hardly_anybody_fails_or_relapses()
    {
        ArmResult arm = Run([]).Arm;

        arm.Remission3Months.Value.ShouldBeGreaterThan(0.98);
        arm.Relapse.Sum(r => r.Count).ShouldBeLessThan(Patients / 400);
    }

    [Theory]
    [InlineData("pre-existing-negative-clone", "pre-existing")]
    [InlineData("cd19-mutation", "new")]
    [InlineData("alternative-splicing", "either")]
    [InlineData("epitope-masking", "manufacture")]
    [InlineData("lineage-switch", "pre-existing")]
    public void Relapse_by_the_only_mechanism_is_attributed_to_it(string name, string seed)
    {
        ArmResult arm = Run([name]).Arm;

        arm.Causes.Sum(c => c.Count).ShouldBe(arm.Relapse.Sum(r => r.Count));
        arm.Causes.Where(c => c.Mechanism == name && c.Seed == seed).Sum(c => c.Count).ShouldBeGreaterThan(arm.Causes.Sum(c => c.Count) - 3);
    }

    [Theory]
    [InlineData("anti-car-immunity", "rejected")]
    [InlineData("lost-persistence", "lost")]
    public void Relapse_after_loss_is_attributed_to_what_removed_the_cells(string name, string state)
    {
        IReadOnlyList<CauseCount> causes = Run([name]).Arm.Causes;

        causes.Where(c => c.Mechanism == name && c.CarT == state).Sum(c => c.Count).ShouldBeGreaterThan((int)(0.8 * causes.Sum(c => c.Count)));
    }

    /// <summary>Antigen that is stripped brings relapses of the dim clone, which are counted apart from those that it has by itself.</summary>
    [Fact]
    public void Trogocytosis_is_named_where_it_is_switched_on()
    {
        static int Named(params IReadOnlyList<string> with) => Trial.Job(_study, new TrialOverrides { Patients = Patients, Seed = 1, With = with }).Result().Arms[0]
            .Causes.Where(c => c.Mechanism == "trogocytosis").Sum(c => c.Count);

        Named("trogocytosis").ShouldBeGreaterThan(5);
        Named().ShouldBe(0);
    }

    /// <summary>CD19 and CD22 fall together in IKAROS-low cells (IKAROS 2025): what defeats one product against both.</summary>
    [Fact]
    public void Antigens_that_fall_together_take_back_what_a_second_binder_gained()
    {
        static double Negative(string product, params IReadOnlyList<string> with)
        {
            string study = _study.Replace("cd19-41bb", product, StringComparison.Ordinal);
            TrialOverrides overrides = new() { Patients = 4000, Seed = 3, With = with };
            return Trial.Job(study, overrides).Result().Arms[0].Relapse.Single(r => r.Phenotype == "cd19-negative-or-low").Curve.At(730).Value;
        }

        double one = Negative("cd19-41bb", "antigen-downregulation") - Negative("cd19-41bb");
        double both = Negative("cd19-cd22-tandem", "antigen-downregulation") - Negative("cd19-cd22-tandem");

        both.ShouldBeGreaterThan(0.03);
        both.ShouldBeGreaterThan(2 * one);
    }
}
