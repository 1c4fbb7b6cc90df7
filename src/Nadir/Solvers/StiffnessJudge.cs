namespace Nadir.Solvers;

/// <summary>
/// Decides when to go over to the implicit method and when back, from the size of each step times the largest eigenvalue (Hairer and Wanner 1996, section
/// IV.2; Petzold 1983, SIAM J. Sci. Stat. Comput. 4:136). The explicit method is stable up to about 3.5.
/// </summary>
/// <remarks>
/// An implicit step is worth its price where it is as long as the explicit steps that could be had for it. Where the implicit method has been left
/// because its steps were not, the next try waits four times as long, unless the largest eigenvalue has doubled since.
/// </remarks>
/// <param name="dimension">Number of components.</param>
sealed class StiffnessJudge(int dimension)
{
    /// <summary>From here on stability, and not accuracy, keeps the explicit steps short.</summary>
    const double StabilityLimit = 2.5;

    const int StepsBetweenLooks = 16;

    const int QuietFor = 4;
    const int StiffLooks = 24;
    const int MostStiffLooks = 160;
    const int LongerWait = 4;
    const int EasySteps = 10;

    /// <summary>Denials in a row after which the hints of an explicit method count no longer.</summary>
    const int Patience = 2;

    /// <summary>What an implicit step costs in explicit ones: about 1 for the stages, and half for each component in the linear algebra (measured at 12: 8).</summary>
    readonly double _comfortable = StabilityLimit * (1 + (0.5 * dimension));

    int _stiffLooks = StiffLooks;
    int _hints;
    int _denials;
    double _eigenvalue;
    double _eigenvalueLeft;

    /// <summary>Whether the equations count as stiff at present.</summary>
    public bool IsStiff { get; private set; }

    /// <summary>Changes of method since <see cref="Begin"/>.</summary>
    public int Switches { get; private set; }

    /// <summary>Whether the method should be changed before the next step.</summary>
    public bool WantsChange => _hints >= (IsStiff ? EasySteps : _eigenvalue > 2 * _eigenvalueLeft ? StiffLooks : _stiffLooks);

    /// <summary>Explicit steps to the next that is judged. Implicit ones are all judged: each improves the estimate of the eigenvalue.</summary>
    public int StepsToNextLook => _hints > 0 ? StepsBetweenLooks : QuietFor * StepsBetweenLooks;

    /// <summary>A new start, with the explicit method.</summary>
    public void Begin()
    {
        IsStiff = false;
        _stiffLooks = StiffLooks;
        (_hints, _denials, Switches) = (0, 0, 0);
        _eigenvalueLeft = 0;
    }

    /// <summary>The method has been changed.</summary>
    public void Changed()
    {
        if (IsStiff)
        {
            _stiffLooks = _eigenvalue > 2 * _eigenvalueLeft ? LongerWait * StiffLooks : Math.Min(LongerWait * _stiffLooks, MostStiffLooks);
            _eigenvalueLeft = _eigenvalue;
        }

        IsStiff = !IsStiff;
        (_hints, _denials) = (0, 0);
        Switches++;
    }

    /// <summary>Takes note of an accepted step: of every implicit one, and of an explicit one where <see cref="StepsToNextLook"/> have been taken.</summary>
    /// <param name="use">Its size times the largest eigenvalue.</param>
    /// <param name="step">Its size.</param>
    public void Judge(double use, double step)
    {
        _eigenvalue = use / step;
        bool hint = IsStiff ? use < _comfortable : use > StabilityLimit;
        (_hints, _denials) = hint ? (_hints + 1, 0) : (_hints, _denials + 1);
        if (_denials >= (IsStiff ? 1 : Patience))
        {
            _hints = 0;
        }
    }
}
