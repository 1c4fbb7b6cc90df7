using Nadir.Designs;
using Nadir.Endpoints;
using Nadir.Numerics;

namespace Nadir.Tests.Designs;

/// <summary>Patients with exponential times, whose trials have a power in closed form.</summary>
static class MadeUpPool
{
    public static PrimaryAnalysis Analysis { get; } = new() { Arm = 1, Endpoint = new ProtocolEndpoint(Endpoint.EventFree, false) };

    public static RandomisedDesign Design(PrimaryAnalysis? analysis = null, TrialConduct? conduct = null) => new(conduct ?? new TrialConduct(), analysis ?? Analysis, [1, 1]);

    /// <summary>Independent times in the two arms, with means of 300 days and 300 over the hazard ratio.</summary>
    public static CandidatePool Exponential(int patients, double hazardRatio, ulong seed = 21) =>
        new([Arm(patients, 300, (seed, 0)), Arm(patients, 300 / hazardRatio, (seed, 1))], 0);

    /// <summary>The same patients in both arms: a patient's times differ by the hazard ratio only.</summary>
    public static CandidatePool Paired(int patients, double hazardRatio, ulong seed = 21) =>
        new([Arm(patients, 300, (seed, 0)), Arm(patients, 300 / hazardRatio, (seed, 0))], 0);

    /// <summary>Relapse, the event in two of three, or death before it; total hazards of 1/300 a day in both arms.</summary>
    public static CandidatePool Competing(int patients, ulong seed = 21)
    {
        Candidate[] arm = [.. Arm(patients, 300, (seed, 0)).Select((c, i) => c with { Time = c.Time!.Value with { Cause = i % 3 == 2 ? 2 : 1 } })];
        return new CandidatePool([arm, arm], 0);
    }

    public static Candidate At(double days, int cause = 1, int stratum = 0) => new(0, stratum, InfusionFate.Infused, new EndpointTime(0, days, cause));

    /// <summary>Events needed by Schoenfeld (1981) and the power with so many.</summary>
    public static double Schoenfeld(int events, double hazardRatio) =>
        NormalDistribution.Cdf((Math.Sqrt(events / 4.0) * -Math.Log(hazardRatio)) - 1.959963984540054);

    static Candidate[] Arm(int patients, double mean, (ulong Seed, ulong Subject) key)
    {
        RandomStream stream = new(key.Seed, key.Subject, RandomStream.Purpose("made-up pool"));
        Candidate[] arm = new Candidate[patients];
        for (int i = 0; i < patients; i++)
        {
            arm[i] = new Candidate(i, 0, InfusionFate.Infused, new EndpointTime(0, mean * Draws.Exponential(ref stream), 1));
        }

        return arm;
    }
}
