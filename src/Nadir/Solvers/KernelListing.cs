using System.Globalization;
using System.Text;
using Nadir.Faults;
using Nadir.Kernels;
using Nadir.Models;

namespace Nadir.Solvers;

/// <summary>The right-hand side of a model for people: the program that the interpreter and every compiled kernel run.</summary>
public static class KernelListing
{
    /// <summary>Lists both stages, instruction by instruction, with the names of the model, and how many operations an evaluation costs.</summary>
    /// <param name="model">The model.</param>
    /// <param name="discrete">Species that turn discrete; empty for a plain ODE.</param>
    /// <returns>The text, or the issues that forbid a species to be discrete.</returns>
    public static Checked<string> Of(Model model, IReadOnlyList<DiscreteSpecies> discrete)
    {
        Checked<HybridPlan> plan = HybridPlan.Create(Network.Interpret(model), discrete);
        return new Checked<string>(plan.Value is null ? null : Text(plan.Value), plan.Issues);
    }

    static string Text(HybridPlan plan)
    {
        HybridFlow flow = plan.Flow;
        string[] slots = SlotNames(plan);
        string[] kept = [.. slots[flow.FirstKept..]];
        StringBuilder text = new();
        Stage(text, "once: computed when a parameter or a switch changes, and kept", flow.Program.Once, slots, kept);
        Stage(text, "body: computed at every evaluation", flow.Program.Body, slots, OutputNames(plan));
        return text.ToString();
    }

    static void Stage(StringBuilder text, string title, KernelProgram program, IReadOnlyList<string> slots, IReadOnlyList<string> outputs)
    {
        text.Append(CultureInfo.InvariantCulture, $"# {title}\n# {Costs(program)}\n");
        foreach ((int i, Instruction instruction) in program.Instructions.Index())
        {
            if (!IsLeaf(instruction))
            {
                text.Append(CultureInfo.InvariantCulture, $"%{i} = {Formula(program, instruction, slots)}\n");
            }
        }

        foreach ((int i, string name) in outputs.Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"{name} = {Operand(program, program.Outputs[i], slots)}\n");
        }

        text.Append('\n');
    }

    static bool IsLeaf(Instruction i) => i.Op <= OpCode.Time;

    /// <summary>A value that is read stands by its name, one that is computed by its number.</summary>
    static string Operand(KernelProgram program, int index, IReadOnlyList<string> slots)
    {
        Instruction i = program.Instructions[index];
        return i.Op switch
        {
            OpCode.Constant => i.Value.ToString("R", CultureInfo.InvariantCulture),
            OpCode.Slot => slots[i.A],
            OpCode.Time => "time",
            _ => string.Create(CultureInfo.InvariantCulture, $"%{index}"),
        };
    }

    static string Formula(KernelProgram program, Instruction i, IReadOnlyList<string> slots)
    {
        string[] o = [.. new[] { i.A, i.B, i.C }.Where(n => n >= 0).Select(n => Operand(program, n, slots))];
        return i.Op switch
        {
            OpCode.Add => $"{o[0]} + {o[1]}",
            OpCode.Subtract => $"{o[0]} - {o[1]}",
            OpCode.Multiply => $"{o[0]} * {o[1]}",
            OpCode.Divide => $"{o[0]} / {o[1]}",
            OpCode.MultiplyAdd => $"{o[0]} * {o[1]} + {o[2]}",
            OpCode.MultiplySubtract => $"{o[0]} * {o[1]} - {o[2]}",
            OpCode.SubtractProduct => $"{o[2]} - {o[0]} * {o[1]}",
            OpCode.Negate => $"-{o[0]}",
            OpCode.Select => $"{o[0]} ? {o[1]} : {o[2]}",
            _ => $"{i.Op.ToString().ToLower(CultureInfo.InvariantCulture)}({string.Join(", ", o)})",
        };
    }

    static string Costs(KernelProgram program)
    {
        int Count(params ReadOnlySpan<OpCode> codes)
        {
            int count = 0;
            foreach (Instruction instruction in program.Instructions)
            {
                count += codes.Contains(instruction.Op) ? 1 : 0;
            }

            return count;
        }

        int leaves = Count(OpCode.Constant, OpCode.Slot, OpCode.Time);
        int divisions = Count(OpCode.Divide);
        int functions = program.Instructions.Count(i => i.Op >= OpCode.Exp) + Count(OpCode.Power);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{program.Instructions.Count} instructions: {leaves} values read, {program.Instructions.Count - leaves} operations, of these {divisions} divisions and {functions} functions");
    }

    static string[] SlotNames(HybridPlan plan)
    {
        HybridFlow flow = plan.Flow;
        string[] names = new string[flow.SlotCount];
        plan.Network.SlotNames.ToArray().CopyTo(names, 0);
        for (int c = 0; c < plan.Clones.Length; c++)
        {
            names[flow.KeepsSlot(c)] = $"[{plan.Clones[c].Species.Name} is an amount]";
            names[flow.FollowsSlot(c)] = $"[{plan.Clones[c].Species.Name} is a number]";
            if (flow.ReceivesSlot(c) >= 0)
            {
                names[flow.ReceivesSlot(c)] = $"[arrivals of {plan.Clones[c].Species.Name} are drawn]";
            }

        }

        foreach ((int r, Reaction reaction) in plan.Network.Model.Reactions.Index())
        {
            if (flow.FiresSlot(r) >= 0)
            {
                names[flow.FiresSlot(r)] = $"[{reaction.Name} fires by itself]";
            }
        }

        for (int i = flow.FirstKept; i < names.Length; i++)
        {
            names[i] = $"kept[{i - flow.FirstKept}]";
        }

        return names;
    }

    static List<string> OutputNames(HybridPlan plan)
    {
        List<string> names = [.. plan.Network.SlotNames.Take(plan.Network.DynamicCount).Select(s => $"d({s})/dt")];
        foreach (CloneRates clone in plan.Clones)
        {
            string name = clone.Species.Name;
            names.AddRange([$"[{name}: death - birth]", $"[{name}: birth]", $"[{name}: arrivals]"]);
        }

        names.Add("[rate of reactions that fire by themselves]");
        return names;
    }
}
