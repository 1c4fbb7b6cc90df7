namespace Nadir.Survival;

/// <summary>Newton's method on a log partial likelihood, halving steps that lower it.</summary>
static class CoxNewton
{
    const int MostIterations = 60;
    const double Converged = 1e-10;

    // Beyond this the last step is not the rounding of a maximum but the walk to infinity of a likelihood that has none.
    const double Runaway = 1e-6;

    // Nor is a likelihood that has become this flat at a maximum: far out the gradient rounds to 0, and the step with it.
    const double Flat = 1e-8;

    public static Estimable<CoxFit> Maximise(int covariates, TieMethod ties, Func<double[], PartialLikelihood> likelihood)
    {
        double[] b = new double[covariates];
        PartialLikelihood start = likelihood(b);
        if (start.Events == 0)
        {
            return Estimable<CoxFit>.Not("there is no event");
        }

        if (SmallMatrix.Inverse(start.Information) is not { } inverse)
        {
            return Estimable<CoxFit>.Not("a covariate is constant among the patients at risk at the events, or follows from the others");
        }

        ChiSquareTest score = new(SmallMatrix.Quadratic(inverse, start.Gradient), covariates);
        PartialLikelihood at = start;
        double last = double.PositiveInfinity;
        for (int i = 0; i < MostIterations && last > Converged; i++)
        {
            double[] step = SmallMatrix.Times(inverse, at.Gradient);
            (b, PartialLikelihood next) = Climb(b, step, at.Value, likelihood);
            last = Size(step, start.Information);
            at = next;
            if (SmallMatrix.Inverse(at.Information) is not { } nextInverse)
            {
                return NoMaximum();
            }

            inverse = nextInverse;
        }

        bool flat = Enumerable.Range(0, covariates).Any(i => !(at.Information[i][i] > Flat * start.Information[i][i]));
        return last > Runaway || flat ? NoMaximum() : Estimable<CoxFit>.Of(new CoxFit
        {
            Coefficients = b,
            Covariance = inverse,
            NullLogLikelihood = start.Value,
            LogLikelihood = at.Value,
            ScoreTest = score,
            Events = start.Events,
            Ties = ties,
        });
    }

    internal static Estimable<CoxFit> NoMaximum() =>
        Estimable<CoxFit>.Not("the likelihood has no maximum: a covariate separates those with an event from those without (a group without events, for example)");

    /// <summary>The largest change of a linear predictor by one standard deviation of a covariate.</summary>
    static double Size(double[] step, double[][] information) =>
        step.Select((s, i) => Math.Abs(s) * Math.Sqrt(information[i][i])).Max();

    static (double[] At, PartialLikelihood Likelihood) Climb(double[] from, double[] step, double value, Func<double[], PartialLikelihood> likelihood)
    {
        double[] to = [.. from.Zip(step, (b, s) => b + s)];
        PartialLikelihood next = likelihood(to);
        for (int halvings = 0; halvings < 40 && !(next.Value >= value - (1e-12 * Math.Abs(value))); halvings++)
        {
            to = [.. to.Zip(from, (a, b) => (a + b) / 2)];
            next = likelihood(to);
        }

        return (to, next);
    }
}
