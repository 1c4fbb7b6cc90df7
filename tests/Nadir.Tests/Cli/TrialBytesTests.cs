using System.Diagnostics;
using System.Security.Cryptography;

namespace Nadir.Tests.Cli;

/// <summary>A whole trial, from the command to its tables, does not depend on the processor's vectors.</summary>
public sealed class TrialBytesTests : IDisposable
{
    readonly string _root = Directory.CreateTempSubdirectory("nadir-trial-bytes-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    async Task<string[]> Hashes(params string[] settings)
    {
        string folder = Path.Combine(_root, $"{settings.Length}-{string.Concat(settings)}");
        // The test project's own settings are those the command can run with here.
        string here = Path.Combine(AppContext.BaseDirectory, "Nadir.Tests");
        ProcessStartInfo start = new(
            "dotnet",
            ["exec", "--runtimeconfig", here + ".runtimeconfig.json", "--depsfile", here + ".deps.json", Path.Combine(AppContext.BaseDirectory, "Nadir.Cli.dll"), "trial", "--patients", "40", "--seed", "5", "--out", folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string setting in settings)
        {
            start.Environment[setting] = "0";
        }

        using Process process = Process.Start(start).ShouldNotBeNull();
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, await error);
        (await output).ShouldNotBeEmpty();
        return [.. new[] { "subjects.csv", "events.csv", "visits.csv", "summary.json" }.Select(f => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, f)))))];
    }

    [Fact]
    public async Task The_tables_are_the_same_to_the_byte_with_vectors_of_any_width()
    {
        string[] widest = await Hashes();

        (await Hashes("DOTNET_EnableAVX512")).ShouldBe(widest);
        (await Hashes("DOTNET_EnableAVX512", "DOTNET_EnableAVX2")).ShouldBe(widest);
    }
}
