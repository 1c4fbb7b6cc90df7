using System.Diagnostics;
using Nadir.Faults;

namespace Nadir.Cli;

/// <summary>A browser of this machine that prints HTML as PDF without a window.</summary>
/// <param name="Program">Its path.</param>
sealed record Chromium(string Program)
{
    /// <summary>The environment variable that names the browser.</summary>
    public const string Variable = "NADIR_CHROMIUM";

    const int MostSeconds = 180;

    static readonly string[] _names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"];

    static readonly string[] _places =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe", @"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe", @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    /// <summary>The browser that NADIR_CHROMIUM names, else the first one found.</summary>
    /// <exception cref="InvalidInputException">There is none (ND0706).</exception>
    public static Chromium Find() => Find(
        Environment.GetEnvironmentVariable(Variable),
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        _places);

    /// <summary>The browser that is named, else the first one in the folders or at the places.</summary>
    internal static Chromium Find(string? named, IReadOnlyList<string> folders, IReadOnlyList<string> places)
    {
        if (!string.IsNullOrEmpty(named))
        {
            return File.Exists(named) ? new Chromium(named) : throw Missing($"{Variable} names {named}, which is no file");
        }

        string suffix = OperatingSystem.IsWindows() ? ".exe" : "";
        string? found = _names.SelectMany(n => folders, (n, folder) => Path.Combine(folder, n + suffix)).Concat(places).FirstOrDefault(File.Exists);
        return found is null ? throw Missing("no Chromium, Chrome or Edge in PATH or where they are usually installed") : new Chromium(found);
    }

    /// <summary>Prints a file.</summary>
    /// <param name="html">Full path of the HTML file.</param>
    /// <param name="pdf">The PDF file.</param>
    /// <param name="cancellation">Stops the browser.</param>
    /// <exception cref="IOException">The browser did not write it.</exception>
    public void Print(string html, string pdf, CancellationToken cancellation)
    {
        string profile = Directory.CreateTempSubdirectory("nadir-print-").FullName;
        try
        {
            ProcessStartInfo start = new(Program) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
            foreach (string argument in Arguments(html, Path.GetFullPath(pdf), profile))
            {
                start.ArgumentList.Add(argument);
            }

            using Process process = Process.Start(start) ?? throw new IOException($"{Program} did not start");
            Task<string> said = process.StandardError.ReadToEndAsync(cancellation);
            Task<string> printed = process.StandardOutput.ReadToEndAsync(cancellation);
            using CancellationTokenRegistration stop = cancellation.Register(() => Stop(process));
            if (!process.WaitForExit(MostSeconds * 1000))
            {
                Stop(process);
                throw new IOException($"{Program} did not print within {MostSeconds} s; open report.html in a browser and print it there");
            }

            cancellation.ThrowIfCancellationRequested();
            if (!File.Exists(pdf) || new FileInfo(pdf).Length == 0)
            {
                Task.WaitAll([said, printed], CancellationToken.None);
                throw new IOException($"{Program} printed nothing (exit code {process.ExitCode}): {LastLine(said.Result)}. Open report.html in a browser and print it there, or name another browser in {Variable}");
            }
        }
        finally
        {
            Delete(profile);
        }
    }

    static IEnumerable<string> Arguments(string html, string pdf, string profile)
    {
        // The sandbox of Chromium refuses to run as the superuser, as in a container; the page is ours and loads nothing.
        string[] always = ["--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-pdf-header-footer", $"--user-data-dir={profile}", $"--print-to-pdf={pdf}"];
        IEnumerable<string> sandbox = !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess ? ["--no-sandbox"] : [];
        return [.. always, .. sandbox, new Uri(html).AbsoluteUri];
    }

    static void Stop(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A helper of the browser may still hold a file of the profile; the system clears its temporary folder.
        }
    }

    static string LastLine(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault("no message").Trim();

    static InvalidInputException Missing(string found)
    {
        IssueList issues = new();
        issues.Error("ND0706", new SourceLocation("--pdf", 0, 0), "printing needs a browser", found, "Chromium, Google Chrome or Microsoft Edge", $"install one (Debian, Ubuntu: apt-get install chromium), or name its program in {Variable}; or open report.html in any browser and print it there");
        return new InvalidInputException(issues);
    }
}
