namespace Nadir.Endpoints;

/// <summary>Groups of causes that observations at relapse could tell apart.</summary>
public enum CauseGroup
{
    /// <summary>CAR-T cells gone: lost, rejected or starved.</summary>
    CarTGone,

    /// <summary>CAR-T cells there but exhausted.</summary>
    CarTExhausted,

    /// <summary>CAR-T cells there, leukaemia seen but not killed fast enough, or sheltered.</summary>
    NotKilled,

    /// <summary>Leukaemia that the CAR does not see: antigen lost by mutation or splicing, or never there.</summary>
    AntigenLost,

    /// <summary>Leukaemia that the CAR sees badly: antigen low, turned down or stripped.</summary>
    AntigenLow,

    /// <summary>A transduced blast whose CAR hides its antigen.</summary>
    Masking,

    /// <summary>Another lineage.</summary>
    LineageSwitch,
}

/// <summary>Names of causes in files and reports.</summary>
public static class CauseNames
{
    /// <summary>All groups, in the order of reports.</summary>
    public static IReadOnlyList<CauseGroup> Groups { get; } = Enum.GetValues<CauseGroup>();

    /// <summary>The name in files, for example <c>car-t-gone</c>.</summary>
    public static string NameOf(CauseGroup group) => group switch
    {
        CauseGroup.CarTGone => "car-t-gone",
        CauseGroup.CarTExhausted => "car-t-exhausted",
        CauseGroup.NotKilled => "not-killed",
        CauseGroup.AntigenLost => "antigen-lost",
        CauseGroup.AntigenLow => "antigen-low",
        CauseGroup.Masking => "masking",
        CauseGroup.LineageSwitch => "lineage-switch",
        _ => throw new ArgumentOutOfRangeException(nameof(group), group, "expected a group of causes"),
    };

    /// <summary>The group with a name.</summary>
    /// <exception cref="InvalidOperationException">There is no such group.</exception>
    internal static CauseGroup Group(string name) => Groups.First(g => NameOf(g) == name);

    /// <summary>The name in files: <c>rejected</c>, <c>lost</c>, <c>starved</c>, <c>exhausted</c>, <c>blind</c>, <c>outgrown</c>.</summary>
    public static string NameOf(CarTState state) => Models.CauseReadouts.States[(int)state];
}
