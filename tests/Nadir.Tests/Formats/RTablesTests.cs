using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Nadir.Documents;
using Nadir.Studies;
using Nadir.Survival;
using Nadir.Tests.Architecture;
using Nadir.Tests.Studies;
using Nadir.Trials;

namespace Nadir.Tests.Formats;

/// <summary>R reads the tables of a folder as they are and finds the estimates of the report. Skipped without R and its package survival.</summary>
[Trait("Category", "Slow")]
public sealed class RTablesTests : IDisposable
{
    readonly string _root = Directory.CreateTempSubdirectory("nadir-r-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Survfit_loads_the_tables_without_renaming_and_agrees_with_the_report()
    {
        Assert.SkipUnless(HasSurvival(), "Rscript with the package survival is not on this machine");
        TrialJob job = Trial.Job(Trial.Small, 80);
        string path = Path.Combine(_root, "run");
        TrialResult result = Write(job, path);

        (int code, string output, string error) = R(Path.Combine(Repository.Root, "tests", "reference", "load-tables.R"), path);

        code.ShouldBe(0, error);
        string[][] lines = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('\t'))];
        lines.Length.ShouldBe(2 * 2 * 9);
        foreach (string[] line in lines)
        {
            ArmResult arm = result.Arms.Single(a => a.Name == line[1]);
            SurvivalCurve curve = line[0] switch
            {
                "OS" => arm.OverallSurvival,
                "EFS" => arm.EventFreeSurvival,
                "RFS" => arm.RelapseFreeSurvival,
                "DOR" => arm.DurationOfResponse,
                "EFSHSCT" => arm.AtTransplant?.EventFreeSurvival ?? arm.EventFreeSurvival,
                "RFSHSCT" => arm.AtTransplant?.RelapseFreeSurvival ?? arm.RelapseFreeSurvival,
                "DORHSCT" => arm.AtTransplant?.DurationOfResponse ?? arm.DurationOfResponse,
                "RELHSCT" => (arm.AtTransplant?.AnyRelapse ?? arm.AnyRelapse)!,
                "RELAPSE" => arm.AnyRelapse!,
                _ => throw new InvalidOperationException(line[0]),
            };
            Estimate mine = curve.At(Number(line[2]) * 30.4375);
            mine.Value.ShouldBe(Number(line[3]), 1e-9, string.Join(' ', line));
            if (line[0] is not ("RELAPSE" or "RELHSCT") && double.IsFinite(mine.Lower))
            {
                mine.Lower.ShouldBe(Number(line[4]), 1e-9, string.Join(' ', line));
                mine.Upper.ShouldBe(Number(line[5]), 1e-9, string.Join(' ', line));
            }
        }
    }

    [Fact]
    public void The_stratified_test_of_the_tables_is_that_of_their_times()
    {
        Assert.SkipUnless(HasSurvival(), "Rscript with the package survival is not on this machine");
        TrialJob job = Trial.Job(Randomised);
        string path = Path.Combine(_root, "run");
        Write(job, path);
        Table events = Table.Parse(File.ReadAllText(Path.Combine(path, "events.csv")));
        RiskTable[][] strata = [.. new[] { "1", "2" }.Select(stratum => job.Plan.Arms.Select(arm => RiskTable.Of([.. events.Rows
            .Where(r => r["PARAMCD"] == "EFS" && r["TRT01P"] == arm.Name && r["STRATARN"] == stratum).Select(r => FollowUp.FromOrigin(Number(r["AVAL"]), r["CNSR"] == "0" ? 1 : 0))])).ToArray())];

        (int code, string output, string error) = R(Path.Combine(Repository.Root, "tests", "reference", "load-tables.R"), path);

        code.ShouldBe(0, error);
        string[] line = output.Split('\n').Single(l => l.StartsWith("STRATIFIED", StringComparison.Ordinal)).Split('\t');
        line[1].ShouldBe("BLASTPCT 50 or more;BLASTPCT below 50");
        Number(line[2]).ShouldBe(LogRank.Test(strata).Value.Test.Statistic, 1e-9);
    }

    const string Randomised = """
        nadir: 1
        title: A randomised trial in strata
        model: b-all
        patients: {count: 60, population: children-young-adults}
        design: randomised
        horizon: 12 months
        seed: 5
        arms:
          - {name: alone, product: cd19-41bb}
          - {name: weaker, product: cd19-41bb, lymphodepletion: cyclophosphamide}
        conduct: {stratify-by: [{covariate: BLASTPCT, at: [50]}]}
        analysis: {endpoint: EFS, test: log-rank}
        visits: [28, 60, 90, 180, 270, 365]
        """;

    static TrialResult Write(TrialJob job, string path)
    {
        using TrialFolder folder = new(job, ResultTarget.Check(path, job.Study.Name).OrThrow());
        TrialResult result = job.Run(2, folder.Add, null, default);
        folder.Complete(result);
        return result;
    }

    static bool HasSurvival()
    {
        try
        {
            return R("-e", "library(survival)").Code == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    static (int Code, string Output, string Error) R(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("Rscript", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    static double Number(string text) => text == "NA" ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture);
}
