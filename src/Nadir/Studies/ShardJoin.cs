using Nadir.Documents;
using Nadir.Faults;
using Nadir.Trials;

namespace Nadir.Studies;

/// <summary>Parts of a trial that together are the whole. What it writes is what the run in one piece would have written, byte for byte.</summary>
public sealed class ShardJoin
{
    readonly IReadOnlyList<ShardFolder> _shards;

    ShardJoin(TrialJob job, IReadOnlyList<ShardFolder> shards) => (Job, _shards) = (job, shards);

    /// <summary>The trial.</summary>
    public TrialJob Job { get; }

    /// <summary>
    /// Reads the folders of all parts of a trial, in any order. Issues, all at once: a folder holds no part (ND0520), was changed (ND0521) or is of another
    /// version (ND0522); parts are of different trials (ND0523), there twice (ND0524) or missing (ND0525); the library differs (ND0526).
    /// </summary>
    /// <param name="folders">The folders, at least one.</param>
    /// <param name="library">The library whose names the study uses; null for what ships.</param>
    public static Checked<ShardJoin> Read(IReadOnlyList<string> folders, Library? library = null)
    {
        IssueList issues = new();
        ShardFolder[] shards = [.. folders.Select(f => ShardFolder.Read(f, issues)).OfType<ShardFolder>().OrderBy(s => s.Shard.Number)];
        CheckTogether(shards, folders, issues);
        if (issues.HasErrors || shards.Length == 0)
        {
            return new Checked<ShardJoin>(null, issues);
        }

        Library used = library ?? Library.Shipped;
        if (used.OwnHash != shards[0].LibraryHash)
        {
            issues.Error("ND0526", new SourceLocation(shards[0].Location, 0, 0), "the parts were simulated with another library folder", used.OwnHash ?? "no --library", shards[0].LibraryHash ?? "no --library", "give --library the folder the parts were run with");
            return new Checked<ShardJoin>(null, issues);
        }

        Checked<TrialJob> job = TrialJob.Create(shards[0].Study, shards[0].Overrides(used));
        issues.AddRange(job.Issues);
        if (job.Value is { } found && (found.Plan.Package.Hash != shards[0].ModelHash || found.Plan.Arms.Count != shards[0].Tallies.Count))
        {
            SourceLocation at = new(shards[0].Location, 0, 0);
            issues.Error("ND0526", at, "the model of this Nadir is not the one that was simulated", shards[0].ModelHash, found.Plan.Package.Hash, "join with the build that wrote the parts");
        }

        return Checked<ShardJoin>.From(job.Value is { } whole ? new ShardJoin(whole, shards) : null, issues);
    }

    /// <summary>The estimates of the whole trial; simulates the report's sample patients again.</summary>
    /// <param name="progress">Told the share done, 0 to 1; null for nobody.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public TrialResult Result(IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArmTally[] whole = [.. Job.Plan.Arms.Select(_ => new ArmTally())];
        foreach (ShardFolder shard in _shards)
        {
            for (int arm = 0; arm < whole.Length; arm++)
            {
                whole[arm].Add(shard.Tallies[arm]);
            }
        }

        return Job.Result(whole, progress, cancellation);
    }

    /// <summary>Writes the result folder of the whole trial.</summary>
    /// <param name="result">What <see cref="Result"/> gave.</param>
    /// <param name="target">Where the folder goes.</param>
    /// <param name="cancellation">Stops the writing; then nothing stays.</param>
    /// <exception cref="OperationCanceledException">The writing was stopped.</exception>
    public void Write(TrialResult result, ResultTarget target, CancellationToken cancellation)
    {
        using ResultFolder folder = target.Open();
        foreach (string table in TrialTables.Names)
        {
            WriteTable(folder, table, cancellation);
        }

        TrialFolder.Complete(folder, result);
    }

    void WriteTable(ResultFolder folder, string table, CancellationToken cancellation)
    {
        using Stream to = folder.Create(table);
        _shards[0].Copy(table, -1, to);
        for (int arm = 0; arm < Job.Plan.Arms.Count; arm++)
        {
            foreach (ShardFolder shard in _shards)
            {
                cancellation.ThrowIfCancellationRequested();
                shard.Copy(table, arm, to);
            }
        }
    }

    static void CheckTogether(ShardFolder[] shards, IReadOnlyList<string> folders, IssueList issues)
    {
        foreach (ShardFolder shard in shards.Skip(1))
        {
            if (shard.DifferenceFrom(shards[0]) is { } difference)
            {
                issues.Error("ND0523", new SourceLocation(shard.Location, 0, 0), $"this is a part of another trial than {shards[0].Location}", $"they differ in {difference}", "parts of one trial: the same study, seed, patients and --without");
            }
        }

        if (issues.HasErrors || shards.Length < folders.Count || shards.Length == 0)
        {
            return;
        }

        foreach (IGrouping<int, ShardFolder> same in shards.GroupBy(s => s.Shard.Number).Where(g => g.Count() > 1))
        {
            issues.Error("ND0524", new SourceLocation(same.Last().Location, 0, 0), $"the part {same.First().Shard} is there twice", string.Join(", ", same.Select(s => s.Location)), "each part once");
        }

        int[] missing = [.. Enumerable.Range(1, shards[0].Shard.Of).Except(shards.Select(s => s.Shard.Number))];
        if (missing.Length > 0)
        {
            string some = string.Join(", ", missing.Take(10).Select(m => new Shard(m, shards[0].Shard.Of).ToString())) + (missing.Length > 10 ? ", …" : "");
            issues.Error("ND0525", new SourceLocation(shards[0].Location, 0, 0), missing.Length == 1 ? "a part of the trial is missing" : $"{missing.Length} parts of the trial are missing", $"no {some}", $"all {shards[0].Shard.Of} parts", "run the missing parts with --shard, then join all");
        }
    }
}
