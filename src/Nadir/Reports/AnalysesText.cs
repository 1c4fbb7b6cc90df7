using Nadir.Designs;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>The methods of what was analysed beyond curves and differences between arms; nothing of what the report does not hold.</summary>
static class AnalysesText
{
    public static void Write(Markup body, TrialResult trial)
    {
        if (trial.TransplantEffects.Count > 0)
        {
            body.Element("p", Transplants);
        }

        if (trial.Power is { } power)
        {
            body.Element("p", Power(power));
        }

        if (trial.KnockOut is { } knockOut)
        {
            body.Element("p", $"The trial was run again without each mechanism that is on in it, with the same virtual patients and random numbers. A mechanism's contribution is the study's share of infused patients with an event by month {Markup.Number(knockOut.Month)} less the share without the mechanism; "
                + "intervals are those of paired proportions (Agresti and Min 2005). Contributions do not add up, because mechanisms compete for the same relapses.");
        }

        if (trial.Sensitivity is { } sensitivity)
        {
            body.Element("p", $"Sensitivity of {SensitivityTables.Title(sensitivity)}: each uncertain number of the population was set to the 5% and 95% quantiles of its prior with all others as they are, and shares of the variance over all priors are first-order and total indices of Sobol (1993) and Homma and Saltelli (1996) "
                + "by the estimators of Saltelli et al. (2010, first order) and Jansen (1999, total), with bootstrap intervals. All settings have the same virtual patients.");
        }

        if (trial.Uncertainty is { } uncertainty)
        {
            body.Element("p", $"The trial was replicated {NumberText.Count(uncertainty.Replicates)} times with other virtual patients and other draws of the population's uncertain numbers, from {Drawn(uncertainty.Posterior)}, each time; the variance over replicates was divided into that of parameters and that of the sampling of patients.");
        }
    }

    static string Power(PowerResult power)
    {
        string search = power.Design.Analysis.TargetPower is { } target && power.Sizes.Count > 0 ? $" The size with a power of {NumberText.Percent(target)} was searched among {power.Sizes.Count} sizes from {NumberText.Count(power.Sizes[0].Characteristics.Patients)} to {NumberText.Count(power.Sizes[^1].Characteristics.Patients)} patients; the number of events grew in proportion." : "";
        string assurance = power.Assurance.TryGet(out Assurance? a) ? $" Assurance (O'Hagan, Stevens and Campbell 2005) is the mean power over {NumberText.Count(a.Draws)} draws of the population's uncertain numbers, from {Drawn(a.Posterior)}, each with virtual patients of its own." : "";
        return $"Operating characteristics were simulated: {NumberText.Count(power.AsPlanned.Characteristics.Trials)} trials of each size were drawn with replacement from a pool of {NumberText.Count(power.Pool.Patients)} virtual patients in each arm, and enrolled, randomised, followed and analysed as the trial. Power is the share of them that showed the arm to be better, and type I error the share that rejected when every arm was treated as the reference; "
            + $"the error that comes from the pool being finite is a jackknife error.{search}{assurance}";
    }

    static string Drawn(int posterior) => posterior > 0 ? $"the {NumberText.Count(posterior)} draws of its calibration" : "their priors";

    const string Transplants =
        "Transplants were analysed as a registry would, among patients in remission from infusion, at risk from remission (left truncation): ever against never transplanted (naive), by transplant until the median day of transplant among those without an event then (landmark; Anderson et al. 1983), the same among those of them who had met the rule for a transplant by then, with a donor or without, "
        + "and by a Cox model in which a patient changes groups at the transplant (time-dependent). The true effect compares the transplanted with themselves without the transplant, from it on (paired). What selection alone would show compares the groups as they fare without any transplant.";
}
