using System.CommandLine;

namespace Nadir.Cli;

/// <summary>What <c>nadir</c> can do.</summary>
static class Commands
{
    public static IReadOnlyList<Command> All(Session session) =>
    [
        TrialCommand.Create(session, TrialRun.Execute),
        ReportCommand.Create(session, ReportRun.Execute),
        SimulateCommand.Create(session, SimulateRun.Execute),
        ModelCommand.Create(session, ModelRun.Actions),
        EvidenceCommand.Create(session, EvidenceRun.Execute),
        CalibrateCommand.Create(session, CalibrateRun.Execute),
        ValidateCommand.Create(session, ValidateRun.Execute),
    ];
}
