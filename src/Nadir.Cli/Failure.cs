using Nadir.Faults;

namespace Nadir.Cli;

/// <summary>Tells the user what went wrong and chooses the exit code.</summary>
static class Failure
{
    public static int Report(Exception exception, Session session) => exception switch
    {
        AggregateException { InnerExceptions.Count: > 0 } many => Report(Worst(many), session),
        OperationCanceledException when session.Cancellation.IsCancellationRequested => Interrupted(session),
        UsageException usage => Usage(usage, session),
        InvalidInputException input => BadInput(input, session),
        IOException or UnauthorizedAccessException => Unreachable(exception, session),
        _ => Fault(exception, session),
    };

    /// <summary>Workers that stop together are one interruption; anything else among them explains more.</summary>
    static Exception Worst(AggregateException many)
    {
        AggregateException flat = many.Flatten();
        return flat.InnerExceptions.FirstOrDefault(e => e is not OperationCanceledException) ?? flat.InnerExceptions[0];
    }

    static int Interrupted(Session session)
    {
        session.Error.WriteLine("interrupted");
        return ExitCode.Interrupted;
    }

    static int Usage(UsageException usage, Session session)
    {
        foreach (UsageProblem problem in usage.Problems)
        {
            session.Error.WriteLine(Printable.Text(problem.ToString()));
        }

        session.Error.WriteLine($"Try '{usage.Command} --help'.");
        return ExitCode.Usage;
    }

    static int BadInput(InvalidInputException input, Session session)
    {
        IssueText.Write(input.Issues, session.Error);
        session.Error.WriteLine("nothing was run");
        return ExitCode.BadInput;
    }

    static int Unreachable(Exception exception, Session session)
    {
        session.Error.WriteLine(Printable.Text($"error: {exception.Message}"));
        return ExitCode.BadInput;
    }

    static int Fault(Exception exception, Session session)
    {
        string what = Printable.Line($"{exception.GetType().Name}: {exception.Message}");
        string details = session.Debug ? "" : " NADIR_DEBUG=1 shows the details.";
        session.Error.WriteLine($"error: a fault in Nadir ({what}). Please report it with the command and its input.{details}");
        if (session.Debug)
        {
            session.Error.WriteLine(exception);
        }

        return ExitCode.Fault;
    }
}
