using Nadir.Inference;

namespace Nadir.Tests.Inference;

public class CholeskyTests
{
    [Fact]
    public void A_singular_matrix_is_factored_with_a_little_more_on_its_diagonal() =>
        Cholesky.Of([[1, 1], [1, 1]]).Forward([1, 1]).ShouldAllBe(v => double.IsFinite(v));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    public void A_matrix_that_cannot_be_factored_is_refused(double corner) =>
        Should.Throw<ArgumentException>(() => Cholesky.Of([[1, 0.1], [0.1, corner]]));
}
