using Nadir.Numerics;

namespace Nadir.Survival;

/// <summary>The likelihood of a parametric model in log σ, log k and logit π, in this order, those that it has.</summary>
sealed class ModelShape(SurvivalModel model)
{
    const double Level = 0.95;

    public bool HasShape => model is SurvivalModel.Weibull or SurvivalModel.WeibullCure;

    public bool HasCure => model is SurvivalModel.ExponentialCure or SurvivalModel.WeibullCure;

    public int Parameters => 1 + (HasShape ? 1 : 0) + (HasCure ? 1 : 0);

    /// <summary>One patient's part; given survival up to a late entry.</summary>
    public Jet LogLikelihood(Jet[] at, FollowUp patient)
    {
        Jet logK = HasShape ? at[1] : Jet.Of(0);
        Jet value = LogSurvival(at, logK, patient.Exit) - LogSurvival(at, logK, patient.Entry);
        if (patient.Cause == 0)
        {
            return value;
        }

        // The density in place of survival at the exit: the hazard and, in a mixture, the share at risk of it.
        Jet logHazard = logK - at[0] + (HasShape ? (logK.Exp() - Jet.Of(1)) * (Jet.Of(Elementary.Log(patient.Exit)) - at[0]) : Jet.Of(0));
        if (!HasCure)
        {
            return value + logHazard;
        }

        Jet logSusceptible = at[^1].Softplus() * -1;
        return logHazard + logSusceptible - CumulativeHazard(at, logK, patient.Exit) - LogSurvival(at, logK, patient.Entry);
    }

    /// <summary>The mean time to an event, a constant hazard and the plateau of the Kaplan-Meier curve.</summary>
    public double[] Start((FollowUp Patient, int Count)[] patients)
    {
        double time = patients.Sum(p => p.Count * (p.Patient.Exit - Math.Max(0, p.Patient.Entry)));
        double events = patients.Where(p => p.Patient.Cause > 0).Sum(p => p.Count);
        if (!HasCure)
        {
            return [.. new[] { Elementary.Log(time / events), 0 }.Take(Parameters)];
        }

        double eventTime = patients.Where(p => p.Patient.Cause > 0).Sum(p => p.Count * p.Patient.Exit);
        RiskTable table = RiskTable.Of([.. patients.SelectMany(p => Enumerable.Repeat(p.Patient, p.Count))]);
        double plateau = Math.Clamp(KaplanMeier.Estimate(table).Values[^1], 0.05, 0.95);
        double[] start = new double[Parameters];
        start[0] = Elementary.Log(eventTime / events);
        start[^1] = Elementary.Log(plateau / (1 - plateau));
        return start;
    }

    public ParametricFit Result(ParametricMaximum found)
    {
        double z = ProbabilityInterval.Quantile(Level);
        double Error(int i) => z * Math.Sqrt(found.Covariance[i][i]);
        Estimate Positive(int i) => new(Elementary.Exp(found.At[i]), Elementary.Exp(found.At[i] - Error(i)), Elementary.Exp(found.At[i] + Error(i)));
        int last = Parameters - 1;
        return new ParametricFit
        {
            Model = model,
            ScaleDays = Positive(0),
            Shape = HasShape ? Positive(1) : new Estimate(1, 1, 1),
            Cured = HasCure ? new Estimate(Share(found.At[last]), Share(found.At[last] - Error(last)), Share(found.At[last] + Error(last))) : new Estimate(0, 0, 0),
            LogLikelihood = found.LogLikelihood,
            Parameters = Parameters,
        };
    }

    static double Share(double logit) => 1 / (1 + Elementary.Exp(-logit));

    Jet LogSurvival(Jet[] at, Jet logK, double days)
    {
        if (!(days > 0))
        {
            return Jet.Of(0);
        }

        Jet hazard = CumulativeHazard(at, logK, days);

        // log(π + (1 - π)e^-H) = log π + log(1 + e^(-logit π - H)).
        return HasCure ? ((at[^1] + hazard) * -1).Softplus() - (at[^1] * -1).Softplus() : hazard * -1;
    }

    Jet CumulativeHazard(Jet[] at, Jet logK, double days)
    {
        if (!(days > 0))
        {
            return Jet.Of(0);
        }

        Jet logTime = Jet.Of(Elementary.Log(days)) - at[0];
        return (HasShape ? logK.Exp() * logTime : logTime).Exp();
    }
}

/// <summary>Where a likelihood is largest.</summary>
/// <param name="At">The parameters.</param>
/// <param name="Covariance">The inverse of the observed information.</param>
/// <param name="LogLikelihood">The maximum.</param>
sealed record ParametricMaximum(double[] At, double[][] Covariance, double LogLikelihood);

/// <summary>Newton's method with Levenberg's damping where the likelihood is not concave, halving steps that lower it.</summary>
sealed class ParametricNewton(Func<Jet[], Jet> logLikelihood, int parameters)
{
    const int MostIterations = 200;
    const double Converged = 1e-10;

    // A log or logit this large is the walk to infinity of a likelihood without a maximum.
    const double Runaway = 40;

    public ParametricMaximum? Maximise(double[] start)
    {
        double[] at = start;
        Jet value = Evaluate(at);
        for (int i = 0; i < MostIterations; i++)
        {
            double[] step = Step(value);
            double[] next = at;
            Jet nextValue = value;
            double scale = 1;
            for (int halvings = 0; halvings < 60; halvings++, scale /= 2)
            {
                next = [.. at.Zip(step, (a, s) => a + (scale * s))];
                nextValue = Evaluate(next);
                if (nextValue.Value >= value.Value - (1e-13 * Math.Abs(value.Value)))
                {
                    break;
                }
            }

            (at, value) = (next, nextValue);
            if (at.Zip(start, (a, s) => Math.Abs(a - s)).Max() > Runaway)
            {
                return null;
            }

            if (step.Max(Math.Abs) < Converged)
            {
                return SmallMatrix.Inverse(Negative(value)) is { } covariance ? new ParametricMaximum(at, covariance, value.Value) : null;
            }
        }

        return null;
    }

    Jet Evaluate(double[] at) => logLikelihood([.. at.Select(Jet.Parameter)]);

    double[] Step(Jet value)
    {
        double[][] information = Negative(value);
        for (double damping = 1e-3; damping < 1e12; damping *= 10)
        {
            if (SmallMatrix.Inverse(information) is { } inverse)
            {
                double[] step = SmallMatrix.Times(inverse, value.Gradient(parameters));

                // Parameters are logarithms: a longer step leaves what the quadratic knows.
                double longest = step.Max(Math.Abs);
                return longest <= 2 ? step : [.. step.Select(s => s * 2 / longest)];
            }

            for (int i = 0; i < parameters; i++)
            {
                information[i][i] += damping * (1 + Math.Abs(information[i][i]));
            }
        }

        return new double[parameters];
    }

    double[][] Negative(Jet value) => [.. value.Hessian(parameters).Select(r => r.Select(h => -h).ToArray())];
}
