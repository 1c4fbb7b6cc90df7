using Nadir.Survival;

namespace Nadir.Designs;

/// <summary>What trials of one size do.</summary>
/// <param name="Characteristics">Over the simulated trials.</param>
/// <param name="PoolError">Standard error of the power that comes from the pool being finite; beside the Monte Carlo error of the trials.</param>
public sealed record PowerRow(OperatingCharacteristics Characteristics, Estimable<double> PoolError);

/// <summary>The power of the planned trial over draws of the population's uncertain numbers from a calibration, or from their priors (O'Hagan, Stevens &amp; Campbell 2005).</summary>
/// <param name="Draws">Draws, each with a pool and trials of its own.</param>
/// <param name="Numbers">How many numbers are uncertain.</param>
/// <param name="Pool">Patients in each arm's pool of a draw.</param>
/// <param name="Power">The mean power over draws; its error comes from the number of draws.</param>
/// <param name="Tenth">The power that a tenth of the draws do not reach; pools and trials of a draw add their own error.</param>
/// <param name="NineTenths">The power that nine tenths of the draws do not exceed.</param>
public sealed record Assurance(int Draws, int Numbers, int Pool, Simulated Power, double Tenth, double NineTenths)
{
    /// <summary>How many draws of a calibration the numbers were drawn from; 0 where each came from its prior.</summary>
    public int Posterior { get; init; }
}

/// <summary>The power of a design, its type I error, and the size it needs.</summary>
public sealed record PowerResult
{
    /// <summary>The design.</summary>
    public required RandomisedDesign Design { get; init; }

    /// <summary>Names of the arm that is tested and of the one it is compared with.</summary>
    public required (string Arm, string Reference) Compared { get; init; }

    /// <summary>Patients in each arm's pool, and those left out because their simulation failed.</summary>
    public required (int Patients, int Failed) Pool { get; init; }

    /// <summary>The size of the study file.</summary>
    public required PowerRow AsPlanned { get; init; }

    /// <summary>Trials of that size in which every arm is treated as the reference.</summary>
    public required OperatingCharacteristics Null { get; init; }

    /// <summary>The power averaged over what is not known about the parameters, or why it is not given.</summary>
    public Estimable<Assurance> Assurance { get; init; } = Estimable<Assurance>.Not("it was not asked for");

    /// <summary>The sizes that were tried, ascending; empty without a search.</summary>
    public IReadOnlyList<PowerRow> Sizes { get; init; } = [];

    /// <summary>The smallest size tried that has the power aimed at; null without a search.</summary>
    public Estimable<PowerRow>? Needed { get; init; }
}

/// <summary>Simulates trials of a design, of one size and of the sizes that a search tries.</summary>
/// <param name="design">The design.</param>
/// <param name="pool">The patients that trials are drawn from.</param>
/// <param name="planned">Size, number of trials, seed and threads.</param>
public sealed class PowerStudy(RandomisedDesign design, CandidatePool pool, TrialSeries planned)
{
    /// <summary>The most patients over all arms that a search tries.</summary>
    public const int MostPatients = 20_000;

    const int Fewest = 5;

    readonly Estimable<PoolPrecision> _precision = PoolPrecision.Of(design, pool);

    /// <summary>Trials of a size; events grow in proportion to the patients.</summary>
    /// <param name="perRound">Patients of an arm with allocation 1.</param>
    /// <param name="cancellation">Stops the run.</param>
    public PowerRow At(int perRound, CancellationToken cancellation)
    {
        int? events = planned.Events is { } e ? Math.Max(design.Analysis.Looks.Count + 2, (int)Math.Round((double)e * perRound / planned.PatientsPerRound)) : null;
        OperatingCharacteristics found = OperatingCharacteristics.Of(design, pool, planned with { PatientsPerRound = perRound, Events = events }, cancellation);
        return new PowerRow(found, _precision.Then(p => Estimable<double>.Of(p.ErrorOf(found.Benefit.Value, found.EventsSeen.Value))));
    }

    /// <summary>Trials of the planned size in which every arm is treated as the reference.</summary>
    public OperatingCharacteristics Null(CancellationToken cancellation) =>
        OperatingCharacteristics.Of(design, pool.Null(design.Analysis.Reference), planned, cancellation);

    /// <summary>
    /// The smallest size with a power, by doubling or halving from the planned one and then by bisection, to two in a hundred. Trials of different sizes share their random numbers.
    /// </summary>
    /// <param name="power">The power aimed at.</param>
    /// <param name="start">The planned size.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <returns>The sizes that were tried, ascending, and the one needed; not estimable where <see cref="MostPatients"/> are not enough.</returns>
    public (IReadOnlyList<PowerRow> Tried, Estimable<PowerRow> Needed) Search(double power, PowerRow start, CancellationToken cancellation)
    {
        SortedDictionary<int, PowerRow> tried = new() { [start.Characteristics.PatientsPerRound] = start };
        bool Enough(int n) => tried[n].Characteristics.Benefit.Value >= power;
        void Try(int n) => tried.TryAdd(n, At(n, cancellation));
        int high = start.Characteristics.PatientsPerRound;
        while (!Enough(high) && design.Total(2 * high) <= MostPatients)
        {
            Try(high *= 2);
        }

        int low = high;
        while (Enough(low) && low > Fewest)
        {
            low = Math.Max(Fewest, low / 2);
            Try(low);
        }

        if (!tried.Keys.Any(Enough))
        {
            return ([.. tried.Values], Estimable<PowerRow>.Not($"{design.Total(high)} patients do not give a power of {power}"));
        }

        high = tried.Keys.First(Enough);
        low = tried.Keys.Where(n => n < high).DefaultIfEmpty(high - 1).Last();
        while (high - low > Math.Max(1, high / 50))
        {
            int middle = (low + high) / 2;
            Try(middle);
            (low, high) = Enough(middle) ? (low, middle) : (middle, high);
        }

        return ([.. tried.Values], Estimable<PowerRow>.Of(tried[high]));
    }

    /// <summary>
    /// Patients in a pool with which the error of the power is at most a given one, judged by this pool.
    /// </summary>
    /// <param name="row">A size, as simulated with this pool.</param>
    /// <param name="error">The error allowed.</param>
    public Estimable<int> PoolFor(PowerRow row, double error) => row.PoolError.Then(found =>
    {
        double ratio = found / error;
        return Estimable<int>.Of((int)Math.Min(int.MaxValue, Math.Ceiling(pool.Count * ratio * ratio)));
    });
}
