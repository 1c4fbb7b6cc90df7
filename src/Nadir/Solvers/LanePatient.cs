namespace Nadir.Solvers;

/// <summary>A patient on its way through lanes. Which lane it is in may change; its place, by which the feed knows it, does not.</summary>
/// <param name="place">The patient's place.</param>
/// <param name="plan">The plan.</param>
/// <param name="options">What the hybrid method is told.</param>
/// <param name="view">The lane it is in at present.</param>
sealed class LanePatient(int place, HybridPlan plan, HybridOptions options, LaneView view)
{
    /// <summary>Its place.</summary>
    public int Place { get; } = place;

    /// <summary>Its lane, seen as a stepper.</summary>
    public LaneView View { get; } = view;

    /// <summary>What decides about it between steps.</summary>
    public HybridTrajectory Trajectory { get; } = new(plan, options, _ => view);

    /// <summary>When to change its method, where there is a choice.</summary>
    public StiffnessJudge Judge { get; } = new(plan.Dimension);

    /// <summary>Where it stands while it is in no lane.</summary>
    public LanePosition Position { get; } = new(plan.Dimension);

    /// <summary>Time at which the feed wants it to stop.</summary>
    public double Until { get; set; }

    /// <summary>Time beyond which its next step does not go.</summary>
    public double End { get; set; }
}

/// <summary>What a one-step method knows of a patient between two steps.</summary>
/// <param name="dimension">Number of components.</param>
sealed class LanePosition(int dimension)
{
    /// <summary>The state.</summary>
    public double[] State { get; } = new double[dimension];

    /// <summary>The time.</summary>
    public double Time { get; set; }

    /// <summary>Size of the next step to try.</summary>
    public double NextStep { get; set; }

    /// <summary>Steps tried so far.</summary>
    public double Steps { get; set; }
}
