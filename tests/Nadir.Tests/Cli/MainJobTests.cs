using System.Text.Json;

namespace Nadir.Tests.Cli;

/// <summary>What a user does first, through the script a user calls; <c>./test --main-job</c> runs it.</summary>
[Trait("Category", "MainJob")]
public sealed class MainJobTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nadir-main-job-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_small_trial_writes_every_result_file()
    {
        string results = Path.Combine(_folder.FullName, "results");
        await Nadir("trial", "--patients", "40", "--out", results);

        foreach (string name in new[] { "report.html", "summary.json", "subjects.csv", "events.csv", "visits.csv", "run.json" })
        {
            new FileInfo(Path.Combine(results, name)).Length.ShouldBeGreaterThan(0, name);
        }

        using JsonDocument run = Json(results, "run.json");
        using JsonDocument summary = Json(results, "summary.json");
        int arms = summary.RootElement.GetProperty("arms").GetArrayLength();
        summary.RootElement.GetProperty("patientsPerArm").GetInt32().ShouldBe(40);
        summary.RootElement.GetProperty("failedPatients").GetInt32().ShouldBe(0);
        (await File.ReadAllLinesAsync(Path.Combine(results, "subjects.csv"))).Length.ShouldBe(1 + (40 * arms));
    }

    [Fact]
    public async Task Json_on_standard_output_is_one_document_and_writes_no_folder()
    {
        string text = await Nadir("trial", "--patients", "4", "--json");

        using JsonDocument summary = JsonDocument.Parse(text);
        summary.RootElement.GetProperty("patientsPerArm").GetInt32().ShouldBe(4);
        _folder.GetFileSystemInfos().ShouldBeEmpty();
    }

    static JsonDocument Json(string folder, string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, name)));

    Task<string> Nadir(params string[] args) => NadirScript.Run(_folder.FullName, args);
}
