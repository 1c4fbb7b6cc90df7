using Nadir.Designs;
using Nadir.Documents;
using Nadir.Faults;

namespace Nadir.Studies;

/// <summary>Reads how a randomised trial is run and decided: <c>conduct</c>, <c>analysis</c> and the allocation of the arms.</summary>
static class TrialReader
{
    public static StudyTrial? Read(MappingReader root, (StudyDesign Design, int Count, double HorizonDays) study, IReadOnlyList<StudyArm> arms)
    {
        (ValueReader? conduct, ValueReader? analysis) = (root.Optional("conduct"), root.Optional("analysis"));
        bool uneven = arms.Any(a => a.Allocation != 1);
        if ((conduct is not null || analysis is not null || uneven) && study.Design != StudyDesign.Randomised)
        {
            string what = conduct is not null ? "conduct" : analysis is not null ? "analysis" : "an allocation";
            root.Issues.Error("ND0540", (conduct ?? analysis)?.At ?? root.At, $"{what} belongs to a randomised trial", "the same patients in every arm", "design: randomised", "or leave it out");
        }

        (TrialConduct run, IReadOnlyList<StudyStratum> strata, SourceLocation? beforeAt) = conduct?.Mapping(ConductReader.Read) ?? (new TrialConduct(), [], null);
        if (analysis is null)
        {
            if (conduct is not null || uneven)
            {
                root.Issues.Error("ND0540", conduct?.At ?? root.At, $"{(conduct is not null ? "conduct" : "an allocation")} changes nothing without an analysis", expected: "analysis: {endpoint: EFS}");
            }

            return null;
        }

        long patients = arms.Count < 2 ? study.Count : (long)study.Count * arms.OrderByDescending(a => a.Allocation).Take(2).Sum(a => a.Allocation);
        PrimaryAnalysis primary = analysis.Mapping(new AnalysisReader(arms, study.HorizonDays, patients).Read);
        if (primary.MilestoneDay <= study.HorizonDays && primary.MilestoneDay >= run.CutOffDay)
        {
            root.Issues.Error("ND0549", analysis.At, "nobody has reached the milestone at the data cut-off", "a month at or after the cut-off", "a month before the cut-off, which counts from the opening of the trial");
        }

        return new StudyTrial(run, primary)
        {
            Strata = strata,
            AnalysisAt = analysis.At,
            BeforeInfusionAt = beforeAt,
        };
    }
}
