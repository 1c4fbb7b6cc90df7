namespace Nadir.Solvers;

/// <summary>How the simulation of one patient ended. Anything but <see cref="Completed"/> poisons the patient's results with NaN.</summary>
public enum LaneStatus
{
    /// <summary>Ran to the end.</summary>
    Completed,

    /// <summary>Took more steps than allowed.</summary>
    StepLimit,

    /// <summary>The step size fell below what time can resolve.</summary>
    StepTooSmall,

    /// <summary>A value became infinite or not a number.</summary>
    NotFinite,

    /// <summary>A rate that stands for a chance became negative.</summary>
    NegativeRate,

    /// <summary>A population fell below zero, a whole number of cells or an amount however short the step, or was given or set by an event below zero.</summary>
    NegativeAmount,

    /// <summary>More events fired at one instant, or wait for their delay, than allowed: 10,000.</summary>
    EventLimit,

    /// <summary>The delay of an event was negative or not a number.</summary>
    InvalidDelay,

    /// <summary>The rates of a clone depend on its own number where that is small, so no formula for independent cells holds.</summary>
    NotIndependent,
}
