using System.Diagnostics;
using Nadir.Tests.Architecture;

namespace Nadir.Tests.Cli;

/// <summary>The script a user calls, <c>./nadir</c>.</summary>
static class NadirScript
{
    /// <summary>Runs it in a folder and gives its standard output; it must end well.</summary>
    public static async Task<string> Run(string folder, params string[] args)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the script needs bash; dotnet run is the way on Windows");
        ProcessStartInfo start = new("bash", [Path.Combine(Repository.Root, "nadir"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        using Process process = Process.Start(start).ShouldNotBeNull();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await error);
        return await output;
    }
}
