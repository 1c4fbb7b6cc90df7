using Nadir.Numerics;
using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

/// <summary>The indexed priority queue against a plain search.</summary>
public sealed class FiringQueueTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    public void The_first_is_the_earliest_after_any_change(int items)
    {
        RandomStream stream = new(1, (ulong)items, 0);
        FiringQueue queue = new(items);
        double[] times = new double[items];
        Array.Fill(times, double.PositiveInfinity);
        for (int i = 0; i < 5000; i++)
        {
            int item = (int)(stream.NextUniform() * items);
            times[item] = stream.NextUniform() < 0.1 ? double.PositiveInfinity : Math.Floor(20 * stream.NextUniform());
            queue.Update(item, times[item]);
            queue.FirstTime.ShouldBe(times.Min());
            times[queue.First].ShouldBe(times.Min());
        }
    }

    [Fact]
    public void A_cleared_queue_orders_ties_as_a_new_one_does()
    {
        FiringQueue used = new(5);
        used.Update(3, 1);
        used.Clear();
        FiringQueue fresh = new(5);
        foreach (int item in new[] { 4, 2, 0 })
        {
            used.Update(item, 7);
            fresh.Update(item, 7);
            used.First.ShouldBe(fresh.First);
        }
    }

    [Fact]
    public void Nothing_is_due_where_there_are_no_items() => new FiringQueue(0).FirstTime.ShouldBe(double.PositiveInfinity);
}
