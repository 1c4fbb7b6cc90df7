using System.Globalization;
using System.Text.RegularExpressions;
using Nadir.Endpoints;
using Nadir.Faults;
using Nadir.Survival;
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

    /// <summary>Share of patients with blasts below 5% by month 3, whatever MRD showed.</summary>
    MorphologicRemission,

    /// <summary>Probability that those who came into remission keep it until a month after it, deaths in remission censored (Kaplan-Meier).</summary>
    DurationOfResponse,

    /// <summary>Share of those who came into remission who died in it by a month after it.</summary>
    DeathInRemission,

    /// <summary>Share of those who came into remission whose MRD was seen again before relapse, by a month after it.</summary>
    MrdRelapse,

    /// <summary>Share of those who came into remission whose B cells came back before relapse, transplant and death, by a month after infusion.</summary>
    BCellRecovery,

    /// <summary>Share of patients with a transplant.</summary>
    Transplanted,

    /// <summary>Share of patients with cytokine release syndrome of any grade.</summary>
    CytokineRelease,

    /// <summary>Share of patients with cytokine release syndrome of grade 3 or more.</summary>
    SevereCytokineRelease,
}

/// <summary>One number of an arm: an endpoint at a month, of patients who are all followed that long.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Month">The month, of 30.4375 days, from the endpoint's origin; 3 for remission, 0 for what has no time.</param>
public sealed partial record TrialEndpoint(EndpointKind Kind, int Month)
{
    const int RemissionMonth = 3;

    const string ByMechanism = "relapse-by-";

    static readonly (string Word, EndpointKind Kind, Phenotype? Phenotype)[] _words =
    [
        ("remission", EndpointKind.Remission, null), ("relapse", EndpointKind.Relapse, null), ("efs", EndpointKind.EventFree, null), ("rfs", EndpointKind.RelapseFree, null),
        ("os", EndpointKind.Overall, null), ("aplasia", EndpointKind.Aplasia, null), ("relapse-cd19-positive-", EndpointKind.Relapse, Endpoints.Phenotype.Cd19Positive),
        ("relapse-cd19-negative-", EndpointKind.Relapse, Endpoints.Phenotype.Cd19NegativeOrLow), ("relapse-lineage-switch-", EndpointKind.Relapse, Endpoints.Phenotype.LineageSwitch),
        ("morphologic-remission", EndpointKind.MorphologicRemission, null), ("dor", EndpointKind.DurationOfResponse, null), ("death-in-remission", EndpointKind.DeathInRemission, null),
        ("mrd-relapse", EndpointKind.MrdRelapse, null), ("b-cells-back", EndpointKind.BCellRecovery, null), ("transplant", EndpointKind.Transplanted, null),
        ("cytokine-release", EndpointKind.CytokineRelease, null), ("severe-cytokine-release", EndpointKind.SevereCytokineRelease, null),
    ];

    /// <summary>The phenotype of relapse that is counted; null (the default) for any.</summary>
    public Phenotype? Phenotype { get; init; }

    /// <summary>The mechanism of relapse that is counted; null (the default) for any.</summary>
    public string? Mechanism { get; init; }

    /// <summary>The endpoint's day, from infusion or remission.</summary>
    public double Days => Month * Duration.DaysPerMonth;

    /// <summary>The name that <see cref="Parse"/> reads, for example <c>relapse24</c>.</summary>
    public string Name => !HasMonth(Kind) ? Word : string.Create(CultureInfo.InvariantCulture, $"{Word}{Month}");

    /// <summary>For readers, for example <c>Relapse by month 24, of patients in remission</c>.</summary>
    public string Title => Month == 0 ? Text : string.Create(CultureInfo.InvariantCulture, $"{Text} {Month}");

    string Word => Mechanism is { } mechanism ? $"{ByMechanism}{mechanism}-" : _words.First(w => w.Kind == Kind && w.Phenotype == Phenotype).Word;

    /// <summary>Whether it is the estimate of a curve whose patients can leave before (Kaplan-Meier), and no share.</summary>
    internal bool IsCurve => Kind is EndpointKind.Aplasia or EndpointKind.DurationOfResponse;

    static bool HasMonth(EndpointKind kind) => kind is not (EndpointKind.Remission or EndpointKind.MorphologicRemission or EndpointKind.Transplanted or EndpointKind.CytokineRelease or EndpointKind.SevereCytokineRelease);

    string Text => Kind switch
    {
        EndpointKind.Remission => "Remission by month",
        EndpointKind.EventFree => "Event-free survival at month",
        EndpointKind.Overall => "Overall survival at month",
        EndpointKind.RelapseFree => "Relapse-free survival from remission at month",
        EndpointKind.Aplasia => "B-cell aplasia kept at month",
        EndpointKind.MorphologicRemission => "Blasts below 5% by month",
        EndpointKind.DurationOfResponse => "Response kept from remission to month",
        EndpointKind.DeathInRemission => "Death in remission by month",
        EndpointKind.MrdRelapse => "MRD seen again in remission by month",
        EndpointKind.BCellRecovery => "B cells back by month",
        EndpointKind.Transplanted => "Transplanted",
        EndpointKind.CytokineRelease => "Cytokine release syndrome, any grade",
        EndpointKind.SevereCytokineRelease => "Cytokine release syndrome, grade 3 or more",
        _ when Mechanism is { } mechanism => $"Relapse by {mechanism} from remission by month",
        _ => Phenotype is { } phenotype ? $"{PhenotypeNames.LabelOf(phenotype)} relapse from remission by month" : "Relapse from remission by month",
    };

    /// <summary>What <see cref="Parse"/> reads, in words.</summary>
    public static string Expected =>
        $"{string.Join(", ", _words.Where(w => !HasMonth(w.Kind)).Select(w => w.Word))}, or with a month {string.Join(", ", _words.Where(w => HasMonth(w.Kind)).Select(w => w.Word))} or {ByMechanism}MECHANISM-, for example relapse24";

    /// <summary>The name that <see cref="Parse"/> reads and that is nearest to one that it does not; null where none is near.</summary>
    /// <param name="text">What was found.</param>
    public static string? Nearest(string text)
    {
        string month = Pattern().Match(text) is { Success: true } match && match.Groups[2].Length > 0 ? match.Groups[2].Value : "24";
        return NearestName.Of(text, _words.Select(w => HasMonth(w.Kind) ? w.Word + month : w.Word));
    }

    /// <summary>Reads a name such as <c>relapse24</c>, <c>efs12</c> or <c>remission</c>; null where it is none.</summary>
    public static TrialEndpoint? Parse(string text)
    {
        Match match = Pattern().Match(text);
        (string Word, EndpointKind Kind, Phenotype? Phenotype) word = _words.FirstOrDefault(w => w.Word == match.Groups[1].Value);
        if (match.Groups[1].Value is var named && named.StartsWith(ByMechanism, StringComparison.Ordinal) && named.Length > ByMechanism.Length + 1 && named[^1] == '-')
        {
            word = (ByMechanism, EndpointKind.Relapse, null);
        }

        bool hasMonth = int.TryParse(match.Groups[2].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int month);
        return (word.Word, hasMonth) switch
        {
            (null, _) => null,
            _ when HasMonth(word.Kind) != hasMonth => null,
            (_, false) => new TrialEndpoint(word.Kind, word.Kind is EndpointKind.Remission or EndpointKind.MorphologicRemission ? RemissionMonth : 0),
            _ => month is >= 1 and <= 600 ? new TrialEndpoint(word.Kind, month) { Phenotype = word.Phenotype, Mechanism = word.Word == ByMechanism ? named[ByMechanism.Length..^1] : null } : null,
        };
    }

    /// <summary>Whether a trial follows its patients long enough.</summary>
    /// <param name="horizonDays">Follow-up in days.</param>
    public bool IsFollowed(double horizonDays) => !HasMonth(Kind) || Days <= horizonDays;

    /// <summary>Time of the event of a curve, cause 1; anything else censors.</summary>
    internal CompetingTime Time(PatientFate fate) => Kind == EndpointKind.Aplasia ? fate.Aplasia : fate.Response;

    /// <summary>Whether a patient is among those who count, and whether what is asked is true of the patient. Not for what <see cref="IsCurve"/>.</summary>
    internal (bool Counts, bool IsSo) Of(PatientFate fate) => Kind switch
    {
        EndpointKind.Remission => (fate.IsEvaluable, fate.InRemission),
        EndpointKind.EventFree => (fate.IsEvaluable, fate.FirstEventBy(Days) == FirstEvent.None),
        EndpointKind.Overall => (fate.IsEvaluable, !fate.DiedBy(Days)),
        EndpointKind.RelapseFree => (fate.InRemission, !fate.LostRemissionBy(Days)),
        EndpointKind.MorphologicRemission => (fate.IsEvaluable, fate.InMorphologicRemission),
        EndpointKind.DeathInRemission => (fate.InRemission, fate.LostRemissionBy(Days) && fate.RelapsedBy(Days) is null),
        EndpointKind.MrdRelapse => (fate.InRemission, fate.MrdSeenAgainBy(Days)),
        EndpointKind.BCellRecovery => (fate.InRemission, fate.Aplasia is { Cause: 1 } back && back.Time <= Days),
        EndpointKind.Transplanted => (fate.IsEvaluable, fate.IsTransplanted),
        EndpointKind.CytokineRelease => (fate.CytokineGrade is not null, fate.CytokineGrade > 0),
        EndpointKind.SevereCytokineRelease => (fate.CytokineGrade is not null, fate.CytokineGrade >= 3),
        _ when Mechanism is not null => (fate.InRemission, fate.RelapsedBy(Days) is not null && fate.Mechanism == Mechanism),
        _ => (fate.InRemission, fate.RelapsedBy(Days) is { } phenotype && (Phenotype is null || Phenotype == phenotype)),
    };

    [GeneratedRegex("^([a-z][a-z0-9-]*?)([0-9]{0,4})$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
