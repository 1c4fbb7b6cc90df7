using Nadir.Numerics;

namespace Nadir.Tests.Numerics;

public class RandomStreamTests
{
    /// <summary>The known-answer vectors of the Random123 distribution (kat_vectors, philox4x32 10).</summary>
    [Theory]
    [InlineData(0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Philox4x32_10_gives_the_published_answers(
        uint c0, uint c1, uint c2, uint c3, uint key0, uint key1, uint expected0, uint expected1, uint expected2, uint expected3)
    {
        ulong words01 = Philox4x32.Block(c0 | (ulong)c1 << 32, c2 | (ulong)c3 << 32, key0 | (ulong)key1 << 32, out ulong words23);
        words01.ShouldBe(expected0 | (ulong)expected1 << 32);
        words23.ShouldBe(expected2 | (ulong)expected3 << 32);
    }

    [Fact]
    public void Key_and_counter_hold_seed_block_purpose_and_subject()
    {
        var stream = new RandomStream(0x299f31d0a4093822, 0x0370734413198a2e, 0x85a308d3);
        ulong expected = Philox4x32.Block(0x85a308d3_00000000, 0x0370734413198a2e, 0x299f31d0a4093822, out ulong second);
        stream.NextUInt64().ShouldBe(expected);
        stream.NextUInt64().ShouldBe(second);
        stream.NextUInt64().ShouldBe(Philox4x32.Block(0x85a308d3_00000001, 0x0370734413198a2e, 0x299f31d0a4093822, out _));
    }

    /// <summary>FNV-1a vectors of Noll's reference page.</summary>
    [Theory]
    [InlineData("", 0x811c9dc5u), InlineData("a", 0xe40c292cu), InlineData("foobar", 0xbf9cf968u)]
    public void Purposes_are_FNV_1a_hashes_of_their_names(string name, uint expected) => RandomStream.Purpose(name).ShouldBe(expected);

    [Fact]
    public void A_stream_depends_only_on_seed_subject_and_purpose()
    {
        uint growth = RandomStream.Purpose("growth");
        double[] alone = Take(new RandomStream(7, 3, growth), 100);
        var first = new RandomStream(7, 3, growth);
        var other = new RandomStream(7, 4, growth);
        for (int i = 0; i < 100; i++)
        {
            for (int j = 0; j < i % 3; j++)
            {
                Draws.Gamma(ref other, 0.3);
            }

            first.NextUniform().ShouldBe(alone[i]);
        }

        Take(new RandomStream(8, 3, growth), 100).ShouldNotBe(alone);
        Take(new RandomStream(7, 4, growth), 100).ShouldNotBe(alone);
        Take(new RandomStream(7, 3, RandomStream.Purpose("death")), 100).ShouldNotBe(alone);
    }

    [Fact]
    public void Uniforms_fill_the_open_interval_evenly()
    {
        var stream = new RandomStream(1, 1, 1);
        int[] cells = new int[256];
        const int Count = 256000;
        double serial = 0.0;
        double previous = 0.5;
        for (int i = 0; i < Count; i++)
        {
            double u = stream.NextUniform();
            u.ShouldBeInRange(double.Epsilon, 1.0 - 1e-16);
            cells[(int)(256.0 * u)]++;
            serial += (u - 0.5) * (previous - 0.5);
            previous = u;
        }

        double chiSquare = cells.Sum(c => (c - 1000.0) * (c - 1000.0) / 1000.0);
        chiSquare.ShouldBeInRange(255.0 - 5.0 * Math.Sqrt(510.0), 255.0 + 5.0 * Math.Sqrt(510.0));
        Math.Abs(serial).ShouldBeLessThan(5.0 * Math.Sqrt(Count) / 12.0);
    }

    [Fact]
    public void Pinned_numbers_change_only_with_a_changelog_entry_titled_results_change() =>
        Take(new RandomStream(1, 2, RandomStream.Purpose("growth")), 3).ShouldBe(PinnedBits.Uniforms);

    static double[] Take(RandomStream stream, int count)
    {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = stream.NextUniform();
        }

        return numbers;
    }
}
