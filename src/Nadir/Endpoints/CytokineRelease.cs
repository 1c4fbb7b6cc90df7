using Nadir.Monitoring;
using Nadir.Numerics;
using Nadir.Solvers;

namespace Nadir.Endpoints;

/// <summary>
/// Cytokine release syndrome of one patient: the highest cytokine within a month of cells being given, read along the steps of the solver, graded by the
/// cuts of an assay. A model: the grade of a real patient is judged from fever, blood pressure and oxygen.
/// </summary>
sealed class CytokineRelease : IStepRecorder
{
    /// <summary>Days after cells are given in which the syndrome may come.</summary>
    public const double WindowDays = 30;

    /// <summary>Grades, with none as 0.</summary>
    public const int Grades = 5;

    static readonly string[] _cuts = ["grade-1", "grade-2", "grade-3", "grade-4"];

    readonly Assay _assay;
    double _until;

    /// <param name="assay">The assay, with the cuts grade-1 to grade-4; what it reads is the quantity that is recorded.</param>
    /// <exception cref="ArgumentException">The assay lacks a cut.</exception>
    public CytokineRelease(Assay assay)
    {
        _assay = assay;
        Array.ForEach(_cuts, cut => assay.Threshold(cut));
    }

    /// <summary>The highest value so far, in the model's unit.</summary>
    public double Highest { get; private set; }

    /// <summary>A new patient, given cells on day 0.</summary>
    public void Begin() => (Highest, _until) = (0, WindowDays);

    /// <summary>Cells are given on a day.</summary>
    public void Given(double day) => _until = day + WindowDays;

    /// <summary>Steps within the window in which the highest value may be passed.</summary>
    public StepHeed Heeds(int quantity) => new(double.NegativeInfinity, Highest, _until);

    public void Recorded(Trajectory trajectory, ReadOnlySpan<double> samples)
    {
        (double start, double end) = (trajectory.StepStart, trajectory.Time);
        for (int i = 0; i < samples.Length; i++)
        {
            bool counts = start + (i / (samples.Length - 1.0) * (end - start)) <= _until;
            Highest = counts ? Math.Max(Highest, samples[i]) : Highest;
        }
    }

    /// <summary>What the assay shows at the highest value, and the grade by its cuts.</summary>
    /// <param name="stream">Random numbers for the assay's noise.</param>
    public (double Seen, int Grade) Grade(ref RandomStream stream)
    {
        double seen = _assay.Observe(Highest, null, ref stream);
        return (seen, GradeOf(_assay, seen));
    }

    /// <summary>The grade of what the assay shows: how many of its cuts are reached.</summary>
    public static int GradeOf(Assay assay, double seen) => _cuts.Count(cut => seen >= assay.Threshold(cut));
}
