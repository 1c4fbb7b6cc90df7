using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>
/// The number of descendants of one cell after a time in which every cell divides at rate b(t) and dies at rate d(t), independently
/// of the others (Kendall 1948, Ann. Math. Stat. 19:1): zero with some chance, else geometric. Two integrals along the way decide it,
/// <c>rho = ∫(d-b)</c> and <c>q = ∫ b exp(rho)</c>; the law is exact however long the time and however the rates change.
/// </summary>
/// <param name="Survival">Chance that one cell has a descendant alive.</param>
/// <param name="Ending">Chance that a line that is alive has no more descendants than those counted so far: one minus the ratio of the geometric law.</param>
public readonly record struct BirthDeath(double Survival, double Ending)
{
    /// <summary>Chance of one more descendant, given some: the ratio of the geometric law.</summary>
    public double Growth => 1 - Ending;

    /// <summary>The law over a whole interval.</summary>
    /// <param name="rho">∫(d-b) dt over the interval.</param>
    /// <param name="q">∫ b exp(∫(d-b)) dt over the interval.</param>
    public static BirthDeath Over(double rho, double q)
    {
        double decay = Elementary.Exp(rho);
        double total = decay + q;
        return new BirthDeath(1 / total, decay / total);
    }

    /// <summary>The law from a moment inside the interval to its end.</summary>
    /// <param name="rho">∫(d-b) over the whole interval.</param>
    /// <param name="q">∫ b exp(∫(d-b)) over the whole interval.</param>
    /// <param name="rhoThen">The first integral up to the moment.</param>
    /// <param name="qThen">The second integral up to the moment.</param>
    public static BirthDeath Since(double rho, double q, double rhoThen, double qThen) =>
        Over(rho - rhoThen, (q - qThen) * Elementary.Exp(-rhoThen));

    /// <summary>Draws the number of descendants of <paramref name="cells"/> cells.</summary>
    public double Descendants(ref RandomStream stream, double cells)
    {
        if (cells == 0)
        {
            return 0;
        }

        double lines = Draws.Binomial(ref stream, cells, Math.Min(Survival, 1));
        return lines == 0 || Ending >= 1 ? lines : lines + Draws.NegativeBinomial(ref stream, lines, Ending);
    }
}
