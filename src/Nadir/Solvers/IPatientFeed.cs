namespace Nadir.Solvers;

/// <summary>Patients waiting to be simulated, and what is done with them at their stops.</summary>
public interface IPatientFeed
{
    /// <summary>Begins the next patient.</summary>
    /// <param name="place">The place that has become free; each has its own trajectory.</param>
    /// <param name="trajectory">The trajectory to begin.</param>
    /// <param name="until">The patient's first stop.</param>
    /// <returns>False when there are no more.</returns>
    bool TryBegin(int place, Trajectory trajectory, out double until);

    /// <summary>A patient has stopped: at the time asked for, because the watched condition holds, or for good.</summary>
    /// <param name="place">The patient's place.</param>
    /// <param name="reason">Why. After <see cref="StopReason.Failed"/> the patient is over, whatever is returned.</param>
    /// <param name="until">The next stop.</param>
    /// <returns>False when the patient is done.</returns>
    bool Reached(int place, StopReason reason, out double until);
}
