using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>One of several runs that stand side by side.</summary>
/// <param name="Key">A letter that stands for it in figures and tables.</param>
/// <param name="Name">The name of its folder.</param>
/// <param name="Result">What was found.</param>
public sealed record ComparedRun(string Key, string Name, TrialResult Result);
