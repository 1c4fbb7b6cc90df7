using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>The sections of a report on what a caller asked for beyond the trial itself.</summary>
static class ReportAnalyses
{
    public static void Write(Markup body, TrialResult trial)
    {
        if (trial.KnockOut is { } knockOut)
        {
            KnockOuts(body, knockOut);
        }

        if (trial.Sensitivity is { } sensitivity)
        {
            Sensitivities(body, sensitivity);
        }

        if (trial.Uncertainty is { } uncertainty)
        {
            Uncertainties(body, uncertainty);
        }
    }

    static void Sensitivities(Markup body, Sensitivity sensitivity)
    {
        body.Element("h2", "What the uncertain numbers do");
        body.Element("p", $"{SensitivityTables.Title(sensitivity)}. {SensitivityTables.TornadoReading(sensitivity)}");
        TornadoChart tornado = new(sensitivity);
        Figure.Add(body, "One number at a time", tornado.Draw(), tornado.Data(), "full");
        body.Add(HtmlTable.Render(SensitivityTables.Tornado(sensitivity)));
        body.Element("h3", "All numbers together: shares of the variance");
        body.Element("p", SensitivityTables.SharesReading(sensitivity));
        if (sensitivity.Shares.Factors.Count > 0)
        {
            VarianceSharesChart shares = new(sensitivity.Shares);
            Figure.Add(body, "Shares of the variance over the priors", shares.Draw(), shares.Data(), "full");
            body.Add(HtmlTable.Render(SensitivityTables.Shares(sensitivity)));
        }

        body.Element("p", "Indices of Sobol (1993) and Homma and Saltelli (1996), estimators of Saltelli et al. (2010, first order) and Jansen (1999, total). A share speaks of the priors as they are: a wider prior has a larger one.", ("class", "note"));
    }

    static void Uncertainties(Markup body, Uncertainty uncertainty)
    {
        body.Element("h2", "Uncertainty by kind");
        body.Element("p", UncertaintyTables.Reading(uncertainty));
        foreach ((int i, IGrouping<(string, string?), UncertainEndpoint> rows) in uncertainty.Rows.GroupBy(r => (r.Arm, r.Reference)).Index())
        {
            UncertaintyChart chart = new([.. rows], $"uncertainty-{i + 1}");
            if (chart.HasRows)
            {
                string what = rows.Key.Item2 is { } reference ? $"{rows.Key.Item1} less {reference}" : rows.Key.Item1;
                Figure.Add(body, what, chart.Draw(), chart.Data(), "full");
            }
        }

        body.Add(HtmlTable.Render(UncertaintyTables.Of(uncertainty)));
        body.Element("p", "Intervals of curves, tables and differences between arms elsewhere in this report hold patient sampling at present parameters only.", ("class", "note"));
    }

    static void KnockOuts(Markup body, KnockOut table)
    {
        body.Element("h2", "What each mechanism contributes");
        body.Element("p", KnockOutTables.Reading);
        foreach ((int i, KnockOutArm arm) in table.Arms.Index())
        {
            KnockOutChart chart = new(table, arm, $"arm-{i + 1}");
            Figure.Add(body, KnockOutTables.Title(table, arm), chart.Draw(), chart.Data(), "full");
            body.Add(HtmlTable.Render(KnockOutTables.Of(table, arm)));
            body.Element("h3", $"Contribution to the study's endpoints, percentage points: {arm.Arm}");
            body.Add(HtmlTable.Render(KnockOutTables.Endpoints(arm)));
        }

        body.Element("p", $"Intervals: Agresti and Min (2005) for shares of infused patients, normal with the patients' own differences for endpoints; {NumberText.NotEstimable}: no patient fared differently. From remission on, only patients in remission count, who may be others without the mechanism. {KnockOutTables.LeftOut(table)}", ("class", "note"));
    }
}
