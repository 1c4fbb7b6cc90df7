using Nadir.Solvers;

namespace Nadir.Cli;

/// <summary>Counts the replicates that ended in numerical trouble, so that none goes unnoticed.</summary>
sealed class FailureCount
{
    readonly SortedDictionary<LaneStatus, int> _byStatus = [];

    public void Add(LaneStatus status)
    {
        if (status != LaneStatus.Completed)
        {
            _byStatus[status] = _byStatus.GetValueOrDefault(status) + 1;
        }
    }

    /// <summary>Warns when there is something to warn of, and gives the exit code.</summary>
    public int Report(int replicates, Session session)
    {
        if (_byStatus.Count == 0)
        {
            return ExitCode.Ok;
        }

        string reasons = string.Join(", ", _byStatus.Select(s => $"{s.Key} {s.Value}"));
        session.Error.WriteLine($"warning: {_byStatus.Values.Sum()} of {replicates} replicates failed numerically ({reasons}); their values are NaN from the failure on");
        return ExitCode.NotConverged;
    }
}
