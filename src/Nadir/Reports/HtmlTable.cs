namespace Nadir.Reports;

/// <summary>A <see cref="TrialTable"/> in HTML, its groups as rows of their own.</summary>
static class HtmlTable
{
    /// <summary>From so many columns on a table has small type, so that a screen holds it.</summary>
    const int Dense = 7;

    public static Markup Render(TrialTable table)
    {
        Markup html = new Markup().Open("div", ("class", table.Columns.Count < Dense ? "scroll" : "scroll dense"), ("role", "group"), ("aria-label", table.Title), ("tabindex", "0")).Open("table").Open("thead").Open("tr");
        html.Element("td", "");
        foreach (string column in table.Columns)
        {
            html.Element("th", column, ("scope", "col"));
        }

        html.CloseLine().CloseLine().Open("tbody");
        string group = "";
        foreach (TrialTableRow row in table.Rows)
        {
            if (row.Group != group)
            {
                group = row.Group;
                string columns = Markup.Number(table.Columns.Count + 1);
                html.Open("tr").Element("th", group, ("class", "group"), ("colspan", columns), ("scope", "rowgroup")).CloseLine();
            }

            RenderRow(html, row);
        }

        return html.CloseLine().CloseLine().CloseLine();
    }

    static void RenderRow(Markup html, TrialTableRow row)
    {
        html.Open("tr").Element("th", row.Label, ("scope", "row"));
        foreach (string cell in row.Cells)
        {
            html.Element("td", cell, ("class", Class(cell)));
        }

        html.CloseLine();
    }

    static string Class(string cell) => (cell, cell.FirstOrDefault()) switch
    {
        ("outside", _) => "outside",
        (_, (>= '0' and <= '9') or '-' or '<') => "number",
        _ => "text",
    };
}
