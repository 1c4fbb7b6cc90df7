namespace Nadir.Inference;

/// <summary>
/// Targets as quadratic functions without cross terms of the hyper-parameters, by ridge regression on simulations already made. It only proposes: each
/// proposal is simulated before it is accepted or not.
/// </summary>
sealed class Surrogate
{
    const double LinearPenalty = 0.05;
    const double QuadraticPenalty = 1;

    readonly double[][] _coefficients;
    readonly bool _curved;
    readonly double[] _residuals;

    Surrogate(double[][] coefficients, bool curved, double[] residuals) => (_coefficients, _curved, _residuals) = (coefficients, curved, residuals);

    /// <summary>Mean square of the errors that each simulation has when it is left out.</summary>
    public IReadOnlyList<double> Residuals => _residuals;

    /// <summary>Fits the targets of whole simulations; null where there are too few.</summary>
    public static Surrogate? Fit(IReadOnlyList<(double[] Z, Simulated S)> simulations)
    {
        (double[] Z, Simulated S)[] whole = [.. simulations.Where(s => s.S.IsWhole)];
        if (whole.Length == 0 || whole.Length < whole[0].Z.Length + 10)
        {
            return null;
        }

        int d = whole[0].Z.Length;
        bool curved = whole.Length > 3 * ((2 * d) + 1);
        double[][] x = [.. whole.Select(s => Features(s.Z, curved))];
        int p = x[0].Length;
        double[][] normal = [.. Enumerable.Range(0, p).Select(_ => new double[p])];
        foreach (double[] row in x)
        {
            for (int i = 0; i < p; i++)
            {
                for (int j = 0; j < p; j++)
                {
                    normal[i][j] += row[i] * row[j];
                }
            }
        }

        for (int i = 1; i < p; i++)
        {
            normal[i][i] += i <= d ? LinearPenalty : QuadraticPenalty;
        }

        Cholesky factor = Cholesky.Of(normal);
        double[] leverages = [.. x.Select(r => Math.Min(0.95, factor.Forward(r).Sum(v => v * v)))];
        int targets = whole[0].S.Places.Count;
        double[][] coefficients = [.. Enumerable.Range(0, targets).Select(t => factor.Solve(Project(x, whole, t)))];
        double[] residuals = [.. coefficients.Select((c, t) => whole.Select((s, i) => (s.S.Places[t] - Dot(c, x[i])) / (1 - leverages[i])).Average(e => e * e))];
        return new Surrogate(coefficients, curved, residuals);
    }

    static double[] Project(double[][] x, (double[] Z, Simulated S)[] whole, int target)
    {
        double[] right = new double[x[0].Length];
        for (int i = 0; i < x.Length; i++)
        {
            for (int k = 0; k < right.Length; k++)
            {
                right[k] += x[i][k] * whole[i].S.Places[target];
            }
        }

        return right;
    }

    public double[] Predict(double[] z)
    {
        double[] features = Features(z, _curved);
        double[] places = new double[_coefficients.Length];
        for (int t = 0; t < places.Length; t++)
        {
            places[t] = Dot(_coefficients[t], features);
        }

        return places;
    }

    /// <summary>Slopes of the targets at a place, by target and hyper-parameter.</summary>
    public double[][] Slopes(IReadOnlyList<double> z) =>
        [.. _coefficients.Select(c => z.Select((v, k) => c[1 + k] + (_curved ? 2 * v * c[1 + z.Count + k] : 0)).ToArray())];

    static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    static double[] Features(double[] z, bool curved)
    {
        double[] f = new double[1 + (curved ? 2 * z.Length : z.Length)];
        f[0] = 1;
        for (int i = 0; i < z.Length; i++)
        {
            f[1 + i] = z[i];
            if (curved)
            {
                f[1 + z.Length + i] = (z[i] * z[i]) - 1;
            }
        }

        return f;
    }
}
