using Nadir.Expressions;
using Nadir.Models;

namespace Nadir.Kernels;

/// <summary>Finds the species that stay at 0 where some parameters are 0: they start there, and nothing that has a rate brings any.</summary>
static class AbsentParts
{
    /// <summary>The given parameters, and the species that are absent with them.</summary>
    /// <param name="model">The model.</param>
    /// <param name="parameters">Parameters that are 0 in every patient at all times.</param>
    /// <param name="supplied">Species that are given from outside, so that they may appear.</param>
    public static IReadOnlySet<string> Of(Model model, IEnumerable<string> parameters, IEnumerable<string> supplied)
    {
        HashSet<string> zero = [.. parameters];
        if (model.Events.Count > 0)
        {
            return zero;
        }

        HashSet<string> candidates = [.. Candidates(model).Except(supplied)];
        while (Survivors(model, zero, candidates) is { } fewer && fewer.Count < candidates.Count)
        {
            candidates = fewer;
        }

        return new HashSet<string>(zero.Concat(candidates), StringComparer.Ordinal);
    }

    static IEnumerable<string> Candidates(Model model)
    {
        HashSet<string> ruled = [.. model.Rules.Select(r => r.Variable)];
        return model.Species.Where(s => !ruled.Contains(s.Name)).Select(s => s.Name);
    }

    /// <summary>Those that start at 0 and get nothing, as long as all candidates are 0.</summary>
    static HashSet<string> Survivors(Model model, HashSet<string> parameters, HashSet<string> candidates)
    {
        HashSet<string> zero = [.. parameters, .. candidates];
        Network network = Network.Compile(model, zero);
        Dictionary<string, Expr> starts = model.Species.ToDictionary(s => s.Name, s => s.InitialAmount ?? Expr.Zero);
        HashSet<string> fed = [.. candidates.Where(c => !IsZero(network, starts[c]))];
        for (int r = 0; r < model.Reactions.Count; r++)
        {
            string[] gains = [.. network.Stoichiometry[r].Where(c => c.Amount > 0).Select(c => network.SlotNames[c.Slot])];
            if (gains.Length > 0 && !IsZero(network, model.Reactions[r].RateLaw))
            {
                fed.UnionWith(gains);
            }
        }

        return [.. candidates.Except(fed)];
    }

    static bool IsZero(Network network, Expr formula)
    {
        KernelProgram program = network.Lower([formula]);
        Instruction result = program.Instructions[program.Outputs[0]];
        return result is { Op: OpCode.Constant, Value: 0 };
    }
}
