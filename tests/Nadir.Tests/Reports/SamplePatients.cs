using Nadir.Trials;

namespace Nadir.Tests.Reports;

/// <summary>Trajectories drawn with simple formulas, to try every mark of the figure.</summary>
static class SamplePatients
{
    public static SamplePatient Create(int number)
    {
        double[] days = [.. Enumerable.Range(0, 244).Select(i => i * 3.0), SampleResult.Horizon];
        bool relapses = number % 3 != 1;
        double relapseDay = 150 + (60 * number);
        return new()
        {
            Subject = $"000{number}",
            Outcome = relapses ? $"CD19-negative or low relapse on day {relapseDay:0}, died on day {relapseDay + 200:0}" : "in remission at month 24",
            Days = days,
            Series =
            [
                new("CD19+ CD22+", "leukaemia", [.. days.Select(d => Clear(2e10, d, number))]),
                new("CD19-", "leukaemia", [.. days.Select(d => relapses ? Rise(d, relapseDay) : d < 40 ? 300 * Math.Exp(-d / 9) < 1 ? 0 : Math.Round(300 * Math.Exp(-d / 9)) : 0)]),
                new("lineage-switched", "leukaemia", [.. days.Select(_ => 0.0)]),
                new("effector", "car-t", [.. days.Select(d => (4e8 * Math.Exp(Math.Min(d, 10) * 0.6) * Math.Exp(-Math.Max(0, d - 10) / 12)) + (1e-3 * number))]),
                new("memory", "car-t", [.. days.Select(d => 1e7 * Math.Exp(-d / (90 + (20 * number))))]),
                new("normal B cells", "b-cells", [.. days.Select(d => (1e10 * Math.Exp(-d / 2)) + (d < 300 ? 0 : 1e6 * Math.Exp(Math.Min((d - 300) / 30, 9))))]),
            ],
            Infusions = [0],
            Visits = [28, 60, 90, 180, 270, 365, 540, 730],
            Transplant = number == 4 ? 95 : null,
            Relapse = relapses ? relapseDay : null,
            Limits =
            [
                new("5% blasts", "leukaemia", 5.3e9),
                new("flow MRD", "leukaemia", 1e7),
                new("aplasia", "b-cells", 3e8),
            ],
        };
    }

    static double Clear(double start, double day, int number)
    {
        double cells = start * Math.Exp(-day / (1.5 + (0.2 * number)));
        return cells < 1000 ? Math.Floor(cells) : cells;
    }

    static double Rise(double day, double relapseDay)
    {
        double cells = 3e10 * Math.Exp((day - relapseDay) / 12);
        return cells < 1 ? 0 : Math.Min(cells, 5e11);
    }
}
