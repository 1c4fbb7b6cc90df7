namespace Nadir.Tests;

/// <summary>Bytes that this thread allocates while something runs.</summary>
static class Allocated
{
    /// <summary>
    /// The least over several rounds: what is compiled or first touched while it runs allocates on this
    /// thread in the rounds that meet it, and not again; what the code itself allocates is in every round.
    /// </summary>
    /// <param name="round">One round; returns the bytes that the test itself allocated in it.</param>
    public static long Least(Func<long> round)
    {
        long least = long.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            long own = round();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before - own);
        }

        return least;
    }

    /// <inheritdoc cref="Least(Func{long})"/>
    public static long Least(Action round) => Least(() =>
    {
        round();
        return 0;
    });
}
