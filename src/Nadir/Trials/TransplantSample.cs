using Nadir.Survival;

namespace Nadir.Trials;

/// <summary>
/// The courses of an arm's patients in remission, ready to be drawn again: an analysis of a draw adds up by day how often each patient is in it, which costs a few additions a patient and no sorting.
/// </summary>
sealed class TransplantSample
{
    readonly TransplantGroups _groups;
    readonly TransplantCourse[] _courses;
    readonly Dictionary<TransplantAnalysis, (Stay[] Transplanted, Stay[] Others)> _stays;

    /// <summary>Sets the patients up.</summary>
    /// <param name="groups">The groups that are compared.</param>
    /// <param name="courses">The patients in remission.</param>
    /// <param name="analyses">The analyses that will be asked for.</param>
    public TransplantSample(TransplantGroups groups, TransplantCourse[] courses, IEnumerable<TransplantAnalysis> analyses)
    {
        (_groups, _courses) = (groups, courses);
        _stays = analyses.ToDictionary(a => a, Stays);
    }

    /// <summary>Patients.</summary>
    public int Patients => _courses.Length;

    /// <summary>The two groups of an analysis.</summary>
    /// <param name="analysis">Which.</param>
    /// <param name="times">How often each patient is there, in the order of the courses.</param>
    public (RiskTable Transplanted, RiskTable Others) Tables(TransplantAnalysis analysis, int[] times) =>
        (Table(_stays[analysis].Transplanted, times), Table(_stays[analysis].Others, times));

    /// <summary>The mean over the transplanted of a number of each; NaN without any.</summary>
    /// <param name="value">The number.</param>
    /// <param name="times">How often each patient is there, in the order of the courses.</param>
    public double MeanOfTransplanted(Func<TransplantCourse, double> value, int[] times)
    {
        double sum = 0;
        long count = 0;
        for (int i = 0; i < _courses.Length; i++)
        {
            if (_courses[i].Transplant > 0 && times[i] > 0)
            {
                sum += times[i] * value(_courses[i]);
                count += times[i];
            }
        }

        return sum / count;
    }

    (Stay[] Transplanted, Stay[] Others) Stays(TransplantAnalysis analysis)
    {
        List<Stay> transplanted = [];
        List<Stay> others = [];
        foreach ((int patient, TransplantCourse course) in _courses.Index())
        {
            (FollowUp? mine, FollowUp? other) = _groups.Of(analysis, course);
            Add(transplanted, patient, mine);
            Add(others, patient, other);
        }

        return ([.. transplanted], [.. others]);

        static void Add(List<Stay> stays, int patient, FollowUp? time)
        {
            if (time is { } t)
            {
                stays.Add(new Stay(patient, (int)t.Entry, (int)Math.Ceiling(t.Exit), t.Cause > 0));
            }
        }
    }

    RiskTable Table(Stay[] stays, int[] times)
    {
        int days = (int)Math.Ceiling(_groups.HorizonDays) + 1;
        int[] entered = new int[days];
        int[][] left = [new int[days], new int[days]];
        foreach (Stay stay in stays)
        {
            entered[stay.Entry] += times[stay.Patient];
            left[stay.Event ? 1 : 0][stay.Exit] += times[stay.Patient];
        }

        EventTable exits = new(causes: 1);
        for (int day = 0; day < days; day++)
        {
            if (left[0][day] + left[1][day] > 0)
            {
                // A horizon within a day is the day of what happens on that day.
                exits.Add(new EventRow(Math.Min(day, _groups.HorizonDays), [left[0][day], left[1][day]]));
            }
        }

        return RiskTable.Of(exits, [.. entered.Index().Where(e => e.Item > 0).Select(e => ((double)e.Index, e.Item))]);
    }

    /// <summary>A patient in a group, from one whole day to another.</summary>
    readonly record struct Stay(int Patient, int Entry, int Exit, bool Event);
}
