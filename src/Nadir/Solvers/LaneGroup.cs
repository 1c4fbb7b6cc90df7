using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>The hybrid method for several patients at once, each in a lane of one method until it is done.</summary>
/// <typeparam name="T">The vector.</typeparam>
sealed class LaneGroup<T> : TrajectoryGroup
    where T : struct, ILanes<T>
{
    /// <summary>Attempts after which a run looks whether it is to stop: milliseconds.</summary>
    internal const int AttemptsBetweenLooks = 1024;

    readonly LaneBank<T> _bank;
    readonly LanePatient[] _patients;

    public LaneGroup(HybridPlan plan, HybridOptions options, LaneStepping method)
    {
        LaneFlow<T> flow = new(plan);
        LaneStepper stepper = method.Create<T>(flow, options.Tolerances, plan.AbsoluteTolerances(options.Tolerances), plan.NonNegative());
        _bank = new LaneBank<T>(plan, options, flow, stepper);
        _patients = [.. stepper.Views.Select((view, lane) => new LanePatient(lane, plan, options, view))];
    }

    public override int Places => T.Width;

    public override void Run(IPatientFeed feed, CancellationToken cancellation)
    {
        _bank.Clear();
        for (int lane = 0; lane < T.Width; lane++)
        {
            _bank.TryBegin(lane, _patients[lane], feed);
        }

        for (int attempt = 1; ; attempt++)
        {
            _bank.Attend(feed, refills: true);
            if (_bank.Busy == 0)
            {
                return;
            }

            if (attempt % AttemptsBetweenLooks == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            _bank.TakeUp(_bank.Attempt());
        }
    }
}
