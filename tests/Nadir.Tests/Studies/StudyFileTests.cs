using Nadir.Documents;
using Nadir.Faults;
using Nadir.Studies;

namespace Nadir.Tests.Studies;

public class StudyFileTests
{
    internal static readonly StudyNames Names = new()
    {
        Models = ["b-all", "kimmel-2021"],
        Populations = ["children-young-adults", "adults"],
        Products = ["cd19-41bb", "cd22-41bb"],
        Lymphodepletions = ["cyclophosphamide", "fludarabine-cyclophosphamide"],
        Strategies = ["consolidative-transplant", "checkpoint-blockade"],
        Assays = ["flow-mrd", "ngs-mrd"],
        Trials = ["eliana", "pooled-420"],
    };

    internal const string Shortest = """
        nadir: 1
        title: One arm
        model: b-all
        patients: {count: 10, population: adults}
        horizon: 24 months
        arms:
          - name: CD19 CAR-T
            product: cd19-41bb
        """;

    static Checked<Study> Read(string text) => StudyFile.Read(new SourceText("folder/my-study.yaml", text), Names);

    [Fact]
    public void The_shortest_study_takes_the_documented_defaults()
    {
        Study study = Read(Shortest).OrThrow();

        study.Title.ShouldBe("One arm");
        study.Question.ShouldBeNull();
        study.Model.ShouldBe("b-all");
        study.Population.ShouldBe("adults");
        study.PatientsPerArm.ShouldBe(10);
        study.Design.ShouldBe(StudyDesign.Counterfactual);
        study.HorizonDays.ShouldBe(730.5);
        study.Seed.ShouldBe(1UL);
        study.VisitDays.ShouldBe([28, 60, 90, 120, 150, 180, 270, 365, 455, 545, 635, 730]);
        study.Published.ShouldBeEmpty();
        study.Name.ShouldBe("my-study");
        study.SourceHash.ShouldBe(new SourceText("", Shortest).Sha256);
        StudyArm arm = study.Arms.ShouldHaveSingleItem();
        arm.Name.ShouldBe("CD19 CAR-T");
        arm.Products.ShouldBe(["cd19-41bb"]);
        arm.Lymphodepletion.ShouldBe("fludarabine-cyclophosphamide");
        arm.Strategies.ShouldBeEmpty();
    }

    [Fact]
    public void Every_key_is_read()
    {
        Study study = Read("""
            nadir: 1
            title: "Two arms: one with more"
            question: >
              Does it
              help?
            model: kimmel-2021
            patients:
              count: 100000000
              population: children-young-adults
            design: randomised
            horizon: 1 year
            seed: 18446744073709551615
            arms:
              - {name: A, product: [cd19-41bb], lymphodepletion: cyclophosphamide}
              - {name: B, product: cd22-41bb, strategies: [checkpoint-blockade, consolidative-transplant]}
            visits: [14.5, 28, 365.25]
            published: [pooled-420, eliana]
            """).OrThrow();

        study.Title.ShouldBe("Two arms: one with more");
        study.Question.ShouldBe("Does it help?");
        study.PatientsPerArm.ShouldBe(100_000_000);
        study.Design.ShouldBe(StudyDesign.Randomised);
        study.HorizonDays.ShouldBe(365.25);
        study.Seed.ShouldBe(ulong.MaxValue);
        study.Arms.Select(a => a.Name).ShouldBe(["A", "B"]);
        study.Arms[0].Lymphodepletion.ShouldBe("cyclophosphamide");
        study.Arms[1].Strategies.ShouldBe(["checkpoint-blockade", "consolidative-transplant"]);
        study.VisitDays.ShouldBe([14.5, 28, 365.25]);
        study.Published.ShouldBe(["pooled-420", "eliana"]);
    }

    [Theory]
    [InlineData("28 days", new double[] { 28 })]
    [InlineData("90 days", new double[] { 28, 60, 90 })]
    [InlineData("3 years", new double[] { 28, 60, 90, 120, 150, 180, 270, 365, 455, 545, 635, 730, 820, 910, 1000, 1095 })]
    public void Default_visits_follow_the_horizon(string horizon, double[] days) =>
        Read(Shortest.Replace("24 months", horizon)).OrThrow().VisitDays.ShouldBe(days);

    [Fact]
    public void The_built_in_study_is_the_one_of_the_tour()
    {
        StudyNames names = Names with { Populations = ["children-young-adults"] };
        Study study = StudyFile.Read(ShippedLibrary.Read("studies/01-b-all.yaml"), names).OrThrow();

        study.Name.ShouldBe("01-b-all");
        study.Model.ShouldBe("b-all");
        study.Population.ShouldBe("children-young-adults");
        study.PatientsPerArm.ShouldBe(500);
        study.Design.ShouldBe(StudyDesign.Counterfactual);
        study.HorizonDays.ShouldBe(730.5);
        study.Seed.ShouldBe(1UL);
        study.Question.ShouldNotBeNull();
        study.Published.ShouldBe(["eliana", "pooled-420"]);
        study.VisitDays.ShouldBe([28, 60, 90, 120, 150, 180, 270, 365, 455, 545, 635, 730]);
        study.Arms.Select(a => (a.Products[0], a.Lymphodepletion, string.Join(',', a.Strategies))).ShouldBe(
        [
            ("cd19-41bb", "fludarabine-cyclophosphamide", ""),
            ("cd19-41bb", "cyclophosphamide", ""),
            ("cd19-41bb", "fludarabine-cyclophosphamide", "consolidative-transplant"),
        ]);
    }

    [Fact]
    public void All_mistakes_of_a_file_are_reported_at_once_in_order()
    {
        Checked<Study> read = Read("""
            nadir: 2
            titel: One arm
            model: b-al
            patients: {count: 0, population: adult}
            horizon: 24 mnths
            seed: -1
            arms:
              - name: A
                product: cd19-28z
              - name: A
            visits: [28, 20]
            """);

        read.Value.ShouldBeNull();
        read.Issues.Select(i => (i.Code, i.Location.Line)).ShouldBe(
        [
            ("ND0501", 1), ("ND0020", 1), ("ND0021", 2), ("ND0025", 3), ("ND0023", 4), ("ND0025", 4), ("ND0041", 5),
            ("ND0023", 6), ("ND0025", 9), ("ND0506", 10), ("ND0020", 10), ("ND0503", 11),
        ],
        ignoreOrder: true);
        read.Issues.Select(i => i.Location.Line).ShouldBeInOrder();
        read.Issues.ShouldAllBe(i => i.Location.File == "folder/my-study.yaml");
    }
}
