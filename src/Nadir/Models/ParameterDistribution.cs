using Nadir.Numerics;

namespace Nadir.Models;

/// <summary>
/// How a number varies between patients around its typical value, which is the median. A draw is a monotone function of one uniform number,
/// so two treatments that share the uniform differ only by what they change.
/// </summary>
public abstract record ParameterDistribution
{
    ParameterDistribution()
    {
    }

    /// <summary>A patient's value.</summary>
    /// <param name="typical">The typical value: the median.</param>
    /// <param name="uniform">A number inside (0, 1).</param>
    public abstract double Value(double typical, double uniform);

    /// <summary>Null when <paramref name="typical"/> can be the median, else what would be right.</summary>
    public abstract string? Refusal(double typical);

    /// <summary>How wide it is: the standard deviation on its scale, or a Pareto's shape; null where nothing of the kind describes it.</summary>
    public virtual double? Spread => null;

    /// <summary>The same form with another spread.</summary>
    /// <param name="spread">Standard deviation, or shape.</param>
    /// <exception cref="InvalidOperationException">The form has no spread.</exception>
    internal virtual ParameterDistribution WithSpread(double spread) => throw new InvalidOperationException($"found {GetType().Name}, expected a distribution with a spread");

    static string? UnlessNotNegative(double typical) => typical >= 0 ? null : "a number of at least 0";

    /// <summary>Every patient has the typical value.</summary>
    public sealed record Fixed : ParameterDistribution
    {
        /// <inheritdoc/>
        public override double Value(double typical, double uniform) => typical;

        /// <inheritdoc/>
        public override string? Refusal(double typical) => null;
    }

    /// <summary>The logarithm is normal. A typical value of 0 stays 0.</summary>
    /// <param name="Sd">Standard deviation of the natural logarithm.</param>
    public sealed record LogNormal(double Sd) : ParameterDistribution
    {
        /// <inheritdoc/>
        public override double? Spread => Sd;

        internal override ParameterDistribution WithSpread(double spread) => new LogNormal(spread);

        /// <inheritdoc/>
        public override double Value(double typical, double uniform) => typical * Elementary.Exp(Sd * NormalDistribution.Quantile(uniform));

        /// <inheritdoc/>
        public override string? Refusal(double typical) => UnlessNotNegative(typical);
    }

    /// <summary>The logit is normal. A typical value of 0 or 1 stays.</summary>
    /// <param name="Sd">Standard deviation of the logit.</param>
    public sealed record LogitNormal(double Sd) : ParameterDistribution
    {
        /// <inheritdoc/>
        public override double? Spread => Sd;

        internal override ParameterDistribution WithSpread(double spread) => new LogitNormal(spread);

        /// <inheritdoc/>
        public override double Value(double typical, double uniform)
        {
            double odds = Elementary.Exp(Sd * NormalDistribution.Quantile(uniform));
            return typical * odds / (1 - typical + typical * odds);
        }

        /// <inheritdoc/>
        public override string? Refusal(double typical) => typical is >= 0 and <= 1 ? null : "a number from 0 to 1";
    }

    /// <summary>P(X > x) = 2^-1 (median/x)^shape above the least value, median / 2^(1/shape). A typical value of 0 stays 0.</summary>
    /// <param name="Shape">The tail's exponent; below 1 the mean is infinite, so set bounds.</param>
    public sealed record Pareto(double Shape) : ParameterDistribution
    {
        /// <inheritdoc/>
        public override double? Spread => Shape;

        internal override ParameterDistribution WithSpread(double spread) => new Pareto(spread);

        /// <inheritdoc/>
        public override double Value(double typical, double uniform) => typical * Elementary.Pow(2 * (1 - uniform), -1 / Shape);

        /// <inheritdoc/>
        public override string? Refusal(double typical) => UnlessNotNegative(typical);
    }

    /// <summary>The logarithm is uniform between two values; there is no typical value.</summary>
    /// <param name="From">Lowest value.</param>
    /// <param name="To">Highest value.</param>
    public sealed record LogUniform(double From, double To) : ParameterDistribution
    {
        /// <inheritdoc/>
        public override double Value(double typical, double uniform) => From * Elementary.Exp(uniform * Elementary.Log(To / From));

        /// <inheritdoc/>
        public override string? Refusal(double typical) => null;
    }
}
