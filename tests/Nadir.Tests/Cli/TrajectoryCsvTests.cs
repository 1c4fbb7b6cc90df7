using System.Globalization;
using Nadir.Cli;

namespace Nadir.Tests.Cli;

public class TrajectoryCsvTests
{
    [Fact]
    public void Tidy_has_one_row_a_value() =>
        Write(CsvShape.Tidy, ["B", "T"]).ShouldBe("replicate,time,variable,value\n1,0,B,1000000000000\n1,0,T,0.1\n2,1.5,B,0\n2,1.5,T,NaN\n");

    [Fact]
    public void Wide_has_one_column_a_variable() =>
        Write(CsvShape.Wide, ["B", "T"]).ShouldBe("replicate,time,B,T\n1,0,1000000000000,0.1\n2,1.5,0,NaN\n");

    [Fact]
    public void Names_with_commas_and_quotes_are_quoted()
    {
        Write(CsvShape.Wide, ["a,b", "c\"d"]).ShouldStartWith("replicate,time,\"a,b\",\"c\"\"d\"\n");
        Write(CsvShape.Tidy, ["a,b", "c\"d"]).ShouldContain("\n1,0,\"a,b\",");
    }

    [Theory]
    [InlineData(0.1 + 0.2)]
    [InlineData(1.0 / 3)]
    [InlineData(1e-300)]
    [InlineData(-double.Epsilon)]
    [InlineData(double.MaxValue)]
    [InlineData(123456789012345678.0)]
    public void Numbers_read_back_to_the_same_bits(double value)
    {
        using StringWriter writer = new();
        new TrajectoryCsv(writer, ["x"], CsvShape.Wide).Write(1, value, [value]);

        string[] fields = writer.ToString().Split('\n')[1].Split(',');

        double.Parse(fields[1], CultureInfo.InvariantCulture).ShouldBe(value);
        double.Parse(fields[2], CultureInfo.InvariantCulture).ShouldBe(value);
    }

    [Fact]
    public void A_row_with_the_wrong_number_of_values_is_refused()
    {
        using StringWriter writer = new();
        TrajectoryCsv csv = new(writer, ["x", "y"], CsvShape.Tidy);

        Should.Throw<ArgumentException>(() => csv.Write(1, 0, [1.0])).Message.ShouldContain("found 1 values");
    }

    static string Write(CsvShape shape, string[] names)
    {
        using StringWriter writer = new();
        TrajectoryCsv csv = new(writer, names, shape);
        csv.Write(1, 0, [1e12, 0.1]);
        csv.Write(2, 1.5, [0, double.NaN]);
        return writer.ToString();
    }
}
