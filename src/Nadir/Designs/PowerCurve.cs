using Nadir.Numerics;
using Nadir.Survival;

namespace Nadir.Designs;

/// <summary>What trials of one size showed.</summary>
/// <param name="PatientsPerRound">Patients of an arm with allocation 1.</param>
/// <param name="Trials">Trials, independent of those of other sizes.</param>
/// <param name="Shown">Trials that showed the arm to be better.</param>
public readonly record struct PowerPoint(int PatientsPerRound, int Trials, int Shown);

/// <summary>
/// Power against size: Φ⁻¹(power) = a + b·√size, exact for a normal test with a fixed critical value, by maximum likelihood over the trials of all sizes (probit analysis, Finney 1971). The size
/// that a power needs has Fieller's (1954) interval.
/// </summary>
public sealed class PowerCurve
{
    const int MostSteps = 100;

    // Beyond this a normal probability has no bits left beside 0 or 1.
    const double Furthest = 8;

    readonly double[] _coefficients;
    readonly double[][] _covariance;

    PowerCurve(double[] coefficients, double[][] covariance) => (_coefficients, _covariance) = (coefficients, covariance);

    /// <summary>Φ⁻¹(power) at size 0.</summary>
    public double Intercept => _coefficients[0];

    /// <summary>By how much Φ⁻¹(power) grows with the root of the size.</summary>
    public double Slope => _coefficients[1];

    /// <summary>Covariance of intercept and slope: the inverse of the expected information.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Covariance => _covariance;

    /// <summary>Fits the line.</summary>
    /// <param name="points">At least two sizes.</param>
    /// <returns>Not estimable with fewer than two sizes, where each size decides all trials alike, or where power does not grow with size.</returns>
    public static Estimable<PowerCurve> Fit(IReadOnlyList<PowerPoint> points)
    {
        if (points.Select(p => p.PatientsPerRound).Distinct().Count() < 2)
        {
            return Estimable<PowerCurve>.Not("there are fewer than two sizes");
        }

        double[] b = Start(points);
        for (int i = 0; i < MostSteps; i++)
        {
            (double[] gradient, double[][] information) = At(points, b);
            if (SmallMatrix.Inverse(information) is not { } inverse)
            {
                break;
            }

            double[] step = SmallMatrix.Times(inverse, gradient);
            b = [b[0] + step[0], b[1] + step[1]];
            if (points.All(p => Math.Abs(step[0] + (step[1] * Math.Sqrt(p.PatientsPerRound))) < 1e-10))
            {
                return b[1] > 0 && SmallMatrix.Inverse(At(points, b).Information) is { } covariance
                    ? Estimable<PowerCurve>.Of(new PowerCurve(b, covariance))
                    : Estimable<PowerCurve>.Not("power does not grow with size beyond the error of the trials");
            }
        }

        return Estimable<PowerCurve>.Not("all trials of a size end alike, so that how power grows between the sizes is not known");
    }

    /// <summary>The size that a power needs, with its 95% interval over the trials.</summary>
    /// <param name="power">The power, between 0 and 1.</param>
    /// <returns>Patients of an arm with allocation 1, not rounded; not estimable where the slope cannot be told from 0 or the line has the power at every size.</returns>
    public Estimable<Estimate> SizeFor(double power)
    {
        double z = ProbabilityInterval.Quantile(0.95);
        double height = NormalDistribution.Quantile(power) - Intercept;

        // Roots at which the line's distance from the height is z standard errors.
        double square = (Slope * Slope) - (z * z * _covariance[1][1]);
        double half = (height * Slope) + (z * z * _covariance[0][1]);
        double free = (height * height) - (z * z * _covariance[0][0]);
        double under = (half * half) - (square * free);
        double lower = (half - Math.Sqrt(Math.Max(0, under))) / square;
        return square > 0 && under >= 0 && lower > 0
            ? Estimable<Estimate>.Of(new Estimate(Square(height / Slope), Square(lower), Square((half + Math.Sqrt(under)) / square)))
            : Estimable<Estimate>.Not("how power grows with size cannot be told from the error of the trials; use more trials");
    }

    static double Square(double x) => x * x;

    static double[] Start(IReadOnlyList<PowerPoint> points)
    {
        double[] x = [.. points.Select(p => Math.Sqrt(p.PatientsPerRound))];
        double[] y = [.. points.Select(p => NormalDistribution.Quantile((p.Shown + 0.5) / (p.Trials + 1.0)))];
        (double mx, double my) = (x.Average(), y.Average());
        double slope = x.Zip(y, (u, v) => (u - mx) * (v - my)).Sum() / x.Sum(u => (u - mx) * (u - mx));
        return [my - (slope * mx), slope];
    }

    static (double[] Gradient, double[][] Information) At(IReadOnlyList<PowerPoint> points, double[] b)
    {
        double[] gradient = new double[2];
        double[][] information = SmallMatrix.Zero(2);
        foreach (PowerPoint point in points)
        {
            double[] x = [1, Math.Sqrt(point.PatientsPerRound)];
            double height = Math.Clamp(b[0] + (b[1] * x[1]), -Furthest, Furthest);
            double p = NormalDistribution.Cdf(height);
            double q = NormalDistribution.Cdf(-height);
            double density = NormalDistribution.Density(height);
            for (int i = 0; i < 2; i++)
            {
                gradient[i] += x[i] * (point.Shown - (point.Trials * p)) * density / (p * q);
                for (int j = 0; j < 2; j++)
                {
                    information[i][j] += x[i] * x[j] * point.Trials * density * density / (p * q);
                }
            }
        }

        return (gradient, information);
    }
}
