using Nadir.Cli;

namespace Nadir.Tests.Cli;

/// <summary>Runs a command line in-process and keeps what it said, did and returned.</summary>
sealed class CommandLineRun
{
    public int ExitCode { get; private set; }

    public string Output { get; private set; } = "";

    public string Error { get; private set; } = "";

    public TrialSettings? Trial { get; private set; }

    public SimulateSettings? Simulate { get; private set; }

    public string? Model { get; private set; }

    public static CommandLineRun Of(params string[] args) => Of(args, () => { });

    public static CommandLineRun Of(string[] args, Action work, bool debug = false, CancellationToken cancellation = default)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        CommandLineRun run = new();
        Session session = new(output, error, cancellation) { Debug = debug };
        run.ExitCode = CommandLine.Run(
            args,
            session,
            TrialCommand.Create(session, (settings, _) => run.Keep(() => run.Trial = settings, work)),
            SimulateCommand.Create(session, (settings, _) => run.Keep(() => run.Simulate = settings, work)),
            ModelCommand.Create(session, new ModelActions(
                _ => run.Keep(() => run.Model = "list", work),
                (name, _) => run.Keep(() => run.Model = $"show {name}", work),
                (name, _) => run.Keep(() => run.Model = $"kernel {name}", work),
                (file, _) => run.Keep(() => run.Model = $"check {file}", work))));
        run.Output = output.ToString();
        run.Error = error.ToString();
        return run;
    }

    int Keep(Action keep, Action work)
    {
        keep();
        work();
        return Nadir.Cli.ExitCode.Ok;
    }
}
