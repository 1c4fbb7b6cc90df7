using Nadir.Endpoints;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Tests.Reports;

/// <summary>A small trial of made-up patients, the same every time. It is no simulation and means nothing medically.</summary>
static class SampleResult
{
    public const double Horizon = 730.5;
    static readonly string[] Phenotypes = ["cd19-positive", "cd19-negative-or-low", "lineage-switch"];

    public static TrialResult Create(int patients = 60) => new()
    {
        Study = "CD19 CAR-T alone and with transplant",
        Question = "Children and young adults with B-ALL. Does a transplant in MRD-negative remission keep more of them free of relapse?",
        Seed = 1,
        PatientsPerArm = patients,
        Design = "counterfactual",
        HorizonDays = Horizon,
        Arms =
        [
            Arm("CD19 CAR-T", patients, scale: 500, seed: 11),
            Arm("CD19 CAR-T, cyclophosphamide alone", patients, scale: 300, seed: 12),
            Arm("CD19 CAR-T, transplant in MRD-negative remission", patients, scale: 1400, seed: 13),
        ],
        Contrasts = [.. Contrasts(patients, "CD19 CAR-T, cyclophosphamide alone", 300, 12), .. Contrasts(patients, "CD19 CAR-T, transplant in MRD-negative remission", 1400, 13)],
        TransplantEffects = [TransplantEffects.Of(("CD19 CAR-T, transplant in MRD-negative remission", "CD19 CAR-T"), Transplants(), Horizon)],
        Published =
        [
            new("Remission by month 3", "Maude 2018, N Engl J Med 378:439", new(0.813, 0.711, 0.885), true, new(0.85, 0.74, 0.92)),
            new("RFS at 12 months", "Laetsch 2023, J Clin Oncol 41:1664", new(0.59, 0.46, 0.70), false, new(0.41, 0.30, 0.55)),
            new("Median EFS", "Laetsch 2023, J Clin Oncol 41:1664", new(24, 9.2, double.PositiveInfinity), false, new(11, 8, 15)) { Unit = "months" },
        ],
        Methods = new()
        {
            VisitDays = [28, 60, 90, 180, 365, 730],
            VisitWindowDays = 3,
            MissedVisits = 0.05,
            RemissionDays = [28, 60, 90],
            NonResponseDay = 90,
            Assays = [new("flow-mrd", "MRD by flow cytometry", "", 1e-4, new Dictionary<string, double> { ["positive"] = 1e-4 }), new("car-transgene", "CAR transgene by qPCR", "copies/µg", 50, new Dictionary<string, double>())],
            TransgeneLimit = 50,
            RelativeTolerance = 1e-5,
        },
        Samples = [.. Enumerable.Range(1, 8).Select(SamplePatients.Create)],
        Card = new("b-all", "children-young-adults", 12, 9, 31, CardText),
        Provenance = new()
        {
            Version = "0.1.0",
            StudyHash = new string('a', 64),
            ModelHash = new string('b', 64),
            Platform = ".NET 10.0, Linux X64",
            Without = ["trogocytosis"],
        },
    };

    static TransplantTally Transplants()
    {
        TransplantTally tally = new();
        tally.Add(new TransplantCourse(28, 60, 69, 0, 0), 8);
        tally.Add(new TransplantCourse(28, 60, 69, 0, 210), 6);
        tally.Add(new TransplantCourse(28, 60, 69, 160, 180), 3);
        tally.Add(new TransplantCourse(28, 60, 69, 400, 0), 2);
        tally.Add(new TransplantCourse(60, 0, 0, 150, 150), 6);
        tally.Add(new TransplantCourse(60, 60, 0, 150, 150), 3);
        tally.Add(new TransplantCourse(60, 60, 0, 300, 300), 4);
        tally.Add(new TransplantCourse(28, 0, 0, 60, 60), 4);
        tally.Add(new TransplantCourse(28, 60, 0, 0, 0), 5);
        return tally;
    }

    const string CardText = """
        # The B-ALL reference model

        One marrow scale, **one** definition of relapse; rates in `1/day`.

        - Division and death are separate
        - Clones below 1,000 cells are discrete
        """;

    static ArmContrast[] Contrasts(int patients, string name, double scale, uint seed)
    {
        return
        [
            ArmContrasts.Paired("eventFreeSurvival", (name, "CD19 CAR-T"), [.. Events(scale, seed).Zip(Events(500, 11), (a, b) => new PairedTimes(a, b, 1))], Horizon),
            ArmContrasts.Paired(ArmContrast.Relapse, (name, "CD19 CAR-T"), [.. Relapses(scale, seed).Zip(Relapses(500, 11), (a, b) => new PairedTimes(a, b, 1))], Horizon),
        ];

        IEnumerable<CompetingTime> Relapses(double scale, uint seed) =>
            new MadeUpPatients(patients - 1, scale, seed).Relapse.Select(t => t.Cause is > 0 and < 4 ? new CompetingTime(t.Time, 1) : new CompetingTime(Horizon, 0));

        IEnumerable<CompetingTime> Events(double scale, uint seed) =>
            new MadeUpPatients(patients - 1, scale, seed).Event.Select(t => new CompetingTime(t.Time, t.Event ? 1 : 0));
    }

    static ArmResult Arm(string name, int patients, double scale, uint seed)
    {
        MadeUpPatients made = new(patients - 1, scale, seed);
        IReadOnlyList<SurvivalCurve> causes = AalenJohansen.Estimate(made.Relapse, Phenotypes.Length + 1);
        return new()
        {
            Name = name,
            Description = "cd19-41bb after fludarabine and cyclophosphamide",
            Patients = patients,
            FailedPatients = 1,
            Failures = new Dictionary<string, int> { ["StepLimit"] = 1 },
            Transplanted = seed == 13 ? 20 : 0,
            MorphologicRemission3Months = Wilson.Interval(Math.Min(made.Remissions + 1, patients - 1), patients - 1),
            MrdRelapses = 2,
            Remission3Months = Wilson.Interval(made.Remissions, patients - 1),
            RelapseFreeSurvival = KaplanMeier.Estimate([.. made.Relapse.Select(t => new SurvivalTime(t.Time, t.Cause > 0))]),
            DurationOfResponse = KaplanMeier.Estimate([.. made.Relapse.Select(t => new SurvivalTime(t.Time, t.Cause is > 0 and < 4))]),
            EventFreeSurvival = KaplanMeier.Estimate(made.Event),
            OverallSurvival = KaplanMeier.Estimate(made.Death),
            Relapse = [.. Phenotypes.Select((p, i) => new PhenotypeIncidence(p, causes[i].Events.Sum(), causes[i]))],
            Causes = [new("cd19-positive", "lost-persistence", "pre-existing", "lost", 9), new("cd19-negative-or-low", "cd19-mutation", "new", "blind", 4)],
            Guesses = [new("car-t-gone", [8, 1, 0, 0, 0, 0, 0]), new("antigen-lost", [0, 0, 0, 3, 0, 1, 0])],
            AnyRelapse = AalenJohansen.Estimate([.. made.Relapse.Select(t => t with { Cause = t.Cause switch { 0 => 0, 4 => 2, _ => 1 } })], 2)[0],
            CauseIncidence = [new("cd19-mutation", causes[1].Events.Sum(), causes[1]), new("lost-persistence", causes[0].Events.Sum(), causes[0])],
            DeathInRemission = causes[^1],
            BCellAplasia = KaplanMeier.Estimate(made.Aplasia),
            BCellRecovery = AalenJohansen.Estimate([.. made.Aplasia.Select((t, i) => new CompetingTime(t.Time, t.Event ? 1 : i % 3 == 0 ? 2 : 0))], 2)[0],
            Transgene = new(34712.4, 9.5, 318222),
            TransgeneCurve = [.. TransgeneDays.Until(Horizon).Select((d, i) => new TransgenePoint(d, patients - 1 - i, 25 + (30000 * Math.Exp(-Math.Abs(d - 10) / 9)), 25, 100 + (90000 * Math.Exp(-Math.Abs(d - 10) / 15))))],
            Swimmers =
            [
                new("V000001") { Remission = 28, MrdRelapse = 180, Relapse = 270, Phenotype = "cd19-positive", Death = 400 },
                new("V000002") { Remission = 60, Transplant = 69, BCellRecovery = 180 },
                new("V000003") { NonResponse = 90, Death = 300 },
            ],
            CytokineRelease = new([20, 30, 25, 18, 7], Wilson.Interval(80, 100), Wilson.Interval(25, 100)),
        };
    }
}
