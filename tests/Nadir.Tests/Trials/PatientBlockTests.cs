using Nadir.Trials;

namespace Nadir.Tests.Trials;

public class PatientBlockTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 3)]
    [InlineData(7, 7)]
    [InlineData(100_000_000, 999)]
    public void Parts_follow_each_other_and_differ_by_at_most_one_patient(int patients, int of)
    {
        PatientBlock[] parts = [.. Enumerable.Range(1, of).Select(k => PatientBlock.Part(k, of, patients))];

        parts.Aggregate(0, (first, part) => part.First == first ? first + part.Count : -1).ShouldBe(patients);
        (parts.Max(p => p.Count) - parts.Min(p => p.Count)).ShouldBeLessThanOrEqualTo(1);
    }

    [Theory]
    [InlineData(0, 3, 10)]
    [InlineData(4, 3, 10)]
    [InlineData(1, 11, 10)]
    public void A_part_that_cannot_be_is_misuse(int number, int of, int patients) =>
        Should.Throw<ArgumentOutOfRangeException>(() => PatientBlock.Part(number, of, patients));
}
