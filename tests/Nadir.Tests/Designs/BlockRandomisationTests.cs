using Nadir.Designs;
using Nadir.Numerics;

namespace Nadir.Tests.Designs;

public class BlockRandomisationTests
{
    static BlockRandomisation Blocks(IReadOnlyList<int> allocation, int repeats = 1, int strata = 1, ulong seed = 1) =>
        new(allocation, repeats, strata, new RandomStream(seed, 0, RandomStream.Purpose("test")));

    [Fact]
    public void Every_block_of_every_stratum_holds_each_arm_by_its_allocation()
    {
        BlockRandomisation blocks = Blocks([2, 1], repeats: 2, strata: 3);
        List<int>[] arms = [[], [], []];
        RandomStream who = new(5, 0, RandomStream.Purpose("strata"));
        for (int i = 0; i < 600; i++)
        {
            int stratum = (int)(3 * who.NextUniform());
            arms[stratum].Add(blocks.Next(stratum));
        }

        arms.ShouldAllBe(a => a.Chunk(6).Where(c => c.Length == 6).All(c => c.Count(x => x == 0) == 4));
    }

    [Fact]
    public void All_orders_of_a_block_are_as_likely()
    {
        const int blocks = 24_000;
        BlockRandomisation randomisation = Blocks([1, 1], repeats: 2);
        int[] counts = new int[16];
        for (int b = 0; b < blocks; b++)
        {
            counts[Enumerable.Range(0, 4).Aggregate(0, (n, _) => (2 * n) + randomisation.Next(0))]++;
        }

        int[] seen = [.. counts.Where(c => c > 0)];
        seen.Length.ShouldBe(6);
        double expected = blocks / 6.0;
        seen.Sum(c => (c - expected) * (c - expected) / expected).ShouldBeLessThan(20.5, "chi-square on 5 degrees of freedom at 0.001");
    }

    [Fact]
    public void An_arm_without_patients_is_refused() =>
        Should.Throw<ArgumentException>(() => Blocks([1, 0])).Message.ShouldContain("1:0");
}
