using Nadir.Survival;

namespace Nadir.Designs;

/// <summary>What trials of one size do.</summary>
/// <param name="Characteristics">Over the simulated trials.</param>
/// <param name="PoolError">Standard error of the power that comes from the pool being finite; beside the Monte Carlo error of the trials.</param>
public sealed record PowerRow(OperatingCharacteristics Characteristics, Estimable<double> PoolError);

/// <summary>The size that a power needs, read from the line through the sizes that were tried (<see cref="PowerCurve"/>).</summary>
/// <param name="Patients">Patients over all arms, rounded up to whole rounds of the randomisation.</param>
/// <param name="PatientsPerRound">Patients of an arm with allocation 1.</param>
/// <param name="Trials">The size before rounding with its 95% interval over the simulated trials; patients over all arms.</param>
/// <param name="PoolError">Standard error of the size that comes from the pool being finite, in patients over all arms; beside that interval.</param>
public sealed record NeededSize(int Patients, int PatientsPerRound, Estimate Trials, Estimable<double> PoolError);

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

    /// <summary>The size that has the power aimed at; null without a search.</summary>
    public Estimable<NeededSize>? Needed { get; init; }
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

    /// <summary>Where sizes are tried around the one that the line has so far: on it, and on both sides, which the slope needs.</summary>
    static readonly double[] _around = [1, 0.9, 1.1, 1];

    readonly Estimable<PoolPrecision> _precision = PoolPrecision.Of(design, pool);

    /// <summary>Trials of a size, independent of those of other sizes; events grow in proportion to the patients.</summary>
    /// <param name="perRound">Patients of an arm with allocation 1.</param>
    /// <param name="cancellation">Stops the run.</param>
    public PowerRow At(int perRound, CancellationToken cancellation)
    {
        int? events = planned.Events is { } e ? Math.Max(design.Analysis.Looks.Count + 2, (int)Math.Round((double)e * perRound / planned.PatientsPerRound)) : null;
        ulong seed = perRound == planned.PatientsPerRound ? planned.Seed : planned.Seed ^ ((ulong)perRound * 0x9E37_79B9_7F4A_7C15);
        OperatingCharacteristics found = OperatingCharacteristics.Of(design, pool, planned with { PatientsPerRound = perRound, Events = events, Seed = seed }, cancellation);
        return new PowerRow(found, _precision.Then(p => Estimable<double>.Of(p.ErrorOf(found))));
    }

    /// <summary>Trials of the planned size in which every arm is treated as the reference.</summary>
    public OperatingCharacteristics Null(CancellationToken cancellation) =>
        OperatingCharacteristics.Of(design, pool.Null(design.Analysis.Reference), planned, cancellation);

    /// <summary>
    /// The size with a power: doubling or halving from the planned one finds two sizes that hold it, further sizes are tried where the line through those tried so far has it, and the line
    /// through the two and all between gives the size.
    /// </summary>
    /// <param name="power">The power aimed at.</param>
    /// <param name="start">The planned size.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <returns>The sizes that were tried, ascending, and the one needed; not estimable where <see cref="MostPatients"/> are not enough, the fewest are, or the line is not.</returns>
    public (IReadOnlyList<PowerRow> Tried, Estimable<NeededSize> Needed) Search(double power, PowerRow start, CancellationToken cancellation)
    {
        TriedSizes tried = new(start, n => At(n, cancellation));
        bool Enough(int n) => tried[n].Characteristics.Benefit.Value >= power;
        int high = start.Characteristics.PatientsPerRound;
        while (!Enough(high) && design.Total(2 * high) <= MostPatients && AllCome(2 * high))
        {
            high *= 2;
        }

        if (!Enough(high))
        {
            string why = AllCome(2 * high) ? "" : ", and twice as many would not all have come by the data cut-off at the study's rate of accrual";
            return (tried.Rows, Estimable<NeededSize>.Not($"{design.Total(high)} patients do not give a power of {power}{why}"));
        }

        int low = high;
        while (Enough(low) && low > Fewest)
        {
            (low, high) = (Math.Max(Fewest, low / 2), low);
        }

        Estimable<NeededSize> needed = Enough(low)
            ? Estimable<NeededSize>.Not($"{design.Total(low)} patients, the fewest that are tried, have a power of {power} already")
            : Between(tried, power, low, high);
        return (tried.Rows, needed);
    }

    /// <summary>Whether, at the mean rate, the last patient of so large a trial comes before the data cut-off.</summary>
    bool AllCome(int perRound) => !(design.Total(perRound) / (design.Conduct.Accrual?.PerDay ?? double.NaN) >= design.Conduct.CutOffDay);

    Estimable<NeededSize> Between(TriedSizes tried, double power, int low, int high)
    {
        SortedSet<int> sizes = [low, high];
        foreach (double factor in _around)
        {
            double guess = tried.Line(sizes).Then(l => l.SizeFor(power)).TryGet(out Estimate size) ? Math.Clamp(size.Value, low, high) : tried.Middle(sizes, power);
            sizes.Add(Math.Max(Fewest, (int)Math.Round(factor * guess)));
        }

        return tried.Line(sizes).Then(line => line.SizeFor(power).Then(size => Estimable<NeededSize>.Of(Needed(tried, line, size))));
    }

    NeededSize Needed(TriedSizes tried, PowerCurve line, Estimate size)
    {
        int perRound = (int)Math.Ceiling(size.Value);
        int rounds = design.Total(1);
        OperatingCharacteristics near = tried.Nearest(perRound).Characteristics;
        double events = near.EventsSeen.Value * size.Value / near.PatientsPerRound;

        // The pool moves the line by its error of the drift; the size moves by that over the line's slope in the size.
        Estimable<double> ofPool = _precision.Then(p => Estimable<double>.Of(rounds * p.DriftError(events) * 2 * Math.Sqrt(size.Value) / line.Slope));
        return new NeededSize(design.Total(perRound), perRound, new Estimate(rounds * size.Value, rounds * size.Lower, rounds * size.Upper), ofPool);
    }

    /// <summary>
    /// Patients in a pool with which its error of the power is no larger than that of the trials, judged by this pool: at the power aimed at, whatever the power of the planned size, or at that of the planned
    /// size without such an aim.
    /// </summary>
    /// <param name="row">The planned size, as simulated with this pool.</param>
    /// <param name="trials">The trials of a size that the whole study simulates.</param>
    public Estimable<int> PoolFor(PowerRow row, int trials) => _precision.Then(precision =>
    {
        double power = Math.Clamp(design.Analysis.TargetPower ?? row.Characteristics.Benefit.Value, 0.05, 0.95);
        double found = design.Analysis.TargetPower is null ? precision.ErrorOf(power, row.Characteristics.EventsSeen.Value) : precision.ErrorAt(power);
        double ratio = found / Math.Sqrt(power * (1 - power) / trials);
        return Estimable<int>.Of((int)Math.Min(int.MaxValue, Math.Ceiling(pool.Count * ratio * ratio)));
    });
}

/// <summary>The sizes of a search, each simulated once, when it is asked for.</summary>
sealed class TriedSizes(PowerRow start, Func<int, PowerRow> simulate)
{
    readonly SortedDictionary<int, PowerRow> _rows = new() { [start.Characteristics.PatientsPerRound] = start };

    public IReadOnlyList<PowerRow> Rows => [.. _rows.Values];

    public PowerRow this[int size]
    {
        get
        {
            if (!_rows.TryGetValue(size, out PowerRow? row))
            {
                _rows[size] = row = simulate(size);
            }

            return row;
        }
    }

    public PowerRow Nearest(int size) => _rows.Values.MinBy(r => Math.Abs(r.Characteristics.PatientsPerRound - size))!;

    /// <summary>The line through some sizes.</summary>
    public Estimable<PowerCurve> Line(IEnumerable<int> sizes) => PowerCurve.Fit([.. sizes.Select(n => this[n].Characteristics).Select(c =>
        new PowerPoint(c.PatientsPerRound, c.Trials, (int)Math.Round(c.Benefit.Value * c.Trials)))]);

    /// <summary>Half-way between the largest size without the power and the next one with it.</summary>
    public double Middle(IEnumerable<int> sizes, double power)
    {
        int[] ascending = [.. sizes];
        int high = ascending.First(n => this[n].Characteristics.Benefit.Value >= power);
        return (ascending.Where(n => n < high).DefaultIfEmpty(high).Max() + high) / 2.0;
    }
}
