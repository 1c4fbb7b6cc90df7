using System.Text.Json;
using Nadir.Solvers;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Studies;

/// <summary>The tally of an arm in <c>shard.json</c>.</summary>
sealed record ArmDocument(
    int Patients,
    int Transplanted,
    int MorphologicRemissions,
    int MrdRelapses,
    IReadOnlyList<EventRow> OverallSurvival,
    IReadOnlyList<EventRow> EventFreeSurvival,
    IReadOnlyList<EventRow> Relapse,
    IReadOnlyList<EventRow> BCellAplasia,
    IReadOnlyList<EventRow> EventFreeToTransplant,
    IReadOnlyList<EventRow> RelapseToTransplant,
    int TreatedAgain,
    IReadOnlyList<EventRow> SecondRemission,
    MeanDocument TransgeneCmax,
    MeanDocument TransgeneAuc28,
    IReadOnlyList<IReadOnlyList<int>> TransgeneTmaxBins,
    IReadOnlyList<IReadOnlyList<int>> Examples,
    IReadOnlyList<CauseDocument> Causes,
    IReadOnlyList<int> Guesses,
    IReadOnlyList<int> CytokineGrades,
    IReadOnlyDictionary<string, int> Happenings,
    IReadOnlyDictionary<string, int> Failures,
    IReadOnlyList<FailedDocument> Failed,
    PairDocument Pairs,
    IReadOnlyList<IReadOnlyList<int>> Transplants,
    IReadOnlyList<DayDocument> Transgene,
    IReadOnlyDictionary<string, IReadOnlyList<EventRow>> CauseTimes,
    IReadOnlyDictionary<int, SwimmerPatient> Swimmers)
{
    public static ArmDocument Of(ArmTally t) => new(
        t.Patients, t.Transplanted, t.MorphologicRemissions, t.MrdRelapses,
        t.OverallSurvival.Rows, t.EventFreeSurvival.Rows, t.Relapse.Rows, t.BCellAplasia.Rows, t.EventFreeToTransplant.Rows, t.RelapseToTransplant.Rows,
        t.TreatedAgain, t.SecondRemission.Rows,
        MeanDocument.Of(t.TransgeneCmax), MeanDocument.Of(t.TransgeneAuc28),
        [.. t.TransgeneTmax.Bins.Select(b => (IReadOnlyList<int>)[b.Bin, b.Count])],
        [.. t.Examples.First.Select(f => (IReadOnlyList<int>)[.. f])],
        [.. t.Causes.Causes.Select(c => new CauseDocument(c.Key.Phenotype, c.Key.Mechanism, c.Key.Seed, c.Key.CarT, c.Value))],
        t.Causes.Guesses,
        [.. t.CytokineGrades],
        t.Happenings,
        t.Failures.ToDictionary(f => f.Key.ToString(), f => f.Value),
        [.. t.Failed.Select(f => new FailedDocument(f.Index, f.Status.ToString(), f.Day))],
        PairDocument.Of(t.Pairs),
        [.. t.Transplants.Counts.Select(c => (IReadOnlyList<int>)[c.Key.Remission, c.Key.Eligible, c.Key.Transplant, c.Key.Event, c.Key.EventWithout, c.Value])],
        [.. t.Transgene.Days.Select(d => new DayDocument(MeanDocument.Of(d.Mean), [.. d.Values.Bins.Select(b => (IReadOnlyList<int>)[b.Bin, b.Count])]))],
        t.Causes.Times.ToDictionary(c => c.Key, c => c.Value.Rows),
        t.Swimmer.Patients);

    /// <summary>The tally.</summary>
    /// <exception cref="JsonException">The numbers cannot be those of a tally.</exception>
    public ArmTally Tally()
    {
        ArmTally tally = new()
        {
            Patients = Patients,
            Transplanted = Transplanted,
            MorphologicRemissions = MorphologicRemissions,
            MrdRelapses = MrdRelapses,
            TreatedAgain = TreatedAgain,
        };
        try
        {
            Fill(tally);
        }
        catch (Exception e) when (e is ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            throw new JsonException(e.Message, e);
        }

        return tally.Evaluable + tally.FailedPatients == Patients ? tally
            : throw new JsonException($"The arm has {Patients} patients, but its endpoints have {tally.Evaluable} and its failures {tally.FailedPatients}.");
    }

    void Fill(ArmTally tally)
    {
        Add(tally.OverallSurvival, OverallSurvival);
        Add(tally.EventFreeSurvival, EventFreeSurvival);
        Add(tally.Relapse, Relapse);
        Add(tally.BCellAplasia, BCellAplasia);
        Add(tally.EventFreeToTransplant, EventFreeToTransplant);
        Add(tally.RelapseToTransplant, RelapseToTransplant);
        Add(tally.SecondRemission, SecondRemission);
        TransgeneCmax.AddTo(tally.TransgeneCmax);
        TransgeneAuc28.AddTo(tally.TransgeneAuc28);
        foreach (IReadOnlyList<int> bin in TransgeneTmaxBins)
        {
            tally.TransgeneTmax.Add(bin[0], bin[1]);
        }

        for (int fate = 0; fate < Examples.Count; fate++)
        {
            foreach (int index in Examples[fate])
            {
                tally.Examples.Add(fate, index);
            }
        }

        foreach (CauseDocument cause in Causes)
        {
            tally.Causes.Add(new CauseKey(cause.Phenotype, cause.Mechanism, cause.Seed, cause.CarT), cause.Count);
        }

        for (int cell = 0; cell < Guesses.Count; cell++)
        {
            tally.Causes.AddGuess(cell, Guesses[cell]);
        }

        for (int grade = 0; grade < CytokineGrades.Count; grade++)
        {
            tally.CytokineGrades[grade] += CytokineGrades[grade];
        }

        foreach ((string happening, int count) in Happenings)
        {
            tally.AddHappenings(happening, count);
        }

        foreach ((string status, int count) in Failures)
        {
            tally.AddFailures(Enum.Parse<LaneStatus>(status), count);
        }

        foreach (FailedDocument failed in Failed)
        {
            tally.Keep(new FailedPatient(failed.Index, Enum.Parse<LaneStatus>(failed.Status), failed.Day));
        }

        Pairs.AddTo(tally.Pairs);
        foreach (IReadOnlyList<int> course in Transplants)
        {
            tally.Transplants.Add(new TransplantCourse(course[0], course[1], course[2], course[3], course[4]), course[5]);
        }

        foreach ((int i, DayDocument day) in Transgene.Index())
        {
            day.AddTo(tally.Transgene.Day(i));
        }

        foreach ((string mechanism, EventRow row) in CauseTimes.SelectMany(c => c.Value, (c, row) => (c.Key, row)))
        {
            tally.Causes.AddTimes(mechanism, row);
        }

        foreach ((int index, SwimmerPatient patient) in Swimmers)
        {
            tally.Swimmer.Add(index, patient);
        }
    }

    static void Add(EventTable table, IReadOnlyList<EventRow> rows)
    {
        foreach (EventRow row in rows)
        {
            table.Add(row);
        }
    }
}

/// <summary>A <see cref="GeometricMean"/>: the sum of logarithms in units of 2^-60, as a whole number.</summary>
sealed record MeanDocument(Int128 Sum, int Count, int Zeros, int Missing)
{
    public static MeanDocument Of(GeometricMean mean) => new(mean.Sum, mean.Count, mean.Zeros, mean.Missing);

    public void AddTo(GeometricMean mean) => mean.Add(Sum, Count, Zeros, Missing);
}

/// <summary>The transgene on one day.</summary>
sealed record DayDocument(MeanDocument Mean, IReadOnlyList<IReadOnlyList<int>> Bins)
{
    public void AddTo((GeometricMean Mean, LogHistogram Values) day)
    {
        Mean.AddTo(day.Mean);
        foreach (IReadOnlyList<int> bin in Bins)
        {
            day.Values.Add(bin[0], bin[1]);
        }
    }
}

/// <summary>Relapses of one phenotype and cause.</summary>
sealed record CauseDocument(string Phenotype, string Mechanism, string Seed, string CarT, int Count);

/// <summary>A <see cref="FailedPatient"/>.</summary>
sealed record FailedDocument(int Index, string Status, double Day);

/// <summary>A <see cref="PairTally"/>: of each endpoint the day in the arm, the day in the first arm and how many patients have both.</summary>
sealed record PairDocument(int Patients, IReadOnlyList<IReadOnlyList<int>> EventFree, IReadOnlyList<IReadOnlyList<int>> Overall, IReadOnlyList<IReadOnlyList<int>> RelapseFree, IReadOnlyList<IReadOnlyList<int>> Relapse)
{
    public static PairDocument Of(PairTally pairs) => new(pairs.Patients, Rows(pairs.EventFree), Rows(pairs.Overall), Rows(pairs.RelapseFree), Rows(pairs.Relapse));

    public void AddTo(PairTally pairs)
    {
        pairs.AddPatients(Patients);
        Add(pairs.EventFree, EventFree);
        Add(pairs.Overall, Overall);
        Add(pairs.RelapseFree, RelapseFree);
        Add(pairs.Relapse, Relapse);
    }

    static IReadOnlyList<IReadOnlyList<int>> Rows(PairedDays days) => [.. days.Counts.Select(c => (IReadOnlyList<int>)[c.Arm, c.First, c.Count])];

    static void Add(PairedDays days, IReadOnlyList<IReadOnlyList<int>> rows)
    {
        foreach (IReadOnlyList<int> row in rows)
        {
            days.Add(checked((ushort)row[0]), checked((ushort)row[1]), row[2]);
        }
    }
}
