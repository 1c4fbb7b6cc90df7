using System.Globalization;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>The tables of several runs side by side.</summary>
public static class ComparisonTables
{
    /// <summary>What each run was.</summary>
    public static TrialTable Runs(IReadOnlyList<ComparedRun> runs)
    {
        TrialResult first = runs[0].Result;
        return new TrialTable("Runs", [.. runs.Select(r => r.Key)],
        [
            .. About(runs, first),
            .. Conduct(runs),
        ]);
    }

    static IEnumerable<TrialTableRow> About(IReadOnlyList<ComparedRun> runs, TrialResult first)
    {
        return
        [
            Row("Folder", r => r.Name),
            Row("Study", r => r.Result.Study),
            Row("Study file", r => Same(r.Result.Provenance.StudyHash, first.Provenance.StudyHash)),
            Row("Seed", r => r.Result.Seed.ToString(CultureInfo.InvariantCulture)),
            Row("Patients an arm", r => NumberText.Count(r.Result.PatientsPerArm)),
            Row("Design", r => r.Result.Design),
            Row("Mix of patients", r => MixTable.Words(r.Result.Mix)),
            Row("Failed numerically", r => NumberText.Count(r.Result.FailedPatients)),
            Row("Switched on", r => Listed(r.Result.Provenance.With)),
            Row("Switched off", r => Listed(r.Result.Provenance.Without)),
            Row("Model, parameters, population", r => Same(r.Result.Provenance.ModelHash, first.Provenance.ModelHash)),
            Row("Calibration", r => r.Result.Provenance.Calibration is { } c ? $"{c.Words} {Same(c.Hash, first.Provenance.Calibration?.Hash ?? "")}" : "none"),
            Row("Nadir", r => r.Result.Provenance.Version),
        ];

        TrialTableRow Row(string label, Func<ComparedRun, string> cell) => new("", label, [.. runs.Select(cell)]);
    }

    /// <summary>How the runs' trials are run and decided; nothing where none has an analysis.</summary>
    static IEnumerable<TrialTableRow> Conduct(IReadOnlyList<ComparedRun> runs)
    {
        if (runs.Select(r => r.Result).FirstOrDefault(r => r.Conducted is not null) is not { } any)
        {
            return [];
        }

        return
        [
            .. ConductText.Conduct(any.Conducted!, any.HorizonDays).Select((part, i) => Row(part.Heading, (r, c) => ConductText.Conduct(c, r.HorizonDays)[i].Text)),
            Row("Primary analysis", (_, c) => $"{c.Compared.Arm} against {c.Compared.Reference}: {PowerTables.Describe(c.Design.Analysis)}"),
            Row("Looks", (_, c) => ConductText.Looks(c)),
            Row("As it would have been run", (_, c) => ConductTables.Verdict(c)),
        ];

        TrialTableRow Row(string label, Func<TrialResult, ConductedTrial, string> cell) =>
            new("", label, [.. runs.Select(r => r.Result.Conducted is { } conducted ? cell(r.Result, conducted) : "none")]);
    }

    /// <summary>The main estimates, one row an arm of a run.</summary>
    public static TrialTable Short(IReadOnlyList<ComparedRun> runs)
    {
        int? month = Landmarks.ForIncidence(runs[0].Result.HorizonDays).Cast<int?>().LastOrDefault();
        string[] columns = month is { } m
            ? ["Patients", "Remission by month 3", $"Event-free at month {m}", $"Alive at month {m}", $"Relapsed by month {m} from remission", $"Died in remission by month {m}"]
            : ["Patients", "Remission by month 3"];
        return new TrialTable("In short", columns, [.. runs.SelectMany(r => r.Result.Arms, (r, a) => new TrialTableRow($"{r.Key}  {r.Name}", a.Name, Cells(a, month)))]);
    }

    /// <summary>Published results beside the first arm of each run.</summary>
    public static TrialTable Published(IReadOnlyList<ComparedRun> runs)
    {
        IEnumerable<PublishedComparison> all = runs.SelectMany(r => r.Result.Published).DistinctBy(p => (p.Quantity, p.Citation));
        return new TrialTable("Published results", ["Published", .. runs.Select(r => $"{r.Key} simulated"), "Source"],
        [
            .. all.Select(p => new TrialTableRow("", p.Quantity,
            [
                NumberText.Interval(p.Published, p.Unit),
                .. runs.Select(r => r.Result.Published.FirstOrDefault(q => (q.Quantity, q.Citation) == (p.Quantity, p.Citation)) is { } found
                    ? NumberText.Interval(found.Simulated, found.Unit) + (TrialTable.IsComparable(found) && !found.Inside ? ", outside" : "")
                    : NumberText.NotEstimable),
                p.Citation,
            ])),
        ]);
    }

    /// <summary>All arms of all runs, named for both.</summary>
    internal static IReadOnlyList<(string Name, ArmResult Arm)> Arms(IReadOnlyList<ComparedRun> runs) =>
        [.. runs.SelectMany(r => r.Result.Arms, (r, a) => ($"{r.Key}: {a.Name}", a))];

    /// <summary>Arms beside the arm of the same name in the first run, as different patients.</summary>
    internal static IReadOnlyList<ArmContrast> Contrasts(IReadOnlyList<ComparedRun> runs)
    {
        double horizon = runs[0].Result.HorizonDays;
        return
        [
            .. from run in runs.Skip(1)
               from arm in run.Result.Arms
               from reference in runs[0].Result.Arms
               where arm.Name == reference.Name
               from contrast in Between(($"{run.Key}: {arm.Name}", arm), ($"{runs[0].Key}: {reference.Name}", reference), horizon)
               select contrast,
        ];
    }

    static IEnumerable<ArmContrast> Between((string Name, ArmResult Result) arm, (string Name, ArmResult Result) reference, double horizonDays)
    {
        foreach ((string name, Func<ArmResult, SurvivalCurve> curve) in Endpoints)
        {
            yield return ArmContrasts.Between(name, (arm.Name, RiskTable.Of(Table(curve(arm.Result)))), (reference.Name, RiskTable.Of(Table(curve(reference.Result)))), horizonDays);
        }

        if (arm.Result.AnyRelapse is { } mine && reference.Result.AnyRelapse is { } theirs)
        {
            yield return RelapseContrast.Between((arm.Name, Table(mine, arm.Result.DeathInRemission)), (reference.Name, Table(theirs, reference.Result.DeathInRemission)), horizonDays);
        }
    }

    static IEnumerable<(string Name, Func<ArmResult, SurvivalCurve> Curve)> Endpoints =>
    [
        ("eventFreeSurvival", a => a.EventFreeSurvival), ("overallSurvival", a => a.OverallSurvival), ("relapseFreeSurvival", a => a.RelapseFreeSurvival),
    ];

    /// <summary>The counts behind the curves of one cause or several that compete.</summary>
    static EventTable Table(params IReadOnlyList<SurvivalCurve> causes)
    {
        EventTable events = new(causes.Count);
        foreach ((int cause, SurvivalCurve curve) in causes.Index())
        {
            foreach ((int i, double day) in curve.Times.Index())
            {
                int[] counts = new int[causes.Count + 1];
                counts[0] = cause == 0 ? curve.Censored[i] : 0;
                counts[1 + cause] = curve.Events[i];
                events.Add(new EventRow(day, counts));
            }
        }

        return events;
    }

    static string[] Cells(ArmResult arm, int? month) => month is { } m
        ?
        [
            NumberText.Count(arm.Patients), NumberText.PercentInterval(arm.Remission3Months), At(arm.EventFreeSurvival, m), At(arm.OverallSurvival, m),
            arm.AnyRelapse is { } any ? At(any, m) : NumberText.NotEstimable, At(arm.DeathInRemission, m),
        ]
        : [NumberText.Count(arm.Patients), NumberText.PercentInterval(arm.Remission3Months)];

    static string At(SurvivalCurve curve, int month) => NumberText.PercentInterval(curve.AtMonth(month));

    static string Same(string hash, string first) => hash == first ? $"{hash[..Math.Min(8, hash.Length)]}" : $"{hash[..Math.Min(8, hash.Length)]}, another than the first";

    static string Listed(IReadOnlyList<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);
}
