using Nadir.Expressions;
using Nadir.Models;

namespace Nadir.Kernels;

/// <summary>Finds the species that stay at 0 where some parameters are 0: they start there, and no reaction that has a rate changes them. None in a model with events, which may set anything.</summary>
static class AbsentParts
{
    /// <summary>The given parameters, and the species that are absent with them.</summary>
    /// <param name="model">The model.</param>
    /// <param name="parameters">Parameters that are 0 in every patient at all times.</param>
    /// <param name="supplied">Species that are given from outside, so that they may appear.</param>
    public static IReadOnlySet<string> Of(Model model, IEnumerable<string> parameters, IEnumerable<string> supplied)
    {
        if (model.Events.Count > 0)
        {
            return new HashSet<string>();
        }

        HashSet<string> zero = [.. parameters];
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

    /// <summary>Those that start at 0 and that no reaction changes, either way, as long as all candidates are 0.</summary>
    static HashSet<string> Survivors(Model model, HashSet<string> parameters, HashSet<string> candidates)
    {
        HashSet<string> zero = [.. parameters, .. candidates];
        Network network = Network.Compile(model, zero);
        Dictionary<string, Expr> starts = model.Species.ToDictionary(s => s.Name, s => s.InitialAmount ?? Expr.Zero);
        HashSet<string> moved = [.. candidates.Where(c => !IsZero(network, starts[c]))];
        for (int r = 0; r < model.Reactions.Count; r++)
        {
            string[] changed = [.. network.Stoichiometry[r].Select(c => network.SlotNames[c.Slot])];
            if (changed.Length > 0 && !IsZero(network, model.Reactions[r].RateLaw))
            {
                moved.UnionWith(changed);
            }
        }

        return [.. candidates.Except(moved)];
    }

    static bool IsZero(Network network, Expr formula)
    {
        KernelProgram program = network.Lower([formula]);
        Instruction result = program.Instructions[program.Outputs[0]];
        return result is { Op: OpCode.Constant, Value: 0 };
    }
}
