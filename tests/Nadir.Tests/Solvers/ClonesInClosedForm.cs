using Nadir.Models;

namespace Nadir.Tests.Solvers;

/// <summary>The models behind the rows of <see cref="ExtinctionReference"/>.</summary>
static class ClonesInClosedForm
{
    /// <summary>Constant rates; the clone is X.</summary>
    public static Model BirthDeath(BirthDeathRow row) => Networks.Model($"""
        model birth_death
          substanceOnly species X
          X = {Runs.Text(row.N0)}; b = {Runs.Text(row.B)}; d = {Runs.Text(row.D)}
          birth: X => 2 X; b*X
          death: X => ; d*X
        end
        """);

    /// <summary>A fading death rate; the clone is X.</summary>
    public static Model Kendall(KendallRow row) => Networks.Model($"""
        model kendall
          substanceOnly species X
          X = {Runs.Text(row.N0)}; b = {Runs.Text(row.B)}; d0 = {Runs.Text(row.D0)}; tau = {Runs.Text(row.Tau)}
          birth: X => 2 X; b*X
          death: X => ; d0*exp(-time/tau)*X
        end
        """);

    /// <summary>Mutants M of a shrinking population S.</summary>
    public static Model Mutants(ImmigrationRow row) => Networks.Model($"""
        model mutants
          substanceOnly species S, M
          S = {Runs.Text(row.N0)}; M = 0; u = {Runs.Text(row.Mu)}; k = {Runs.Text(row.Decay)}; b = {Runs.Text(row.B)}; d = {Runs.Text(row.D)}
          shrink: S => ; k*S
          mutation: => M; u*S
          birth: M => 2 M; b*M
          death: M => ; d*M
        end
        """);
}
