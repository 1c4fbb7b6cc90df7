using Nadir.Ensembles;

namespace Nadir.Tests.Ensembles;

public sealed class EnsembleTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task Results_arrive_in_order_whatever_the_threads(int threads)
    {
        List<int> found = [];
        await Within(() => Ensemble.Run(Work(1000, threads, (_, i) => { Thread.SpinWait((i * 7919) % 500); return i; }), found.Add, null, default));
        found.ShouldBe(Enumerable.Range(0, 1000));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(17)]
    public async Task Every_count_is_done_exactly_once(int count)
    {
        int done = 0;
        List<int> progress = [];
        await Within(() => Ensemble.Run(Work(count, 3, (_, i) => i), _ => done++, new Recorder(progress), default));
        done.ShouldBe(count);
        (progress.Count == 0 ? 0 : progress[^1]).ShouldBe(count);
    }

    [Fact]
    public async Task A_fault_of_a_worker_is_thrown_unchanged()
    {
        Exception found = await Should.ThrowAsync<InvalidOperationException>(() => Within(() =>
            Ensemble.Run(Work(500, 3, (_, i) => i == 200 ? throw new InvalidOperationException("patient 200") : i), _ => { }, null, default)));
        found.Message.ShouldBe("patient 200");
    }

    [Fact]
    public async Task A_fault_of_a_workspace_is_thrown_unchanged()
    {
        EnsembleWork<int, int> work = new(100, 2, () => throw new InvalidOperationException("workspace"), (_, i) => i);
        Exception found = await Should.ThrowAsync<InvalidOperationException>(() => Within(() => Ensemble.Run(work, _ => { }, null, default)));
        found.Message.ShouldBe("workspace");
    }

    [Fact]
    public async Task A_consumer_that_throws_ends_the_run()
    {
        int simulated = 0;
        await Should.ThrowAsync<IOException>(() => Within(() => Ensemble.Run(
            Work(100_000, 4, (_, i) => { Interlocked.Increment(ref simulated); return i; }), i => { if (i == 40) { throw new IOException("disk full"); } }, null, default)));
        simulated.ShouldBeLessThan(2000);
    }

    [Fact]
    public async Task Cancelling_stops_a_run_without_end()
    {
        using CancellationTokenSource stop = new();
        await Should.ThrowAsync<OperationCanceledException>(() => Within(() => Ensemble.Run(
            Work(int.MaxValue, 2, (_, i) => i), i => { if (i == 100) { stop.Cancel(); } }, null, stop.Token)));
    }

    [Fact]
    public async Task A_slow_consumer_holds_the_workers_back()
    {
        int simulated = 0;
        int ahead = 0;
        await Within(() => Ensemble.Run(
            Work(3000, 2, (_, i) => { Interlocked.Increment(ref simulated); return i; }),
            i => { Thread.SpinWait(2000); ahead = Math.Max(ahead, Volatile.Read(ref simulated) - i); }, null, default));
        ahead.ShouldBeLessThan(16 * 10);
    }

    [Fact]
    public async Task Each_thread_has_a_workspace_of_its_own()
    {
        int made = 0;
        await Within(() => Ensemble.Run(new EnsembleWork<Box, int>(400, 3, () => { Interlocked.Increment(ref made); return new Box(); }, (box, i) => box.Use(i)), _ => { }, null, default));
        made.ShouldBeInRange(1, 3);
    }

    static EnsembleWork<int, int> Work(int count, int threads, Func<int, int, int> simulate) => new(count, threads, () => 0, simulate);

    static Task Within(Action run) => Task.Run(run).WaitAsync(Patience, TestContext.Current.CancellationToken);

    sealed class Recorder(List<int> values) : IProgress<int>
    {
        public void Report(int value) => values.Add(value);
    }

    /// <summary>Notices two threads at once.</summary>
    sealed class Box
    {
        int _inside;

        public int Use(int i)
        {
            Interlocked.Increment(ref _inside).ShouldBe(1);
            Thread.SpinWait(100);
            Interlocked.Decrement(ref _inside);
            return i;
        }
    }
}
