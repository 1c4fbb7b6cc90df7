using Nadir.Designs;

namespace Nadir.Reports;

/// <summary>The section of a report on the operating characteristics of the study's design.</summary>
static class PowerSection
{
    public static void Write(Markup body, PowerResult power)
    {
        body.Element("h2", "Operating characteristics of the design");
        foreach (string note in PowerTables.Notes(power))
        {
            body.Element("p", note);
        }

        body.Add(HtmlTable.Render(PowerTables.Planned(power)));
        PowerChart chart = new(power);
        if (chart.HasSizes)
        {
            body.Open("div", ("class", "figures"));
            Figure.Add(body, "Power by size", chart.Draw(), chart.Data());
            body.CloseLine();
        }

        if (power.Sizes.Count > 0)
        {
            body.Add(HtmlTable.Render(PowerTables.Sizes(power)));
        }

        body.Element("p", "Standard errors in brackets are those of the number of simulated trials. The effect is the model's: the power is as right as the model.", ("class", "note"));
    }
}
