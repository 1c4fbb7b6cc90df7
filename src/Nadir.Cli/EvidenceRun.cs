using Nadir.Documents;
using Nadir.Evidence;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Reports;

namespace Nadir.Cli;

/// <summary>Carries out <c>nadir evidence</c>.</summary>
static class EvidenceRun
{
    public static int Execute(EvidenceSettings settings, Session session)
    {
        Library library = settings.Library is null ? Library.Shipped : Library.With(settings.Library).OrThrow();
        Checked<Catalogue> read = Catalogue.Load(library);
        Catalogue catalogue = read.OrThrow();
        IssueText.Write(read.Issues, session.Error);
        if (settings.Catalogue is { } file)
        {
            return WriteCatalogue(catalogue, file, session);
        }

        if (settings.Parameter is { } parameter)
        {
            Show([Parameter(catalogue, settings.Model ?? "b-all", parameter)], catalogue, settings.Json, session);
        }
        else if (settings.Name is { } name)
        {
            Show(Named(catalogue, name), catalogue, settings.Json, session);
        }
        else
        {
            List(catalogue, settings.Json, session);
        }

        return ExitCode.Ok;
    }

    static IReadOnlyList<EvidencePage> Named(Catalogue catalogue, string name)
    {
        IReadOnlyList<EvidencePage> pages = EvidencePages.Of(catalogue, name);
        ModelPackage? withNumber = catalogue.Models.OrderBy(m => m.Name == "b-all" ? 0 : 1).FirstOrDefault(m => Numbers(catalogue, m).Contains(name));
        return pages.Count > 0 ? pages : withNumber is not null
            ? throw Unknown("ND0418", $"this is a number of the model {withNumber.Name}, not a name of the library", name, $"nadir evidence --parameter {name}" + (withNumber.Name == "b-all" ? "" : $" --model {withNumber.Name}"), [])
            : throw Unknown("ND0418", "there is nothing of this name in the library", name, "the name of a mechanism, strategy, product, assay, trial, model or source", catalogue.Names);
    }

    static EvidencePage Parameter(Catalogue catalogue, string model, string name)
    {
        ModelPackage package = catalogue.Models.FirstOrDefault(m => m.Name == model)
            ?? throw Unknown("ND0613", "there is no such model", model, "the name of a library model", [.. catalogue.Models.Select(m => m.Name)]);
        return package.Parameters?.Find(name) is not null ? EvidencePages.Parameter(catalogue, package, name)
            : EvidencePages.Trait(catalogue, package, name) ?? throw Unknown("ND0419", $"the model \"{model}\" has no such parameter or trait", name, "a parameter of the model or a trait of its populations", Numbers(catalogue, package));
    }

    static string[] Numbers(Catalogue catalogue, ModelPackage package) =>
        [.. package.Parameters?.Entries.Select(e => e.Name) ?? [], .. catalogue.Populations[package.Name].SelectMany(p => p.Traits).Select(t => t.Name).Distinct()];

    static InvalidInputException Unknown(string code, string message, string found, string expected, IReadOnlyCollection<string> known)
    {
        IssueList issues = [];
        issues.Error(code, new SourceLocation(found, 0, 0), message, $"\"{found}\"", expected, known.Count == 0 ? null : NearestName.Hint(found, known));
        return new InvalidInputException(issues);
    }

    static void Show(IReadOnlyList<EvidencePage> pages, Catalogue catalogue, bool json, Session session) =>
        session.Output.Write(json ? EvidenceJson.Pages(pages, catalogue.Citations) : string.Join('\n', pages.Select(p => EvidenceText.Plain(p, catalogue.Citations))));

    static void List(Catalogue catalogue, bool json, Session session)
    {
        if (json)
        {
            session.Output.Write(EvidenceJson.List(catalogue));
            return;
        }

        foreach ((string group, IEnumerable<EvidenceName> names) in EvidenceNames.Of(catalogue))
        {
            new ResultTable([group, "", ""], [.. names.Select(n => (IReadOnlyList<string>)[n.Name, n.Title, n.About])]).Write(session);
        }

        foreach ((string of, EvidenceShares shares) in EvidenceNames.Shares(catalogue))
        {
            session.Output.WriteLine($"Numbers of {of}: {shares}.");
        }

        session.Output.WriteLine($"{catalogue.Citations.All.Count} sources. nadir evidence NAME shows one of these names, nadir evidence --parameter NAME a number.");
    }

    static int WriteCatalogue(Catalogue catalogue, string file, Session session)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        string images = Path.Combine(folder, "images");
        Directory.CreateDirectory(images);
        AtomicFile.WriteText(file, CatalogueMarkdown.Write(catalogue));
        AtomicFile.WriteText(Path.Combine(images, CatalogueMarkdown.MapFile), RelapseMapSvg.Write(catalogue));
        session.Error.WriteLine($"written: {file}");
        return ExitCode.Ok;
    }
}
