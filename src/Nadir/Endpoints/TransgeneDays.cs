namespace Nadir.Endpoints;

/// <summary>The days on which every patient's transgene is read for the curve of an arm: daily around the peak, then wider apart.</summary>
public static class TransgeneDays
{
    static readonly double[] Days =
    [
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 18, 21, 24, 28, 35, 42, 50, 60, 75, 90, 120, 150, 180, 225, 270, 318, 365, 455, 545, 635, 730,
    ];

    /// <summary>Days apart after the second year.</summary>
    const double Later = 182;

    /// <summary>The day at a place from 0.</summary>
    public static double At(int index) => index < Days.Length ? Days[index] : Days[^1] + ((index - Days.Length + 1) * Later);

    /// <summary>The days up to the end of follow-up, ascending.</summary>
    /// <param name="horizonDays">Follow-up in days.</param>
    public static IReadOnlyList<double> Until(double horizonDays)
    {
        List<double> days = [];
        for (int i = 0; At(i) <= horizonDays; i++)
        {
            days.Add(At(i));
        }

        return days;
    }
}
