using Nadir.Designs;
using Nadir.Endpoints;
using Nadir.Numerics;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Tests.Reports;

/// <summary>The made-up trial with every section that a report can have.</summary>
static class WholeResult
{
    public static TrialResult Create(int patients = 60)
    {
        TrialResult trial = SampleResult.Create(patients);
        string[] arms = [.. trial.Arms.Select(a => a.Name)];
        ArmResult transplanted = trial.Arms[2];
        return trial with
        {
            Arms = [trial.Arms[0], trial.Arms[1], transplanted with { AtTransplant = new(transplanted.RelapseFreeSurvival, transplanted.EventFreeSurvival, transplanted.AnyRelapse!, transplanted.DurationOfResponse) }],
            Conducted = Conducted(arms, [.. trial.Arms.Select(a => a.AnyRelapse!)]),
            Power = PowerChartTests.Search(),
            KnockOut = new KnockOut { Month = 24, Arms = [.. arms.Select(KnockOuts)], LeftOut = [new("mrd-immunity", "Immunity", "it is off in this study")] },
            Sensitivity = Sensitive(arms[0]),
            Uncertainty = Uncertain(arms),
        };
    }

    static ConductedTrial Conducted(string[] arms, IReadOnlyList<SurvivalCurve> curves)
    {
        PrimaryAnalysis analysis = new() { Arm = 2, Endpoint = new ProtocolEndpoint(Endpoint.Relapse, true), Test = PrimaryTest.Gray, Events = 40, Looks = [0.5], FutilityConditionalPower = 0.1 };
        return new ConductedTrial
        {
            Design = new RandomisedDesign(new TrialConduct { Accrual = new Accrual(0.2, double.NaN), DropOutPerYear = 0.05, BeforeInfusion = new BeforeInfusion(30, 0.1), Strata = [new StratumFactor("BLASTPCT", 1, [5])] }, analysis, [1, 1, 1]),
            Compared = (arms[2], arms[0]),
            Flow = [.. arms.Select((a, i) => new ArmFlow(a, 60, 2, 3, i, 50 - i, 20 - i, 3, 4, 23))],
            Decision = new TrialDecision(TrialVerdict.Benefit, [new LookResult(410, 20, 150, Estimable<double>.Of(1.4), 2.96) { ConditionalPower = 0.61 }, new LookResult(902, 40, 180, Estimable<double>.Of(2.1), 1.97)]),
            Boundaries = GroupSequential.Boundaries([0.5, 1], SpendingFunction.OBrienFleming, 0.05, BoundarySides.Two),
            Effect = new PrimaryEffect(EffectMeasure.SubdistributionHazardRatio, Estimable<Estimate>.Of(new Estimate(0.51, 0.28, 0.94)), 0.0357),
            Curves = curves,
            HazardRatio = Estimable<Estimate>.Of(new Estimate(0.55, 0.31, 0.97)),
            FollowedHazardRatio = Estimable<Estimate>.Of(new Estimate(0.58, 0.35, 0.95)),
        };
    }

    static KnockOutArm KnockOuts(string arm) => new(arm, [.. Enum.GetValues<FirstEvent>().Select(e => Wilson.Interval(4 + (int)e, 60))],
    [
        Row("lost-persistence", "Loss of CAR-T persistence", -9),
        Row("cd19-mutation", "Mutation of CD19", -4),
    ]);

    static KnockOutRow Row(string name, string title, int fewer) => new()
    {
        Mechanism = name,
        Title = title,
        RelapseClass = "cd19-positive",
        Patients = 60,
        Failed = 0,
        Changed = -fewer,
        Fates = [.. Enum.GetValues<FirstEvent>().Select(e => PairedDifference.OfShares(e == FirstEvent.None ? 0 : 2, e == FirstEvent.None ? -fewer : 0, 60).Value.Difference)],
        Endpoints = [new EndpointContribution(TrialEndpoint.Parse("relapse24")!, Estimable<Nadir.Survival.Contrast>.Of(PairedDifference.OfShares(-fewer, 1, 60).Value)), new EndpointContribution(TrialEndpoint.Parse("os24")!, Estimable<Nadir.Survival.Contrast>.Not("no patient fared differently"))],
    };

    static Sensitivity Sensitive(string arm) => new()
    {
        Target = new SensitivityTarget(TrialEndpoint.Parse("relapse24")!, 0),
        Arm = arm,
        TornadoPatients = 60,
        Present = Wilson.Interval(24, 50),
        Bars = [Bar("cart_kill_rate", "Killing by CAR-T cells", "1/day", 0.62, 0.31), Bar("cd19_second_hit", "Second hit of CD19", "1", 0.44, 0.53), Bar("cart_memory_life", "Life of memory CAR-T cells", "day", 0.5, 0.46)],
        Shares = new VarianceShares
        {
            Rows = 64,
            PatientsPerSetting = 64,
            Refused = 1,
            NotEstimable = 1,
            FailedPatients = 2,
            Mean = new Estimate(0.48, 0.45, 0.51),
            Variance = new SobolIndex(0.02, 0.015, 0.026),
            Noise = 0.2,
            Factors =
            [
                new FactorShare("cart_kill_rate", "Killing by CAR-T cells", new SobolIndex(0.5, 0.3, 0.7), new SobolIndex(0.62, 0.45, 0.8), 0.6),
                new FactorShare("2 others", "the 2 other numbers together", new SobolIndex(0.2, 0.05, 0.35), new SobolIndex(0.35, 0.2, 0.5), 0.4),
            ],
        },
    };

    static TornadoBar Bar(string name, string title, string unit, double low, double high) => new()
    {
        Name = name,
        Title = title,
        Unit = unit,
        Value = 1,
        Low = 0.4,
        High = 2.5,
        AtLow = low,
        AtHigh = high,
        Difference = Estimable<Nadir.Survival.Contrast>.Of(PairedDifference.OfShares((int)(60 * high), (int)(60 * low) / 3, 60).Value),
    };

    static Uncertainty Uncertain(string[] arms)
    {
        return new Uncertainty
        {
            Replicates = 40,
            PatientsPerArm = 60,
            Numbers = 3,
            Posterior = 200,
            Refused = 1,
            FailedPatients = 2,
            Rows =
            [
                .. arms.SelectMany(a => UncertaintyAnalysis.Endpoints(SampleResult.Horizon).Select((e, i) => Row(e, a, null, 0.4 + (0.03 * i)))),
                .. arms.Skip(1).SelectMany(a => UncertaintyAnalysis.Endpoints(SampleResult.Horizon).Select((e, i) => Row(e, a, arms[0], -0.1 + (0.02 * i)))),
            ],
        };

        static UncertainEndpoint Row(TrialEndpoint endpoint, string arm, string? reference, double mean)
        {
            double[] values = [.. Enumerable.Range(0, 40).Select(i => mean + (0.004 * (i - 19.5)))];
            return new(endpoint, arm, reference, Estimable<VarianceParts>.Of(VarianceParts.Of(values, [.. values.Select(_ => 0.0012)], new RandomStream(1, 0, 0))), Missing: 0);
        }
    }
}
