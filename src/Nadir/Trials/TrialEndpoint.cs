using System.Globalization;
using System.Text.RegularExpressions;
using Nadir.Endpoints;
using Nadir.Units;

namespace Nadir.Trials;

/// <summary>What a <see cref="TrialEndpoint"/> asks.</summary>
public enum EndpointKind
{
    /// <summary>Share of patients in remission by month 3.</summary>
    Remission,

    /// <summary>Share of patients alive, in remission by day 90 and without relapse, by a month after infusion.</summary>
    EventFree,

    /// <summary>Share of patients alive by a month after infusion.</summary>
    Overall,

    /// <summary>Share of those who came into remission who are alive without relapse by a month after it.</summary>
    RelapseFree,

    /// <summary>Share of those who came into remission who relapsed by a month after it.</summary>
    Relapse,

    /// <summary>Probability that B-cell aplasia is kept until a month after infusion, of those who came into remission (Kaplan-Meier).</summary>
    Aplasia,
}

/// <summary>One number of an arm: an endpoint at a month, of patients who are all followed that long.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Month">The month, of 30.4375 days, from the endpoint's origin; 3 for remission.</param>
public sealed partial record TrialEndpoint(EndpointKind Kind, int Month)
{
    const int RemissionMonth = 3;

    static readonly (string Word, EndpointKind Kind, Phenotype? Phenotype)[] _words =
    [
        ("remission", EndpointKind.Remission, null), ("relapse", EndpointKind.Relapse, null), ("efs", EndpointKind.EventFree, null), ("rfs", EndpointKind.RelapseFree, null),
        ("os", EndpointKind.Overall, null), ("aplasia", EndpointKind.Aplasia, null), ("relapse-cd19-positive-", EndpointKind.Relapse, Endpoints.Phenotype.Cd19Positive),
        ("relapse-cd19-negative-", EndpointKind.Relapse, Endpoints.Phenotype.Cd19NegativeOrLow), ("relapse-lineage-switch-", EndpointKind.Relapse, Endpoints.Phenotype.LineageSwitch),
    ];

    /// <summary>The phenotype of relapse that is counted; null (the default) for any.</summary>
    public Phenotype? Phenotype { get; init; }

    /// <summary>The endpoint's day, from infusion or remission.</summary>
    public double Days => Month * Duration.DaysPerMonth;

    /// <summary>The name that <see cref="Parse"/> reads, for example <c>relapse24</c>.</summary>
    public string Name => Kind == EndpointKind.Remission ? Word : string.Create(CultureInfo.InvariantCulture, $"{Word}{Month}");

    /// <summary>For readers, for example <c>Relapse by month 24, of patients in remission</c>.</summary>
    public string Title => string.Create(CultureInfo.InvariantCulture, $"{Text} {Month}");

    string Word => _words.First(w => w.Kind == Kind && w.Phenotype == Phenotype).Word;

    string Text => Kind switch
    {
        EndpointKind.Remission => "Remission by month",
        EndpointKind.EventFree => "Event-free survival at month",
        EndpointKind.Overall => "Overall survival at month",
        EndpointKind.RelapseFree => "Relapse-free survival from remission at month",
        EndpointKind.Aplasia => "B-cell aplasia kept at month",
        _ => Phenotype is { } phenotype ? $"{PhenotypeNames.LabelOf(phenotype)} relapse from remission by month" : "Relapse from remission by month",
    };

    /// <summary>What <see cref="Parse"/> reads, in words.</summary>
    public static string Expected => "remission, or relapse, efs, rfs, os, aplasia, relapse-cd19-positive-, relapse-cd19-negative- or relapse-lineage-switch- with a month, for example relapse24";

    /// <summary>Reads a name such as <c>relapse24</c>, <c>efs12</c> or <c>remission</c>; null where it is none.</summary>
    public static TrialEndpoint? Parse(string text)
    {
        Match match = Pattern().Match(text);
        (string Word, EndpointKind Kind, Phenotype? Phenotype) word = _words.FirstOrDefault(w => w.Word == match.Groups[1].Value);
        bool hasMonth = int.TryParse(match.Groups[2].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int month);
        return (word.Word, hasMonth) switch
        {
            (null, _) => null,
            ("remission", false) => new TrialEndpoint(EndpointKind.Remission, RemissionMonth),
            ("remission", true) or (_, false) => null,
            _ => month is >= 1 and <= 600 ? new TrialEndpoint(word.Kind, month) { Phenotype = word.Phenotype } : null,
        };
    }

    /// <summary>Whether a trial follows its patients long enough.</summary>
    /// <param name="horizonDays">Follow-up in days.</param>
    public bool IsFollowed(double horizonDays) => Kind == EndpointKind.Remission || Days <= horizonDays;

    /// <summary>Whether a patient is among those who count, and whether what is asked is true of the patient. Not for <see cref="EndpointKind.Aplasia"/>, which is no share.</summary>
    internal (bool Counts, bool IsSo) Of(PatientFate fate) => Kind switch
    {
        EndpointKind.Remission => (fate.IsEvaluable, fate.InRemission),
        EndpointKind.EventFree => (fate.IsEvaluable, fate.FirstEventBy(Days) == FirstEvent.None),
        EndpointKind.Overall => (fate.IsEvaluable, !fate.DiedBy(Days)),
        EndpointKind.RelapseFree => (fate.InRemission, !fate.LostRemissionBy(Days)),
        _ => (fate.InRemission, fate.RelapsedBy(Days) is { } phenotype && (Phenotype is null || Phenotype == phenotype)),
    };

    [GeneratedRegex("^([a-z][a-z0-9-]*?)([0-9]{0,4})$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
