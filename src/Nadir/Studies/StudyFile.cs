using Nadir.Documents;
using Nadir.Faults;
using Nadir.Units;

namespace Nadir.Studies;

/// <summary>Reads study files; <c>docs/study-file.md</c> describes the format.</summary>
public static class StudyFile
{
    /// <summary>The version of the format that is read.</summary>
    public const int Version = 1;

    /// <summary>The chemotherapy of an arm that names none.</summary>
    public const string DefaultLymphodepletion = "fludarabine-cyclophosphamide";

    const string Randomised = "randomised";

    /// <summary>Reads a study. All issues are reported at once: those of any document (ND00xx) and of studies (ND05xx).</summary>
    /// <param name="source">The file.</param>
    /// <param name="valid">The names it may use.</param>
    public static Checked<Study> Read(SourceText source, StudyNames valid) => MappingReader.Read(source, root =>
    {
        ReadVersion(root.Required("nadir"));
        double horizonDays = ReadHorizon(root.Required("horizon"));
        (int count, string population) = root.Required("patients").Mapping(patients => (
            patients.Required("count").WholeNumber(1, Study.MaxPatientsPerArm),
            patients.Required("population").OneOf("population", valid.Populations)));
        return new Study
        {
            Title = root.Required("title").Text(),
            Question = root.Optional("question")?.Text().Trim(),
            Model = root.Required("model").OneOf("model", valid.Models),
            Population = population,
            PatientsPerArm = count,
            Design = ReadDesign(root.Optional("design")),
            HorizonDays = horizonDays,
            Seed = root.Optional("seed")?.WholeNumber(ulong.MinValue, ulong.MaxValue) ?? 1,
            Arms = ArmReader.Read(root.Required("arms"), valid),
            VisitDays = VisitSchedule.Read(root, horizonDays),
            Published = root.Optional("published") is { } trials ? ReadNames(trials, "published trial", valid.Trials) : [],
            SourceHash = source.Sha256,
            FileName = source.Name,
        };
    });

    /// <summary>A list of names, none of them twice (ND0509).</summary>
    internal static IReadOnlyList<string> ReadNames(ValueReader list, string what, IReadOnlyCollection<string> valid)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        return list.List(item =>
        {
            string name = item.OneOf(what, valid);
            if (name.Length > 0 && !seen.Add(name))
            {
                item.Error("ND0509", $"the {what} {Excerpt.Of(name)} stands twice in \"{list.Path}\"", Excerpt.Of(name), hint: "keep it once");
            }

            return name;
        });
    }

    static void ReadVersion(ValueReader value)
    {
        int version = value.WholeNumber(1, int.MaxValue);
        if (version != Version)
        {
            value.Error("ND0501", "this version of the study format is not supported", $"nadir: {version}", $"nadir: {Version}", "a newer Nadir may read it");
        }
    }

    static double ReadHorizon(ValueReader value)
    {
        double days = Duration.Read(value);
        if (days <= 0 || days > Study.MaxHorizonYears * Duration.DaysPerYear)
        {
            value.Error("ND0502", "the horizon is out of range", Excerpt.Of(value.Text()), $"more than 0, at most {Study.MaxHorizonYears} years");
            return double.NaN;
        }

        return days;
    }

    static StudyDesign ReadDesign(ValueReader? value) =>
        value?.OneOf("design", ["counterfactual", Randomised]) == Randomised ? StudyDesign.Randomised : StudyDesign.Counterfactual;
}
