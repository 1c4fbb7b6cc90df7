using Nadir.Designs;
using Nadir.Endpoints;
using Nadir.Solvers;
using Nadir.Survival;

namespace Nadir.Trials;

/// <summary>
/// What the estimates of an arm need, taken from its patients one by one. It does not grow with the number of patients: times are whole days, sums are
/// exact and medians are counted in bins. Tallies of parts of an arm add up to the tally of the whole, bit for bit, however it was split.
/// </summary>
public sealed class ArmTally
{
    /// <summary>Failed patients that are kept by name.</summary>
    internal const int FailedKept = 5;

    readonly SortedDictionary<int, FailedPatient> _failed = [];
    readonly SortedDictionary<LaneStatus, int> _failures = [];
    readonly SortedDictionary<string, int> _happenings = new(StringComparer.Ordinal);

    /// <summary>Patients, failed ones included.</summary>
    public int Patients { get; internal set; }

    /// <summary>Patients that failed numerically; they are in nothing else.</summary>
    public int FailedPatients => _failures.Values.Sum();

    internal int Transplanted { get; set; }

    internal int MorphologicRemissions { get; set; }

    internal int MrdRelapses { get; set; }

    internal EventTable OverallSurvival { get; } = new(causes: 1);

    internal EventTable EventFreeSurvival { get; } = new(causes: 1);

    /// <summary>From remission: relapse by phenotype as causes 1 to 3, death in remission as cause 4.</summary>
    internal EventTable Relapse { get; } = new(PhenotypeNames.All.Count + 1);

    /// <summary><see cref="EventFreeSurvival"/> with the follow-up ended by a transplant.</summary>
    internal EventTable EventFreeToTransplant { get; } = new(causes: 1);

    /// <summary><see cref="Relapse"/> with the follow-up ended by a transplant.</summary>
    internal EventTable RelapseToTransplant { get; } = new(PhenotypeNames.All.Count + 1);

    /// <summary>Patients treated after relapse or non-response.</summary>
    internal int TreatedAgain { get; set; }

    /// <summary>Patients treated after relapse or non-response whose blasts fell below the cut.</summary>
    internal int SecondMorphologicRemissions { get; set; }

    /// <summary>From second remission: second relapse or death.</summary>
    internal EventTable SecondRemission { get; } = new(causes: 1);

    /// <summary>From infusion, among patients in remission: B cells back as cause 1; relapse, transplant and death as causes 2 to 4.</summary>
    internal EventTable BCellAplasia { get; } = new(causes: 4);

    internal GeometricMean TransgeneCmax { get; } = new();

    internal LogHistogram TransgeneTmax { get; } = new();

    internal GeometricMean TransgeneAuc28 { get; } = new();

    internal TransgeneTally Transgene { get; } = new();

    internal SwimmerTally Swimmer { get; } = new();

    /// <summary>Patients by worst grade of cytokine release syndrome, 0 to 4; all 0 where it is not graded.</summary>
    internal int[] CytokineGrades { get; } = new int[CytokineRelease.Grades];

    internal CauseTally Causes { get; } = new();

    internal FateExamples Examples { get; } = new();

    /// <summary>The same patients here and in the first arm; empty where they are not paired.</summary>
    internal PairTally Pairs { get; } = new();

    /// <summary>The arm's patients in remission beside themselves without a transplant; empty where no arm is the same but for it.</summary>
    internal TransplantTally Transplants { get; } = new();

    /// <summary>What a randomised trial would see of each patient, in the arm's order; empty where none is run.</summary>
    internal List<Candidate> Candidates { get; } = [];

    /// <summary>What strategies did and what came of them, with how often.</summary>
    internal IReadOnlyDictionary<string, int> Happenings => _happenings;

    /// <summary>Failures by status.</summary>
    internal IReadOnlyDictionary<LaneStatus, int> Failures => _failures;

    /// <summary>The first failed patients, in the arm's order.</summary>
    internal IReadOnlyCollection<FailedPatient> Failed => _failed.Values;

    /// <summary>Patients that came into remission.</summary>
    internal int Remissions => Relapse.Patients;

    /// <summary>Patients in the estimates.</summary>
    internal int Evaluable => OverallSurvival.Patients;

    /// <summary>Counts one patient.</summary>
    /// <param name="index">The patient's place in the arm, from 0.</param>
    /// <param name="o">What happened.</param>
    public void Add(int index, PatientOutcome o)
    {
        Patients++;
        if (!o.IsEvaluable)
        {
            AddFailures(o.Status, 1);
            Keep(new FailedPatient(index, o.Status, o.FailedDay ?? double.NaN));
            return;
        }

        Transplanted += o.TransplantDay is null ? 0 : 1;
        MorphologicRemissions += o.MorphologicRemissionDay is null ? 0 : 1;
        OverallSurvival.Add(Single(TimeToEvent.Overall(o)));
        EventFreeSurvival.Add(Single(TimeToEvent.EventFree(o)));
        EventFreeToTransplant.Add(Single(TimeToEvent.EventFree(o).CensoredAtTransplant(o, 0)));
        TransgeneCmax.Add(o.TransgeneCmax);
        TransgeneTmax.Add(o.TransgeneTmax);
        TransgeneAuc28.Add(o.TransgeneAuc28);
        Examples.Add(index, o);
        Causes.Add(o);
        Transgene.Add(o.TransgeneOnDays);
        Swimmer.Add(index, o);
        if (o.CytokineReleaseGrade is { } grade)
        {
            CytokineGrades[grade]++;
        }

        foreach (string happening in o.Happenings)
        {
            AddHappenings(happening, 1);
        }

        TreatedAgain += o.SalvageDay is null ? 0 : 1;
        SecondMorphologicRemissions += o.SecondMorphologicRemissionDay is null ? 0 : 1;
        if (o.SecondRemissionDay is { } second)
        {
            SecondRemission.Add(SecondOf(o, second));
        }

        if (o.RemissionDay is { } remission)
        {
            MrdRelapses += o.MrdRelapseDay is null ? 0 : 1;
            CompetingTime relapse = Competing(o, remission);
            Relapse.Add(relapse);
            RelapseToTransplant.Add(Competing(o, TimeToEvent.Relapse(o, remission).CensoredAtTransplant(o, remission)));
            if (relapse.Cause > 0 && relapse.Cause <= PhenotypeNames.All.Count && o.RelapseCause is { } why)
            {
                Causes.AddTime(why.Mechanism, relapse.Time);
            }

            BCellAplasia.Add(Aplasia(o));
        }
    }

    /// <summary>Adds other patients of the same arm.</summary>
    public void Add(ArmTally other)
    {
        Patients = checked(Patients + other.Patients);
        Transplanted += other.Transplanted;
        MorphologicRemissions += other.MorphologicRemissions;
        MrdRelapses += other.MrdRelapses;
        OverallSurvival.Add(other.OverallSurvival);
        EventFreeSurvival.Add(other.EventFreeSurvival);
        Relapse.Add(other.Relapse);
        EventFreeToTransplant.Add(other.EventFreeToTransplant);
        RelapseToTransplant.Add(other.RelapseToTransplant);
        BCellAplasia.Add(other.BCellAplasia);
        TreatedAgain += other.TreatedAgain;
        SecondMorphologicRemissions += other.SecondMorphologicRemissions;
        SecondRemission.Add(other.SecondRemission);
        TransgeneCmax.Add(other.TransgeneCmax);
        TransgeneTmax.Add(other.TransgeneTmax);
        TransgeneAuc28.Add(other.TransgeneAuc28);
        Examples.Add(other.Examples);
        Pairs.Add(other.Pairs);
        Transplants.Add(other.Transplants);
        Causes.Add(other.Causes);
        Transgene.Add(other.Transgene);
        Swimmer.Add(other.Swimmer);
        for (int grade = 0; grade < CytokineGrades.Length; grade++)
        {
            CytokineGrades[grade] += other.CytokineGrades[grade];
        }

        foreach ((string happening, int count) in other._happenings)
        {
            AddHappenings(happening, count);
        }

        foreach ((LaneStatus status, int count) in other._failures)
        {
            AddFailures(status, count);
        }

        foreach (FailedPatient patient in other.Failed)
        {
            Keep(patient);
        }
    }

    internal void AddHappenings(string happening, int count) => _happenings[happening] = _happenings.GetValueOrDefault(happening) + count;

    internal void AddFailures(LaneStatus status, int count) => _failures[status] = _failures.GetValueOrDefault(status) + count;

    /// <summary>Keeps a failed patient if it is among the first.</summary>
    internal void Keep(FailedPatient patient)
    {
        _failed[patient.Index] = patient;
        if (_failed.Count > FailedKept)
        {
            _failed.Remove(_failed.Keys.Last());
        }
    }

    /// <summary>Second relapse or death, from second remission; the end of follow-up, that of the first remission or of infusion, censors.</summary>
    static CompetingTime SecondOf(PatientOutcome o, double second)
    {
        double end = (o.RemissionDay ?? 0) + o.HorizonDays;
        double first = Math.Min(o.SecondRelapseDay ?? double.PositiveInfinity, o.DeathDay ?? double.PositiveInfinity);
        return new CompetingTime(TimeToEvent.WholeDays(Math.Min(first, end) - second, o.HorizonDays), first <= end ? 1 : 0);
    }

    static CompetingTime Single(TimeToEvent t) => new(t.Days, t.Censor == 0 ? 1 : 0);

    internal static CompetingTime Competing(PatientOutcome o, double remission) => Competing(o, TimeToEvent.Relapse(o, remission));

    static CompetingTime Competing(PatientOutcome o, TimeToEvent t)
    {
        int cause = t.Censor switch { 0 => 1 + (int)o.RelapsePhenotype!.Value, 2 => PhenotypeNames.All.Count + 1, _ => 0 };
        return new CompetingTime(t.Days, cause);
    }

    /// <summary>B cells back from infusion (cause 1), or what came before: relapse (2), transplant (3), death (4) or the end of follow-up (0).</summary>
    internal static CompetingTime Aplasia(PatientOutcome o)
    {
        if (o.BCellRecoveryDay is { } recovery && recovery <= o.HorizonDays)
        {
            return new CompetingTime(TimeToEvent.WholeDays(recovery, o.HorizonDays), 1);
        }

        (double first, int cause) = (double.PositiveInfinity, 0);
        foreach ((int i, double? day) in new[] { o.RelapseDay, o.TransplantDay, o.DeathDay }.Index())
        {
            if (day <= o.HorizonDays && day < first)
            {
                (first, cause) = (day.Value, i + 2);
            }
        }

        return new CompetingTime(TimeToEvent.WholeDays(Math.Min(first, o.HorizonDays), o.HorizonDays), cause);
    }
}

/// <summary>A patient whose simulation failed.</summary>
/// <param name="Index">The patient's place in the arm, from 0.</param>
/// <param name="Status">Why.</param>
/// <param name="Day">When; NaN where it is unknown.</param>
readonly record struct FailedPatient(int Index, LaneStatus Status, double Day);
