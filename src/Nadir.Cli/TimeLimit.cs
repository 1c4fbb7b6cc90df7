using System.Globalization;

namespace Nadir.Cli;

/// <summary>A limit on the time a whole run takes by the clock on the wall, <c>--time-limit 10min</c>.</summary>
/// <param name="Text">As the user gave it.</param>
/// <param name="Span">How long.</param>
sealed record TimeLimit(string Text, TimeSpan Span)
{
    public const string Expected = "a number and a unit, s, min or h, up to 1000 h: 90s, 10min, 1.5h";

    const double MostHours = 1000;

    static readonly (string Unit, double Seconds)[] _units = [("s", 1), ("min", 60), ("h", 3600)];

    /// <summary>Reads a limit; null where the text is none.</summary>
    public static TimeLimit? Parse(string text)
    {
        string trimmed = text.Trim();
        string number = trimmed.TrimEnd([.. trimmed.Where(char.IsLetter).Distinct()]);
        double scale = _units.FirstOrDefault(u => u.Unit == trimmed[number.Length..]).Seconds;
        bool good = double.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out double value);
        double seconds = value * scale;
        return good && seconds > 0 && seconds <= MostHours * 3600 ? new TimeLimit(trimmed, TimeSpan.FromSeconds(seconds)) : null;
    }

    /// <summary>Runs a command that stops when the time is over; then it has written nothing and the exit code is 1.</summary>
    /// <param name="limit">The limit; null for none.</param>
    /// <param name="session">What the command talks to.</param>
    /// <param name="run">The command; it heeds the cancellation of the session it is given.</param>
    public static int Run(TimeLimit? limit, Session session, Func<Session, int> run)
    {
        if (limit is null)
        {
            return run(session);
        }

        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(session.Cancellation);
        stop.CancelAfter(limit.Span);
        try
        {
            return run(session with { Cancellation = stop.Token });
        }
        catch (Exception e) when (IsCancelled(e) && stop.IsCancellationRequested && !session.Cancellation.IsCancellationRequested)
        {
            session.Error.WriteLine($"error: the run was stopped at its time limit of {limit.Text}; nothing was written");
            return ExitCode.NotConverged;
        }
    }

    static bool IsCancelled(Exception e) =>
        e is OperationCanceledException || (e is AggregateException many && many.Flatten().InnerExceptions.All(i => i is OperationCanceledException));
}
