namespace Nadir.Solvers;

/// <summary>Remembers the state at the end of the last step, which a trajectory that failed no longer has.</summary>
sealed class LastStep : IStepObserver
{
    /// <summary>Time of the step's end; 0 without a step.</summary>
    public double Time { get; private set; }

    /// <summary>All slots then; null without a step.</summary>
    public double[]? Slots { get; private set; }

    public void Stepped(Trajectory trajectory)
    {
        Time = trajectory.Time;
        Slots ??= new double[trajectory.Slots.Length];
        trajectory.Slots.CopyTo(Slots);
    }
}
