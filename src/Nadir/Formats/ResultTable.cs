using System.Globalization;
using System.Text;

namespace Nadir.Formats;

/// <summary>A table of estimates, for CSV and SQLite alike.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Names and SQL types of its columns.</param>
/// <param name="Rows">Cells: text, a whole number or a number; null or NaN for a missing value.</param>
public sealed record ResultTable(string Name, IReadOnlyList<(string Name, string Type)> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    /// <summary>The table as CSV with a header line.</summary>
    public string Csv()
    {
        StringBuilder text = new();
        text.AppendJoin(',', Columns.Select(c => c.Name)).Append('\n');
        foreach (IReadOnlyList<object?> row in Rows)
        {
            text.AppendJoin(',', row.Select(Cell)).Append('\n');
        }

        return text.ToString();
    }

    static string Cell(object? cell) => cell switch
    {
        null => "",
        double number => CsvField.Number(number),
        string words => CsvField.Quote(words),
        int whole => whole.ToString(CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"found a cell of the type {cell.GetType().Name}; expected text, a whole number or a number", nameof(cell)),
    };
}
