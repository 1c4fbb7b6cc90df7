using Nadir.Endpoints;
using Nadir.Populations;
using Nadir.Trials;

namespace Nadir.Inference;

/// <summary>What statistics need of one virtual patient.</summary>
/// <param name="Outcome">What happened.</param>
/// <param name="Blasts">Marrow blast fraction at infusion.</param>
sealed record CohortPatient(PatientOutcome Outcome, double Blasts)
{
    /// <summary>Area under the concentration of fludarabine, mg·h/L; NaN where the population has no such covariate.</summary>
    public double Fludarabine { get; init; } = double.NaN;

    /// <summary>Sequencing MRD on day 28: 0 below the limit, NaN without a visit.</summary>
    public required double SequencingDay28 { get; init; }

    /// <summary>Sequencing MRD on day 90: 0 below the limit, NaN without a visit.</summary>
    public required double SequencingMonth3 { get; init; }

    /// <summary>Transgene at the visits of the first four weeks, copies/µg; NaN below the limit.</summary>
    public required IReadOnlyList<(double Day, double Value)> Transgene { get; init; }

    public static CohortPatient Of(PatientRecord record, CohortCovariates places)
    {
        double Sequencing(double day)
        {
            Observation seen = record.Observations.FirstOrDefault(o => o.Day == day && o.Assay == "ngs-mrd");
            return seen.Assay is null ? double.NaN : seen.BelowLimit ? 0 : seen.Value;
        }

        return new CohortPatient(record.Outcome, record.Outcome.Covariates[places.Blasts] / 100)
        {
            Fludarabine = places.Fludarabine < 0 ? double.NaN : record.Outcome.Covariates[places.Fludarabine],
            SequencingDay28 = Sequencing(28),
            SequencingMonth3 = Sequencing(90),
            Transgene = [.. record.Observations.Where(o => o.Assay == "car-transgene" && o.Day <= 28).Select(o => (o.Day, o.BelowLimit ? double.NaN : o.Value))],
        };
    }
}

/// <summary>Where a population's covariates stand that statistics need.</summary>
/// <param name="Blasts">Marrow blasts at infusion, %.</param>
/// <param name="Fludarabine">Exposure to fludarabine, mg·h/L; -1 where the population does not have it.</param>
readonly record struct CohortCovariates(int Blasts, int Fludarabine)
{
    public static CohortCovariates Of(Population population)
    {
        List<string> names = [.. population.Covariates.Select(c => c.Name)];
        return new CohortCovariates(names.IndexOf("BLASTPCT"), names.IndexOf("FLUAUC"));
    }
}
