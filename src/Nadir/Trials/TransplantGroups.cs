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
    public (FollowUp[] Transplanted, FollowUp[] Others) Of(TransplantAnalysis analysis, TransplantCourse[] courses) => analysis switch
    {
        TransplantAnalysis.Naive => (
            [.. courses.Where(c => c.Transplant > 0).Select(c => Follow(c.Remission, c.Event))],
            [.. courses.Where(c => c.Transplant == 0).Select(c => Follow(c.Remission, c.Event))]),
        TransplantAnalysis.Landmark => AtLandmark(courses, c => c.Event),
        TransplantAnalysis.LandmarkEligible => AtLandmark(Eligible(courses), c => c.Event),
        TransplantAnalysis.TimeDependent => TimeDependent(courses),
        TransplantAnalysis.Selection => AtLandmark(courses, c => c.EventWithout),
        TransplantAnalysis.SelectionEligible => AtLandmark(Eligible(courses), c => c.EventWithout),
        TransplantAnalysis.True => (
            [.. courses.Where(c => c.Transplant > 0).Select(c => Follow(c.Transplant, c.Event))],
            [.. courses.Where(c => c.Transplant > 0).Select(c => Follow(c.Transplant, c.EventWithout))]),
        _ => throw new ArgumentOutOfRangeException(nameof(analysis), analysis, "expected an analysis"),
    };

    /// <summary>From a day on to the event, or to the horizon where there is none.</summary>
    public FollowUp Follow(int entry, int ended) => ended > 0 ? new FollowUp(entry, Days(ended), 1) : new FollowUp(entry, HorizonDays, 0);

    /// <summary>Days without the event up to <see cref="MeanDays"/>.</summary>
    public double FreeTime(int ended) => ended == 0 ? MeanDays : Math.Min(Days(ended), MeanDays);

    /// <summary>Whether the event came by a month.</summary>
    public bool HadEvent(int ended, int month) => ended > 0 && Days(ended) <= month * Duration.DaysPerMonth;

    /// <summary>Those who met the rule for a transplant by the landmark.</summary>
    TransplantCourse[] Eligible(TransplantCourse[] courses) => [.. courses.Where(c => c.Eligible > 0 && c.Eligible <= LandmarkDay)];

    (FollowUp[] Transplanted, FollowUp[] Others) AtLandmark(TransplantCourse[] courses, Func<TransplantCourse, int> ended)
    {
        TransplantCourse[] atRisk = [.. courses.Where(c => c.Remission <= LandmarkDay && (ended(c) == 0 || ended(c) > LandmarkDay))];
        return (
            [.. atRisk.Where(c => c.Transplant > 0 && c.Transplant <= LandmarkDay).Select(c => Follow(LandmarkDay, ended(c)))],
            [.. atRisk.Where(c => c.Transplant == 0 || c.Transplant > LandmarkDay).Select(c => Follow(LandmarkDay, ended(c)))]);
    }

    /// <summary>With one covariate that is 0 or 1 the model needs only who is at risk in which group, so that patients are counted in one until the transplant and in the other from it on.</summary>
    (FollowUp[] After, FollowUp[] Before) TimeDependent(TransplantCourse[] courses) => (
        [.. courses.Where(c => c.Transplant > 0).Select(c => Follow(c.Transplant, c.Event))],
        [
            .. courses.Where(c => c.Transplant == 0).Select(c => Follow(c.Remission, c.Event)),
            .. courses.Where(c => c.Transplant > c.Remission).Select(c => new FollowUp(c.Remission, c.Transplant, 0)),
        ]);

    // A horizon within a day is the day of the events of that day.
    double Days(int day) => Math.Min(day, HorizonDays);
}
