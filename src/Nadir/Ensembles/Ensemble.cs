using System.Collections.Concurrent;

namespace Nadir.Ensembles;

/// <summary>
/// Runs independent patients on several threads, of which the caller's is one. Each thread has its own workspace; patients are taken in blocks; results are handed on
/// in the patients' order, whatever the number of threads, and only a few blocks wait in memory at a time.
/// </summary>
public static class Ensemble
{
    const int SmallestBlock = 16;
    const int BlocksPerThread = 4;

    /// <summary>Blocks that a thread should have to choose from, so that none is left alone with the last one for long.</summary>
    const int FairShare = 8;

    /// <summary>Simulates patients 0 to <paramref name="work"/>'s count - 1.</summary>
    /// <typeparam name="TWorkspace">What one thread reuses from patient to patient.</typeparam>
    /// <typeparam name="TResult">What a patient leaves behind.</typeparam>
    /// <param name="work">How many patients, on how many threads, and what to do with each.</param>
    /// <param name="consume">Receives each result in order, on the calling thread.</param>
    /// <param name="progress">Told how many patients are done; null for nobody.</param>
    /// <param name="cancellation">Stops the run; then an <see cref="OperationCanceledException"/> is thrown.</param>
    public static void Run<TWorkspace, TResult>(
        EnsembleWork<TWorkspace, TResult> work, Action<TResult> consume, IProgress<int>? progress, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(work.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(work.Threads, 1);
        int blocks = Blocks(work);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using SemaphoreSlim room = new(work.Threads * BlocksPerThread);
        using BlockingCollection<Block<TResult>> done = [];
        int next = -1;
        Task[] workers = [.. Enumerable.Range(0, Math.Min(work.Threads, Math.Max(blocks, 1)) - 1).Select(_ => Task.Factory.StartNew(
            () => Work(work, room, done, () => Interlocked.Increment(ref next), stop.Token),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        try
        {
            Consume(work, room, done, () => Interlocked.Increment(ref next), consume, progress, stop.Token);
        }
        finally
        {
            stop.Cancel();
            Task.WaitAll(workers, CancellationToken.None);
        }

        cancellation.ThrowIfCancellationRequested();
    }

    static int Blocks<TWorkspace, TResult>(EnsembleWork<TWorkspace, TResult> work)
    {
        int size = BlockSize(work);
        return (work.Count / size) + (work.Count % size > 0 ? 1 : 0);
    }

    /// <summary>Patients that are simulated at once fill lanes better in larger blocks.</summary>
    static int BlockSize<TWorkspace, TResult>(EnsembleWork<TWorkspace, TResult> work) =>
        work.Together is null ? SmallestBlock : Math.Clamp(work.Count / (work.Threads * FairShare), SmallestBlock, work.LargestBlock);

    static void Work<TWorkspace, TResult>(
        EnsembleWork<TWorkspace, TResult> work, SemaphoreSlim room, BlockingCollection<Block<TResult>> done, Func<int> next, CancellationToken stop)
    {
        try
        {
            TWorkspace workspace = work.CreateWorkspace();
            int blocks = Blocks(work);
            while (true)
            {
                room.Wait(stop);
                int index = next();
                if (index >= blocks)
                {
                    return;
                }

                done.Add(Simulate(work, workspace, index, stop), stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // A fault of a worker is thrown again, unchanged, on the calling thread.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            done.Add(new Block<TResult>(-1, [], fault), CancellationToken.None);
        }
    }

    static Block<TResult> Simulate<TWorkspace, TResult>(
        EnsembleWork<TWorkspace, TResult> work, TWorkspace workspace, int block, CancellationToken stop)
    {
        int size = BlockSize(work);
        int first = block * size;
        TResult[] results = new TResult[Math.Min(size, work.Count - first)];
        if (work.Together is { } together)
        {
            together(workspace, first, results, stop);
            return new Block<TResult>(block, results, null);
        }

        for (int i = 0; i < results.Length; i++)
        {
            stop.ThrowIfCancellationRequested();
            results[i] = work.Simulate(workspace, first + i);
        }

        return new Block<TResult>(block, results, null);
    }

    /// <summary>Hands results on in order, and simulates while there are none.</summary>
    static void Consume<TWorkspace, TResult>(
        EnsembleWork<TWorkspace, TResult> work, SemaphoreSlim room, BlockingCollection<Block<TResult>> done, Func<int> next, Action<TResult> consume, IProgress<int>? progress, CancellationToken stop)
    {
        Lazy<TWorkspace> workspace = new(work.CreateWorkspace);
        Dictionary<int, TResult[]> waiting = [];
        int patients = 0;
        int blocks = Blocks(work);
        for (int expected = 0; expected < blocks;)
        {
            if (!done.TryTake(out Block<TResult>? block))
            {
                block = room.Wait(0, stop) && next() is var index && index < blocks ? Simulate(work, workspace.Value, index, stop) : done.Take(stop);
            }

            if (block.Fault is not null)
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(block.Fault).Throw();
            }

            waiting.Add(block.Index, block.Results);
            while (waiting.Remove(expected, out TResult[]? results))
            {
                foreach (TResult result in results)
                {
                    consume(result);
                }

                patients += results.Length;
                progress?.Report(patients);
                expected++;
                room.Release();
            }
        }
    }

    sealed record Block<TResult>(int Index, TResult[] Results, Exception? Fault);
}

/// <summary>An ensemble to run.</summary>
/// <typeparam name="TWorkspace">What one thread reuses from patient to patient.</typeparam>
/// <typeparam name="TResult">What a patient leaves behind.</typeparam>
/// <param name="Count">Number of patients.</param>
/// <param name="Threads">Number of threads, at least 1.</param>
/// <param name="CreateWorkspace">Makes a thread's workspace.</param>
/// <param name="Simulate">Simulates one patient; must depend on nothing but the patient's number.</param>
public sealed record EnsembleWork<TWorkspace, TResult>(
    int Count, int Threads, Func<TWorkspace> CreateWorkspace, Func<TWorkspace, int, TResult> Simulate)
{
    /// <summary>Patients that are simulated at once at most, 16 or more; several such blocks of results wait in memory. Default 256.</summary>
    public int LargestBlock { get; init; } = 256;

    /// <summary>Simulates as many patients as there is room for, from the given number on, with the results of <see cref="Simulate"/>; null: one after another.</summary>
    public Action<TWorkspace, int, TResult[], CancellationToken>? Together { get; init; }
}
