using Nadir.Models;

namespace Nadir.Tests.Solvers;

/// <summary>Models for tests of the solvers.</summary>
static class SmallModels
{
    /// <summary>CAR-T cells that kill leukaemia and normal B cells, with a half-saturation of killing in target cells.</summary>
    public static Model CarT(double killHalfSaturation) => Networks.Model(FormattableString.Invariant($"""
        model car_t
          substanceOnly species effectors, memory, leukaemia, b_cells, cytokine
          effectors = 1e6
          memory = 1e6
          leukaemia = 1e10
          b_cells = 1e9
          cytokine = 0
          half = {killHalfSaturation}
          load := leukaemia + b_cells
          activation := load/(1e8 + load)
          kill := 0.5*effectors/(half + load)
          memory_division: memory => 2 memory; 0.3*activation*memory
          memory_death: memory => ; 0.02*memory
          activate: memory => 2 effectors; 0.2*activation*memory
          expand: effectors => 2 effectors; 0.8*activation*effectors*(1e11/(1e11 + effectors))
          contract: effectors => ; 0.25*effectors
          grow: leukaemia => 2 leukaemia; 0.06*leukaemia
          kill_leukaemia: leukaemia => ; kill*leukaemia
          renew: => b_cells; 1e7
          kill_b: b_cells => ; kill*b_cells
          release: => cytokine; 1e-6*effectors*activation
          clear: cytokine => ; 5*cytokine
        end
        """));
}
