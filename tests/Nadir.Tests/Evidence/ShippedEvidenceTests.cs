using Nadir.Documents;
using Nadir.Evidence;
using Nadir.Models;
using Nadir.Monitoring;
using Nadir.Populations;
using Nadir.Protocols;

namespace Nadir.Tests.Evidence;

/// <summary>The library as a whole: everything reads, every number has a source, every name exists.</summary>
public class ShippedEvidenceTests
{
    static readonly ModelPackage _ball = ModelPackage.LoadShipped("b-all").OrThrow();

    static readonly PopulationSet _populations = PopulationSet.Read(_ball).OrThrow();

    static readonly Population _children = _populations["children-young-adults"];

    static readonly CitationTable _citations = CitationTable.LoadShipped().OrThrow();

    public static TheoryData<string> Products => [.. Product.ShippedNames];

    public static TheoryData<string> Regimens => [.. Lymphodepletion.ShippedNames];

    public static TheoryData<string> Strategies => [.. Strategy.ShippedNames];

    public static TheoryData<string> Mechanisms => [.. Mechanism.ShippedNames];

    public static TheoryData<string> Assays => [.. Assay.ShippedNames];

    public static TheoryData<string> Trials => [.. PublishedTrial.ShippedNames];

    [Fact]
    public void A_publication_has_one_key()
    {
        string[] identifiers = [.. _citations.All.SelectMany(c => new[] { c.Doi?.ToUpperInvariant(), c.Pmid }).OfType<string>()];

        identifiers.ShouldBeUnique();
    }

    static IReadOnlyList<string> MissingSources(IEnumerable<SourceReference> references) => [.. _citations.Check(references).Select(i => i.ToString())];

    [Theory]
    [MemberData(nameof(Products))]
    public void Products_read_and_suit_the_model(string name)
    {
        Product product = Product.LoadShipped(name).OrThrow();

        product.Name.ShouldBe(name);
        MissingSources(product.Sources).ShouldBeEmpty();
        _children.Check(product.Changes).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Regimens))]
    public void Lymphodepletions_read_and_suit_the_model(string name)
    {
        Lymphodepletion regimen = Lymphodepletion.LoadShipped(name).OrThrow();

        regimen.Name.ShouldBe(name);
        MissingSources(regimen.Sources).ShouldBeEmpty();
        _children.Check(regimen.Changes).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void Strategies_read_and_suit_model_assays_and_mechanisms(string name)
    {
        Strategy strategy = Strategy.LoadShipped(name).OrThrow();

        strategy.Name.ShouldBe(name);
        MissingSources(strategy.Sources).ShouldBeEmpty();
        strategy.Check(_ball).ShouldBeEmpty();
        strategy.Rules.SelectMany(r => r.Trigger.Observed).ShouldAllBe(o => Assay.ShippedNames.Contains(o.Assay));
        strategy.Counters.ShouldAllBe(c => Mechanism.ShippedNames.Contains(c));
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void A_measured_cost_of_a_strategy_happens_in_a_trial_or_says_why_not(string name)
    {
        Strategy strategy = Strategy.LoadShipped(name).OrThrow();

        foreach (StrategyCost cost in strategy.Costs.Where(c => c.Basis.Level == EvidenceLevel.Measured))
        {
            string note = cost.Basis.Note.ShouldNotBeNull($"{name}: {cost.Text}");
            bool happens = note.StartsWith("the toxicity above", StringComparison.Ordinal) ? strategy.Actions.OfType<StrategyAction.Toxicity>().Any(t => SameSource(t.Basis, cost.Basis) || note.EndsWith("which has the rate of another cohort", StringComparison.Ordinal))
                : note.StartsWith("the mortality above", StringComparison.Ordinal) ? strategy.Actions.OfType<StrategyAction.Mortality>().Any(m => SameSource(m.Basis, cost.Basis))
                : note.StartsWith("the product's own", StringComparison.Ordinal) ? strategy.Given.Any()
                : note.StartsWith("no model meaning", StringComparison.Ordinal);
            happens.ShouldBeTrue($"{name}: {cost.Text}: {note}");
        }
    }

    /// <summary>A cost and what happens in its place name one publication; where they do not, the note has to say that the rate is another cohort's.</summary>
    static bool SameSource(Basis happens, Basis cost) => happens.Sources.Select(s => s.Key).Intersect(cost.Sources.Select(s => s.Key)).Any();

    [Theory]
    [InlineData("reinfusion-at-haematogones")]
    [InlineData("reinfusion-at-blood-b-cells")]
    [InlineData("second-infusion-at-mrd")]
    [InlineData("second-cd19-after-failure")]
    public void A_second_infusion_has_the_measured_severe_cytokine_release(string name) =>
        Strategy.LoadShipped(name).OrThrow().Actions.OfType<StrategyAction.Toxicity>().ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(t => t.Probability.ShouldBe(0.09), t => t.Basis.Sources.ShouldHaveSingleItem().Key.ShouldBe("gauthier-2021"));

    [Theory]
    [MemberData(nameof(Mechanisms))]
    public void Mechanisms_read_and_are_switched_off_by_what_the_model_has(string name)
    {
        Mechanism mechanism = Mechanism.LoadShipped(name).OrThrow();

        mechanism.Name.ShouldBe(name);
        MissingSources(mechanism.Sources).ShouldBeEmpty();
        mechanism.Facts.ShouldNotBeEmpty();
        mechanism.Signals.ShouldNotBeEmpty();
        mechanism.Parameters.ShouldAllBe(p => _ball.Parameters!.Find(p) != null);
        _children.Check(mechanism.Off).ShouldBeEmpty();
        _children.Check(mechanism.On).ShouldBeEmpty();
        mechanism.Needs.ShouldAllBe(n => Mechanism.ShippedNames.Contains(n));
    }

    [Theory]
    [MemberData(nameof(Mechanisms))]
    public void Switching_a_mechanism_off_changes_some_patients_and_their_covariates_never(string name)
    {
        Mechanism mechanism = Mechanism.LoadShipped(name).OrThrow();
        Population on = _children.With(mechanism.On);
        Population off = on.With(mechanism.Off);

        (VirtualPatient On, VirtualPatient Off)[] pairs = [.. Enumerable.Range(0, 300).Select(i => (on.Draw(1, i), off.Draw(1, i)))];

        pairs.ShouldContain(p => !p.On.Parameters.SequenceEqual(p.Off.Parameters));
        pairs.ShouldAllBe(p => p.On.Covariates.SequenceEqual(p.Off.Covariates));
    }

    [Theory]
    [MemberData(nameof(Mechanisms))]
    public void A_mechanism_that_is_off_by_default_is_so_in_every_patient(string name)
    {
        Mechanism mechanism = Mechanism.LoadShipped(name).OrThrow();
        Population off = _children.With(mechanism.Off);

        bool same = Enumerable.Range(0, 100).All(i => _children.Draw(1, i).Parameters.SequenceEqual(off.Draw(1, i).Parameters));

        same.ShouldBe(mechanism.Default == MechanismDefault.Off);
    }

    [Fact]
    public void What_attribution_names_are_mechanisms_that_ship()
    {
        Readouts readouts = _ball.Parameters!.Readouts;
        string[] named = [.. readouts.Clones.Select(c => c.Mechanism).OfType<string>(), .. readouts.Causes!.Mechanisms, .. readouts.Causes.Resistance.Select(r => r.Mechanism)];

        named.ShouldAllBe(m => Mechanism.ShippedNames.Contains(m));
    }

    [Theory]
    [MemberData(nameof(Assays))]
    public void Assays_read_what_the_model_gives(string name)
    {
        Assay assay = Assay.LoadShipped(name).OrThrow();

        assay.Name.ShouldBe(name);
        MissingSources(assay.Sources).ShouldBeEmpty();
        (Readouts.BlastShares.Contains(assay.Reads) || _ball.Parameters!.Readouts.Find(assay.Reads) is not null).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Trials))]
    public void Trials_read_and_name_what_ships(string name)
    {
        PublishedTrial trial = PublishedTrial.LoadShipped(name).OrThrow();

        trial.Name.ShouldBe(name);
        MissingSources(trial.Results.Select(r => r.Citation)).ShouldBeEmpty();
        _populations.Names.ShouldContain(trial.Population);
        (trial.Product is null || Product.ShippedNames.Contains(trial.Product)).ShouldBeTrue();
    }

    [Fact]
    public void A_quantity_is_compared_once_in_a_trial()
    {
        foreach (string name in PublishedTrial.ShippedNames)
        {
            PublishedTrial trial = PublishedTrial.LoadShipped(name).OrThrow();
            string[] ids = [.. trial.Results.Where(r => r.IsComparable).Select(r => r.Id)];

            ids.Distinct().Count().ShouldBe(ids.Length);
            (ids.Length > 0 || trial.Results.All(r => r.Role == TargetRole.Structural || r.Listed is not null)).ShouldBeTrue(name);
        }
    }

    [Fact]
    public void Eliana_holds_the_published_figures()
    {
        PublishedTrial eliana = PublishedTrial.LoadShipped("eliana").OrThrow();
        PublishedResult Of(string id) => eliana.Results.First(r => r.Id == id && r.Primary);

        Of("remission3Months").ShouldSatisfyAllConditions(r => r.Events.ShouldBe(61), r => r.Patients.ShouldBe(75));
        Of("rfs12").Estimate.ShouldBe(0.59);
        Of("os18").ShouldSatisfyAllConditions(r => r.Estimate.ShouldBe(0.70), r => r.Lower.ShouldBe(0.58), r => r.Upper.ShouldBe(0.79));
        Of("rfs36").ShouldSatisfyAllConditions(r => r.Estimate.ShouldBe(0.52), r => r.CensoredAtFurtherTherapy.ShouldBe(true));
        eliana.Results.Where(r => !r.Verified).Select(r => r.Id).ShouldBe(["efs6", "os6", "rfs18", "crsAny"]);
        eliana.Results.Where(r => r.IsComparable && r.Month <= 24).Select(r => r.Id).ShouldBe(["rfs6", "rfs12", "efs12", "os12", "os18"]);
    }

    [Fact]
    public void The_phenotype_shares_of_the_pooled_cohort_are_its_counts()
    {
        PublishedResult[] shares = [.. PublishedTrial.LoadShipped("pooled-420").OrThrow().Results.Where(r => r.Patients == 166)];

        shares.Select(r => r.Events).ShouldBe([83, 68, 12]);
        shares.ShouldAllBe(r => r.IsComparable && r.Basis == IntervalBasis.Counts);
    }

    [Fact]
    public void Most_numbers_of_the_reference_model_are_assumed_and_the_table_says_so()
    {
        ParameterTable table = _ball.Parameters!;

        table.Count(EvidenceLevel.Measured).ShouldBe(2);
        table.Count(EvidenceLevel.Derived).ShouldBe(9);
        table.Count(EvidenceLevel.Assumed).ShouldBe(table.Entries.Count - 11);
    }

    [Fact]
    public void Every_number_of_every_model_has_a_source_that_exists()
    {
        foreach (string name in ModelPackage.ShippedNames)
        {
            ModelPackage package = ModelPackage.LoadShipped(name).OrThrow();

            package.Parameters.ShouldNotBeNull();
            MissingSources(package.Parameters.Entries.SelectMany(e => e.Basis.Sources)).ShouldBeEmpty();
            package.Card.ShouldNotBeNull().ShouldContain("Research use only");
        }

        MissingSources(_children.Sources).ShouldBeEmpty();
    }

    [Fact]
    public void The_library_holds_no_file_that_nothing_reads() =>
        ShippedLibrary.Paths.Where(p => p.StartsWith("library/", StringComparison.Ordinal)).Select(p => p.Split('/')[1]).Distinct().Order(StringComparer.Ordinal)
            .ShouldBe(["assays", "citations.yaml", "identification.yaml", "lymphodepletion", "mechanisms", "models", "products", "strategies", "trials"]);
}
