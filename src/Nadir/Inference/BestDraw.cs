namespace Nadir.Inference;

/// <summary>
/// The draw that fits best, by the fit and by new virtual patients that all draws share. A mean of the draws' numbers need not predict what the draws do, where a prediction is curved in them; and the likeliest draw by one
/// simulation alone leans on chance among its patients.
/// </summary>
public static class BestDraw
{
    /// <summary>Index of the draw with the largest sum of both log-likelihoods; the first wins a tie.</summary>
    /// <param name="likelihood">The likelihood of the targets.</param>
    /// <param name="fitted">Log-likelihood of each draw in the fit.</param>
    /// <param name="renewed">What new patients show of each draw; null where a draw has no predictions.</param>
    /// <exception cref="ArgumentException">The two differ in number, or no draw has predictions.</exception>
    public static int Of(SyntheticLikelihood likelihood, IReadOnlyList<double> fitted, IReadOnlyList<Simulated?> renewed)
    {
        if (fitted.Count != renewed.Count)
        {
            throw new ArgumentException($"found {renewed.Count} draws, expected {fitted.Count}", nameof(renewed));
        }

        double[] logs = [.. fitted.Zip(renewed, (log, s) => s is null || !double.IsFinite(log) ? double.NegativeInfinity : log + likelihood.Log(s))];
        return logs.Any(double.IsFinite)
            ? Array.IndexOf(logs, logs.Max())
            : throw new ArgumentException("found no draw with predictions, expected at least one", nameof(renewed));
    }
}
