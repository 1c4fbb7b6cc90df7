using System.Globalization;

namespace Nadir.Designs;

/// <summary>How a randomised trial is run: who comes when, to which arm, and until when patients are followed.</summary>
public sealed record TrialConduct
{
    /// <summary>The time over which patients come; null where all come on day 0.</summary>
    public Accrual? Accrual { get; init; }

    /// <summary>Share of patients lost to follow-up each year, at a constant hazard from enrolment on; at least 0, below 1.</summary>
    /// <value>Default: 0.</value>
    public double DropOutPerYear { get; init; }

    /// <summary>Day of the data cut-off, counted from the opening of the trial; positive infinity for none: all are followed to the horizon.</summary>
    /// <value>Default: positive infinity.</value>
    public double CutOffDay { get; init; } = double.PositiveInfinity;

    /// <summary>Baseline characteristics within whose classes patients are randomised and compared; none for one stratum.</summary>
    public IReadOnlyList<StratumFactor> Strata { get; init; } = [];

    /// <summary>Patients of each arm in a permuted block, by its allocation, once or several times.</summary>
    /// <value>Default: 2, so that two equal arms have blocks of 4.</value>
    public int BlockRepeats { get; init; } = 2;

    /// <summary>The time from enrolment to infusion; null where patients are enrolled at infusion, so that all are treated.</summary>
    public BeforeInfusion? BeforeInfusion { get; init; }

    /// <summary>The number of strata.</summary>
    public int StratumCount => Strata.Aggregate(1, (n, s) => checked(n * (s.Cuts.Count + 1)));

    /// <summary>The stratum of a patient, from 0.</summary>
    /// <param name="covariates">The patient's covariates, in the population's order.</param>
    public int StratumOf(IReadOnlyList<double> covariates) =>
        Strata.Aggregate(0, (n, s) => (n * (s.Cuts.Count + 1)) + s.Cuts.Count(c => covariates[s.Covariate] >= c));

    /// <summary>A stratum in words, for example <c>BLASTPCT 5 or more, KMT2AR N</c>; <c>all</c> where there is one only.</summary>
    /// <param name="stratum">The stratum, from 0.</param>
    public string StratumName(int stratum)
    {
        List<string> classes = [];
        foreach (StratumFactor factor in Strata.Reverse())
        {
            classes.Insert(0, factor.ClassName(stratum % (factor.Cuts.Count + 1)));
            stratum /= factor.Cuts.Count + 1;
        }

        return classes.Count == 0 ? "all" : string.Join(", ", classes);
    }
}

/// <summary>How patients come.</summary>
/// <param name="PerDay">Patients a day over all arms, arriving at random at a constant rate; NaN where <paramref name="OverDays"/> is given.</param>
/// <param name="OverDays">Days within which all come, at a constant rate that depends on their number; NaN where <paramref name="PerDay"/> is given.</param>
public sealed record Accrual(double PerDay, double OverDays)
{
    /// <summary>Patients a day in a trial of a size.</summary>
    public double RateFor(int patients) => double.IsNaN(PerDay) ? patients / OverDays : PerDay;
}

/// <summary>A characteristic that divides patients into strata.</summary>
/// <param name="Name">The covariate's name, a column of subjects.csv.</param>
/// <param name="Covariate">Its place among the population's covariates.</param>
/// <param name="Cuts">Where classes begin, ascending; yes and no are divided by 0.5.</param>
public sealed record StratumFactor(string Name, int Covariate, IReadOnlyList<double> Cuts)
{
    /// <summary>Whether the characteristic is yes or no.</summary>
    /// <value>Default: false, a number.</value>
    public bool IsYesNo { get; init; }

    /// <summary>A class in words.</summary>
    /// <param name="index">The class, from 0 for the lowest.</param>
    public string ClassName(int index) =>
        IsYesNo ? $"{Name} {(index == 0 ? "N" : "Y")}"
        : index == 0 ? $"{Name} below {Number(0)}"
        : index == Cuts.Count ? $"{Name} {Number(index - 1)} or more"
        : $"{Name} {Number(index - 1)} to below {Number(index)}";

    string Number(int cut) => Cuts[cut].ToString(CultureInfo.InvariantCulture);
}

/// <summary>The time from enrolment to infusion, in which a product is made and patients may be lost.</summary>
/// <param name="Days">Days over which <paramref name="Dies"/> is meant; where <see cref="Arms"/> is empty, the days from enrolment to infusion of every patient too.</param>
/// <param name="Dies">Probability of death, or of getting too ill, within <paramref name="Days"/> before an infusion; its constant hazard is that of every arm.</param>
public sealed record BeforeInfusion(double Days, double Dies)
{
    /// <summary>Of those counted by <see cref="Dies"/>, the share who are alive and too ill for the infusion: their survival goes on as that of patients whose product was not made. From 0 to 1.</summary>
    /// <value>Default: 0, all are dead, which for overall survival is conservative.</value>
    public double TooIll { get; init; }

    /// <summary>The time of each arm, by its index.</summary>
    /// <value>Default: empty, <see cref="Days"/> for every patient of every arm.</value>
    public IReadOnlyList<VeinToVein> Arms { get; init; } = [];

    /// <summary>The time of an arm.</summary>
    public VeinToVein Of(int arm) => Arms.Count == 0 ? new VeinToVein(Days, 0) : Arms[arm];
}
