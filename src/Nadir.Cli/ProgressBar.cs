using Spectre.Console;

namespace Nadir.Cli;

/// <summary>Shows how far a long run is, on a terminal only: a log file has no use for it.</summary>
static class ProgressBar
{
    /// <summary>Runs <paramref name="work"/>, which reports the share done, 0 to 1, from any thread.</summary>
    public static T Show<T>(Session session, string label, Func<IProgress<double>, T> work)
    {
        if (!session.ErrorIsTerminal)
        {
            return work(new Share(_ => { }));
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(session.Error),
        });
        Progress progress = console.Progress().AutoClear(true).Columns(
            new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn());
        return progress.Start(context =>
        {
            ProgressTask task = context.AddTask(Markup.Escape(label), maxValue: 1);
            return work(new Share(share => task.Value = share));
        });
    }

    /// <summary>Passes a report on at once; <see cref="Progress{T}"/> would queue it and the last could overtake.</summary>
    sealed class Share(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
