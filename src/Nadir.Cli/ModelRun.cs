using System.Globalization;
using Nadir.Evidence;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Populations;
using Nadir.Solvers;

namespace Nadir.Cli;

/// <summary>Carries out <c>nadir model</c>.</summary>
static class ModelRun
{
    public static ModelActions Actions { get; } = new(List, Show, Kernel, Check);

    static int List(Session session)
    {
        IEnumerable<IReadOnlyList<string>> rows = ModelPackage.ShippedNames
            .Select(name => ModelPackage.LoadShipped(name).OrThrow())
            .Select(p => (IReadOnlyList<string>)[p.Name, Text(p.Model.Species.Count), Text(p.Model.Reactions.Count), Text(p.Parameters?.Entries.Count ?? 0), Title(p)]);
        new ResultTable(["model", "species", "reactions", "parameters", "about"], [.. rows]).Write(session);
        return ExitCode.Ok;
    }

    static int Show(string name, Session session)
    {
        ModelPackage package = ModelSource.FindShipped(name).OrThrow();
        if (package.Card is { } card)
        {
            session.Output.WriteLine(card.TrimEnd());
            session.Output.WriteLine();
        }

        session.Output.WriteLine($"{package.Name}: {Content(package.Model)}");
        if (package.Parameters is { } table)
        {
            WriteParameters(table, session);
        }

        return ExitCode.Ok;
    }

    static int Kernel(string name, Session session)
    {
        Checked<ModelPackage> package = ModelSource.Find(name);
        ModelPackage read = package.OrThrow();
        IssueText.Write(package.Issues, session.Error);
        DiscreteSpecies[] discrete = SimulateRun.Listed(read.Parameters?.Discrete);
        session.Output.Write(KernelListing.Of(read.Model, discrete).OrThrow());
        return ExitCode.Ok;
    }

    static int Check(string file, Session session)
    {
        Checked<ModelPackage> package = ModelPackage.Load(file);
        Checked<PopulationSet>? populations = package.Value is { } whole ? PopulationSet.Read(whole) : null;
        IssueText.Write([.. package.Issues, .. populations?.Issues ?? []], session.Error);
        if (package.Value is not { } read || populations?.Value is null)
        {
            return ExitCode.BadInput;
        }

        session.Output.WriteLine($"{file}: no errors; {Content(read.Model)}");
        return ExitCode.Ok;
    }

    static void WriteParameters(ParameterTable table, Session session)
    {
        session.Output.WriteLine(EvidenceShares.Of(table).ToString());
        IEnumerable<IReadOnlyList<string>> rows = table.Entries
            .Select(e => (IReadOnlyList<string>)[e.Name, e.Unit.Text, Level(e.Basis.Level), string.Join(", ", e.Basis.Sources.Select(s => s.Key))]);
        new ResultTable(["parameter", "unit", "evidence", "source"], [.. rows]).Write(session);
    }

    static string Content(Model model) =>
        $"{model.Species.Count} species, {model.Parameters.Count} parameters, {model.Reactions.Count} reactions, {model.Rules.Count} rules, {model.Events.Count} events";

    /// <summary>The first heading of the card.</summary>
    static string Title(ModelPackage package) =>
        package.Card?.Split('\n').FirstOrDefault(l => l.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim() ?? "";

    static string Level(EvidenceLevel level) => level switch
    {
        EvidenceLevel.Measured => "measured",
        EvidenceLevel.Derived => "derived",
        _ => "assumed",
    };

    static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);
}
