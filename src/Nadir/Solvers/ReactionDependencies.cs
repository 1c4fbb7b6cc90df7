using Nadir.Kernels;

namespace Nadir.Solvers;

/// <summary>
/// The dependency graph of a network: which rates may change when a slot does, and which change in time by themselves. It is read off the programs
/// that compute the rates, so it sees through rules, concentrations and names of other reactions.
/// </summary>
sealed class ReactionDependencies
{
    readonly int[][] _readers;

    public ReactionDependencies(Network network)
    {
        HashSet<int> moving = [.. network.RateRules.Select(r => network.SlotOf(r.Variable))];
        List<int>[] readers = [.. network.SlotNames.Select(_ => new List<int>())];
        bool[] moves = new bool[network.Model.Reactions.Count];
        for (int r = 0; r < moves.Length; r++)
        {
            KernelProgram law = network.Lower([network.Model.Reactions[r].RateLaw]);
            foreach (int slot in law.Instructions.Where(i => i.Op == OpCode.Slot).Select(i => i.A).Distinct())
            {
                readers[slot].Add(r);
                moves[r] |= moving.Contains(slot);
            }

            moves[r] |= law.Instructions.Any(i => i.Op == OpCode.Time);
        }

        _readers = [.. readers.Select(r => r.ToArray())];
        MovesInTime = moves;
        AnyMovesInTime = network.RateRules.Count > 0 || moves.Contains(true);
    }

    /// <summary>For each reaction, whether its rate may change while no reaction fires: it reads the clock or a variable under a rate rule.</summary>
    public IReadOnlyList<bool> MovesInTime { get; }

    /// <summary>Whether anything changes while no reaction fires.</summary>
    public bool AnyMovesInTime { get; }

    /// <summary>The reactions whose rate reads a slot, ascending.</summary>
    public ReadOnlySpan<int> Readers(int slot) => _readers[slot];
}
