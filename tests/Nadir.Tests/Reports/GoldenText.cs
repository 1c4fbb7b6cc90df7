using System.Globalization;
using System.Text.RegularExpressions;
using Nadir.Tests.Architecture;

namespace Nadir.Tests.Reports;

/// <summary>Compares a text with the one committed beside the tests. Accept a change by copying the received file over the verified one.</summary>
static partial class GoldenText
{
    public static void ShouldMatchVerified(this string text, string name)
    {
        string verified = $"tests/Nadir.Tests/Reports/{name}";
        string received = Path.Combine(AppContext.BaseDirectory, name + ".received");
        File.WriteAllText(received, text);
        Repository.Exists(verified).ShouldBeTrue($"{verified} is missing; received {received}");
        Rounded(text).ShouldBe(Rounded(Repository.Read(verified)), $"received {received}");
    }

    // The last digits belong to the tests of the numbers; here the layout counts.
    static string Rounded(string text) =>
        LongNumber().Replace(text, m => double.Parse(m.Value, CultureInfo.InvariantCulture).ToString("G9", CultureInfo.InvariantCulture));

    [GeneratedRegex(@"-?\d+\.\d{9,}(E-?\d+)?")]
    private static partial Regex LongNumber();
}
