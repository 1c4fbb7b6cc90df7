using Nadir.Survival;

namespace Nadir.Tests.Reports;

/// <summary>Times to events of made-up patients: exponential with a plateau, whole days, from a linear congruential generator.</summary>
sealed class MadeUpPatients
{
    uint _state;

    public MadeUpPatients(int count, double scale, uint seed)
    {
        _state = seed;
        for (int i = 0; i < count; i++)
        {
            Add(scale);
        }
    }

    public List<CompetingTime> RelapseTimes { get; } = [];

    public List<SurvivalTime> EventTimes { get; } = [];

    public List<SurvivalTime> DeathTimes { get; } = [];

    public List<SurvivalTime> AplasiaTimes { get; } = [];

    public CompetingTime[] Relapse => [.. RelapseTimes];

    public SurvivalTime[] Event => [.. EventTimes];

    public SurvivalTime[] Death => [.. DeathTimes];

    public SurvivalTime[] Aplasia => [.. AplasiaTimes];

    public int Remissions => RelapseTimes.Count;

    void Add(double scale)
    {
        bool remission = Uniform() < 0.82;
        double lost = Uniform() < 0.1 ? SampleResult.Horizon * Uniform() : SampleResult.Horizon;
        double relapse = Uniform() < 0.35 ? double.PositiveInfinity : Math.Round(scale * -Math.Log(Uniform()));
        double origin = Uniform() < 0.8 ? 28 : 60;
        int cause = Uniform() switch { < 0.5 => 1, < 0.88 => 2, < 0.94 => 3, _ => 4 };
        double died = Math.Round(relapse + origin + (500 * -Math.Log(Uniform())));
        EventTimes.Add(Censor(remission ? origin + relapse : 90, lost));
        DeathTimes.Add(Censor(died, lost));
        if (remission)
        {
            bool seen = origin + relapse <= lost;
            RelapseTimes.Add(new(Math.Max(1, Math.Min(relapse, lost - origin)), seen ? cause : 0));
            AplasiaTimes.Add(Censor(Math.Round(40 + (600 * -Math.Log(Uniform()))), lost));
        }
    }

    static SurvivalTime Censor(double time, double end) => time <= end ? new(time, true) : new(Math.Max(1, end), false);

    double Uniform()
    {
        _state = (_state * 1664525u) + 1013904223u;
        return ((_state >> 8) + 0.5) / (1 << 24);
    }
}
