namespace Nadir.Inference;

/// <summary>What a simulation shows of each target, on the targets' scales.</summary>
/// <param name="Places">The estimates; NaN where one could not be made.</param>
/// <param name="Variances">Their variances by the number of virtual patients.</param>
public sealed record Simulated(IReadOnlyList<double> Places, IReadOnlyList<double> Variances)
{
    /// <summary>True when every estimate could be made, with its variance.</summary>
    public bool IsWhole => Places.All(double.IsFinite) && Variances.All(double.IsFinite);
}
