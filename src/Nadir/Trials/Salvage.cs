using Nadir.Numerics;
using Nadir.Solvers;
using Nadir.Units;

namespace Nadir.Trials;

/// <summary>
/// A patient after relapse or non-response who is treated again: assessed like after the first infusion, in second remission watched for a second relapse, which ends the
/// course. Where there is no second remission, survival is that after failure, as without treatment.
/// </summary>
sealed class Salvage(TrialPlan plan, ArmPlan arm, ResponseCriteria criteria, Trajectory trajectory, long patient)
{
    /// <summary>Days from one examination to the next in second remission.</summary>
    const double BetweenVisits = 90;

    static readonly double[] _assessments = [28, 60, 90];

    int _assessed;

    /// <summary>Day of the first treatment; null before it.</summary>
    public double? Treated { get; private set; }

    /// <summary>Day on which blasts were first below the cut after the treatment, with or without MRD; null where they never were.</summary>
    public double? MorphologicRemission { get; private set; }

    /// <summary>Day on which second remission was seen; null without.</summary>
    public double? Remission { get; private set; }

    /// <summary>Day of second relapse; null without.</summary>
    public double? Relapse { get; private set; }

    public bool InRemission => Remission is not null && Relapse is null;

    /// <summary>True when there is nothing more to see: second relapse, or no remission at the last assessment.</summary>
    public bool IsOver => Relapse is not null || (Treated is not null && Remission is null && _assessed == _assessments.Length);

    /// <summary>The day of the next examination; positive infinity before treatment.</summary>
    public double NextDay { get; private set; } = double.PositiveInfinity;

    /// <summary>Names the random numbers of the next examination: below 0, so that it is none of the planned days.</summary>
    public double NextVisit => -1 - _assessed;

    /// <summary>Something was done for the patient; assessments count from the first.</summary>
    public void Treat(double day)
    {
        if (Treated is null)
        {
            Treated = day;
            NextDay = day + _assessments[0];
        }
    }

    /// <summary>An examination.</summary>
    /// <param name="day">Its day.</param>
    /// <param name="seen">What the assays showed.</param>
    /// <returns>True where second remission is seen for the first time.</returns>
    public bool Examined(double day, Observation[] seen)
    {
        _assessed++;
        if (InRemission)
        {
            Relapse = criteria.IsClear(seen) ? null : day;
            NextDay = day + BetweenVisits;
            return false;
        }

        MorphologicRemission ??= criteria.IsClear(seen) ? day : null;
        bool first = criteria.IsRemission(seen);
        Remission = first ? day : null;
        NextDay = first ? day + BetweenVisits : _assessed < _assessments.Length ? Treated!.Value + _assessments[_assessed] : double.PositiveInfinity;
        if (first)
        {
            trajectory.Arm(true);
        }

        return first;
    }

    /// <summary>Overt disease between examinations.</summary>
    public void Overt(double day) => Relapse = InRemission ? day : Relapse;

    /// <summary>Days to death in second remission, at the yearly risk of the first; positive infinity where there is none.</summary>
    public double DaysInRemission()
    {
        double perYear = arm.Population.Mortality.InRemissionPerYear;
        RandomStream stream = new(plan.Seed, (ulong)patient, RandomStream.Purpose("death-in-second-remission"));
        return perYear > 0 ? Draws.Exponential(ref stream) * Duration.DaysPerYear / -Elementary.Log(1 - perYear) : double.PositiveInfinity;
    }
}
