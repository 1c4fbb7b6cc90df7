using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>What remission is called where it is read from marrow and MRD, and where from another assay.</summary>
static class ResponseWords
{
    /// <summary>The row of remission whatever MRD shows.</summary>
    public static string Morphologic(TrialMethods? methods) => Of(methods) is { } assay ? $"Nothing seen by {assay.Name} by month 3, which is remission here" : "Blasts below 5% by month 3, any MRD";

    /// <summary>The same after treatment of a relapse or of non-response.</summary>
    public static string SecondMorphologic(TrialMethods? methods) => Of(methods) is { } assay ? $"nothing seen by {assay.Name} again, of those treated" : "blasts below 5% again, any MRD, of those treated";

    /// <summary>What remission and relapse are, for Methods.</summary>
    public static string Definition(TrialMethods? methods) => Of(methods) is { } assay
        ? $"Remission is that {assay.Title} lies below its cut for remission, whatever MRD shows, and relapse that it does no longer."
        : "Remission is fewer blasts in the marrow than its cut and no MRD by flow cytometry, and relapse is that blasts have reached the cut; MRD alone is no relapse.";

    static AssayUse? Of(TrialMethods? methods) => methods is { ResponseAssay: { } name } ? methods.Assays.Single(a => a.Name == name) : null;
}
