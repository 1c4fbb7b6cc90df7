using Nadir.Numerics;

namespace Nadir.Inference;

/// <summary>
/// The draw whose predictions are nearest to the middle of all draws' predictions. A mean of numbers need not predict what the draws do, where a prediction is curved in them; a draw does, and its numbers go
/// together.
/// </summary>
public static class TypicalDraw
{
    /// <summary>
    /// Index of the draw with the least sum of squared distances to the medians of the predictions, each in half-widths of their central 68%. A draw that misses a prediction is passed over; the first wins a
    /// tie.
    /// </summary>
    /// <param name="predictions">The predictions of each draw on the targets' scales; null where a draw has none.</param>
    /// <exception cref="ArgumentException">No draw has all predictions.</exception>
    public static int Of(IReadOnlyList<Simulated?> predictions)
    {
        int[] whole = [.. Enumerable.Range(0, predictions.Count).Where(i => predictions[i] is { IsWhole: true })];
        if (whole.Length == 0)
        {
            throw new ArgumentException("found no draw with all predictions, expected at least one", nameof(predictions));
        }

        double[] distances = new double[whole.Length];
        for (int t = 0; t < predictions[whole[0]]!.Places.Count; t++)
        {
            double[] places = [.. whole.Select(i => predictions[i]!.Places[t])];
            double median = Quantiles.Of(places, 0.5);
            double half = (Quantiles.Of(places, 0.84) - Quantiles.Of(places, 0.16)) / 2;
            for (int i = 0; i < places.Length; i++)
            {
                double away = half > 0 ? (places[i] - median) / half : 0;
                distances[i] += away * away;
            }
        }

        return whole[Array.IndexOf(distances, distances.Min())];
    }
}
