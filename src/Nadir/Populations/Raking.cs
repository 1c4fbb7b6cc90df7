namespace Nadir.Populations;

/// <summary>
/// Raking, or iterative proportional fitting (Deming and Stephan 1940): factors on a joint law that give its margins asked shares. Of all laws with these
/// margins the result is the one nearest to the first (least Kullback-Leibler divergence; Csiszár 1975), so odds ratios that the margins do not decide stay as they were.
/// </summary>
static class Raking
{
    /// <summary>An error of a margin beyond which the shares count as contradictory: far below what any cohort can show.</summary>
    public const double Tolerance = 5e-4;

    const double Exact = 1e-12;
    const int MostSweeps = 20_000;

    /// <summary>The factors of one margin.</summary>
    /// <param name="In">On those in the group.</param>
    /// <param name="Out">On the others.</param>
    /// <param name="Error">How far the group's share stays from the one asked for.</param>
    public readonly record struct Factors(double In, double Out, double Error);

    /// <summary>Rakes.</summary>
    /// <param name="cells">Sets of groups, a bit each, with their shares of the population.</param>
    /// <param name="asked">The share asked for each group.</param>
    public static Factors[] Of(IReadOnlyList<(uint Groups, double Share)> cells, IReadOnlyList<double> asked)
    {
        double[] weights = [.. cells.Select(c => c.Share)];
        Factors[] factors = [.. asked.Select(_ => new Factors(1, 1, double.PositiveInfinity))];
        for (int sweep = 0; sweep < MostSweeps && factors.Max(f => f.Error) > Exact; sweep++)
        {
            for (int g = 0; g < factors.Length; g++)
            {
                factors[g] = Fit(g, asked[g], factors[g], cells, weights);
            }
        }

        return factors;
    }

    /// <summary>The weight of a patient in a set of groups.</summary>
    public static double Weight(uint groups, Factors[] factors)
    {
        double weight = 1;
        for (int g = 0; g < factors.Length; g++)
        {
            weight *= (groups >> g & 1) == 1 ? factors[g].In : factors[g].Out;
        }

        return weight;
    }

    static Factors Fit(int group, double asked, Factors before, IReadOnlyList<(uint Groups, double Share)> cells, double[] weights)
    {
        (double inside, double outside) = (0, 0);
        for (int c = 0; c < weights.Length; c++)
        {
            if (IsIn(cells[c].Groups, group))
            {
                inside += weights[c];
            }
            else
            {
                outside += weights[c];
            }
        }

        // A side that other margins emptied cannot be filled; its error stays.
        double scaleIn = inside > 0 ? asked / inside : 1;
        double scaleOut = outside > 0 ? (1 - asked) / outside : 1;
        for (int c = 0; c < weights.Length; c++)
        {
            weights[c] *= IsIn(cells[c].Groups, group) ? scaleIn : scaleOut;
        }

        return new Factors(before.In * scaleIn, before.Out * scaleOut, Math.Abs((inside / (inside + outside)) - asked));
    }

    static bool IsIn(uint groups, int group) => (groups >> group & 1) == 1;
}
