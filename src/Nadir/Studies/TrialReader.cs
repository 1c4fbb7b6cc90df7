using Nadir.Designs;
using Nadir.Documents;
using Nadir.Faults;

namespace Nadir.Studies;

/// <summary>Reads how a randomised trial is run and decided: <c>conduct</c>, <c>analysis</c> and the allocation of the arms.</summary>
static class TrialReader
{
    public static StudyTrial? Read(MappingReader root, (StudyDesign Design, int Count, SourceLocation CountAt, double HorizonDays) study, IReadOnlyList<StudyArm> arms)
    {
        (ValueReader? conduct, ValueReader? analysis) = (root.Optional("conduct"), root.Optional("analysis"));
        bool uneven = arms.Any(a => a.Allocation != 1);
        if ((conduct is not null || analysis is not null || uneven) && study.Design != StudyDesign.Randomised)
        {
            string what = conduct is not null ? "conduct" : analysis is not null ? "analysis" : "an allocation";
            root.Issues.Error("ND0540", (conduct ?? analysis)?.At ?? AllocationAt(arms), $"{what} belongs to a randomised trial", "the same patients in every arm", "design: randomised", "or leave it out");
        }

        (TrialConduct run, IReadOnlyList<StudyStratum> strata, StudyBeforeInfusion? before, ConductPlaces conductAt) = conduct?.Mapping(ConductReader.Read) ?? (new TrialConduct(), [], null, new ConductPlaces(null, null));
        if (before is null && arms.FirstOrDefault(a => a.VeinToVein is not null) is { } timed)
        {
            root.Issues.Error("ND0553", timed.VeinToVeinAt!, "an arm's time from vein to vein counts only where a trial begins at enrolment", "no conduct: before-infusion", "before-infusion: {dies: …} in the conduct of a randomised trial", "or leave it out");
        }

        if (analysis is null)
        {
            if (conduct is not null || uneven)
            {
                root.Issues.Error("ND0540", conduct?.At ?? AllocationAt(arms), $"{(conduct is not null ? "conduct" : "an allocation")} changes nothing without an analysis", expected: "analysis: {endpoint: EFS}");
            }

            return null;
        }

        (PrimaryAnalysis primary, AnalysisPlaces analysisAt) = analysis.Mapping(new AnalysisReader(arms, study.HorizonDays, study.Count).Read);
        if (primary.MilestoneDay <= study.HorizonDays && primary.MilestoneDay >= run.CutOffDay)
        {
            root.Issues.Error("ND0549", analysisAt.Month!, "nobody has reached the milestone at the data cut-off", "a month at or after the cut-off", "a month before the cut-off, which counts from the opening of the trial");
        }

        return new StudyTrial(run, primary)
        {
            Strata = strata,
            BeforeInfusion = before,
            At = new StudyTrialPlaces(study.CountAt, conductAt, analysisAt),
        };
    }

    static SourceLocation AllocationAt(IReadOnlyList<StudyArm> arms) => arms.First(a => a.Allocation != 1).AllocationAt!;
}
