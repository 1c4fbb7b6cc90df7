using System.Globalization;
using System.Text;
using Nadir.Documents;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Populations;
using Nadir.Solvers;
using Nadir.Studies;
using Nadir.Trials;

namespace Nadir.Tests.Studies;

/// <summary>Parts of a trial, simulated apart and put together, are the trial in one piece.</summary>
public sealed class ShardJoinTests : IDisposable
{
    const int Patients = 31;

    static readonly string[] _files = ["subjects.csv", "events.csv", "visits.csv", "summary.json", "result.json", "report.html", "overview.svg", "run.json"];

    readonly string _root = Directory.CreateTempSubdirectory("nadir-shards-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    string Folder(string name) => Path.Combine(_root, name);

    string Part(TrialJob job, int number, int of, string name = "")
    {
        string path = Folder(name.Length == 0 ? $"{number}-of-{of}" : name);
        using TrialFolder folder = new(job, ResultTarget.Check(path, job.Study.Name).OrThrow());
        Shard shard = new(number, of);
        folder.Complete(shard, job.Tally(shard.Patients(job.Plan.PatientsPerArm), 2, folder.Add, null, default));
        return path;
    }

    string Joined(params IReadOnlyList<string> folders)
    {
        ShardJoin join = ShardJoin.Read(folders).OrThrow();
        string path = Folder("joined");
        join.Write(join.Result(), ResultTarget.Check(path, join.Job.Study.Name).OrThrow(), default);
        return path;
    }

    /// <summary>A calibration of one's own: the shipped one with twice the growth of the leukaemia.</summary>
    static CalibratedValues Faster()
    {
        CalibratedValues shipped = CalibratedValues.Of(ModelPackage.LoadShipped("b-all").OrThrow())!.OrThrow();
        string growth = shipped.Point["leukaemia_growth"].ToString("R", CultureInfo.InvariantCulture);
        string twice = (2 * shipped.Point["leukaemia_growth"]).ToString("R", CultureInfo.InvariantCulture);
        return CalibratedValues.Read(new SourceText("mine.yaml", shipped.Source.Text.Replace($"leukaemia_growth: {growth}", $"leukaemia_growth: {twice}", StringComparison.Ordinal))).OrThrow();
    }

    [Fact]
    public void Parts_carry_a_calibration_of_ones_own_and_are_refused_beside_those_without_it()
    {
        TrialJob mine = Trial.Job(Trial.Small, new TrialOverrides { Patients = Patients, Calibration = Faster() });
        string whole = Folder("whole");
        using (TrialFolder folder = new(mine, ResultTarget.Check(whole, mine.Study.Name).OrThrow()))
        {
            folder.Complete(mine.Run(2, folder.Add, null, default));
        }

        string[] parts = [Part(mine, 1, 2), Part(mine, 2, 2)];
        string joined = Joined(parts);

        File.ReadAllBytes(Path.Combine(joined, "summary.json")).ShouldBe(File.ReadAllBytes(Path.Combine(whole, "summary.json")));
        File.ReadAllText(Path.Combine(joined, "run.json")).ShouldContain("mine.yaml");
        ShouldBeRefused("ND0523", "the calibration of the population", parts[0], Part(Trial.Job(Trial.Small, new TrialOverrides { Patients = Patients }), 2, 2, "shipped"));
    }

    [Fact]
    public void Parts_carry_their_accuracy_and_are_refused_beside_those_with_another()
    {
        TrialJob rough = Trial.Job(Trial.Small, new TrialOverrides { Patients = Patients, Tolerances = new Tolerances { Relative = 1e-3, MaxSteps = 5000 }, Solver = SolverCatalogue.DormandPrince853 });
        string[] parts = [Part(rough, 1, 2), Part(rough, 2, 2)];

        string run = File.ReadAllText(Path.Combine(Joined(parts), "run.json"));

        run.ShouldContain("\"name\": \"dop853\"");
        run.ShouldContain("\"rtol\": 0.001");
        run.ShouldContain("\"maxSteps\": 5000");
        ShouldBeRefused("ND0523", "the accuracy or the limit of steps", parts[0], Part(Trial.Job(Trial.Small, new TrialOverrides { Patients = Patients }), 2, 2, "usual"));
        TrialJob other = Trial.Job(Trial.Small, new TrialOverrides { Patients = Patients, Tolerances = rough.Plan.Tolerances });
        ShouldBeRefused("ND0523", "the solver, tsit5 and dop853", parts[0], Part(other, 2, 2, "other"));
    }

    static void ShouldBeRefused(string code, string words, params IReadOnlyList<string> folders)
    {
        Checked<ShardJoin> read = ShardJoin.Read(folders);

        read.Value.ShouldBeNull();
        read.Issues.Select(i => i.Code).ShouldContain(code);
        string.Join('\n', read.Issues).ShouldContain(words);
    }

    [Theory]
    [InlineData("counterfactual")]
    [InlineData("randomised")]
    public void Three_parts_joined_are_the_same_bytes_as_the_run_in_one_piece(string design)
    {
        TrialJob job = Trial.Job(Trial.Small.Replace("horizon:", $"design: {design}\nhorizon:"), Patients);

        ShouldBeJoinedToTheWhole(job);
    }

    [Fact]
    public void Three_parts_of_a_cohort_with_a_mix_joined_are_the_same_bytes_as_the_run_in_one_piece() =>
        ShouldBeJoinedToTheWhole(Trial.Job(MixedCohortTests.Study, Patients));

    void ShouldBeJoinedToTheWhole(TrialJob job)
    {
        string whole = Folder("whole");
        using (TrialFolder folder = new(job, ResultTarget.Check(whole, job.Study.Name).OrThrow()))
        {
            folder.Complete(job.Run(2, folder.Add, null, default));
        }

        string joined = Joined(Part(job, 3, 3), Part(job, 1, 3), Part(job, 2, 3));

        foreach (string name in _files)
        {
            File.ReadAllText(Path.Combine(joined, name)).ShouldBe(File.ReadAllText(Path.Combine(whole, name)), name);
        }
    }

    [Fact]
    public void Parts_run_with_a_library_of_the_users_own_join_under_that_library_only()
    {
        string mine = Folder("mine");
        Directory.CreateDirectory(Path.Combine(mine, "products"));
        File.WriteAllText(Path.Combine(mine, "products", "mine.yaml"), ShippedLibrary.Read("library/products/cd19-cd28.yaml").Text.Replace("name: cd19-cd28", "name: mine"));
        Library library = Library.With(mine).OrThrow();
        TrialJob job = Trial.Job(Trial.Small.Replace("product: cd19-41bb", "product: mine"), new TrialOverrides { Patients = 4, Library = library });
        string[] parts = [Part(job, 1, 2), Part(job, 2, 2)];

        ShouldBeRefused("ND0526", "another library folder", parts);
        ShardJoin.Read(parts, library).OrThrow().Result().Arms[0].Patients.ShouldBe(4);
        File.AppendAllText(Path.Combine(mine, "products", "mine.yaml"), "# changed\n");
        ShardJoin.Read(parts, Library.With(mine).OrThrow()).Issues.Select(i => i.Code).ShouldBe(["ND0526"]);
    }

    [Fact]
    public void Failed_patients_of_the_parts_are_counted_in_the_whole()
    {
        TrialJob job = Trial.Job(Trial.Small, 12);
        ArmTally[] tallies = [new(), new()];
        tallies[1].Add(3, new() { Patient = 3, Status = LaneStatus.NotFinite, FailedDay = 33.25, HorizonDays = 365.25 });
        string text = ShardDocument.From(job, new Shard(1, 2), TrialTables.Names.ToDictionary(n => n, n => (IReadOnlyList<long>)[0L, 5L]), tallies).Write();
        ArmTally read = ShardDocument.Read(text).Arms[1].Tally();

        (read.Patients, read.FailedPatients, read.Failures[LaneStatus.NotFinite]).ShouldBe((1, 1, 1));
        read.Failed.ShouldHaveSingleItem().ShouldBe(new FailedPatient(3, LaneStatus.NotFinite, 33.25));
    }

    [Fact]
    public void Missing_and_double_parts_are_refused_by_name()
    {
        TrialJob job = Trial.Job(Trial.Small, 4);
        string one = Part(job, 1, 3);
        string three = Part(job, 3, 3);

        ShouldBeRefused("ND0525", "no 2/3", one, three);
        ShouldBeRefused("ND0524", "1/3 is there twice", one, Part(job, 1, 3, "again"), three);
        ShouldBeRefused("ND0525", "no 2/3", one, Part(job, 1, 3, "again"), three);
    }

    [Theory]
    [InlineData(1UL, 5, "", "the patients in each arm, 4 and 5")]
    [InlineData(2UL, 4, "", "the seed, 1 and 2")]
    [InlineData(1UL, 4, "lineage-switch", "the mechanisms switched off, none and lineage-switch")]
    [InlineData(1UL, 4, "study", "the study")]
    public void Parts_of_different_trials_are_refused_with_what_differs(ulong seed, int patients, string change, string words)
    {
        string one = Part(Trial.Job(Trial.Small, 4), 1, 2);
        string study = change == "study" ? Trial.Small.Replace("A small trial", "Another trial") : Trial.Small;
        string other = Part(Trial.Job(study, patients, seed, [.. change is "" or "study" ? [] : new[] { change }]), 2, 2);

        Checked<ShardJoin> read = ShardJoin.Read([one, other]);
        read.Issues.ShouldHaveSingleItem().Code.ShouldBe("ND0523");
        string found = read.Issues[0].Found.ShouldNotBeNull();
        words.Split(' ').Where(w => w is not ("and" or "none" or "1" or "2" or "4" or "5")).ShouldAllBe(w => found.Contains(w));
    }

    [Fact]
    public void A_folder_that_is_no_part_or_was_changed_is_refused()
    {
        TrialJob job = Trial.Job(Trial.Small, 2);
        string one = Part(job, 1, 2);
        string two = Part(job, 2, 2);
        ShouldBeRefused("ND0520", "no shard.json", one, Folder("nothing"));

        File.AppendAllText(Path.Combine(two, "events.csv"), "x\n", Encoding.UTF8);
        ShouldBeRefused("ND0521", "events.csv was changed", one, two);
        File.Delete(Path.Combine(two, "events.csv"));
        ShouldBeRefused("ND0521", "events.csv is missing", one, two);
    }
}
