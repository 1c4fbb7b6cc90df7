namespace Nadir.Inference;

/// <summary>Targets as quadratic functions of the hyper-parameters, without products or with those of a few of them, by ridge regression on simulations already made. Coordinates are centred and scaled by where these lie.</summary>
sealed class Surrogate
{
    const double LinearPenalty = 0.05;
    const double QuadraticPenalty = 1;

    readonly double[][] _coefficients;
    readonly Terms _terms;
    readonly double[] _residuals;
    readonly double _leverage;

    Surrogate(double[][] coefficients, Terms terms, double[][] errors, double leverage)
    {
        (_coefficients, _terms, _leverage) = (coefficients, terms, leverage);
        _residuals = [.. errors.Select(e => e.Average(v => v * v))];
        Correlation = [.. errors.Select((a, i) => errors.Select((b, j) => i == j ? 1 : Correlated(a, b)).ToArray())];
    }

    /// <summary>How the errors of the targets go together: where every simulation has patients of its own, mostly by which patients those are.</summary>
    public double[][] Correlation { get; }

    static double Correlated(double[] a, double[] b)
    {
        double scale = Math.Sqrt(a.Sum(v => v * v) * b.Sum(v => v * v));
        return scale > 0 ? Dot(a, b) / scale : 0;
    }

    /// <summary>Mean square of the errors that each simulation has when it is left out.</summary>
    public IReadOnlyList<double> Residuals => _residuals;

    /// <summary>Simulations from which on squares are learnt.</summary>
    public static int FewestForCurves(int dimensions) => (3 * ((2 * dimensions) + 1)) + 1;

    /// <summary>Fits the targets of whole simulations; null where there are too few.</summary>
    /// <param name="simulations">Particles; those without a whole simulation are left out.</param>
    /// <param name="crossed">Hyper-parameters of which products are learnt, where there are simulations enough.</param>
    public static Surrogate? Fit(IReadOnlyList<Particle> simulations, params IReadOnlyList<int> crossed)
    {
        Particle[] whole = [.. simulations.Where(s => s.Simulated is { IsWhole: true })];
        if (whole.Length == 0 || whole.Length < whole[0].Z.Count + 10)
        {
            return null;
        }

        Terms terms = Terms.For(whole, crossed);
        double[][] x = [.. whole.Select(s => terms.Of(s.Z))];
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
            normal[i][i] += i <= whole[0].Z.Count ? LinearPenalty : QuadraticPenalty;
        }

        Cholesky factor = Cholesky.Of(normal);
        double[] leverages = [.. x.Select(r => Math.Min(0.95, factor.Forward(r).Sum(v => v * v)))];
        int targets = whole[0].Simulated!.Places.Count;
        double[][] coefficients = [.. Enumerable.Range(0, targets).Select(t => factor.Solve(Project(x, whole, t)))];
        double[][] errors = [.. coefficients.Select((c, t) => whole.Select((s, i) => (s.Simulated!.Places[t] - Dot(c, x[i])) / (1 - leverages[i])).ToArray())];
        return new Surrogate(coefficients, terms, errors, leverages.Average());
    }

    /// <summary>
    /// The mean of each target, whatever the place: where there are too few simulations for more. Where none gives all targets nothing is known of their errors, and a target that none gives stands at 0: what is
    /// simulated is then no whole answer either, and a calibration does not converge.
    /// </summary>
    public static Surrogate Flat(IReadOnlyList<Particle> simulations)
    {
        Particle[] whole = [.. simulations.Where(s => s.Simulated is { IsWhole: true })];
        if (whole.Length == 0)
        {
            Simulated[] known = [.. simulations.Select(s => s.Simulated).OfType<Simulated>()];
            int targets = known.Length == 0 ? 0 : known[0].Places.Count;
            return new Surrogate(
                [.. Enumerable.Range(0, targets).Select(t => new[] { known.Select(s => s.Places[t]).Where(double.IsFinite).DefaultIfEmpty(0).Average() })],
                Terms.None(simulations[0].Z.Count),
                [.. Enumerable.Range(0, targets).Select(_ => new double[1])],
                1);
        }

        double[][] places = [.. Enumerable.Range(0, whole[0].Simulated!.Places.Count).Select(t => whole.Select(s => s.Simulated!.Places[t]).ToArray())];
        return new Surrogate([.. places.Select(p => new[] { p.Average() })], Terms.None(whole[0].Z.Count), [.. places.Select(p => p.Select(v => v - p.Average()).ToArray())], 1);
    }

    /// <summary>
    /// Variance of the error of what is predicted for each target: what squares and products miss, which is the part of the residuals that chance among virtual patients does not explain, and the chance that is left in the coefficients.
    /// </summary>
    public double[] MeanErrors(IReadOnlyList<Particle> simulations)
    {
        Simulated[] whole = [.. simulations.Select(s => s.Simulated).OfType<Simulated>().Where(s => s.IsWhole)];
        return [.. _residuals.Select((r, t) => Math.Max(0, r - (whole.Length == 0 ? 0 : whole.Average(s => s.Variances[t]))) + (_leverage * r))];
    }

    static double[] Project(double[][] x, Particle[] whole, int target)
    {
        double[] right = new double[x[0].Length];
        for (int i = 0; i < x.Length; i++)
        {
            for (int k = 0; k < right.Length; k++)
            {
                right[k] += x[i][k] * whole[i].Simulated!.Places[target];
            }
        }

        return right;
    }

    public double[] Predict(double[] z)
    {
        double[] terms = _terms.Of(z);
        double[] places = new double[_coefficients.Length];
        for (int t = 0; t < places.Length; t++)
        {
            places[t] = Dot(_coefficients[t], terms);
        }

        return places;
    }

    /// <summary>Slopes of the targets at a place, by target and hyper-parameter.</summary>
    public double[][] Slopes(IReadOnlyList<double> z)
    {
        double[][] slopes = _terms.Slopes(z);
        return [.. _coefficients.Select(c => slopes.Select(s => Dot(c, s)).ToArray())];
    }

    static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>One, the coordinates, their squares, and products of some.</summary>
    sealed record Terms(double[] Centre, double[] Scale, bool HasSlopes, bool HasSquares, (int, int)[] Products)
    {
        const double LeastScale = 1e-6;

        public static Terms None(int dimensions) => new(new double[dimensions], [.. Enumerable.Repeat(1.0, dimensions)], false, false, []);

        public static Terms For(Particle[] whole, IReadOnlyList<int> crossed)
        {
            double[] centre = Particle.Means(whole);
            double[] scale = [.. centre.Select((c, k) => Math.Max(LeastScale, Math.Sqrt(whole.Average(s => (s.Z[k] - c) * (s.Z[k] - c)))))];
            (int, int)[] products = [.. from i in crossed from j in crossed where i < j select (i, j)];
            bool hasSquares = whole.Length >= FewestForCurves(centre.Length);
            bool hasProducts = whole.Length > 3 * ((2 * centre.Length) + 1 + products.Length);
            return new Terms(centre, scale, true, hasSquares, hasProducts ? products : []);
        }

        int Count => 1 + (HasSlopes ? Centre.Length : 0) + (HasSquares ? Centre.Length : 0) + Products.Length;

        public double[] Of(IReadOnlyList<double> z)
        {
            int d = Centre.Length;
            double[] f = new double[Count];
            f[0] = 1;
            for (int i = 0; HasSlopes && i < d; i++)
            {
                double u = (z[i] - Centre[i]) / Scale[i];
                f[1 + i] = u;
                if (HasSquares)
                {
                    f[1 + d + i] = (u * u) - 1;
                }
            }

            for (int k = 0; k < Products.Length; k++)
            {
                (int i, int j) = Products[k];
                f[1 + (2 * d) + k] = f[1 + i] * f[1 + j];
            }

            return f;
        }

        /// <summary>Derivatives of the terms by each coordinate.</summary>
        public double[][] Slopes(IReadOnlyList<double> z)
        {
            int d = Centre.Length;
            double[] u = [.. z.Select((v, i) => (v - Centre[i]) / Scale[i])];
            double[][] slopes = [.. Enumerable.Range(0, d).Select(_ => new double[Count])];
            for (int i = 0; HasSlopes && i < d; i++)
            {
                slopes[i][1 + i] = 1 / Scale[i];
                if (HasSquares)
                {
                    slopes[i][1 + d + i] = 2 * u[i] / Scale[i];
                }
            }

            for (int k = 0; k < Products.Length; k++)
            {
                (int i, int j) = Products[k];
                slopes[i][1 + (2 * d) + k] = u[j] / Scale[i];
                slopes[j][1 + (2 * d) + k] = u[i] / Scale[j];
            }

            return slopes;
        }
    }
}
