using Nadir.Documents;

namespace Nadir.Models;

/// <summary>Reads distributions: a mapping with the form's name as its only key.</summary>
static class DistributionReader
{
    /// <summary>A spread around a typical value, or null when the mapping names none.</summary>
    public static ParameterDistribution? Around(MappingReader map)
    {
        if (map.Optional("lognormal") is { } logNormal)
        {
            return logNormal.Mapping(m => new ParameterDistribution.LogNormal(Sd(m)));
        }

        if (map.Optional("logit-normal") is { } logitNormal)
        {
            return logitNormal.Mapping(m => new ParameterDistribution.LogitNormal(Sd(m)));
        }

        return map.Optional("pareto")?.Mapping(m => new ParameterDistribution.Pareto(m.Required("shape").Number(NumberRange.Positive)));
    }

    /// <summary>A distribution with its own median, or null when the mapping names none; the median comes beside it.</summary>
    public static (ParameterDistribution Distribution, double Median)? OnItsOwn(MappingReader map)
    {
        if (map.Optional("lognormal") is { } logNormal)
        {
            return logNormal.Mapping(m => ((ParameterDistribution)new ParameterDistribution.LogNormal(Sd(m)), m.Required("median").Number(NumberRange.NotNegative)));
        }

        return map.Optional("log-uniform")?.Mapping(LogUniform);
    }

    /// <summary>Complains that no form was named.</summary>
    public static ParameterDistribution Refuse(MappingReader map, string expected)
    {
        map.Issues.Error("ND0304", map.At, "no distribution is named", expected: expected);
        return new ParameterDistribution.Fixed();
    }

    static (ParameterDistribution, double) LogUniform(MappingReader map)
    {
        double from = map.Required("from").Number(NumberRange.Positive);
        double to = map.Required("to").Number(NumberRange.Positive);
        if (from >= to)
        {
            map.Issues.Error("ND0307", map.At, "a log-uniform distribution runs from the smaller to the larger value", expected: "from below to");
        }

        return (new ParameterDistribution.LogUniform(from, to), 0);
    }

    static double Sd(MappingReader map) => map.Required("sd").Number(NumberRange.NotNegative);
}
