using Nadir.Numerics;
using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

public sealed class BirthDeathTests
{
    [Fact]
    public void Survival_of_a_line_equals_the_closed_form_at_constant_rates()
    {
        foreach (BirthDeathRow row in ExtinctionReference.BirthDeath())
        {
            (double rho, double q) = Integrals(row.B, row.D, row.T);
            double extinct = 1 - BirthDeath.Over(rho, q).Survival;
            extinct.ShouldBe(row.LineageExtinct, 1e-9 + (1e-9 * row.LineageExtinct), row.ToString());
        }
    }

    [Fact]
    public void Descendants_have_the_exact_mean_variance_and_extinction()
    {
        const int runs = 20_000;
        ulong subject = 0;
        foreach (BirthDeathRow row in ExtinctionReference.BirthDeath().Where(r => r.Variance < 1e6))
        {
            (double rho, double q) = Integrals(row.B, row.D, row.T);
            BirthDeath law = BirthDeath.Over(rho, q);
            RandomStream stream = new(11, subject++, 0);
            double sum = 0;
            int extinct = 0;
            for (int i = 0; i < runs; i++)
            {
                double n = law.Descendants(ref stream, row.N0);
                sum += n;
                extinct += n == 0 ? 1 : 0;
            }

            Math.Abs((sum / runs) - row.Mean).ShouldBeLessThan(4 * Math.Sqrt(row.Variance / runs) + 1e-9, row.ToString());
            Math.Abs(((double)extinct / runs) - row.Extinct)
                .ShouldBeLessThan((4 * Math.Sqrt(row.Extinct * (1 - row.Extinct) / runs)) + (1.0 / runs), row.ToString());
        }
    }

    [Fact]
    public void One_long_step_equals_two_short_ones_in_the_mean()
    {
        (double rho1, double q1) = Integrals(0.3, 0.2, 2);
        (double rho3, double q3) = Integrals(0.3, 0.2, 5);
        BirthDeath rest = BirthDeath.Since(rho3, q3, rho1, q1);
        (double rho2, double q2) = Integrals(0.3, 0.2, 3);
        rest.Survival.ShouldBe(BirthDeath.Over(rho2, q2).Survival, 1e-14);
        rest.Growth.ShouldBe(BirthDeath.Over(rho2, q2).Growth, 1e-14);
    }

    static (double Rho, double Q) Integrals(double b, double d, double t)
    {
        double rho = (d - b) * t;
        return (rho, b == d ? b * t : b * (Math.Exp(rho) - 1) / (d - b));
    }
}
