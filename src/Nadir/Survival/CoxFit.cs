using Nadir.Numerics;

namespace Nadir.Survival;

/// <summary>A fitted proportional hazards model.</summary>
public sealed record CoxFit
{
    /// <summary>Log hazard ratios, one a covariate.</summary>
    public required IReadOnlyList<double> Coefficients { get; init; }

    /// <summary>
    /// Covariance of the coefficients, row by row: the inverse of the observed information, or the robust one where
    /// <see cref="SandwichVariance"/> or <see cref="FineGray"/> put it here.
    /// </summary>
    public required IReadOnlyList<IReadOnlyList<double>> Covariance { get; init; }

    /// <summary>Log partial likelihood without covariates.</summary>
    public required double NullLogLikelihood { get; init; }

    /// <summary>Log partial likelihood at the coefficients.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Rao's test that all coefficients are 0; with one group against another and no ties it is the log-rank test.</summary>
    public required ChiSquareTest ScoreTest { get; init; }

    /// <summary>Number of events.</summary>
    public required int Events { get; init; }

    /// <summary>How tied events were treated.</summary>
    public required TieMethod Ties { get; init; }

    /// <summary>The likelihood ratio test that all coefficients are 0.</summary>
    public ChiSquareTest LikelihoodRatioTest => new(2 * (LogLikelihood - NullLogLikelihood), Coefficients.Count);

    /// <summary>Standard error of a coefficient.</summary>
    /// <param name="covariate">Index of the covariate.</param>
    public double StandardError(int covariate) => Math.Sqrt(Covariance[covariate][covariate]);

    /// <summary>Wald's two-sided probability that a coefficient is 0.</summary>
    /// <param name="covariate">Index of the covariate.</param>
    public double PValue(int covariate) => ProbabilityInterval.TwoSided(Coefficients[covariate] / StandardError(covariate));

    /// <summary>Hazard ratio of one unit of a covariate with Wald's interval.</summary>
    /// <param name="covariate">Index of the covariate.</param>
    /// <param name="level">Level of the two-sided interval; default 0.95.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not between 0 and 1.</exception>
    public Estimate HazardRatio(int covariate, double level = 0.95)
    {
        double step = ProbabilityInterval.Quantile(level) * StandardError(covariate);
        double b = Coefficients[covariate];
        return new Estimate(Elementary.Exp(b), Elementary.Exp(b - step), Elementary.Exp(b + step));
    }
}
