using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>What remission is called where it is read from marrow and MRD, and where from another assay.</summary>
static class ResponseWords
{
    /// <summary>The row of remission whatever MRD shows.</summary>
    public static string Morphologic(TrialMethods? methods) => Of(methods) is { } assay ? $"Below the cut of {assay.Name} by month 3, which is remission here" : "Blasts below 5% by month 3, any MRD";

    /// <summary>The same after treatment of a relapse or of non-response.</summary>
    public static string SecondMorphologic(TrialMethods? methods) => Of(methods) is { } assay ? $"below the cut of {assay.Name} again, of those treated" : "blasts below 5% again, any MRD, of those treated";

    /// <summary>What remission and relapse are, for Methods.</summary>
    public static string Definition(TrialMethods? methods) => Of(methods) is { } assay
        ? $"Remission is told by one assay, {assay.Title}: it lies below its cut for remission, whatever marrow and MRD show, and at relapse it no longer does."
        : "Remission is fewer blasts in the marrow than its cut and no MRD by flow cytometry, and relapse is that blasts have reached the cut; MRD alone is no relapse.";

    /// <summary>The definitions of endpoints, with those of remission and relapse by an assay of their own where there is one.</summary>
    /// <param name="methods">How patients were examined.</param>
    /// <param name="definitions">The definitions as they are with marrow and MRD.</param>
    public static string Endpoints(TrialMethods? methods, string definitions) => Of(methods) is not { } assay ? definitions : definitions
        .Replace("fewer than 5% marrow blasts and flow MRD below 1 in 10,000 at", $"{assay.Title} below its cut for remission at", StringComparison.Ordinal)
        .Replace("at least 5% marrow blasts at a visit", $"{assay.Title} at its cut for remission or above at a visit", StringComparison.Ordinal)
        .Replace("overt disease (more than 25%)", "overt disease", StringComparison.Ordinal);

    static AssayUse? Of(TrialMethods? methods) => methods is { ResponseAssay: { } name } ? methods.Assays.Single(a => a.Name == name) : null;
}
