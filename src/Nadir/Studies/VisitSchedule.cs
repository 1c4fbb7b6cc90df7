using System.Globalization;
using Nadir.Documents;
using Nadir.Faults;

namespace Nadir.Studies;

/// <summary>Reads the visits of a study file, or makes the default ones.</summary>
static class VisitSchedule
{
    static readonly double[] _firstMonths = [28, 60, 90, 120, 150, 180, 270, 365];

    static readonly double[] _laterQuarters = [90, 180, 270, 365];

    public static IReadOnlyList<double> Read(MappingReader root, double horizonDays)
    {
        if (root.Optional("visits") is not { } value)
        {
            IReadOnlyList<double> regular = Default(horizonDays);
            if (!double.IsNaN(horizonDays))
            {
                RequireRemissionVisit(regular, root.At, root.Issues);
            }

            return regular;
        }

        IReadOnlyList<Visit> visits = value.List(item => new Visit(item.Number(NumberRange.Positive), item));
        double[] days = [.. visits.Select(v => v.Day)];
        if (value.IsList && !days.Any(double.IsNaN))
        {
            RequireAscending(visits);
            RequireWithin(horizonDays, visits);
            RequireRemissionVisit(days, value.At, value.Issues);
        }

        return days;
    }

    /// <summary>Days 28, 60 and 90, then monthly to month 6, then every three months, up to the horizon.</summary>
    public static IReadOnlyList<double> Default(double horizonDays)
    {
        List<double> days = [.. _firstMonths.Where(d => d <= horizonDays)];
        for (double year = 365; year <= horizonDays; year += 365)
        {
            days.AddRange(_laterQuarters.Select(d => year + d).Where(d => d <= horizonDays));
        }

        return days;
    }

    /// <summary>A window that would let a visit meet the next one, or the infusion, is an issue (ND0555).</summary>
    public static double ReadWindow(ValueReader value, IReadOnlyList<double> visits)
    {
        double days = Units.Duration.Read(value);
        double room = visits.Prepend(0).Zip(visits, (a, b) => b - a).DefaultIfEmpty(double.PositiveInfinity).Min() / 2;
        if (days >= room && room > 0)
        {
            value.Error("ND0555", "a visit could come after the next one", Excerpt.Of(value.Text()), $"less than {Text(room)} days, half of the shortest time between visits");
        }

        return days;
    }

    /// <summary>The chance of missing a visit; who misses all is not in the study (ND0555).</summary>
    public static double ReadMissed(ValueReader value)
    {
        double share = value.Number(NumberRange.Probability);
        if (share == 1)
        {
            value.Error("ND0555", "nobody would come to a visit", "1", "a probability below 1");
        }

        return share;
    }

    static void RequireAscending(IReadOnlyList<Visit> visits)
    {
        HashSet<double> seen = [];
        for (int i = 0; i < visits.Count; i++)
        {
            (double day, ValueReader value) = visits[i];
            if (!seen.Add(day))
            {
                value.Error("ND0503", "a visit stands twice", $"day {Text(day)}", "days in ascending order, each once");
            }
            else if (i > 0 && day < visits[i - 1].Day)
            {
                value.Error("ND0503", "the visits are not in ascending order", $"day {Text(day)} after day {Text(visits[i - 1].Day)}", "days in ascending order, each once");
            }
        }
    }

    static void RequireWithin(double horizonDays, IReadOnlyList<Visit> visits)
    {
        foreach ((double day, ValueReader value) in visits.Where(v => v.Day > horizonDays))
        {
            value.Error("ND0504", "a visit lies beyond the horizon", $"day {Text(day)}", $"days up to {Text(horizonDays)}", "lengthen the horizon or remove the visit");
        }
    }

    static void RequireRemissionVisit(IReadOnlyList<double> days, SourceLocation at, IssueList issues)
    {
        if (!days.Any(Study.RemissionAssessmentDays.Contains))
        {
            issues.Error(
                "ND0505",
                at,
                "no visit can find a remission",
                days.Count == 0 ? "no visits" : $"the first visit on day {Text(days[0])}",
                $"a visit on day {string.Join(" or ", Study.RemissionAssessmentDays.Select(Text))}",
                "remission is assessed on these days; without it no relapse can be counted");
        }
    }

    static string Text(double day) => day.ToString("R", CultureInfo.InvariantCulture);

    readonly record struct Visit(double Day, ValueReader Value);
}
