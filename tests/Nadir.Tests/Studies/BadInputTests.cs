using Nadir.Documents;
using static Nadir.Tests.Cli.RealCommandLine;

namespace Nadir.Tests.Studies;

/// <summary>
/// Wrong input through the command line: each mistake is named with file, line, code and what would be right; nothing runs, nothing is written, no
/// stack trace is shown, and the exit code is 65.
/// </summary>
public sealed class BadInputTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("nadir-bad-").FullName;

    string Out => Path.Combine(_folder, "results");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Runs a trial that must be refused; gives what was said.</summary>
    string Refused(string study, params string[] more)
    {
        (int code, string output, string error) = Run(["trial", study, "--out", Out, .. more]);

        code.ShouldBe(65, error);
        output.ShouldBeEmpty();
        error.ShouldContain("nothing was run");
        error.ShouldNotContain("   at ");
        Directory.Exists(Out).ShouldBeFalse();
        return error;
    }

    static (string Text, int Line) Changed(string text, string right, string wrong)
    {
        int at = text.IndexOf(right, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0, right);
        return (text[..at] + wrong + text[(at + right.Length)..], 1 + text[..at].Count(c => c == '\n'));
    }

    [Theory]
    [InlineData("nadir: 1", "nadir: 2", "ND0501", "nadir: 1")]
    [InlineData("title: A small trial", "titel: A small trial", "ND0021", "did you mean \"title\"?")]
    [InlineData("model: b-all", "model: b-al", "ND0025", "did you mean \"b-all\"?")]
    [InlineData("children-young-adults", "children-young-adult", "ND0025", "did you mean \"children-young-adults\"?")]
    [InlineData("count: 24", "count: 0", "ND0023", "from 1 to 100000000")]
    [InlineData("count: 24", "count: many", "ND0022", "a whole number")]
    [InlineData("horizon: 12 months", "horizon: 12 mnths", "ND0041", "did you mean \"months\"?")]
    [InlineData("horizon: 12 months", "horizon: -3 days", "ND0042", "-3 days")]
    [InlineData("seed: 3", "seed: 3.5", "ND0022", "3.5")]
    [InlineData("product: cd19-41bb", "product: cd19-28z", "ND0025", "cd19-41bb")]
    [InlineData("strategies: [consolidative-transplant]", "strategies: [consolidative-transplnt]", "ND0025", "did you mean \"consolidative-transplant\"?")]
    [InlineData("strategies:", "lymphodepletion: cyclophosphamid\n    strategies:", "ND0025", "did you mean \"cyclophosphamide\"?")]
    [InlineData("name: with transplant", "name: \"CAR-T, alone\"", "ND0506", "the same name")]
    [InlineData("visits: [28, 60, 90, 180, 270, 365]", "visits: [60, 28, 90]", "ND0503", "ascending")]
    [InlineData("visits: [28, 60, 90, 180, 270, 365]", "visits: [28, 500]", "ND0504", "day 500")]
    [InlineData("visits: [28, 60", "assays: [flow-mdr]\nvisits: [28, 60", "ND0025", "the name of an assay")]
    [InlineData("published: [eliana,", "published: [elianna,", "ND0025", "did you mean \"eliana\"?")]
    [InlineData("visits: [28, 60, 90, 180, 270, 365]", "visits: [28, 60", "ND0010", "YAML")]
    public void A_wrong_study_file_is_refused_where_it_is_wrong(string right, string wrong, string code, string fragment)
    {
        (string text, int line) = Changed(Trial.Small, right, wrong);
        string error = Refused(Write("study.yaml", text));

        error.ShouldContain(code);
        error.ShouldContain(fragment);
        if (code != "ND0010")
        {
            error.ShouldContain($"study.yaml:{line}:");
        }
    }

    [Theory]
    [InlineData("visits: [28,", "visits: [29,", "ND0512", "a visit on day 28")]
    [InlineData("horizon: 12 months\nseed: 3", "horizon: 69 days\nseed: 3", "ND0513", "day 69")]
    public void A_strategy_that_could_never_be_carried_out_is_refused(string right, string wrong, string code, string fragment)
    {
        string text = Changed(Trial.Small, right, wrong).Text;
        text = code == "ND0513" ? Changed(text, "[28, 60, 90, 180, 270, 365]", "[28, 60]").Text : text;
        string error = Refused(Write("study.yaml", text));

        error.ShouldContain($"error {code}: \"consolidative-transplant\" of the arm \"with transplant\"");
        error.ShouldContain(fragment);
        error.Split("error ND").Length.ShouldBe(2, "one mistake is one issue");
    }

    [Theory]
    [InlineData("target-switch", "ND0516", "no assay of the study measures", "write assays: [ngs-mrd] in the study")]
    [InlineData("gamma-secretase-inhibitor", "ND0519", "does not apply to CD19", "BCMA")]
    [InlineData("tandem-cd22, low-affinity-binder", "ND0518", "cannot replace its product twice", "tandem-cd22 and low-affinity-binder")]
    [InlineData("coadministered-cd22, sequential-cd22", "ND0518", "gives the product \"cd22-41bb\" twice", "each product once")]
    [InlineData("coadministered-cd22, cd123-for-kmt2a", "ND0508", "the same CAR-T population", "cd22-41bb, cd123")]
    [InlineData("tandem-cd20, sequential-cd22", "ND0534", "room for one", "cd20 (cd19-cd20-tandem), cd22 (cd22-41bb)")]
    [InlineData("tandem-cd20, inotuzumab-at-mrd", "ND0534", "both would read the same density", "cd22 (inotuzumab-at-mrd)")]
    [InlineData("bryostatin-1", "ND0535", "no product of the arm binds cd22", "a product against cd22")]
    [InlineData("bridging-radiotherapy", "ND0535", "none of the arm's patients has sanctuary", "--with sanctuary")]
    public void Strategies_that_cannot_be_or_contradict_each_other_are_refused_at_their_place(string strategies, string code, string message, string fragment)
    {
        string error = Refused(Write("study.yaml", Changed(Trial.Small, "[consolidative-transplant]", $"[{strategies}]").Text));

        error.ShouldContain(code);
        error.ShouldContain(message);
        error.ShouldContain(fragment);
        error.ShouldMatch("study.yaml:1[0-4]:\\d+: error");
    }

    [Theory]
    [InlineData("visit: 28", "visit: 29", "ND0512", "decided at a visit on day 29")]
    [InlineData("visit: 28", "visits: {from: 100, to: 120}", "ND0512", "from day 100 to 120")]
    [InlineData("visit: 28, status: without-relapse", "visit: 0, status: remission", "ND0512", "before any is assessed")]
    [InlineData("delay: 7", "delay: 400", "ND0513", "after the study has ended")]
    [InlineData("visit: 28, status: without-relapse, patient: [{covariate: KMT2AR, is: yes}], observed: [{assay: flow-mrd, is: detected}]}\n    delay: 7\n    still: without-relapse", "visit: 0, status: without-relapse}\n    delay: 7\n    still: remission", "ND0512", "done only in remission, on day 7")]
    [InlineData("assay: flow-mrd, is: detected", "assay: flow-mrd, rises-by: 3", "ND0517", "a rise at the first visit")]
    [InlineData("{assay: flow-mrd, is: detected}", "{assay: flow-mrd, is: below-limit}, {assay: marrow-blasts, at-least: 0.05}", "ND0517", "\"marrow-blasts\" and one of \"flow-mrd\" that exclude each other")]
    [InlineData("status: without-relapse, patient: [{covariate: KMT2AR, is: yes}], observed: [{assay: flow-mrd, is: detected}]", "status: remission, observed: [{assay: marrow-blasts, at-least: remission}]", "ND0517", "ends the remission")]
    [InlineData("assay: flow-mrd, is: detected", "assay: flow-mdr, is: detected", "ND0516", "did you mean \"flow-mrd\"?")]
    [InlineData("is: detected", "at-least: positve", "ND0517", "did you mean \"positive\"?")]
    [InlineData("is: detected", "below: 0", "ND0517", "which cannot be")]
    [InlineData("{assay: flow-mrd, is: detected}", "{assay: blood-b-cells, at-least: 5}, {assay: blood-b-cells, below: 3}", "ND0517", "from 5 to below 3")]
    [InlineData("{assay: flow-mrd, is: detected}", "{assay: blood-b-cells, at-least: aplasia}, {assay: blood-b-cells, below: aplasia}", "ND0517", "that cannot be")]
    [InlineData("is: detected", "is: detected}, {assay: flow-mrd, is: below-limit", "ND0517", "below the limit and detected")]
    [InlineData("infuse: same", "infuse: cd22-41b", "ND0527", "did you mean \"cd22-41bb\"?")]
    [InlineData("covariate: KMT2AR, is: yes", "covariate: KMT2A, is: yes", "ND0528", "did you mean \"KMT2AR\"?")]
    [InlineData("covariate: KMT2AR, is: yes", "covariate: BLASTPCT, at-least: 50, below: 20", "ND0528", "that cannot be")]
    [InlineData("status: without-relapse, patient: [{covariate: KMT2AR, is: yes}], observed: [{assay: flow-mrd, is: detected}]", "status: remission, observed: [{assay: flow-mrd, at-least: positive}]", "ND0517", "remission begins only without")]
    [InlineData("visit: 28, status: without-relapse, patient: [{covariate: KMT2AR, is: yes}], observed: [{assay: flow-mrd, is: detected}]", "visit: 180, status: without-relapse, observed: [{assay: marrow-blasts, at-least: 0.05}]", "ND0517", "that is the relapse")]
    [InlineData("visit: 28, status: without-relapse, patient: [{covariate: KMT2AR, is: yes}], observed: [{assay: flow-mrd, is: detected}]}\n    delay: 7\n    still: without-relapse", "at: second-remission}\n    delay: 7\n    still: second-remission", "ND0512", "nothing in the arm treats relapse")]
    [InlineData("{assay: flow-mrd, is: detected}", "{assay: flow-mrd, at-least: 2}", "ND0517", "it is a fraction")]
    [InlineData("{assay: flow-mrd, is: detected}", "{assay: blood-b-cells, at-least: 1e9}", "ND0517", "a number up to 10000")]
    [InlineData("{assay: flow-mrd, is: detected}", "{assay: car-transgene, at-least: 1e15}", "ND0517", "ten copies")]
    [InlineData("visit: 28, status: without-relapse, patient: [{covariate: KMT2AR, is: yes}], observed: [{assay: flow-mrd, is: detected}]", "visit: 180, status: remission, observed: [{assay: flow-mrd, rises-by: 1e12}]", "ND0517", "a number up to 10000")]
    [InlineData("visit: 28, status: without-relapse, patient: [{covariate: KMT2AR, is: yes}], observed: [{assay: flow-mrd, is: detected}]", "visit: 180, status: remission, observed: [{assay: car-transgene, rises-by: 1e12}]", "ND0517", "a rise counts from the limit, 50")]
    [InlineData("visit: 28, status: without-relapse, patient: [{covariate: KMT2AR, is: yes}], observed: [{assay: flow-mrd, is: detected}]", "visit: 180, status: remission, observed: [{assay: flow-mrd, at-least: 0.9}]", "ND0517", "\"flow-mrd\" that ends the remission")]
    [InlineData("visit: 28, status: without-relapse, patient: [{covariate: KMT2AR, is: yes}], observed: [{assay: flow-mrd, is: detected}]", "visit: 180, status: remission, observed: [{assay: flow-mrd, rises-by: 9000}]", "ND0517", "\"flow-mrd\" that ends the remission")]
    [InlineData("visit: 28, status: without-relapse, patient: [{covariate: KMT2AR, is: yes}], observed: [{assay: flow-mrd, is: detected}]", "visit: 180, status: without-relapse, observed: [{assay: flow-mrd, at-least: 0.9}]", "ND0517", "\"flow-mrd\" that is the relapse")]
    [InlineData("covariate: KMT2AR, is: yes", "covariate: KMT2AR, at-least: 3", "ND0528", "none of 262144 patients")]
    [InlineData("covariate: KMT2AR, is: yes", "covariate: BLASTPCT, at-least: 101", "ND0528", "BLASTPCT at least 101")]
    [InlineData("covariate: KMT2AR, is: yes", "covariate: FLUAUC, below: 0.01", "ND0528", "none of 262144 patients")]
    [InlineData("{covariate: KMT2AR, is: yes}", "{covariate: PHPOS, is: yes}, {covariate: PHPOS, is: no}", "ND0528", "PHPOS and no PHPOS")]
    [InlineData("name: mine", "name: consolidative-transplant", "ND0529", "already")]
    [InlineData("{infuse: same, evidence", "{change: kill_maximun, multiply: 2, evidence", "ND0410", "did you mean \"kill_maximum\"?")]
    [InlineData("strategies: [mine]", "strategies: [consolidative-transplant]", "ND0533", "no arm uses the policy")]
    [InlineData("policies:", "assays: [flow-mrd]\npolicies:", "ND0532", "is done at every visit anyway")]
    [InlineData("trigger:", "triger:", "ND0021", "did you mean \"trigger\"?")]
    [InlineData("evidence: []", "evidence: [xuu-2021]", "ND0401", "did you mean \"xu-2021\"?")]
    [InlineData("evidence: []", "counters: [lost-persistense]\n    evidence: []", "ND0414", "did you mean \"lost-persistence\"?")]
    [InlineData("evidence: []", "facts: [{text: t, citation: fry-2081}]\n    evidence: []", "ND0401", "did you mean \"fry-2018\"?")]
    [InlineData("timing: {evidence: assumed, note: n}", "timing: {evidence: measured, source: grup-2018}", "ND0401", "there is no citation \"grup-2018\"")]
    [InlineData("trigger:", "changes: [{target: kill_maximum, multiply: 0.9, evidence: derived, source: pan-2109, note: n}]\n    trigger:", "ND0401", "did you mean \"pan-2019\"?")]
    [InlineData("{infuse: same, evidence: assumed", "{infuse: same, evidence: measured, source: xu-20211", "ND0401", "did you mean \"xu-2021\"?")]
    [InlineData("trigger:", "instead: cd22-41bb\n    trigger:", "ND0518", "does not bind cd19")]
    [InlineData("trigger:", "instead: cd19-cd28\n    in-place-of: [cd19-41b]\n    trigger:", "ND0527", "did you mean \"cd19-41bb\"?")]
    public void A_policy_that_could_never_be_carried_out_is_refused(string right, string wrong, string code, string fragment)
    {
        string policy = """
            policies:
              - name: mine
                title: Mine
                trigger: {visit: 28, status: without-relapse, patient: [{covariate: KMT2AR, is: yes}], observed: [{assay: flow-mrd, is: detected}]}
                delay: 7
                still: without-relapse
                timing: {evidence: assumed, note: n}
                actions:
                  - {infuse: same, evidence: assumed, note: n}
                evidence: []
            arms:
            """;
        string study = Trial.Small.Replace("arms:", policy).Replace("[consolidative-transplant]", "[mine]");
        Run("trial", Write("good.yaml", study), "--patients", "2", "--json").Code.ShouldBe(0);
        string error = Refused(Write("study.yaml", Changed(study, right, wrong).Text));

        error.ShouldContain(code);
        error.ShouldContain(fragment);
    }

    [Fact]
    public void A_citation_that_is_not_there_is_named_once_at_its_line_however_many_arms_use_it()
    {
        string study = Trial.Small.Replace("arms:", """
            policies:
              - name: mine
                title: Mine
                changes:
                  - {target: kill_maximum, multiply: 0.9, evidence: derived, source: [pan-2019, fry-2081], note: n}
                evidence: [xu-2021]
            arms:
              - {name: more, product: cd19-41bb, strategies: [mine]}
            """).Replace("[consolidative-transplant]", "[mine]");

        string error = Refused(Write("study.yaml", study));

        error.ShouldContain("study.yaml:11:");
        error.Split("error ND").Length.ShouldBe(2, error);
    }

    [Theory]
    [InlineData("cd19-cd22-tandem", "humanised-binder", "ND0518", "would replace \"cd19-cd22-tandem\"", "write product: cd19-41bb-humanised")]
    [InlineData("cd22-41bb", "cd28-costimulation", "ND0518", "would replace \"cd22-41bb\"", "product: cd19-41bb")]
    [InlineData("cd19-41bb-humanised", "cd28-costimulation", "ND0518", "what sets that product apart would be lost", "write product: cd19-cd28")]
    [InlineData("cd19-41bb-humanised", "humanised-binder", "ND0518", "changes nothing", "another product")]
    [InlineData("[cd22-41bb, cd19-41bb]", "second-cd19-after-failure", "ND0535", "the product that it gives again does not bind cd19", "write the product to be given again first")]
    [InlineData("cd22-41bb", "second-cd19-after-failure", "ND0535", "no product of the arm binds cd19", "a product against cd19")]
    [InlineData("cd22-41bb", "antigen-boost", "ND0535", "no product of the arm binds cd19", "a product against cd19")]
    [InlineData("cd19-car-nk", "tet2-disruption", "ND0535", "it is for T cells", "cd19-car-nk (NK cells)")]
    [InlineData("cd19-41bb", "car-nk, decitabine-primed-cells", "ND0535", "it is for T cells", "cd19-car-nk (NK cells)")]
    [InlineData("cd19-41bb", "bridging-chemotherapy, cytoreduction-to-mrd", "ND0518", "each says what burden is left", "times 0.1 and times 0.001")]
    public void A_strategy_that_would_not_mean_in_its_arm_what_it_says_is_refused(string product, string strategies, string code, string message, string fragment)
    {
        string study = Changed(Trial.Small, "product: cd19-41bb\n    strategies: [consolidative-transplant]", $"product: {product}\n    strategies: [{strategies}]").Text;
        string error = Refused(Write("study.yaml", study));

        new[] { "study.yaml:12:", $"error {code}", message, fragment }.ShouldAllBe(part => error.Contains(part), error);
        error.Split("error ND").Length.ShouldBe(2, error);
    }

    [Theory]
    [InlineData("[cd19-41bb, cd22-41bb]", "humanised-binder")]
    [InlineData("cd19-universal", "tet2-disruption")]
    [InlineData("[cd19-41bb, cd22-41bb]", "second-cd19-after-failure")]
    [InlineData("cd19-41bb", "bridging-chemotherapy, bridging-radiotherapy, bridging-inotuzumab")]
    [InlineData("cd19-41bb", "cytoreduction-to-mrd, bridging-blinatumomab")]
    public void What_clinics_combine_stays_possible(string product, string strategies)
    {
        string study = Changed(Trial.Small, "product: cd19-41bb\n    strategies: [consolidative-transplant]", $"product: {product}\n    strategies: [{strategies}]").Text;
        (int code, string _, string error) = Run("trial", Write("study.yaml", study), "--patients", "2", "--json", "--with", "sanctuary");

        code.ShouldBe(0, error);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("in-place-of: [cd19-cd22-tandem], ", true)]
    public void A_strategy_may_give_a_product_that_binds_less_where_it_says_in_place_of_which(string replaced, bool allowed)
    {
        string study = Changed(Trial.Small.Replace("arms:", $$"""
            policies:
              - {name: mine, title: Mine, instead: cd19-cd28, {{replaced}}evidence: []}
            arms:
            """), "product: cd19-41bb\n    strategies: [consolidative-transplant]", "product: cd19-cd22-tandem\n    strategies: [mine]").Text;
        (int code, string _, string error) = Run("trial", Write("study.yaml", study), "--patients", "2", "--json");

        code.ShouldBe(allowed ? 0 : 65, error);
        error.Contains("in-place-of: [cd19-cd22-tandem] in the strategy says that this is meant").ShouldBe(!allowed);
    }

    [Theory]
    [InlineData("{assay: flow-mrd, is: below-limit}, {assay: ngs-mrd, at-least: 0.01}", true)]
    [InlineData("{assay: flow-mrd, is: below-limit}, {assay: ngs-mrd, at-least: 1e-5}", false)]
    [InlineData("{assay: flow-mrd, at-least: 0.01}, {assay: ngs-mrd, is: below-limit}", true)]
    [InlineData("{assay: flow-mrd, is: detected}, {assay: ngs-mrd, below: 1e-4}", false)]
    [InlineData("{assay: cd19-negative-flow, at-least: 0.9}, {assay: lineage-flow, at-least: 0.1}", false)]
    [InlineData("{assay: il-6, at-least: 1500}, {assay: ferritin, below: 600}", true)]
    [InlineData("{assay: il-6, at-least: 100}, {assay: ferritin, below: 5000}", false)]
    public void Conditions_on_assays_of_one_quantity_may_not_exclude_each_other(string observed, bool excluded)
    {
        string study = Trial.Small.Replace("arms:", $$"""
            assays: [ngs-mrd, cd19-negative-flow, lineage-flow, il-6, ferritin]
            policies:
              - {name: mine, title: Mine, trigger: {visit: 28, status: without-relapse, observed: [{{observed}}]}, delay: 7, still: without-relapse, timing: {evidence: assumed, note: n}, actions: [{infuse: same, evidence: assumed, note: n}], evidence: []}
            arms:
            """).Replace("[consolidative-transplant]", "[mine]");
        (int code, string _, string error) = Run("trial", Write("study.yaml", study), "--patients", "2", "--json");

        code.ShouldBe(excluded ? 65 : 0, error);
        error.Contains("exclude each other").ShouldBe(excluded);
    }

    [Theory]
    [InlineData("flow-mrd, at-least: 0.05")]
    [InlineData("flow-mrd, rises-by: 500")]
    [InlineData("car-transgene, at-least: 5e4")]
    [InlineData("blood-b-cells, rises-by: 200")]
    public void What_a_patient_in_remission_may_show_can_be_waited_for(string observed)
    {
        string study = Trial.Small.Replace("arms:", $$"""
            policies:
              - {name: mine, title: Mine, trigger: {visit: 180, status: remission, observed: [{assay: {{observed}}}]}, delay: 7, still: without-relapse, timing: {evidence: assumed, note: n}, actions: [{infuse: same, evidence: assumed, note: n}], evidence: []}
            arms:
            """).Replace("[consolidative-transplant]", "[mine]");

        Run("trial", Write("study.yaml", study), "--patients", "2", "--json").Code.ShouldBe(0);
    }

    [Fact]
    public void A_strategy_for_a_trait_that_the_population_lacks_is_refused()
    {
        string text = Trial.Small.Replace("children-young-adults", "lbcl").Replace("[consolidative-transplant]", "[early-transplant-kmt2a]");

        Refused(Write("study.yaml", text)).ShouldContain("error ND0528: \"early-transplant-kmt2a\" of the arm \"with transplant\" asks for patients with \"KMT2AR\", and the population has none");
    }

    [Fact]
    public void Fludarabine_is_not_dosed_where_none_is_given()
    {
        string text = Trial.Small.Replace("strategies: [consolidative-transplant]", "lymphodepletion: cyclophosphamide\n    strategies: [fludarabine-exposure-targeting]");

        Refused(Write("study.yaml", text)).ShouldContain("error ND0535: \"fludarabine-exposure-targeting\" of the arm \"with transplant\" can do nothing there");
    }

    [Fact]
    public void A_strategy_whose_mechanism_the_run_switches_off_is_a_warning()
    {
        string study = Write("study.yaml", Trial.Small.Replace("[consolidative-transplant]", "[pd1-blockade]"));
        (int code, string _, string error) = Run("trial", study, "--patients", "2", "--json", "--without", "exhaustion");

        code.ShouldBe(0, error);
        error.ShouldContain("warning ND0536: \"pd1-blockade\" of the arm \"with transplant\" has nothing to act on, because the run is without exhaustion");
    }

    [Fact]
    public void A_transplant_on_a_fixed_day_before_an_infusion_is_a_contradiction()
    {
        string policy = """
            policies:
              - {name: late, title: Late, trigger: {visit: 90, status: without-relapse}, delay: 0, still: without-relapse, timing: {evidence: assumed, note: n}, actions: [{infuse: same, evidence: assumed, note: n}], evidence: []}
            arms:
            """;
        string error = Refused(Write("study.yaml", Trial.Small.Replace("arms:", policy).Replace("[consolidative-transplant]", "[consolidative-transplant, late]")));

        new[] { "study.yaml:14:", "ND0518", "the transplant comes before the infusion", "transplant on day 69, infusion on day 90" }.ShouldAllBe(part => error.Contains(part));
    }

    [Theory]
    [InlineData("stein-2019", "variances", "it has no marrow-blast-fraction, no blood-b-cells, no infusion-target")]
    [InlineData("park-2025", "refractory-lupus", "it has no marrow-blast-fraction, no transgene, no infusion-target")]
    public void A_model_that_shows_nothing_a_trial_observes_is_refused(string model, string population, string fragment)
    {
        string text = Changed(Changed(Trial.Small, "b-all", model).Text, "children-young-adults", population).Text;

        Refused(Write("study.yaml", text)).ShouldContain($"study.yaml:3:8: error ND0515: the model \"{model}\" cannot be used for a virtual trial: {fragment}");
    }

    [Fact]
    public void Everything_wrong_is_said_at_once()
    {
        string text = Trial.Small.Replace("b-all", "b-al").Replace("seed: 3", "seed: x").Replace("[eliana", "[elianna");
        string error = Refused(Write("study.yaml", text), "--without", "lineage-swich");

        new[] { "ND0514", "study.yaml:3:", "study.yaml:6:", "study.yaml:14:", "did you mean \"lineage-switch\"?" }.ShouldAllBe(part => error.Contains(part));
        error.ShouldContain("4 errors");
    }

    [Fact]
    public void A_mechanism_that_is_not_known_is_refused_with_the_nearest() =>
        Refused(Write("study.yaml", Trial.Small), "--without", "antigen-low-escap").ShouldContain("did you mean \"antigen-low-escape\"?");

    [Fact]
    public void What_is_no_file_or_no_text_is_refused()
    {
        Refused(Path.Combine(_folder, "none.yaml")).ShouldContain("ND0001");
        Refused(_folder).ShouldContain("ND0002");
        Refused(Write("empty.yaml", "")).ShouldContain("ND0003");
        string binary = Path.Combine(_folder, "binary.yaml");
        File.WriteAllBytes(binary, [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 73))]);
        Refused(binary).ShouldContain("ND0005");
        Refused(Write("bomb.yaml", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n")).ShouldContain("ND0011");
    }

    [Fact]
    public void Fifty_megabytes_of_noise_are_refused_at_once()
    {
        string path = Path.Combine(_folder, "noise.yaml");
        byte[] noise = new byte[50 << 20];
        for (int i = 0; i < noise.Length; i++)
        {
            noise[i] = (byte)(33 + ((i * 7919) % 90));
        }

        File.WriteAllBytes(path, noise);

        Refused(path).ShouldContain("ND0004");
    }

    [Theory]
    [InlineData("model.ant", "cart_product => ; product_loss*cart_product", "cart_product => ; product_loss**cart_product", "ND01")]
    [InlineData("model.ant", "cart_product => ; product_loss*cart_product", "cart_product => ; prodct_loss*cart_product", "product_loss")]
    [InlineData("model.ant", "exhausted_death: cart_exhausted =>", "exhausted_death: cart_exhausted =", "ND0")]
    [InlineData("model.ant", "  lymphopenia := 1 +", "  lymphopenia := lymphopenia +", "lymphopenia")]
    [InlineData("parameters.yaml", "  suppression:\n    unit: 1", "  supression:\n    unit: 1", "did you mean \"suppression\"?")]
    [InlineData("parameters.yaml", "unit: molecules/cell", "unit: molecuels/cell", "ND004")]
    [InlineData("parameters.yaml", "distribution: fixed", "distribution: fixd", "ND0304")]
    [InlineData("parameters.yaml", "bounds: [0, 1e6]", "bounds: [1e6, 0]", "ND0307")]
    [InlineData("parameters.yaml", "bounds: [1, 1e6]", "bounds: [1, 10]", "ND0308")]
    [InlineData("parameters.yaml", "evidence: derived\n    source: park-2025", "evidence: derived", "ND0305")]
    [InlineData("parameters.yaml", "infusion-target: cart_product", "infusion-target: cart_produkt", "did you mean \"cart_product\"?")]
    [InlineData("parameters.yaml", "lognormal: {sd: 0.56}", "lognormal: {sd: wide}", "ND0022")]
    [InlineData("population.yaml", "probability: 0.115", "probability: 0.1*weak", "ND0311")]
    [InlineData("population.yaml", "cd58_function: {multiply", "cd58_functon: {multiply", "did you mean \"cd58_function\"?")]
    [InlineData("population.yaml", "per-year: 0.02", "per-year: 2", "ND0023")]
    [InlineData("population.yaml", "BLASTPCT:", "BLAST_PERCENT:", "ND0316")]
    [InlineData("population.yaml", "mortality:", "mortalty:", "did you mean \"mortality\"?")]
    public void A_wrong_model_folder_is_refused_where_it_is_wrong(string file, string right, string wrong, string fragment)
    {
        foreach (string name in new[] { "model.ant", "parameters.yaml", "population.yaml" })
        {
            Write(name, ShippedLibrary.Read($"library/models/b-all/{name}").Text);
        }

        (string text, int line) = Changed(ShippedLibrary.Read($"library/models/b-all/{file}").Text, right, wrong);
        Write(file, text);
        (int code, string output, string error) = Run("model", "check", _folder);

        code.ShouldBe(65, error);
        output.ShouldBeEmpty();
        error.ShouldMatch($"{file}:({string.Join('|', Enumerable.Range(line - 3, 5))}):\\d+: error ND0", "the place is that of the entry or of the value in it");
        error.ShouldContain(fragment);
        error.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("flow-mdr", "did you mean \"flow-mrd\"?")]
    [InlineData("flow-mrd", "an assay without a cut for remission")]
    public void A_response_that_no_assay_can_tell_is_refused(string assay, string fragment)
    {
        string folder = Path.Combine(_folder, "mine", "models", "mine");
        Directory.CreateDirectory(folder);
        foreach (string name in new[] { "model.ant", "parameters.yaml", "population.yaml", "card.md" })
        {
            string text = ShippedLibrary.Read($"library/models/b-all/{name}").Text;
            File.WriteAllText(Path.Combine(folder, name), text.Replace("response: pet-ct", $"response: {assay}", StringComparison.Ordinal));
        }

        string study = Write("study.yaml", Trial.Small.Replace("b-all", "mine", StringComparison.Ordinal).Replace("children-young-adults", "lbcl", StringComparison.Ordinal));
        (int code, string _, string error) = Run("trial", study, "--library", Path.Combine(_folder, "mine"));

        code.ShouldBe(65, error);
        error.ShouldMatch("population.yaml:\\d+:\\d+: error ND0318");
        error.ShouldContain(fragment);
    }

    [Fact]
    public void The_shipped_model_folder_has_nothing_wrong()
    {
        foreach (string name in new[] { "model.ant", "parameters.yaml", "population.yaml" })
        {
            Write(name, ShippedLibrary.Read($"library/models/b-all/{name}").Text);
        }

        Run("model", "check", _folder).Code.ShouldBe(0);
    }

    [Fact]
    public void A_folder_that_holds_something_else_is_not_overwritten()
    {
        Directory.CreateDirectory(Out);
        File.WriteAllText(Path.Combine(Out, "thesis.txt"), "mine");
        (int code, _, string error) = Run("trial", Write("study.yaml", Trial.Small), "--patients", "2", "--out", Out);

        (code, File.ReadAllText(Path.Combine(Out, "thesis.txt"))).ShouldBe((65, "mine"));
        error.ShouldContain("ND0030");
    }

    [Fact]
    public void An_interrupted_run_exits_130_and_leaves_no_file()
    {
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(300));
        (int code, string output, string error) = Run(stop.Token, "trial", Write("study.yaml", Trial.Small), "--patients", "100000", "--out", Out);

        (code, output).ShouldBe((130, ""));
        error.ShouldContain("interrupted");
        Directory.EnumerateFileSystemEntries(_folder).ShouldHaveSingleItem().ShouldEndWith("study.yaml");
    }
}
