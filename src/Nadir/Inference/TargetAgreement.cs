using Nadir.Evidence;
using Nadir.Faults;

namespace Nadir.Inference;

/// <summary>
/// Whether results that are fitted together can hold together (ND0435). Results of one study are compared with each other, and bounds with everything of their virtual cohort. Two of them contradict each other where no
/// values within both intervals go together: the same quantity, a survival curve that rises, an event counted more often than one that it is part of, or shares that sum above 1.
/// </summary>
static class TargetAgreement
{
    /// <summary>A result with the values that it allows.</summary>
    readonly record struct Span(Target Target, double Lower, double Upper)
    {
        public static Span Of(Target t) => t.IsBound
            ? new Span(t, t.Result.AtLeast ?? double.NegativeInfinity, t.Result.AtMost ?? double.PositiveInfinity)
            : new Span(t, t.Interval.Lower, t.Interval.Upper);

        public PublishedResult Result => Target.Result;

        public bool MeetsPatientsOf(Span other) => Target.Cohort == other.Target.Cohort && (Target.Trial == other.Target.Trial || Target.IsBound || other.Target.IsBound);

        public string Words => FormattableString.Invariant($"{Result.Id} {(Target.IsBound ? "" : FormattableString.Invariant($"{Result.Estimate:G4} "))}({Lower:G3} to {Upper:G3})");
    }

    static readonly (string Part, string Whole)[] _partOf =
    [
        ("medianEfs", "medianOs"), ("medianEfsLowBurden", "medianOsLowBurden"), ("medianEfsRemission", "medianOsRemission"), ("crsGrade3", "crsAny"), ("remission3Months", "morphologicRemission"),
    ];

    /// <summary>Adds an issue for every two results that contradict each other, and for phenotypes whose shares do.</summary>
    public static void Check(IReadOnlyList<Target> targets, IssueList issues)
    {
        Span[] fitted = [.. targets.Where(t => t.Result.IsFitted).Select(Span.Of)];
        for (int i = 0; i < fitted.Length; i++)
        {
            foreach (Span earlier in fitted.Take(i).Where(fitted[i].MeetsPatientsOf))
            {
                if ((Conflict(earlier, fitted[i]) ?? Conflict(fitted[i], earlier)) is { } expected)
                {
                    Add(fitted[i], [earlier], expected, issues);
                }
            }
        }

        CheckShares(fitted, issues);
    }

    /// <summary>What both would have to keep and cannot; null where they can. Asked both ways.</summary>
    static string? Conflict(Span a, Span b)
    {
        if (a.Result.Id == b.Result.Id && a.Lower > b.Upper)
        {
            return "intervals that meet";
        }

        if (NeverAbove(a.Result, b.Result) is { } rule && a.Lower > b.Upper)
        {
            return rule;
        }

        return (a.Result.Quantity, b.Result.Quantity) is ("cir", "rfs") && b.Result.Month >= a.Result.Month && a.Lower + b.Lower > 1
            ? "shares with and without a relapse that sum to 1 at most"
            : null;
    }

    /// <summary>The rule by which the first quantity is never above the second; null where there is none.</summary>
    static string? NeverAbove(PublishedResult a, PublishedResult b) => (a.Quantity, b.Quantity) switch
    {
        ("rfs", "rfs") or ("efs", "efs") or ("os", "os") when a.Month > b.Month => "a survival curve that does not rise",
        ("cir", "cir") when a.Month < b.Month => "an incidence that does not fall",
        ("efs", "os") when a.Month >= b.Month => "event-free survival that is not above survival",
        var pair when _partOf.Contains(pair) => $"\"{a.Quantity}\" that is not above \"{b.Quantity}\"",
        _ => null,
    };

    static void CheckShares(IReadOnlyList<Span> fitted, IssueList issues)
    {
        Span[] shares = [.. fitted.Where(s => s.Result.Quantity.StartsWith("relapseShare", StringComparison.Ordinal))];
        foreach (Span last in shares)
        {
            Span[] others = [.. shares.TakeWhile(s => s != last).Where(last.MeetsPatientsOf).Where(s => s.Result.Id != last.Result.Id).GroupBy(s => s.Result.Id).Select(g => g.MaxBy(s => s.Lower))];
            if (others.Length > 0 && last.Lower + others.Sum(s => Math.Max(0, s.Lower)) > 1)
            {
                Add(last, others, "shares that sum to 1 at most", issues);
            }
        }
    }

    static void Add(Span later, Span[] earlier, string expected, IssueList issues) => issues.Error(
        "ND0435",
        later.Target.Result.At,
        $"\"{later.Result.Id}\" of \"{later.Target.Trial}\" contradicts {string.Join(" and ", earlier.Select(e => $"\"{e.Result.Id}\" of \"{e.Target.Trial}\" ({e.Result.At})"))}",
        $"{later.Words}; {string.Join("; ", earlier.Select(e => e.Words))}",
        expected,
        "leave the role of one out");
}
