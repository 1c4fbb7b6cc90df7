using Nadir.Evidence;

namespace Nadir.Inference;

/// <summary>Marks for intervals that were not published.</summary>
public static class IntervalMarks
{
    /// <summary>What the marks mean.</summary>
    public const string Legend =
        "† Wilson's interval of counts, or of a number of patients, which ignores censoring and is a little too narrow. ‡ Derived from other published numbers. § Derived with something assumed.";

    /// <summary>The mark; empty for an interval as published.</summary>
    public static string Of(IntervalOrigin origin) => origin switch
    {
        IntervalOrigin.Wilson => "†",
        IntervalOrigin.Derived => "‡",
        IntervalOrigin.Assumed => "§",
        _ => "",
    };
}
