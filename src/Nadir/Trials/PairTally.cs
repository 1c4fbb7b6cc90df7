namespace Nadir.Trials;

/// <summary>
/// How the same patients fared in an arm and in the first one, for the differences of a counterfactual design. Sums are whole numbers, so that tallies of parts add up
/// to the tally of the whole, bit for bit.
/// </summary>
sealed class PairTally
{
    /// <summary>The months by which events are compared.</summary>
    public static readonly IReadOnlyList<int> Months = [12, 24];

    /// <summary>Days are summed in units of 1/1024.</summary>
    public const double Unit = 1024;

    /// <summary>Patients whose simulation ended well in both arms.</summary>
    public int Patients { get; private set; }

    /// <summary>Event-free survival.</summary>
    public PairSums EventFree { get; } = new();

    /// <summary>Overall survival.</summary>
    public PairSums Overall { get; } = new();

    public void AddPatients(int patients) => Patients = checked(Patients + patients);

    public void Add(PairTally other)
    {
        AddPatients(other.Patients);
        EventFree.Add(other.EventFree);
        Overall.Add(other.Overall);
    }
}

/// <summary>One endpoint's sums.</summary>
sealed class PairSums
{
    /// <summary>By month: patients with the event in the arm only.</summary>
    public int[] OnlyArm { get; } = new int[PairTally.Months.Count];

    /// <summary>By month: patients with the event in the first arm only.</summary>
    public int[] OnlyReference { get; } = new int[PairTally.Months.Count];

    /// <summary>Sum of the differences of time free of the event, the arm's less the first arm's, in units of 1/1024 day.</summary>
    public Int128 Sum { get; private set; }

    /// <summary>Sum of their squares.</summary>
    public Int128 SumOfSquares { get; private set; }

    /// <summary>Adds one patient's difference of time.</summary>
    public void AddDifference(long units) => AddSums(units, (Int128)units * units);

    public void AddSums(Int128 sum, Int128 sumOfSquares)
    {
        Sum += sum;
        SumOfSquares += sumOfSquares;
    }

    public void Add(PairSums other)
    {
        AddSums(other.Sum, other.SumOfSquares);
        for (int m = 0; m < OnlyArm.Length; m++)
        {
            OnlyArm[m] = checked(OnlyArm[m] + other.OnlyArm[m]);
            OnlyReference[m] = checked(OnlyReference[m] + other.OnlyReference[m]);
        }
    }
}
