using System.Globalization;
using Nadir.Ensembles;
using Nadir.Solvers;

namespace Nadir.Cli;

/// <summary>Counts the replicates that ended in numerical trouble and keeps the first, so that none goes unnoticed.</summary>
sealed class FailureCount(IReadOnlyList<string> variables)
{
    const int Kept = 5;
    const int MostAmounts = 30;

    readonly SortedDictionary<LaneStatus, int> _byStatus = [];
    readonly List<Replicate> _first = [];

    /// <summary>Failures by status.</summary>
    public IReadOnlyDictionary<string, int> ByStatus => _byStatus.ToDictionary(s => s.Key.ToString(), s => s.Value, StringComparer.Ordinal);

    /// <summary>A number for people, four digits.</summary>
    public static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>The state of a failure in one line.</summary>
    public static string State(IReadOnlyList<(string Name, double Amount)> state)
    {
        string more = state.Count > MostAmounts ? $", … and {state.Count - MostAmounts} more" : "";
        return state.Count == 0 ? "its state is unknown" : string.Join(", ", state.Take(MostAmounts).Select(s => $"{s.Name} = {Number(s.Amount)}")) + more;
    }

    public void Add(Replicate replicate)
    {
        if (replicate.Status == LaneStatus.Completed)
        {
            return;
        }

        _byStatus[replicate.Status] = _byStatus.GetValueOrDefault(replicate.Status) + 1;
        if (_first.Count < Kept)
        {
            _first.Add(replicate with { Times = [], Values = [] });
        }
    }

    /// <summary>Warns of failures by status.</summary>
    /// <returns>How many there are.</returns>
    public static int Warn(IReadOnlyDictionary<string, int> byStatus, int replicates, Session session)
    {
        int failed = byStatus.Values.Sum();
        if (failed > 0)
        {
            string reasons = string.Join(", ", byStatus.Select(s => $"{s.Key} {s.Value}"));
            session.Error.WriteLine($"warning: {failed} of {replicates} replicates failed numerically ({reasons}); their values are NaN from the failure on");
        }

        return failed;
    }

    /// <summary>Warns when there is something to warn of, and gives the exit code.</summary>
    public int Report(int replicates, Session session)
    {
        if (_byStatus.Count == 0)
        {
            return ExitCode.Ok;
        }

        int failed = Warn(ByStatus, replicates, session);
        foreach (Replicate replicate in _first)
        {
            string state = State([.. variables.Zip(replicate.FailedState)]);
            session.Error.WriteLine(Printable.Text($"  replicate {replicate.Index + 1}: {replicate.Status} at time {Number(replicate.FailedAt ?? double.NaN)}; {state}"));
        }

        if (failed > _first.Count)
        {
            session.Error.WriteLine($"  … and {failed - _first.Count} more");
        }

        return ExitCode.NotConverged;
    }
}
