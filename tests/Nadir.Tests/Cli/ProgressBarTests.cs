using Nadir.Cli;

namespace Nadir.Tests.Cli;

public class ProgressBarTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Progress_is_drawn_for_a_terminal_only(bool terminal)
    {
        using StringWriter error = new();
        Session session = new(TextWriter.Null, error, CancellationToken.None) { ErrorIsTerminal = terminal };

        int result = ProgressBar.Show(session, "500 [patients]", progress =>
        {
            progress.Report(1);
            return 7;
        });

        result.ShouldBe(7);
        (error.ToString().Length > 0).ShouldBe(terminal);
    }
}
