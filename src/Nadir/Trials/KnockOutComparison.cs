using Nadir.Protocols;
using Nadir.Survival;

namespace Nadir.Trials;

/// <summary>Compares patients with themselves without a mechanism.</summary>
public static class KnockOutComparison
{
    /// <summary>The months that are asked for where the trial lasts as long; else the last whole month of follow-up.</summary>
    const int UsualMonth = 24;

    /// <summary>The month at which a trial is compared; 0 where it is followed for less than a month.</summary>
    /// <param name="horizonDays">Follow-up in days.</param>
    public static int MonthOf(double horizonDays) => Math.Min(UsualMonth, (int)(horizonDays / Units.Duration.DaysPerMonth));

    /// <summary>The share of patients with each first event.</summary>
    /// <param name="study">The patients of an arm.</param>
    /// <param name="month">The month.</param>
    public static IReadOnlyList<Estimate> Fates(IReadOnlyList<PatientFate> study, int month)
    {
        double day = new TrialEndpoint(EndpointKind.EventFree, month).Days;
        int evaluable = study.Count(f => f.IsEvaluable);
        return [.. Enum.GetValues<FirstEvent>().Select(e => Wilson.Interval(study.Count(f => f.IsEvaluable && f.FirstEventBy(day) == e), evaluable))];
    }

    /// <summary>One row of the table.</summary>
    /// <param name="mechanism">The mechanism.</param>
    /// <param name="study">The patients of an arm.</param>
    /// <param name="without">The same patients without the mechanism, in the same order.</param>
    /// <param name="month">The month.</param>
    /// <exception cref="ArgumentException">There are not as many patients with as without.</exception>
    public static KnockOutRow Row(Mechanism mechanism, IReadOnlyList<PatientFate> study, IReadOnlyList<PatientFate> without, int month)
    {
        if (study.Count != without.Count)
        {
            throw new ArgumentException($"Found {study.Count} patients with and {without.Count} without the mechanism; expected the same patients.", nameof(without));
        }

        (PatientFate With, PatientFate Without)[] pairs = [.. study.Zip(without).Where(p => p.First.IsEvaluable && p.Second.IsEvaluable)];
        double day = new TrialEndpoint(EndpointKind.EventFree, month).Days;
        (FirstEvent With, FirstEvent Without)[] firsts = [.. pairs.Select(p => (p.With.FirstEventBy(day), p.Without.FirstEventBy(day)))];
        PatientFate[] mine = [.. pairs.Select(p => p.With)];
        PatientFate[] theirs = [.. pairs.Select(p => p.Without)];
        return new KnockOutRow
        {
            Mechanism = mechanism.Name,
            Title = mechanism.Title,
            RelapseClass = mechanism.RelapseClass,
            Patients = pairs.Length,
            Failed = study.Count - pairs.Length,
            Changed = firsts.Count(f => f.With != f.Without),
            Fates = [.. Enum.GetValues<FirstEvent>().Select(e => Contribution(firsts, e))],
            Endpoints = [.. Endpoints(month).Select(e => new EndpointContribution(e, EndpointSample.Difference(EndpointSample.Of(e, mine), EndpointSample.Of(e, theirs)).AsContrast()))],
        };
    }

    /// <summary>The mechanism that costs most event-free survival first.</summary>
    public static IReadOnlyList<KnockOutRow> Ordered(IEnumerable<KnockOutRow> rows) => [.. rows.OrderBy(r => r.Fates[(int)FirstEvent.None].Value).ThenBy(r => r.Mechanism, StringComparer.Ordinal)];

    static Estimate Contribution((FirstEvent With, FirstEvent Without)[] firsts, FirstEvent what) => firsts.Length == 0
        ? new Estimate(double.NaN, double.NaN, double.NaN)
        : PairedDifference.OfShares(firsts.Count(f => f.With == what && f.Without != what), firsts.Count(f => f.Without == what && f.With != what), firsts.Length).Value.Difference;

    static IEnumerable<TrialEndpoint> Endpoints(int month) =>
    [
        new(EndpointKind.Relapse, month), new(EndpointKind.RelapseFree, month), new(EndpointKind.EventFree, month), new(EndpointKind.Overall, month), TrialEndpoint.Parse("remission")!,
    ];
}
