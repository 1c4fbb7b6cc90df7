using Nadir.Faults;
using Nadir.Protocols;
using Nadir.Trials;

namespace Nadir.Studies;

/// <summary>Runs a study once more without each mechanism that is on in it, with the same patients and random streams.</summary>
public sealed class KnockOutRun
{
    /// <summary>The most patients in an arm: all of them are kept to be compared.</summary>
    public const int MostPatients = 1_000_000;

    readonly TrialJob _job;
    readonly IReadOnlyList<MechanismLeftOut> _leftOut;
    readonly IReadOnlyList<(Mechanism Mechanism, TrialPlan Plan)> _variants;

    KnockOutRun(TrialJob job, IReadOnlyList<(Mechanism Mechanism, TrialPlan Plan)> variants, IReadOnlyList<MechanismLeftOut> leftOut)
    {
        (_job, _variants, _leftOut) = (job, variants, leftOut);
        Study = new FateRecorder(job.Plan.Arms.Count);
    }

    /// <summary>Receives the patients of the study itself before <see cref="Run"/>.</summary>
    public FateRecorder Study { get; }

    /// <summary>Mechanisms that <see cref="Run"/> switches off, one at a time.</summary>
    public int Mechanisms => _variants.Count;

    /// <summary>Resolves the study without each mechanism that is on, at full strength or weakly.</summary>
    /// <param name="job">The study.</param>
    /// <returns>The run, or what is wrong: follow-up of less than a month (ND0570), or more than <see cref="MostPatients"/> patients an arm (ND0571).</returns>
    public static Checked<KnockOutRun> Create(TrialJob job)
    {
        IssueList issues = new();
        SourceLocation at = new(job.Study.FileName, 0, 0);
        if (KnockOutComparison.MonthOf(job.Plan.HorizonDays) < 1)
        {
            issues.Error("ND0570", at, "the trial is too short for a knock-out table", $"a horizon of {job.Plan.HorizonDays} days", "at least a month of 30.4375 days");
        }

        if (job.Plan.PatientsPerArm > MostPatients)
        {
            issues.Error("ND0571", at, "a knock-out table keeps all patients, and these are too many", $"{job.Plan.PatientsPerArm}", $"at most {MostPatients} an arm", "use --patients");
        }

        List<(Mechanism, TrialPlan)> variants = [];
        List<MechanismLeftOut> leftOut = [];
        foreach (string name in job.Library.Names("library/mechanisms").Order(StringComparer.Ordinal))
        {
            Checked<Mechanism> read = Mechanism.Load(job.Library, name);
            issues.AddRange(read.Issues);
            if (read.Value is not { } mechanism)
            {
                continue;
            }

            if (WhyOff(job, mechanism) is { } reason)
            {
                leftOut.Add(new MechanismLeftOut(name, mechanism.Title, reason));
                continue;
            }

            // A mechanism that the caller switched on is switched off instead.
            Checked<TrialJob> variant = TrialJob.Create(job.Source, job.Overrides with { With = [.. job.With.Where(w => w != name)], Without = [.. job.Without, name] });
            if (variant.Value is { } resolved)
            {
                // Strata may depend on what is switched off; the patients are those of the study.
                variants.Add((mechanism, resolved.Plan with { Enrolment = job.Plan.Enrolment }));
            }
            else
            {
                leftOut.Add(new MechanismLeftOut(name, mechanism.Title, $"cannot be switched off in this study: {string.Join("; ", variant.Issues.Select(i => i.Message))}"));
            }
        }

        return Checked<KnockOutRun>.From(new KnockOutRun(job, variants, leftOut), issues);
    }

    /// <summary>Simulates the study without each mechanism and compares.</summary>
    /// <param name="threads">Threads, at least 1; the results do not depend on it.</param>
    /// <param name="progress">Told the share done, 0 to 1; null for nobody.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="InvalidOperationException"><see cref="Study"/> has not received the study's patients.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public KnockOut Run(int threads, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (_job.Plan.Arms.Index().Any(a => Study[a.Index].Count != _job.Plan.PatientsIn(a.Index)))
        {
            throw new InvalidOperationException("found no patients of the study itself; hand its records to Study first");
        }

        int month = KnockOutComparison.MonthOf(_job.Plan.HorizonDays);
        List<KnockOutRow>[] rows = [.. _job.Plan.Arms.Select(_ => new List<KnockOutRow>())];
        foreach ((int done, (Mechanism mechanism, TrialPlan plan)) in _variants.Index())
        {
            FateRecorder without = new(plan.Arms.Count);
            TrialRun.Run(plan, PatientBlock.All(plan), threads, without.Add, progress is null ? null : new PartOf(progress, done, _variants.Count, _job.TotalPatients), cancellation);
            for (int arm = 0; arm < rows.Length; arm++)
            {
                rows[arm].Add(KnockOutComparison.Row(mechanism, Study[arm], without[arm], month));
            }
        }

        return new KnockOut
        {
            Month = month,
            Arms = [.. _job.Plan.Arms.Select((arm, i) => new KnockOutArm(arm.Name, KnockOutComparison.Fates(Study[i], month), KnockOutComparison.Ordered(rows[i])))],
            LeftOut = _leftOut,
        };
    }

    static string? WhyOff(TrialJob job, Mechanism mechanism) =>
        job.Without.Contains(mechanism.Name) ? "switched off in this study"
        : mechanism.Default == MechanismDefault.Off && !job.With.Contains(mechanism.Name) && !IsInPatients(job, mechanism) ? "off unless switched on"
        : null;

    /// <summary>The study's own patients can have what is off by default, by their mix or their population.</summary>
    static bool IsInPatients(TrialJob job, Mechanism mechanism) => job.Plan.Arms.Any(arm => mechanism.Off.Any(arm.Population.IsMovedBy));

    /// <summary>One run among several as a share of all.</summary>
    sealed class PartOf(IProgress<double> progress, int done, int runs, int patients) : IProgress<int>
    {
        public void Report(int value) => progress.Report((done + ((double)value / patients)) / runs);
    }
}
