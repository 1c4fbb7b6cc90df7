using Nadir.Numerics;
using Nadir.Units;

namespace Nadir.Designs;

/// <summary>
/// Draws trials from a pool: each patient who comes is one of the pool, with replacement, so that a trial is a sample of the population that the pool stands for. Random streams are
/// keyed by seed, trial and purpose: neither threads nor other trials matter, and a larger trial begins with the patients of a smaller one.
/// </summary>
sealed class TrialDraw(TrialConduct conduct, IReadOnlyList<int> allocation, ulong seed)
{
    static readonly uint _arrivals = RandomStream.Purpose("trial:arrivals");
    static readonly uint _patients = RandomStream.Purpose("trial:patients");
    static readonly uint _dropOuts = RandomStream.Purpose("trial:drop-outs");
    static readonly uint _blocks = RandomStream.Purpose("trial:blocks");

    /// <summary>Draws one trial.</summary>
    /// <param name="pool">The patients who may come.</param>
    /// <param name="trial">The trial's number, from 0.</param>
    /// <param name="patients">Patients over all arms.</param>
    public EnrolledPatient[] Draw(CandidatePool pool, int trial, int patients)
    {
        RandomStream who = new(seed, (ulong)trial, _patients);
        BlockRandomisation blocks = Blocks((ulong)trial);
        double[] days = EnrolmentDays(patients, (ulong)trial);
        double[] lost = DropOuts(patients, (ulong)trial);
        EnrolledPatient[] enrolled = new EnrolledPatient[patients];
        for (int i = 0; i < patients; i++)
        {
            int index = Math.Min(pool.Count - 1, (int)(who.NextUniform() * pool.Count));
            int arm = blocks.Next(pool.Arms[0][index].Stratum);
            enrolled[i] = new EnrolledPatient(arm, days[i], lost[i], pool.Arms[arm][index]);
        }

        return enrolled;
    }

    /// <summary>The randomisation of a trial.</summary>
    public BlockRandomisation Blocks(ulong trial) => new(allocation, conduct.BlockRepeats, conduct.StratumCount, new RandomStream(seed, trial, _blocks));

    /// <summary>Days on which patients come: a Poisson process.</summary>
    public double[] EnrolmentDays(int patients, ulong trial)
    {
        double[] days = new double[patients];
        if (conduct.Accrual is { } accrual)
        {
            RandomStream stream = new(seed, trial, _arrivals);
            double rate = accrual.RateFor(patients);
            double day = 0;
            for (int i = 0; i < patients; i++)
            {
                day += Draws.Exponential(ref stream) / rate;
                days[i] = day;
            }
        }

        return days;
    }

    /// <summary>Days from enrolment after which patients are lost.</summary>
    public double[] DropOuts(int patients, ulong trial)
    {
        double[] days = new double[patients];
        Array.Fill(days, double.PositiveInfinity);
        if (conduct.DropOutPerYear > 0)
        {
            RandomStream stream = new(seed, trial, _dropOuts);
            double perDay = -Elementary.Log(1 - conduct.DropOutPerYear) / Duration.DaysPerYear;
            for (int i = 0; i < patients; i++)
            {
                days[i] = Draws.Exponential(ref stream) / perDay;
            }
        }

        return days;
    }
}
