using System.Globalization;
using System.Text.RegularExpressions;
using Nadir.Faults;
using Nadir.Trials;

namespace Nadir.Studies;

/// <summary>Reads what a sensitivity analysis should look at: an endpoint, and where it is not the first arm's, the arm by its number, or two arms: <c>relapse24</c>, <c>efs12:2</c>, <c>os24:3-1</c>.</summary>
public static partial class SensitivityRequest
{
    const string Expected = "an endpoint, with :ARM for another than the first arm, or :ARM-ARM for a difference, for example relapse24, efs12:2 or os24:3-1";

    static readonly SourceLocation _at = new("--sensitivity", 0, 0);

    /// <summary>
    /// Reads a request. Issues: no endpoint (ND0572), no such arm, or an arm less itself (ND0573), an endpoint beyond the follow-up (ND0574), a population without uncertain numbers (ND0575).
    /// </summary>
    /// <param name="text">The request.</param>
    /// <param name="job">The study.</param>
    public static Checked<SensitivityTarget> Read(string text, TrialJob job)
    {
        IssueList issues = new();
        Match match = Pattern().Match(text);
        TrialEndpoint? endpoint = match.Success ? TrialEndpoint.Parse(match.Groups["endpoint"].Value) : null;
        int arms = job.Plan.Arms.Count;
        int arm = Number(match.Groups["arm"], 1);
        int? reference = match.Groups["reference"].Success ? Number(match.Groups["reference"], 0) : null;
        if (endpoint is null)
        {
            issues.Error("ND0572", _at, "the endpoint of the sensitivity analysis is not known", text, Expected, TrialEndpoint.Nearest(match.Success ? match.Groups["endpoint"].Value : text) is { } nearest ? $"did you mean \"{nearest}\"?" : TrialEndpoint.Expected);
        }
        else if (!endpoint.IsFollowed(job.Plan.HorizonDays))
        {
            issues.Error("ND0574", _at, $"patients are not followed to month {endpoint.Month}", text, string.Create(CultureInfo.InvariantCulture, $"a month within the horizon of {job.Plan.HorizonDays} days"));
        }

        if (endpoint?.Kind == EndpointKind.MrdRelapse && job.Plan.Assays.Response is { } response)
        {
            issues.Error("ND0572", _at, "MRD is never seen again where remission does not begin without it", text, "another endpoint", $"the population's response is read from {response.Name}, whatever MRD shows");
        }

        if (endpoint?.Mechanism is { } mechanism && !job.Overrides.Library.Names("library/mechanisms").Contains(mechanism))
        {
            issues.Error("ND0572", _at, "the endpoint of the sensitivity analysis counts relapses of an unknown mechanism", mechanism, "a relapse mechanism of the library", NearestName.Hint(mechanism, [.. job.Overrides.Library.Names("library/mechanisms")]));
        }

        if (endpoint is not null && (arm < 1 || arm > arms || reference is < 1 || reference > arms || reference == arm))
        {
            issues.Error("ND0573", _at, "the sensitivity analysis asks for an arm that is not there, or for an arm less itself", text, $"arms from 1 to {arms}: {string.Join("; ", job.Plan.Arms.Select((a, i) => $"{i + 1} {a.Name}"))}");
        }

        if (job.Plan.Arms[0].Population.HyperParameters.Count == 0)
        {
            issues.Error("ND0575", _at, "no number of the population is uncertain", job.Study.Population, "a population with priors in parameters.yaml or population.yaml");
        }

        return Checked<SensitivityTarget>.From(endpoint is null ? null : new SensitivityTarget(endpoint, arm - 1, reference - 1), issues);
    }

    static int Number(Group group, int otherwise) =>
        group.Success ? int.TryParse(group.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0 : otherwise;

    [GeneratedRegex("^(?<endpoint>[a-z0-9-]+)(:(?<arm>[0-9]+)(-(?<reference>[0-9]+))?)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
