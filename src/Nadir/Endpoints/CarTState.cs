namespace Nadir.Endpoints;

/// <summary>What the CAR-T cells were when leukaemia came back, from the hidden state.</summary>
public enum CarTState
{
    /// <summary>Gone, removed by immunity against the CAR.</summary>
    Rejected,

    /// <summary>Gone, because the cells failed or their memory could not last.</summary>
    Lost,

    /// <summary>Gone although nothing removed them and their memory could have lasted: too little antigen.</summary>
    Starved,

    /// <summary>There, but most of them exhausted.</summary>
    Exhausted,

    /// <summary>There and able to kill, but not the clone that grew.</summary>
    Blind,

    /// <summary>There and killing, but too slowly for the clone that grew.</summary>
    Outgrown,
}

/// <summary>CAR-T cells at relapse.</summary>
/// <param name="Cells">All of them.</param>
/// <param name="Exhausted">Those that are exhausted.</param>
/// <param name="Rejection">Immunity against the CAR, 0 to 1.</param>
/// <param name="Failure">Sudden failure of the cells, 0 to 1.</param>
/// <param name="MemorySurplus">What memory cells gain under full antigen, per day.</param>
/// <param name="KillOfClone">Rate at which a cell of the clone that grew is killed, per day.</param>
/// <param name="KillOfTarget">The same for the clone the product is meant for, had it all its antigen.</param>
readonly record struct HiddenCarT(double Cells, double Exhausted, double Rejection, double Failure, double MemorySurplus, double KillOfClone, double KillOfTarget)
{
    /// <summary>Fewer cells in the body than this count as gone: about 11 copies/µg, a fifth of what qPCR quantifies.</summary>
    internal const double Gone = 1e7;

    /// <summary>A signal below this has faded, or never was: seven half-lives of 70 days lie between.</summary>
    const double Faded = 1e-3;

    /// <summary>The state; the first that holds in the order of <see cref="CarTState"/>.</summary>
    public CarTState State =>
        Cells < Gone ? WhyGone
        : Exhausted > 0.5 * Cells ? CarTState.Exhausted
        : KillOfClone < 0.5 * KillOfTarget ? CarTState.Blind
        : CarTState.Outgrown;

    CarTState WhyGone =>
        Rejection > Faded && Rejection >= Failure ? CarTState.Rejected
        : Failure > Faded || MemorySurplus <= 0 ? CarTState.Lost
        : CarTState.Starved;
}
