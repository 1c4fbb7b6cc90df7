using System.Text.Json;
using Nadir.Documents;
using Nadir.Faults;
using Nadir.Studies;

namespace Nadir.Cli;

/// <summary>Puts the files of all parts of a simulation together: the bytes are those of the simulation in one piece.</summary>
static class SimulateJoin
{
    public static int Execute(SimulateSettings settings, Session session)
    {
        IssueList issues = [];
        (string File, SimulationPart Part)[] parts = [.. settings.Join.Select(file => (file, Part: Read(file, issues))).Where(p => p.Part is not null).Select(p => (p.file, p.Part!)).OrderBy(p => p.Item2.Shard)];
        if (!issues.HasErrors)
        {
            Check(parts, issues);
        }

        if (issues.HasErrors)
        {
            throw new InvalidInputException([.. issues]);
        }

        if (settings.Out is { } target)
        {
            AtomicFile.Write(target, stream => Copy(parts, stream, session.Cancellation));
        }
        else
        {
            using FileStream spool = new(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
            Copy(parts, spool, session.Cancellation);
            SimulateRun.Show(spool, session.Output);
        }

        return FailureCount.Warn(Failed(parts), parts[0].Part.Count, session) == 0 ? ExitCode.Ok : ExitCode.NotConverged;
    }

    /// <summary>Failures of all parts by status.</summary>
    static SortedDictionary<string, int> Failed((string File, SimulationPart Part)[] parts)
    {
        SortedDictionary<string, int> failed = new(StringComparer.Ordinal);
        foreach ((string status, int number) in parts.SelectMany(p => p.Part.Failed))
        {
            failed[status] = failed.GetValueOrDefault(status) + number;
        }

        return failed;
    }

    static SimulationPart? Read(string file, IssueList issues)
    {
        SourceLocation at = new(file, 0, 0);
        string beside = SimulationPart.Beside(file);
        if (!File.Exists(file) || !File.Exists(beside))
        {
            issues.Error("ND0615", at, "this is no file of a part of a simulation", $"no {(File.Exists(file) ? beside : file)}", "a file that nadir simulate --shard wrote, with the one beside it");
            return null;
        }

        try
        {
            SimulationPart part = SimulationPart.Read(File.ReadAllText(beside));
            if (part.Nadir != NadirVersion.Text)
            {
                issues.Error("ND0615", at, "another version of Nadir wrote this part", part.Nadir, NadirVersion.Text, "run this part again");
            }

            if (part.Sha256 != SimulationPart.HashOf(file))
            {
                issues.Error("ND0615", at, "this part was changed after it was written", part.Sha256, "the file as it was written", "run this part again");
            }

            return part;
        }
        catch (JsonException e)
        {
            issues.Error("ND0615", at, $"{beside} is not as Nadir wrote it", Excerpt.Of(e.Message), "the file as it was written", "run this part again");
            return null;
        }
    }

    /// <summary>All parts are of one simulation, and each is there once.</summary>
    static void Check((string File, SimulationPart Part)[] parts, IssueList issues)
    {
        SimulationPart first = parts[0].Part;
        foreach ((string file, SimulationPart part) in parts)
        {
            string? difference = part.ModelHash != first.ModelHash ? "model" : part.Settings != first.Settings ? "settings" : part.Count != first.Count ? "number of replicates" : part.Of != first.Of ? "number of parts" : null;
            if (difference is not null)
            {
                issues.Error("ND0616", new SourceLocation(file, 0, 0), $"the parts differ in their {difference}", difference == "settings" ? part.Settings : $"another {difference}", $"parts of the simulation of {parts[0].File}");
            }
        }

        for (int number = 1; number <= first.Of && !issues.HasErrors; number++)
        {
            int found = parts.Count(p => p.Part.Shard == number);
            if (found != 1)
            {
                issues.Error("ND0616", new SourceLocation(parts[0].File, 0, 0), found == 0 ? $"part {number} of {first.Of} is missing" : $"part {number} of {first.Of} is there {found} times", $"{parts.Length} files", "each part once");
            }
        }
    }

    /// <summary>The rows of all parts under the header of the first.</summary>
    static void Copy((string File, SimulationPart Part)[] parts, Stream to, CancellationToken cancellation)
    {
        byte[] buffer = new byte[1 << 16];
        bool isFirst = true;
        foreach ((string file, _) in parts)
        {
            cancellation.ThrowIfCancellationRequested();
            using FileStream from = File.OpenRead(file);
            bool skips = !isFirst;
            isFirst = false;
            for (int read; (read = from.Read(buffer)) > 0;)
            {
                int start = skips ? Array.IndexOf(buffer, (byte)'\n', 0, read) + 1 : 0;
                skips = skips && start == 0;
                if (!skips)
                {
                    to.Write(buffer, start, read - start);
                }
            }
        }
    }
}
