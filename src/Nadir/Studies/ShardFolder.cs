using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nadir.Documents;
using Nadir.Faults;
using Nadir.Solvers;
using Nadir.Trials;

namespace Nadir.Studies;

/// <summary>A folder that holds a part of a trial, as it was read.</summary>
sealed class ShardFolder
{
    readonly ShardDocument _document;

    ShardFolder(string path, ShardDocument document, IReadOnlyList<ArmTally> tallies) => (Location, _document, Tallies) = (path, document, tallies);

    /// <summary>The folder, as the user gave it.</summary>
    public string Location { get; }

    public Shard Shard => new(_document.Shard, _document.Of);

    public IReadOnlyList<ArmTally> Tallies { get; }

    public SourceText Study => new(_document.StudyFile, _document.StudyText);

    public string? LibraryHash => _document.LibraryHash;

    public string ModelHash => _document.ModelHash;

    public TrialOverrides Overrides(Library library) => new()
    {
        Library = library,
        Patients = _document.PatientsPerArm,
        Seed = _document.Seed,
        With = _document.With,
        Without = _document.Without,
        Calibration = _document.Calibration?.Read(),
        Tolerances = TrialPlan.UsualTolerances with { Relative = _document.RelativeTolerance, Absolute = _document.AbsoluteTolerance, MaxSteps = _document.MaxSteps },
        Solver = SolverCatalogue.All.FirstOrDefault(s => s.Name == _document.Solver) ?? throw new JsonException($"There is no solver {_document.Solver}."),
    };

    /// <summary>Reads a folder. Issues: it holds no part of a trial (ND0520), a file is missing or was changed (ND0521), or another version of Nadir wrote it (ND0522).</summary>
    public static ShardFolder? Read(string path, IssueList issues)
    {
        string file = Path.Combine(path, ShardDocument.FileName);
        SourceLocation at = new(path, 0, 0);
        if (!File.Exists(file))
        {
            string hint = File.Exists(Path.Combine(path, ResultFolder.RunFile)) ? "this folder holds a whole trial" : "nadir trial --shard K/N writes such folders";
            issues.Error("ND0520", at, "this is no folder of a part of a trial", $"no {ShardDocument.FileName}", "a folder that nadir trial --shard wrote", hint);
            return null;
        }

        try
        {
            return CheckFiles(path, at, issues) ? Read(path, at, ShardDocument.Read(SourceText.Load(file, ShardDocument.MaxBytes).OrThrow().Text), issues) : null;
        }
        catch (JsonException e)
        {
            issues.Error("ND0521", at, $"{ShardDocument.FileName} or {ResultFolder.RunFile} is not as Nadir wrote it", Excerpt.Of(e.Message), "the files as they were written", "run this part again");
            return null;
        }
    }

    /// <summary>What this folder differs in from another part's: null where both are of the same trial.</summary>
    public string? DifferenceFrom(ShardFolder other) =>
        (_document, other._document) switch
        {
            var (a, b) when a.StudyText != b.StudyText || a.StudyFile != b.StudyFile => "the study",
            var (a, b) when a.Seed != b.Seed => $"the seed, {a.Seed} and {b.Seed}",
            var (a, b) when a.PatientsPerArm != b.PatientsPerArm => $"the patients in each arm, {a.PatientsPerArm} and {b.PatientsPerArm}",
            var (a, b) when !a.With.Order(StringComparer.Ordinal).SequenceEqual(b.With.Order(StringComparer.Ordinal)) =>
                $"the mechanisms switched on, {Listed(a.With)} and {Listed(b.With)}",
            var (a, b) when !a.Without.Order(StringComparer.Ordinal).SequenceEqual(b.Without.Order(StringComparer.Ordinal)) =>
                $"the mechanisms switched off, {Listed(a.Without)} and {Listed(b.Without)}",
            var (a, b) when a.Calibration != b.Calibration => "the calibration of the population",
            var (a, b) when (a.RelativeTolerance, a.AbsoluteTolerance, a.MaxSteps) != (b.RelativeTolerance, b.AbsoluteTolerance, b.MaxSteps) => "the accuracy or the limit of steps",
            var (a, b) when a.Solver != b.Solver => $"the solver, {a.Solver} and {b.Solver}",
            var (a, b) when a.Of != b.Of => $"the number of parts, {a.Of} and {b.Of}",
            var (a, b) when a.ModelHash != b.ModelHash => "the model",
            var (a, b) when a.LibraryHash != b.LibraryHash => "the user's own library",
            _ => null,
        };

    /// <summary>Copies the header line of a table, or the rows of one arm.</summary>
    /// <param name="table">Name of the table's file.</param>
    /// <param name="arm">Index of the arm; -1 for the header.</param>
    /// <param name="to">Receives the bytes.</param>
    public void Copy(string table, int arm, Stream to)
    {
        IReadOnlyList<long> starts = _document.ArmStarts[table];
        using FileStream from = File.OpenRead(Path.Combine(Location, table));
        from.Position = arm < 0 ? 0 : starts[arm];
        long left = (arm + 1 < starts.Count ? starts[arm + 1] : from.Length) - from.Position;
        byte[] buffer = new byte[1 << 16];
        while (left > 0)
        {
            int read = from.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            to.Write(buffer, 0, read);
            left = read == 0 ? throw new EndOfStreamException($"{from.Name} became shorter while it was read") : left - read;
        }
    }

    static ShardFolder? Read(string path, SourceLocation at, ShardDocument document, IssueList issues)
    {
        if (document.Nadir != NadirVersion.Text)
        {
            issues.Error("ND0522", at, "another version of Nadir wrote this part", document.Nadir, NadirVersion.Text, "run this part again, or join with that version");
            return null;
        }

        ArmTally[] tallies = [.. document.Arms.Select(a => a.Tally())];
        bool known = document.Shard >= 1 && document.Shard <= document.Of && document.Of <= Shard.Most && document.Of <= document.PatientsPerArm;
        bool tables = TrialTables.Names.All(t => document.ArmStarts.TryGetValue(t, out IReadOnlyList<long>? starts) && starts.Count == tallies.Length);
        return known && tables && tallies.All(t => t.Patients == new Shard(document.Shard, document.Of).Patients(document.PatientsPerArm).Count)
            ? new ShardFolder(path, document, tallies)
            : throw new JsonException("The numbers of parts, arms and patients do not fit together.");
    }

    /// <summary>The files are those that run.json lists, byte for byte.</summary>
    static bool CheckFiles(string path, SourceLocation at, IssueList issues)
    {
        JsonNode? run = JsonNode.Parse(SourceText.Load(Path.Combine(path, ResultFolder.RunFile)).OrThrow().Text);
        JsonObject hashes = run?["files"] as JsonObject ?? throw new JsonException("There is no list of files.");
        bool good = true;
        foreach (string name in TrialTables.Names.Append(ShardDocument.FileName))
        {
            string file = Path.Combine(path, name);
            string? found = File.Exists(file) ? Hash(file) : null;
            if (found is null || hashes[name]?.ToString() != found)
            {
                issues.Error("ND0521", at, found is null ? $"{name} is missing" : $"{name} was changed after it was written", name, "the files as they were written", "run this part again");
                good = false;
            }
        }

        return good;
    }

    static string Hash(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    static string Listed(IReadOnlyList<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);
}
