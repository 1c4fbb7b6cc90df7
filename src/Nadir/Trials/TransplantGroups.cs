using Nadir.Survival;
using Nadir.Units;

namespace Nadir.Trials;

/// <summary>The two groups that each analysis of a transplant compares, from the courses of an arm's patients in remission.</summary>
/// <param name="HorizonDays">Follow-up in days.</param>
/// <param name="LandmarkDay">The landmark.</param>
sealed record TransplantGroups(double HorizonDays, int LandmarkDay)
{
    /// <summary>The day up to which restricted means count time.</summary>
    public double MeanDays => ArmContrasts.MeanDays(HorizonDays);

    /// <summary>The months by which events are compared.</summary>
    public IEnumerable<int> Months => PairTally.Months.Where(m => m * Duration.DaysPerMonth <= HorizonDays);

    /// <summary>Follow-up of the group with a transplant and of the one it is compared with.</summary>
    public (FollowUp[] Transplanted, FollowUp[] Others) Of(TransplantAnalysis analysis, TransplantCourse[] courses)
    {
        (FollowUp? Transplanted, FollowUp? Other)[] all = [.. courses.Select(c => Of(analysis, c))];
        return ([.. all.Select(a => a.Transplanted).OfType<FollowUp>()], [.. all.Select(a => a.Other).OfType<FollowUp>()]);
    }

    /// <summary>A patient's follow-up in each of the groups; null in one that the patient is not in.</summary>
    public (FollowUp? Transplanted, FollowUp? Other) Of(TransplantAnalysis analysis, TransplantCourse c) => analysis switch
    {
        TransplantAnalysis.Naive => InOne(c.Transplant > 0, Follow(c.Remission, c.Event)),
        TransplantAnalysis.Landmark => AtLandmark(c, c.Event),
        TransplantAnalysis.LandmarkEligible => IsEligible(c) ? AtLandmark(c, c.Event) : (null, null),
        TransplantAnalysis.TimeDependent => TimeDependent(c),
        TransplantAnalysis.Selection => AtLandmark(c, c.EventWithout),
        TransplantAnalysis.SelectionEligible => IsEligible(c) ? AtLandmark(c, c.EventWithout) : (null, null),
        TransplantAnalysis.True => c.Transplant > 0 ? (Follow(c.Transplant, c.Event), Follow(c.Transplant, c.EventWithout)) : (null, null),
        _ => throw new ArgumentOutOfRangeException(nameof(analysis), analysis, "expected an analysis"),
    };

    /// <summary>From a day on to the event, or to the horizon where there is none.</summary>
    public FollowUp Follow(int entry, int ended) => ended > 0 ? new FollowUp(entry, Days(ended), 1) : new FollowUp(entry, HorizonDays, 0);

    /// <summary>Days without the event up to <see cref="MeanDays"/>.</summary>
    public double FreeTime(int ended) => ended == 0 ? MeanDays : Math.Min(Days(ended), MeanDays);

    /// <summary>Whether the event came by a month.</summary>
    public bool HadEvent(int ended, int month) => ended > 0 && Days(ended) <= month * Duration.DaysPerMonth;

    static (FollowUp? Transplanted, FollowUp? Other) InOne(bool transplanted, FollowUp time) => transplanted ? (time, null) : (null, time);

    /// <summary>Whether the rule for a transplant was met by the landmark.</summary>
    bool IsEligible(TransplantCourse c) => c.Eligible > 0 && c.Eligible <= LandmarkDay;

    (FollowUp? Transplanted, FollowUp? Other) AtLandmark(TransplantCourse c, int ended) => c.Remission <= LandmarkDay && (ended == 0 || ended > LandmarkDay)
        ? InOne(c.Transplant > 0 && c.Transplant <= LandmarkDay, Follow(LandmarkDay, ended))
        : (null, null);

    /// <summary>With one covariate that is 0 or 1 the model needs only who is at risk in which group, so that patients are counted in one until the transplant and in the other from it on.</summary>
    (FollowUp? After, FollowUp? Before) TimeDependent(TransplantCourse c) => c.Transplant == 0
        ? (null, Follow(c.Remission, c.Event))
        : (Follow(c.Transplant, c.Event), c.Transplant > c.Remission ? new FollowUp(c.Remission, c.Transplant, 0) : null);

    // A horizon within a day is the day of the events of that day.
    double Days(int day) => Math.Min(day, HorizonDays);
}
