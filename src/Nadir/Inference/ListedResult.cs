using Nadir.Evidence;

namespace Nadir.Inference;

/// <summary>A published result that nothing is held against.</summary>
/// <param name="Trial">The study's name.</param>
/// <param name="Result">The result.</param>
/// <param name="Reason">Why not.</param>
public sealed record ListedResult(string Trial, PublishedResult Result, string Reason);
