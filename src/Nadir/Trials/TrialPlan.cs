using Nadir.Designs;
using Nadir.Endpoints;
using Nadir.Models;
using Nadir.Monitoring;
using Nadir.Populations;
using Nadir.Protocols;
using Nadir.Solvers;

namespace Nadir.Trials;

/// <summary>How patients are given to arms.</summary>
public enum TrialDesign
{
    /// <summary>The same patients in every arm, with the same random streams.</summary>
    Counterfactual,

    /// <summary>Different patients in every arm.</summary>
    Randomised,
}

/// <summary>A trial ready to run: model, arms, visits and assays, all names resolved.</summary>
public sealed record TrialPlan
{
    /// <summary>The most patients an arm may have: 100 million.</summary>
    public const int MostPatientsPerArm = 100_000_000;

    /// <summary>The model with what is known about it; it must have a parameter table.</summary>
    public required ModelPackage Package { get; init; }

    /// <summary>The calibration whose point the population has; null where it has the numbers of the model's own files.</summary>
    public CalibratedValues? Calibration { get; init; }

    /// <summary>The arms.</summary>
    public required IReadOnlyList<ArmPlan> Arms { get; init; }

    /// <summary>Patients in each arm.</summary>
    public required int PatientsPerArm { get; init; }

    /// <summary>How patients are given to arms.</summary>
    public required TrialDesign Design { get; init; }

    /// <summary>Follow-up in days.</summary>
    public required double HorizonDays { get; init; }

    /// <summary>Scheduled visits in days, ascending.</summary>
    public required IReadOnlyList<double> VisitDays { get; init; }

    /// <summary>A visit is kept up to so many days early or late, uniformly at random; less than half of the time between visits. Default 0: on the day.</summary>
    public double VisitWindowDays { get; init; }

    /// <summary>Probability that a patient misses a visit. Default 0.</summary>
    public double MissedVisits { get; init; }

    /// <summary>Visits at which remission is assessed, in days.</summary>
    public required IReadOnlyList<double> RemissionDays { get; init; }

    /// <summary>Day on which a patient without remission is declared a non-responder. Default 90, whenever the last assessment was.</summary>
    public double NonResponseDay { get; init; } = UsualNonResponseDay;

    /// <summary>The default of <see cref="NonResponseDay"/>: the last day of three months on which remission is assessed.</summary>
    public const double UsualNonResponseDay = 90;

    /// <summary>Assays done at every visit.</summary>
    public required AssaySet Assays { get; init; }

    /// <summary>Seed of every random stream.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Accuracy and limits of a trial's solver. A relative error of 1e-5 a step moves survival curves by less than chance does among 20,000 patients.</summary>
    public static Tolerances UsualTolerances { get; } = new() { Relative = 1e-5 };

    /// <summary>Accuracy and limits of the solver.</summary>
    /// <value>Default: <see cref="UsualTolerances"/>.</value>
    public Tolerances Tolerances { get; init; } = UsualTolerances;

    /// <summary>Method for the equations.</summary>
    /// <value>Default: <see cref="SolverCatalogue.Tsit5"/>.</value>
    public Solver Solver { get; init; } = SolverCatalogue.Tsit5;

    /// <summary>How a randomised trial is run and decided; null where every patient is only followed to the horizon.</summary>
    public RandomisedDesign? Randomised { get; init; }

    /// <summary>Whose shares the patients have; null for the population's own.</summary>
    public PopulationMix? Mix { get; init; }

    /// <summary>Who is enrolled into which arm; null where the arms hold as many patients each.</summary>
    public Enrolment? Enrolment { get; init; }

    /// <summary>Whether an arm has a transplant.</summary>
    public bool HasTransplant => Arms.Any(a => a.Strategies.Any(s => s.IsTransplant));

    /// <summary>Patients of an arm.</summary>
    public int PatientsIn(int arm) => Enrolment?.Of(arm).Count ?? PatientsPerArm;

    /// <summary>Patients over all arms.</summary>
    public int TotalPatients => Enumerable.Range(0, Arms.Count).Sum(PatientsIn);

    /// <summary>
    /// The stratum of the randomisation of a patient, from 0; 0 without strata. Strata are known before an arm is: where what an arm changes would move them, those of the first arm count.
    /// </summary>
    /// <param name="arm">Index of the patient's arm.</param>
    /// <param name="outcome">What happened to the patient.</param>
    public int StratumOf(int arm, PatientOutcome outcome) => Randomised is not { Conduct: { Strata.Count: > 0 } conduct } ? 0
        : conduct.StratumOf(arm == 0 ? outcome.Covariates : Arms[0].Population.Draw(Seed, outcome.Patient).Covariates);

    /// <summary>
    /// The number that decides a patient's random draws: shared between arms in a counterfactual design. It does not depend on how many patients
    /// or arms there are, so a longer run begins with the patients of a shorter one.
    /// </summary>
    public long PatientNumber(int arm, int index) => NumberAt(
        Enrolment is { } enrolment ? enrolment.Of(arm)[index] :
        Design == TrialDesign.Counterfactual ? index : ((long)arm * MostPatientsPerArm) + index);

    /// <summary>The number of the patient in a place of the cohort: the place itself, unless the mix passes over the patient of this number.</summary>
    public long NumberAt(long place) => Mix?.Number(Seed, place) ?? place;
}

/// <summary>One arm, resolved.</summary>
/// <param name="Name">The arm's name.</param>
/// <param name="Description">Product, lymphodepletion and strategies in words.</param>
/// <param name="Population">The population after the changes of product, lymphodepletion and mechanisms switched off.</param>
/// <param name="DoseCells">CAR-T cells of the first product, infused on day 0.</param>
/// <param name="Strategies">Strategies that may be triggered.</param>
public sealed record ArmPlan(string Name, string Description, Population Population, double DoseCells, IReadOnlyList<Strategy> Strategies)
{
    /// <summary>The role of the symbol that the first product is infused into.</summary>
    public string Into { get; init; } = "infusion-target";

    /// <summary>Probability that the first product cannot be made once more.</summary>
    public double Fails { get; init; }

    /// <summary>Time from enrolment to infusion that the first product takes; null where it is not known.</summary>
    public VeinToVein? VeinToVein { get; init; }

    /// <summary>Time from enrolment to infusion of what is given on day 0, that of the product that takes longest; null where it is not known of one of them.</summary>
    public VeinToVein? Slowest => AtStart.All(d => d.VeinToVein is not null) ? AtStart.Select(d => d.VeinToVein!.Value).OrderBy(t => t.Days).ThenBy(t => t.Spread).Last() : null;

    /// <summary>Index of the arm that is the same but for this one's transplant; null where there is none.</summary>
    public int? WithoutTransplant { get; init; }

    /// <summary>Further products infused on day 0.</summary>
    public IReadOnlyList<ProductDose> Beside { get; init; } = [];

    /// <summary>Products that a strategy of the arm may infuse later.</summary>
    public IReadOnlyList<ProductDose> Later { get; init; } = [];

    /// <summary>What is infused on day 0.</summary>
    public IEnumerable<ProductDose> AtStart => Beside.Prepend(new ProductDose("", Into, DoseCells) { Fails = Fails, VeinToVein = VeinToVein });

    /// <summary>Everything that is or may be infused.</summary>
    public IEnumerable<ProductDose> Doses => AtStart.Concat(Later);

    /// <summary>The dose of a product, null for the arm's first.</summary>
    /// <exception cref="ArgumentException">The arm does not know the product.</exception>
    public ProductDose Dose(string? product) => product is null ? AtStart.First()
        : Later.FirstOrDefault(d => d.Product == product) ?? throw new ArgumentException($"the arm \"{Name}\" cannot infuse \"{product}\"; expected one of {string.Join(", ", Later.Select(d => d.Product))}", nameof(product));
}

/// <summary>A dose of a product.</summary>
/// <param name="Product">The product's name.</param>
/// <param name="Into">The role of the symbol it is infused into.</param>
/// <param name="Cells">CAR-T cells.</param>
public sealed record ProductDose(string Product, string Into, double Cells)
{
    /// <summary>Probability that the product cannot be made.</summary>
    /// <value>Default: 0.</value>
    public double Fails { get; init; }

    /// <summary>Time from enrolment to infusion that it takes; null where it is not known.</summary>
    public VeinToVein? VeinToVein { get; init; }
}

/// <summary>The assays of a trial by the part they play in its decisions.</summary>
/// <param name="Marrow">Marrow morphology; its thresholds <c>remission</c> and <c>overt</c> decide remission and relapse, unless <see cref="Response"/> tells them; overt disease is always told by it.</param>
/// <param name="Mrd">Flow MRD; its threshold <c>positive</c> decides MRD.</param>
/// <param name="BCells">Blood B cells; its threshold <c>aplasia</c> decides aplasia.</param>
/// <param name="Transgene">CAR transgene in blood.</param>
public sealed record AssaySet(Assay Marrow, Assay Mrd, Assay BCells, Assay Transgene)
{
    /// <summary>Assays done at every visit beside these four.</summary>
    public IReadOnlyList<Assay> Further { get; init; } = [];

    /// <summary>The assay from which remission and relapse are read in the place of marrow and MRD, one of <see cref="Further"/> with a threshold <c>remission</c>; null for marrow and MRD.</summary>
    public Assay? Response { get; init; }

    /// <summary>The assay whose threshold <c>remission</c> tells remission and relapse.</summary>
    public Assay RemissionAssay => Response ?? Marrow;

    /// <summary>CD19 (positive and negative gate), lineage and CD22 of the blasts by flow cytometry, which tell the phenotype at relapse; null where the phenotype is read from the cells themselves.</summary>
    public (Assay Cd19, Assay Negative, Assay Lineage, Assay Cd22)? Phenotyping { get; init; }

    /// <summary>The assay whose peak grades cytokine release syndrome by its cuts grade-1 to grade-4; null where it is not graded.</summary>
    public Assay? Cytokine { get; init; }

    /// <summary>All assays, in the order of visits.csv.</summary>
    public IReadOnlyList<Assay> All => [Marrow, Mrd, BCells, Transgene, .. Further];

    /// <summary>The assay with this name; null where it is not done.</summary>
    public Assay? Find(string name) => All.FirstOrDefault(a => a.Name == name);

    /// <summary>Names of the assays that every trial does.</summary>
    public static IReadOnlyList<string> Always { get; } = ["marrow-blasts", "flow-mrd", "blood-b-cells", "car-transgene"];

    /// <summary>The assays that every trial does, as they ship.</summary>
    public static AssaySet Shipped() => new(
        Assay.LoadShipped("marrow-blasts").OrThrow(), Assay.LoadShipped("flow-mrd").OrThrow(),
        Assay.LoadShipped("blood-b-cells").OrThrow(), Assay.LoadShipped("car-transgene").OrThrow())
    {
        Phenotyping = (
            Assay.LoadShipped("cd19-flow").OrThrow(), Assay.LoadShipped("cd19-negative-flow").OrThrow(),
            Assay.LoadShipped("lineage-flow").OrThrow(), Assay.LoadShipped("cd22-flow").OrThrow()),
        Cytokine = Assay.LoadShipped("il-6").OrThrow(),
    };
}
