using Nadir.Numerics;

namespace Nadir.Survival;

/// <summary>
/// The log partial likelihood of Cox (1972, 1975) with its gradient and information at given coefficients, summed over event times. A weighted event counts as
/// in R's <c>coxph</c>: tied events share their mean weight.
/// </summary>
sealed class PartialLikelihood(int covariates, TieMethod ties)
{
    readonly double[] _mean = new double[covariates];

    public double Value { get; private set; }

    public double[] Gradient { get; } = new double[covariates];

    public double[][] Information { get; } = SmallMatrix.Zero(covariates);

    public int Events { get; private set; }

    /// <summary>Adds one event time of one stratum.</summary>
    /// <param name="risk">Those at risk, those with an event included.</param>
    /// <param name="dead">Those with an event.</param>
    /// <param name="events">How many have an event.</param>
    /// <param name="deadScore">Their weighted linear predictors.</param>
    /// <param name="deadCovariates">Their weighted covariates, summed.</param>
    public void Add(RiskSums risk, RiskSums dead, int events, double deadScore, ReadOnlySpan<double> deadCovariates)
    {
        Events += events;
        Value += deadScore;
        for (int i = 0; i < covariates; i++)
        {
            Gradient[i] += deadCovariates[i];
        }

        double meanWeight = dead.Weight / events;
        for (int k = 0; k < events; k++)
        {
            double gone = ties == TieMethod.Efron ? (double)k / events : 0;
            AddTerm(risk, dead, gone, meanWeight);
        }
    }

    void AddTerm(RiskSums risk, RiskSums dead, double gone, double weight)
    {
        double sum = risk.Sum - (gone * dead.Sum);
        Value -= weight * Elementary.Log(sum);
        for (int i = 0; i < covariates; i++)
        {
            _mean[i] = (risk.First[i] - (gone * dead.First[i])) / sum;
            Gradient[i] -= weight * _mean[i];
            for (int j = 0; j <= i; j++)
            {
                double second = (risk.Second[i][j] - (gone * dead.Second[i][j])) / sum;
                Information[i][j] += weight * (second - (_mean[i] * _mean[j]));
                Information[j][i] = Information[i][j];
            }
        }
    }
}

/// <summary>Sums over patients of their relative hazards, times their covariates, times products of two covariates.</summary>
sealed class RiskSums(int covariates)
{
    public double Sum { get; private set; }

    /// <summary>Weights alone.</summary>
    public double Weight { get; private set; }

    public double[] First { get; } = new double[covariates];

    /// <summary>The lower triangle.</summary>
    public double[][] Second { get; } = SmallMatrix.Zero(covariates);

    /// <summary>Adds patients with the same covariates; a negative weight takes them out again.</summary>
    public void Add(ReadOnlySpan<double> x, double hazard, double weight)
    {
        Sum += weight * hazard;
        Weight += weight;
        for (int i = 0; i < covariates; i++)
        {
            double first = weight * hazard * x[i];
            First[i] += first;
            for (int j = 0; j <= i; j++)
            {
                Second[i][j] += first * x[j];
            }
        }
    }

    public void Clear()
    {
        (Sum, Weight) = (0, 0);
        Array.Clear(First);
        foreach (double[] row in Second)
        {
            Array.Clear(row);
        }
    }
}
