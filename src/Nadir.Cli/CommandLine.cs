using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Diagnostics;
using Nadir.Studies;

namespace Nadir.Cli;

/// <summary>Parses the arguments, runs the command they name and maps every outcome to an exit code.</summary>
static class CommandLine
{
    const string Description =
        "Explains and forecasts relapse after CAR-T cell therapy in B-cell malignancies. Research use only.";

    public static int Run(string[] args, Session session, params IReadOnlyList<Command> commands)
    {
        try
        {
            int code = Invoke(args, session, Root(session, commands));
            session.Output.Flush();
            return code;
        }
        catch (Exception exception) when (!Debugger.IsAttached)
        {
            return Failure.Report(exception, session);
        }
    }

    static int Invoke(string[] args, Session session, RootCommand root)
    {
        // A study named "@x" is a file, not a response file to expand.
        ParserConfiguration configuration = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };
        ParseResult parsed = root.Parse(args, configuration);
        // --help and --version answer whatever else is wrong.
        bool answersAnyway = parsed.Action?.ClearsParseErrors == true && parsed.Errors.Count == 0;
        if (!answersAnyway)
        {
            ParseProblems.ThrowIfAny(parsed);
        }

        return parsed.Invoke(new InvocationConfiguration
        {
            Output = session.Output,
            Error = session.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
    }

    static RootCommand Root(Session session, IReadOnlyList<Command> commands)
    {
        RootCommand root = new(Description) { HelpName = "nadir" };
        root.Directives.Clear();
        root.Options.Clear();
        root.Options.Add(new HelpOption("--help", "-h") { Recursive = true });
        root.Options.Add(new VersionOption("--version") { Action = new PrintVersion(session) });
        foreach (Command command in commands)
        {
            root.Subcommands.Add(command);
        }

        return root;
    }

    sealed class PrintVersion(Session session) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            session.Output.WriteLine($"nadir {NadirVersion.Text}");
            return ExitCode.Ok;
        }
    }
}
